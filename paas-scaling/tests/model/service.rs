//! One service by the rules, as plainly as can be: no deadlines but what it looks up, nothing shared, nothing kept that
//! can be found again.

use super::spec::Spec;
use paas_core::scaling::{AlarmRule, RuleId};
use paas_scaling::{Act, CancelCause, Cause, ChosenBy, KnownState, Trigger};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What is to be done, and when that was decided.
pub(super) type Acts = Vec<(u32, Act)>;

#[derive(Debug, Clone)]
pub(super) struct Service {
    pub(super) spec: Arc<Spec>,
    pub(super) drains_itself: bool,
    /// Whether somebody wants decisions; the policy must want them too.
    pub(super) wanted: bool,
    pub(super) count: u32,
    /// The fixed window that holds the count, or held it when decisions stopped.
    pub(super) held: Option<Held>,
    /// When it was looked at last.
    pub(super) looked: u32,
    pub(super) quiet_until: u32,
    /// No alarm scales in before.
    pub(super) restarted_until: u32,
    pub(super) drain: Option<Drain>,
    pub(super) alarms: BTreeMap<RuleId, Known>,
    /// The alarm rules that were told last.
    pub(super) told: Vec<AlarmRule>,
    pub(super) acts: Acts,
}

#[derive(Debug, Clone)]
pub(super) struct Held {
    /// `None`: one of a policy that is gone.
    pub(super) window: Option<usize>,
    pub(super) name: Option<Arc<str>>,
    pub(super) since: u32,
    pub(super) grace: u32,
    pub(super) baseline: u32,
    pub(super) by: ChosenBy,
    /// A person set the count while nothing was decided.
    pub(super) is_left: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Drain {
    pub(super) to: u32,
    pub(super) until: u32,
    pub(super) since: u32,
    /// Of whoever began it.
    pub(super) retrigger: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) state: KnownState,
    pub(super) at: u32,
    pub(super) value: Option<f64>,
    pub(super) never_resolves: bool,
}

/// What an edge or a new policy wants.
pub(super) struct Aim {
    pub(super) to: u32,
    pub(super) grace: u32,
    pub(super) cause: Cause,
    /// The longest retrigger of what was entered.
    pub(super) entered: Option<u32>,
}

impl Service {
    pub(super) fn new(spec: Arc<Spec>, count: u32, drains_itself: bool, now: u32) -> Self {
        let mut service = Self {
            spec,
            drains_itself,
            wanted: true,
            count,
            held: None,
            looked: now,
            quiet_until: 0,
            restarted_until: 0,
            drain: None,
            alarms: BTreeMap::new(),
            told: Vec::new(),
            acts: Vec::new(),
        };
        if service.is_active() {
            service.arrive(now, Trigger::Added);
        }
        service
    }

    pub(super) fn is_active(&self) -> bool {
        self.wanted && self.spec.policy.enabled
    }

    pub(super) fn act(&mut self, now: u32, act: Act) {
        self.acts.push((now, act));
    }

    /// Goes to what holds now: drains that are over, edges that passed.
    pub(super) fn settle(&mut self, now: u32, is_restarted: bool) {
        if !self.is_active() {
            return;
        }
        let edges: BTreeSet<u32> = self.spec.edges(self.looked, now);
        if let (Some(first), Some(drain)) = (edges.first(), &self.drain)
            && drain.until < *first
        {
            self.end_drain(now);
        }
        if !edges.is_empty() {
            let missed = edges.len() > 1 || is_restarted;
            self.arrive(now, if missed { Trigger::CaughtUp } else { Trigger::Edge });
        }
        if self.drain.as_ref().is_some_and(|drain| drain.until <= now) {
            self.end_drain(now);
        }
        self.looked = now;
    }

    fn end_drain(&mut self, now: u32) {
        if let Some(drain) = self.drain.take() {
            self.act(now, Act::Scale { from: self.count, to: drain.to, cause: Cause::Drained });
            self.count = drain.to;
        }
    }

    /// The windows that are open now are those that hold.
    pub(super) fn arrive(&mut self, now: u32, trigger: Trigger) {
        let is_time = matches!(trigger, Trigger::Edge | Trigger::CaughtUp);
        let open = self.spec.open(now);
        // An alarm is of one run of its window.
        if is_time {
            let (spec, looked) = (self.spec.clone(), self.looked);
            self.alarms.retain(|rule, _| {
                let window = spec.asked().iter().find(|asked| asked.rule.id == *rule).unwrap().window;
                spec.since(window, now).is_some_and(|since| since <= looked)
            });
        }
        let entered: Vec<usize> = open
            .into_iter()
            .filter(|window| !is_time || self.spec.since(*window, now) > Some(self.looked))
            .collect();
        let entered = self.spec.longest(&entered);
        let before = self.held.take();
        if let Some(window) = self.spec.fixed(now) {
            let since = self.spec.since(window, now).unwrap();
            let is_same = is_time
                && before.as_ref().is_some_and(|held| (held.window, held.since) == (Some(window), since));
            let (baseline, by) =
                before.map_or((self.count, ChosenBy::Before), |held| (held.baseline, held.by));
            self.held = Some(Held {
                window: Some(window),
                name: Some(self.spec.name(window)),
                since,
                grace: self.spec.grace(window),
                baseline,
                by,
                is_left: false,
            });
            if !is_same {
                let cause = Cause::Window { window: self.spec.name(window), trigger };
                let (to, grace) = (self.spec.target(window), self.spec.grace(window));
                self.aim(now, trigger, Aim { to, grace, cause, entered });
            }
        } else if let Some(held) = before.filter(|held| !held.is_left) {
            let bounds = self.spec.bounds(now);
            let to = held.baseline.clamp(bounds.min, bounds.max);
            let cause = Cause::Restored { window: held.name, chosen_by: held.by, trigger };
            self.aim(now, trigger, Aim { to, grace: held.grace, cause, entered });
        }
        self.arm(now);
        self.looked = now;
    }

    /// Rule 14 for edges.
    pub(super) fn aim(&mut self, now: u32, trigger: Trigger, aim: Aim) {
        let Aim { to, grace, cause, entered } = aim;
        let keeps_quiet = trigger == Trigger::Replaced;
        let quiet = now + entered.unwrap_or(0);
        let from = self.count;
        if let Some(drain) = self.drain.clone() {
            if to < from {
                if to == drain.to {
                    return;
                }
                let until = if to < drain.to { drain.until.max(now + grace) } else { drain.until };
                self.act(now, Act::Drain { from, to, until: at(until), cause });
                self.drain = Some(Drain { to, until, ..drain });
                self.quiet_until = if keeps_quiet { self.quiet_until } else { quiet }.max(until);
                return;
            }
            self.drain = None;
            self.act(now, Act::CancelDrain { count: from, cause: CancelCause::Window });
            self.quiet_until = drain.since + drain.retrigger;
        }
        if to == from {
            return;
        }
        if to < from && grace > 0 && !self.drains_itself {
            let until = now + grace;
            self.act(now, Act::Drain { from, to, until: at(until), cause });
            let retrigger = if keeps_quiet { 0 } else { entered.unwrap_or(0) };
            self.drain = Some(Drain { to, until, since: now, retrigger });
            self.quiet_until = if keeps_quiet { self.quiet_until } else { quiet }.max(until);
            return;
        }
        self.act(now, Act::Scale { from, to, cause });
        self.count = to;
        if !keeps_quiet {
            self.quiet_until = quiet;
        }
    }

    /// Tells which alarm rules are to be watched, if they are others than before.
    pub(super) fn arm(&mut self, now: u32) {
        let rules: Vec<AlarmRule> = if self.is_active() {
            let asked = self.spec.asked().into_iter();
            asked
                .filter(|asked| self.spec.since(asked.window, now).is_some())
                .map(|asked| asked.rule)
                .collect()
        } else {
            Vec::new()
        };
        if rules != self.told {
            self.act(now, Act::Arm { rules: rules.clone().into() });
            self.told = rules;
        }
    }
}

pub(super) fn at(seconds: u32) -> paas_core::scaling::Timestamp {
    paas_core::scaling::Timestamp::from_seconds(seconds)
}
