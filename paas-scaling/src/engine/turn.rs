//! One service's turn: what it decides at an instant. All decisions are made here.

use super::{
    action::{Act, Action, CancelCause, Cause, ChosenBy, Hold, ServiceId, Trigger},
    alarms::{self, Asked, Asker},
    service::{Drain, Fixed, Flags, Service},
    slots::Slots,
    view::View,
};
use crate::{
    calendar::Open,
    plan::{Kind, Plan, Watched},
};
use paas_core::scaling::{Side, Timestamp};
use std::sync::Arc;

/// A service that decides now, with all that it needs.
pub(super) struct Turn<'a> {
    pub(super) now: u32,
    /// Seconds for which an alarm that fires is believed.
    pub(super) time_to_live: u32,
    pub(super) id: ServiceId,
    pub(super) service: &'a mut Service,
    pub(super) plan: &'a Plan,
    /// What holds now.
    pub(super) view: &'a View,
    pub(super) sequence: &'a mut u64,
    pub(super) actions: &'a mut Vec<Action>,
}

/// A fixed window that was left, if it is one of a plan that was replaced meanwhile.
pub(super) struct Former {
    pub(super) name: Arc<str>,
    /// Seconds.
    pub(super) grace: u32,
}

/// What an action does to the time without further actions.
#[derive(Clone, Copy)]
enum Quiet {
    /// It begins anew, and lasts so many seconds.
    For(u32),
    /// It stays as it was.
    Kept,
}

impl Turn<'_> {
    /// Does what is due: ends of drains and edges of windows, in their order.
    pub(super) fn settle(&mut self) {
        if !self.service.is_active() {
            return;
        }
        // At one instant the edge comes first: it is better to keep containers than to start others.
        let edge = self.service.edge;
        if self.service.drain.as_ref().is_some_and(|drain| drain.until <= self.now && drain.until < edge) {
            self.finish_drain();
        }
        if edge <= self.now && edge != u32::MAX {
            let trigger = if self.missed_edges(edge) { Trigger::CaughtUp } else { Trigger::Edge };
            self.windows(trigger, None);
        }
        if self.service.drain.as_ref().is_some_and(|drain| drain.until <= self.now) {
            self.finish_drain();
        }
    }

    /// Whether another edge came after this one.
    fn missed_edges(&self, edge: u32) -> bool {
        edge < self.now
            && self.plan.calendar().phase(Timestamp::from_seconds(edge)).until.seconds() <= self.now
    }

    /// Goes to what the windows that are open now ask for.
    pub(super) fn windows(&mut self, trigger: Trigger, former: Option<Former>) {
        let view = self.view;
        let is_edge = matches!(trigger, Trigger::Edge | Trigger::CaughtUp);
        // Of windows that were open all the time nothing is new.
        let new_from = if is_edge { self.service.edge } else { 0 };
        let is_new = |open: &Open| open.start.seconds() >= new_from;
        if is_edge {
            let plan = self.plan;
            alarms::retain(self.service, |slot| {
                let open = plan.rule(slot.rule).and_then(|rule| view.opened(rule.window));
                open.is_some_and(|open| !is_new(open))
            });
        }
        let quiet = if trigger == Trigger::Replaced {
            Quiet::Kept
        } else {
            let entered = view.open.iter().filter(|open| is_new(open));
            let retriggers = entered.filter_map(|open| Some(self.plan.window(open.window)?.retrigger));
            Quiet::For(retriggers.max().unwrap_or(0))
        };
        match (self.service.fixed, view.fixed) {
            (Fixed::None, None) => {}
            (Fixed::None, Some(open)) => {
                self.service.baseline = self.service.count;
                self.service.flags.set(Flags::BY_PERSON, false);
                self.hold(&open, trigger, quiet);
            }
            (Fixed::Window(window), Some(open)) if window == open.window && !is_new(&open) => {}
            (_, Some(open)) => self.hold(&open, trigger, quiet),
            (left, None) => self.restore(left, trigger, former, quiet),
        }
        self.service.fixed = view.fixed.map_or(Fixed::None, |open| Fixed::Window(open.window));
        self.service.flags.set(Flags::PERSON_MEANWHILE, false);
        self.service.edge = view.until;
        self.arm();
    }

    /// Goes to the count of a fixed window.
    fn hold(&mut self, open: &Open, trigger: Trigger, quiet: Quiet) {
        let Some(window) = self.plan.window(open.window) else { return };
        let Kind::Fixed(count) = window.kind else { return };
        let cause = || Cause::Window { window: Arc::clone(&window.name), trigger };
        self.go(count, window.grace, quiet, cause);
    }

    /// Goes back to the count from before the fixed windows.
    fn restore(&mut self, left: Fixed, trigger: Trigger, former: Option<Former>, quiet: Quiet) {
        if self.service.flags.has(Flags::PERSON_MEANWHILE) {
            return;
        }
        let former = former.or_else(|| match left {
            Fixed::Window(index) => {
                let window = self.plan.window(index)?;
                Some(Former { name: Arc::clone(&window.name), grace: window.grace })
            }
            _ => None,
        });
        let (window, grace) = former.map_or((None, 0), |former| (Some(former.name), former.grace));
        let bounds = self.view.bounds;
        let count = self.service.baseline.clamp(bounds.min, bounds.max);
        let chosen_by = self.chosen_by();
        self.go(count, grace, quiet, || Cause::Restored { window: window.clone(), chosen_by, trigger });
    }

    pub(super) fn chosen_by(&self) -> ChosenBy {
        if self.service.flags.has(Flags::BY_PERSON) { ChosenBy::Person } else { ChosenBy::Before }
    }

    /// Judges the alarms, and does what they ask for. Tells why nothing is done.
    pub(super) fn judge(&mut self) -> Option<Hold> {
        if !self.service.is_active() {
            return Some(Hold::Disabled);
        }
        alarms::expire(self.service, self.now, self.time_to_live);
        if let Some(fixed) = &self.view.fixed {
            let window = self.plan.window(fixed.window).map(|window| Arc::clone(&window.name));
            return Some(Hold::FixedWindow { window: window.unwrap_or_default() });
        }
        let view = self.view;
        let (plan, bounds) = (self.plan, view.bounds);
        let until = Timestamp::from_seconds;
        match alarms::judge(self.service, plan, view, self.now) {
            Asked::Nothing(why) => Some(why),
            Asked::Out(asker) => {
                if self.service.drain.is_some() {
                    let (rule, window) = (asker.rule.id, self.name_of(asker.rule));
                    self.cancel_drain(CancelCause::Alarm { rule, window });
                }
                let count = self.service.count;
                if self.now < self.service.quiet_until {
                    return Some(Hold::Quiet { until: until(self.service.quiet_until) });
                }
                if count >= bounds.max {
                    return Some(Hold::AtMaximum { most: bounds.max });
                }
                self.act(&asker, count.saturating_add(asker.rule.step).min(bounds.max));
                None
            }
            Asked::In(asker) => {
                let count = self.service.count;
                if let Some(drain) = &self.service.drain {
                    return Some(Hold::Draining { until: until(drain.until) });
                }
                if self.now < self.service.quiet_until {
                    return Some(Hold::Quiet { until: until(self.service.quiet_until) });
                }
                if self.now < self.service.no_scale_in_until {
                    return Some(Hold::Restarted { until: until(self.service.no_scale_in_until) });
                }
                if count <= bounds.min {
                    return Some(Hold::AtMinimum { least: bounds.min });
                }
                self.act(&asker, count.saturating_sub(asker.rule.step).max(bounds.min));
                None
            }
        }
    }

    /// Does what an alarm asks for.
    fn act(&mut self, asker: &Asker<'_>, to: u32) {
        let Asker { rule, slot, retrigger } = asker;
        let Some(window) = self.plan.window(rule.window) else { return };
        let (id, side, value) = (rule.id, rule.side, slot.value());
        let cause = || Cause::Alarm { rule: id, window: Arc::clone(&window.name), side, value };
        // Without any time between them the same alarm would act again at once.
        let quiet = Quiet::For((*retrigger).max(1));
        let grace = if side == Side::Lower { window.grace } else { 0 };
        self.go(to, grace, quiet, cause);
    }

    fn name_of(&self, rule: &Watched) -> Arc<str> {
        self.plan.window(rule.window).map(|window| Arc::clone(&window.name)).unwrap_or_default()
    }

    /// A drain that began under another policy does not go below the bounds of this one.
    pub(super) fn keep_to_new_bounds(&mut self) {
        let least = self.plan.bounds().min;
        if self.service.drain.as_ref().is_some_and(|drain| drain.to < least) {
            self.go(least, 0, Quiet::Kept, || Cause::Bounds);
        }
    }

    /// Goes to a count: at once, or by way of a drain.
    fn go(&mut self, to: u32, grace: u32, quiet: Quiet, cause: impl Fn() -> Cause) {
        let (now, from) = (self.now, self.service.count);
        if let Some(drain) = self.service.drain.as_deref_mut() {
            if to < from {
                if to == drain.to {
                    return;
                }
                if to < drain.to {
                    drain.until = drain.until.max(now.saturating_add(grace));
                }
                drain.to = to;
                let until = drain.until;
                self.quiet(quiet, until);
                self.emit(Act::Drain { from, to, until: Timestamp::from_seconds(until), cause: cause() });
                return;
            }
            self.cancel_drain(CancelCause::Window);
        }
        if to == from {
            return;
        }
        if to < from && grace > 0 && !self.service.flags.has(Flags::DRAINS_ITSELF) {
            let until = now.saturating_add(grace);
            let retrigger = match quiet {
                Quiet::For(seconds) => seconds,
                Quiet::Kept => 0,
            };
            self.service.drain = Some(Box::new(Drain { to, until, started: now, retrigger }));
            self.quiet(quiet, until);
            self.emit(Act::Drain { from, to, until: Timestamp::from_seconds(until), cause: cause() });
        } else {
            self.service.count = to;
            self.quiet(quiet, 0);
            self.emit(Act::Scale { from, to, cause: cause() });
        }
    }

    /// Sets the time without further actions; it does not end before `least`.
    fn quiet(&mut self, quiet: Quiet, least: u32) {
        let until = match quiet {
            Quiet::For(seconds) => self.now.saturating_add(seconds),
            Quiet::Kept => self.service.quiet_until,
        };
        self.service.quiet_until = until.max(least);
    }

    /// Stops those that drain, if some do.
    pub(super) fn finish_drain(&mut self) {
        let Some(drain) = self.service.drain.take() else { return };
        let from = self.service.count;
        self.service.count = drain.to;
        self.emit(Act::Scale { from, to: drain.to, cause: Cause::Drained });
    }

    /// Lets all containers take requests again, if some drain.
    pub(super) fn cancel_drain(&mut self, cause: CancelCause) {
        let Some(drain) = self.service.drain.take() else { return };
        self.service.quiet_until = drain.started.saturating_add(drain.retrigger);
        self.emit(Act::CancelDrain { count: self.service.count, cause });
    }

    /// Says which alarm rules are to be watched, if they are others than before.
    fn arm(&mut self) {
        if self.service.armed != self.view.armed {
            self.service.armed = self.view.armed;
            self.emit(Act::Arm { rules: Arc::clone(&self.view.rules) });
        }
    }

    /// No alarm rule is to be watched any more.
    pub(super) fn disarm(&mut self) {
        self.service.alarms = Slots::default();
        if self.service.armed != 0 {
            self.service.armed = 0;
            self.emit(Act::Arm { rules: Arc::default() });
        }
    }

    pub(super) fn emit(&mut self, act: Act) {
        *self.sequence += 1;
        let (service, sequence, at) = (self.id, *self.sequence, Timestamp::from_seconds(self.now));
        self.actions.push(Action { service, sequence, at, act });
    }

    /// When it must have its next turn, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<u32> {
        let service = &*self.service;
        if !service.is_active() {
            return None;
        }
        let edge = (service.edge != u32::MAX).then_some(service.edge);
        let drained = service.drain.as_ref().map(|drain| drain.until);
        // Under a fixed window no alarm moves anything.
        let alarms = || alarms::changes_at(service, self.plan, self.view, self.now, self.time_to_live);
        let alarms = if self.view.fixed.is_none() && !service.alarms.is_empty() { alarms() } else { None };
        [edge, drained, alarms].into_iter().flatten().min()
    }
}
