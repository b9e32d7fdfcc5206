//! Why a service has the count that it has, and what it waits for.

use super::{
    Engine,
    action::{Act, ChosenBy, Hold, ServiceId},
    alarms::State,
    service::{Fixed, Flags, Service},
    turn::Turn,
    view::Shared,
};
use crate::plan::Kind;
use paas_core::scaling::{AlarmRule, Bounds, RuleId, Side, Timestamp};
use serde::Serialize;
use std::fmt;

/// What is open, armed and on hold for a service, until when, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingExplanation"))]
#[non_exhaustive]
pub struct Explanation {
    /// The service.
    pub service: String,
    /// The instant that this is about.
    pub at: Timestamp,
    /// Whether the engine decides for it: its policy is enabled, and nobody has disabled it.
    pub active: bool,
    /// The count that stands.
    pub count: u32,
    /// How many containers run, as was told last.
    pub running: u32,
    /// What alarms may move the count to now.
    pub bounds: Bounds,
    /// The windows that are open.
    pub open: Vec<OpenWindow>,
    /// The next edge of a window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_edge: Option<Timestamp>,
    /// The count that it goes back to when no fixed window is open any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<u32>,
    /// Who chose that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline_by: Option<ChosenBy>,
    /// The alarm rules that are watched now.
    pub armed: Vec<AlarmRule>,
    /// What is known of its alarms.
    pub alarms: Vec<AlarmShown>,
    /// No alarm acts before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_until: Option<Timestamp>,
    /// No alarm scales in before, since the engine was started again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_scale_in_until: Option<Timestamp>,
    /// Containers that drain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drain: Option<DrainShown>,
    /// What has come due and was not asked for yet: the engine was not told of this instant.
    pub due: Vec<Act>,
    /// Why no alarm moves the count; nothing if one does now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
}

/// A window that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OpenWindow {
    /// Its name.
    pub window: String,
    /// Since when; `None`: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Until when; `None`: for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The count that it holds, if it is a fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What is known of an alarm.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AlarmShown {
    /// The rule.
    pub rule: RuleId,
    /// Its window.
    pub window: String,
    /// Which threshold.
    pub side: Side,
    /// Whether it fires.
    pub state: KnownState,
    /// When monitoring spoke of it last.
    pub at: Timestamp,
    /// Until when it is believed to fire, if it does and is not repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub believed_until: Option<Timestamp>,
    /// The value of then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

/// What an alarm is, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KnownState {
    /// It fires.
    Firing,
    /// It does not.
    Resolved,
    /// The metric is missing.
    NoData,
    /// It fired, and was not repeated in time.
    Stale,
}

/// Containers that drain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DrainShown {
    /// The count that will be set.
    pub to: u32,
    /// When.
    pub until: Timestamp,
    /// When it began.
    pub since: Timestamp,
}

impl Engine {
    /// What holds for a service at an instant, and why; `None`: there is no such service. It changes nothing: what has
    /// come due by then is told of as such. An instant before the latest that the engine was told counts as that.
    pub fn explain(&self, service: &str, now: Timestamp) -> Option<Explanation> {
        let (index, known) = self.known(service)?;
        let plan = self.plans.plan(known.plan)?.clone();
        let mut known: Service = known.clone();
        let now = self.now.max(now.seconds());
        let (mut actions, mut sequence) = (Vec::new(), 0);
        let mut shared = Shared::new(plan.clone());
        let (_, view) = shared.view(now)?;
        let mut turn = Turn {
            now,
            time_to_live: self.settings.time_to_live(),
            id: ServiceId { index, generation: known.generation },
            service: &mut known,
            plan: &plan,
            view,
            sequence: &mut sequence,
            actions: &mut actions,
        };
        turn.settle();
        let hold = turn.judge();
        let chosen_by = turn.chosen_by();
        let at = Timestamp::from_seconds;
        let still = |until: u32| (until > now).then_some(at(until));
        let is_active = known.is_active();
        let open = view.open.iter().filter_map(|open| {
            let window = plan.window(open.window)?;
            let is_bound = |at: &Timestamp| !matches!(*at, Timestamp::MIN | Timestamp::MAX);
            Some(OpenWindow {
                window: window.name.to_string(),
                since: Some(open.start).filter(is_bound),
                until: Some(open.end).filter(is_bound),
                count: match window.kind {
                    Kind::Fixed(count) => Some(count),
                    Kind::Metric(_) => None,
                },
            })
        });
        let time_to_live = self.settings.time_to_live();
        let alarms = known.alarms.iter().filter_map(|slot| {
            let rule = plan.rule(slot.rule)?;
            Some(AlarmShown {
                rule: rule.id,
                window: plan.window(rule.window)?.name.to_string(),
                side: rule.side,
                state: match slot.state {
                    State::Firing => KnownState::Firing,
                    State::Resolved => KnownState::Resolved,
                    State::NoData => KnownState::NoData,
                    State::Stale => KnownState::Stale,
                },
                at: at(slot.at),
                believed_until: (slot.state == State::Firing).then(|| at(slot.believed_until(time_to_live))),
                value: slot.value(),
            })
        });
        let has_baseline = known.fixed != Fixed::None && !known.flags.has(Flags::PERSON_MEANWHILE);
        Some(Explanation {
            service: service.to_owned(),
            at: at(now),
            active: is_active,
            count: known.count,
            running: known.running,
            bounds: view.bounds,
            open: open.collect(),
            next_edge: (view.until != u32::MAX).then_some(at(view.until)),
            baseline: has_baseline.then_some(known.baseline),
            baseline_by: has_baseline.then_some(chosen_by),
            armed: if is_active { view.rules.to_vec() } else { Vec::new() },
            alarms: alarms.collect(),
            quiet_until: still(known.quiet_until),
            no_scale_in_until: still(known.no_scale_in_until),
            drain: known.drain.as_ref().map(|drain| DrainShown {
                to: drain.to,
                until: at(drain.until),
                since: at(drain.started),
            }),
            due: actions.into_iter().map(|action| action.act).collect(),
            hold,
        })
    }
}

/// Some lines for people.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { service, at, count, .. } = self;
        writeln!(f, "`{service}` has a count of {count} at {at}")?;
        if !self.active {
            writeln!(f, "  scaling is disabled")?;
        }
        for open in &self.open {
            write!(f, "  `{}` is open", open.window)?;
            if let Some(since) = open.since {
                write!(f, " since {since}")?;
            }
            if let Some(until) = open.until {
                write!(f, " until {until}")?;
            }
            match open.count {
                Some(count) => writeln!(f, " and holds the count at {count}")?,
                None => writeln!(f)?,
            }
        }
        if self.open.is_empty() {
            writeln!(f, "  no window is open")?;
        }
        if let Some(next) = self.next_edge {
            writeln!(f, "  the next edge is at {next}")?;
        }
        if let (Some(baseline), Some(by)) = (self.baseline, self.baseline_by) {
            let whose = match by {
                ChosenBy::Before => "from before the window",
                ChosenBy::Person => "that a person set",
            };
            writeln!(f, "  afterwards the count goes back to {baseline}, {whose}")?;
        }
        for alarm in &self.alarms {
            let state = match alarm.state {
                KnownState::Firing => "fires",
                KnownState::Resolved => "does not fire",
                KnownState::NoData => "has no data",
                KnownState::Stale => "was not repeated in time",
            };
            let side = match alarm.side {
                Side::Upper => "upper",
                Side::Lower => "lower",
            };
            writeln!(f, "  the {side} alarm of `{}` {state}, as of {}", alarm.window, alarm.at)?;
        }
        if let Some(drain) = &self.drain {
            writeln!(f, "  containers drain until {}, down to {}", drain.until, drain.to)?;
        }
        if let Some(hold) = &self.hold {
            writeln!(f, "  no alarm moves it: {hold}")?;
        }
        for act in &self.due {
            writeln!(f, "  due: {}", act.reason())?;
        }
        Ok(())
    }
}
