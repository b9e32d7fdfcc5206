//! What people and programs do to a service, by the rules.

use super::{
    service::{Aim, Service},
    spec::Spec,
};
use paas_scaling::{Act, CancelCause, Cause, ChosenBy, Trigger};
use std::sync::Arc;

impl Service {
    /// Somebody wants a count.
    pub(super) fn choose(&mut self, count: u32, now: u32) {
        self.cancel(now, CancelCause::Person);
        self.count = count;
        let is_active = self.is_active();
        if let Some(held) = &mut self.held {
            (held.baseline, held.by, held.is_left) = (count, ChosenBy::Person, !is_active);
        }
        if is_active {
            self.quiet_until = now + self.spec.longest(&self.spec.open(now)).unwrap_or(0);
        }
    }

    pub(super) fn enable(&mut self, wanted: bool, now: u32, time_to_live: u32) {
        if wanted == self.wanted {
            return;
        }
        self.settle(now, false);
        let was_active = self.is_active();
        self.wanted = wanted;
        self.turned(was_active, now);
        self.judge(now, time_to_live);
    }

    /// After what may have begun decisions, or stopped them.
    fn turned(&mut self, was_active: bool, now: u32) {
        match (was_active, self.is_active()) {
            (true, false) => {
                self.cancel(now, CancelCause::Disabled);
                self.alarms.clear();
                self.arm(now);
            }
            (false, true) => self.arrive(now, Trigger::Enabled),
            _ => {}
        }
    }

    pub(super) fn replace(&mut self, spec: Arc<Spec>, drains_itself: bool, now: u32) {
        self.drains_itself = drains_itself;
        if spec.policy == self.spec.policy {
            return;
        }
        self.settle(now, false);
        let was_active = self.is_active();
        self.spec = spec;
        if was_active && self.is_active() {
            let (spec, open) = (self.spec.clone(), self.spec.open(now));
            self.alarms.retain(|rule, _| {
                spec.asked().iter().any(|asked| asked.rule.id == *rule && open.contains(&asked.window))
            });
            self.arrive(now, Trigger::Replaced);
            let least = self.spec.policy.bounds.min;
            if self.drain.as_ref().is_some_and(|drain| drain.to < least) {
                self.aim(
                    now,
                    Trigger::Replaced,
                    Aim { to: least, grace: 0, cause: Cause::Bounds, entered: None },
                );
            }
        } else {
            // While nothing is decided, what held the count is known by its name only.
            if let Some(held) = self.held.as_mut().filter(|_| !(self.wanted && self.spec.policy.enabled)) {
                let mut windows = self.spec.policy.windows.iter();
                held.window = windows.position(|window| held.name.as_deref() == Some(window.name.as_str()));
                held.name = held.window.map(|window| self.spec.name(window));
                held.grace = held.window.map_or(0, |window| self.spec.grace(window));
            }
            self.turned(was_active, now);
        }
    }

    pub(super) fn remove(&mut self, is_restored: bool, now: u32) {
        self.settle(now, false);
        self.cancel(now, CancelCause::Removed);
        if let Some(held) = self.held.take().filter(|held| is_restored && !held.is_left) {
            let (from, bounds) = (self.count, self.spec.bounds(now));
            let to = held.baseline.clamp(bounds.min, bounds.max);
            if to != from {
                self.act(now, Act::Scale { from, to, cause: Cause::Removed });
            }
        }
        self.wanted = false;
        self.arm(now);
    }

    /// What drains is kept.
    pub(super) fn cancel(&mut self, now: u32, cause: CancelCause) {
        if let Some(drain) = self.drain.take() {
            self.act(now, Act::CancelDrain { count: self.count, cause });
            self.quiet_until = drain.since + drain.retrigger;
        }
    }

    /// After a time without engine.
    pub(super) fn take_over(&mut self, person: Option<u32>, now: u32) {
        if let Some(count) = person {
            self.drain = None;
            self.count = count;
            if let Some(held) = &mut self.held {
                (held.baseline, held.by, held.is_left) = (count, ChosenBy::Person, true);
            }
        }
        if self.is_active() {
            let waits = now + self.spec.longest(&self.spec.open(now)).unwrap_or(0);
            self.restarted_until = self.restarted_until.max(waits);
        }
        self.settle(now, true);
        if let Some(held) = self.held.as_mut().filter(|_| self.wanted && self.spec.policy.enabled) {
            held.is_left = false;
        }
    }
}
