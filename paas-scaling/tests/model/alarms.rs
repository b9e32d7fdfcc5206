//! What alarms do to a service, by the rules.

use super::{
    service::{Drain, Known, Service, at},
    spec::{Asked, seconds},
};
use paas_core::scaling::{Alarm, AlarmState, Side};
use paas_scaling::{Act, CancelCause, Cause, Hold, KnownState};

impl Service {
    /// A turn: what is due, and what alarms ask for. It says why they move nothing.
    pub(super) fn turn(&mut self, now: u32, time_to_live: u32) -> Option<Hold> {
        self.settle(now, false);
        self.judge(now, time_to_live)
    }

    /// When something may come of time alone, after an instant.
    pub(super) fn next(&self, after: u32, time_to_live: u32) -> Option<u32> {
        if !self.is_active() {
            return None;
        }
        let mut instants = vec![self.quiet_until, self.restarted_until];
        instants.extend(self.spec.edges(after, u32::MAX).first());
        instants.extend(self.drain.as_ref().map(|drain| drain.until));
        // Under a fixed window nobody asks what alarms say.
        let asked = if self.spec.fixed(after).is_none() { self.spec.asked() } else { Vec::new() };
        for asked in asked {
            let firing = |known: &&Known| known.state == KnownState::Firing;
            if let Some(known) = self.alarms.get(&asked.rule.id).filter(firing) {
                instants.push(known.at + time_to_live);
                instants.extend(self.sustained(&asked, after));
            }
        }
        instants.into_iter().filter(|instant| *instant > after).min()
    }

    /// Whether an alarm is one whose time is over, and whose sender does not say so. If it comes once more, that is a
    /// repeated one or one that is too old, by whether there was a turn meanwhile; nothing comes of either.
    pub(super) fn is_over(&self, alarm: &Alarm, now: u32, time_to_live: u32) -> bool {
        self.alarms.get(&alarm.rule).is_some_and(|known| {
            let is_same = known.at == alarm.at.seconds().min(now);
            is_same && known.never_resolves && known.at + time_to_live <= now
        })
    }

    /// Takes an alarm in. Why it moves nothing, if that is clear already.
    pub(super) fn hear(&mut self, alarm: &Alarm, now: u32, time_to_live: u32) -> Option<Hold> {
        if !self.is_active() {
            return Some(Hold::Disabled);
        }
        let asked = self.spec.asked();
        let Some(rule) = asked.iter().find(|asked| asked.rule.id == alarm.rule) else {
            return Some(Hold::UnknownRule);
        };
        if self.spec.since(rule.window, now).is_none() {
            return Some(Hold::WindowClosed);
        }
        let at = alarm.at.seconds().min(now);
        if let Some(known) = self.alarms.get(&alarm.rule) {
            let is_same = match known.state {
                KnownState::Firing | KnownState::Stale => alarm.state == AlarmState::Firing,
                KnownState::Resolved => alarm.state == AlarmState::Resolved,
                KnownState::NoData => alarm.state == AlarmState::NoData,
            };
            if at < known.at {
                return Some(Hold::Late);
            }
            if at == known.at && is_same {
                return Some(Hold::Repeated);
            }
        }
        let is_fresh = at + time_to_live > now;
        if alarm.state == AlarmState::Firing && is_fresh {
            let other =
                asked.iter().find(|other| other.window == rule.window && other.rule.side != rule.rule.side);
            if let Some(known) = other.and_then(|other| self.alarms.get_mut(&other.rule.id)) {
                if known.state == KnownState::Firing && known.at > at {
                    return Some(Hold::Late);
                }
                if known.at <= at {
                    (known.state, known.at) = (KnownState::Resolved, at);
                }
            }
        }
        let (state, hold) = match alarm.state {
            AlarmState::Firing if is_fresh => (KnownState::Firing, None),
            AlarmState::Firing if alarm.never_resolves => (KnownState::Resolved, Some(Hold::StaleAlarm)),
            AlarmState::Firing => (KnownState::Stale, Some(Hold::StaleAlarm)),
            AlarmState::Resolved => (KnownState::Resolved, None),
            AlarmState::NoData => (KnownState::NoData, Some(Hold::NoData)),
        };
        let known = Known { state, at, value: alarm.value, never_resolves: alarm.never_resolves };
        self.alarms.insert(alarm.rule, known);
        hold
    }

    /// When a threshold will have been passed for long enough since its window opened.
    fn sustained(&self, asked: &Asked, now: u32) -> Option<u32> {
        self.spec.since(asked.window, now).map(|since| since + seconds(asked.threshold.sustained_for_ms))
    }

    /// All that is known, together. `None`: the count moves.
    pub(super) fn judge(&mut self, now: u32, time_to_live: u32) -> Option<Hold> {
        if !self.is_active() {
            return Some(Hold::Disabled);
        }
        for known in self.alarms.values_mut() {
            if known.state == KnownState::Firing && known.at + time_to_live <= now {
                known.state = if known.never_resolves { KnownState::Resolved } else { KnownState::Stale };
            }
        }
        if let Some(window) = self.spec.fixed(now) {
            return Some(Hold::FixedWindow { window: self.spec.name(window) });
        }
        let asked = self.spec.asked();
        let fires = |asked: &&Asked| {
            self.alarms.get(&asked.rule.id).is_some_and(|known| known.state == KnownState::Firing)
        };
        let is_sustained =
            |asked: &&Asked| self.sustained(asked, now).is_some_and(|sustained| sustained <= now);
        let ready = |side| asked.iter().filter(move |asked| asked.rule.side == side).filter(fires);
        let bounds = self.spec.bounds(now);
        let upper: Vec<&Asked> = ready(Side::Upper).filter(is_sustained).collect();
        if let Some(most) = upper.iter().map(|asked| asked.threshold.step).max() {
            let first = upper.iter().find(|asked| asked.threshold.step == most).unwrap();
            let window = self.spec.name(first.window);
            self.cancel(now, CancelCause::Alarm { rule: first.rule.id, window });
            if now < self.quiet_until {
                return Some(Hold::Quiet { until: at(self.quiet_until) });
            }
            if self.count >= bounds.max {
                return Some(Hold::AtMaximum { most: bounds.max });
            }
            self.move_to((self.count + most).min(bounds.max), first, &upper, now);
            return None;
        }
        let lower: Vec<&Asked> = ready(Side::Lower).filter(is_sustained).collect();
        if let Some(least) = lower.iter().map(|asked| asked.threshold.step).min() {
            let first = lower.iter().find(|asked| asked.threshold.step == least).unwrap();
            if let Some(hold) = self.hold_in(now, lower.len()) {
                return Some(hold);
            }
            if self.count <= bounds.min {
                return Some(Hold::AtMinimum { least: bounds.min });
            }
            self.move_to(self.count.saturating_sub(least).max(bounds.min), first, &lower, now);
            return None;
        }
        let waits = asked.iter().filter(fires).filter_map(|asked| self.sustained(asked, now)).min();
        Some(waits.map_or(Hold::Calm, |until| Hold::NotSustained { until: at(until) }))
    }

    /// Why nothing is scaled in, though so many rules ask for it.
    fn hold_in(&self, now: u32, asking: usize) -> Option<Hold> {
        let knows = |state| self.alarms.values().any(|known| known.state == state);
        if knows(KnownState::NoData) {
            return Some(Hold::NoData);
        }
        if knows(KnownState::Stale) {
            return Some(Hold::StaleAlarm);
        }
        let could_ask =
            |asked: &Asked| asked.rule.side == Side::Lower && self.spec.since(asked.window, now).is_some();
        if self.spec.asked().into_iter().filter(could_ask).count() > asking {
            return Some(Hold::NotAll);
        }
        if let Some(drain) = &self.drain {
            return Some(Hold::Draining { until: at(drain.until) });
        }
        if now < self.quiet_until {
            return Some(Hold::Quiet { until: at(self.quiet_until) });
        }
        (now < self.restarted_until).then(|| Hold::Restarted { until: at(self.restarted_until) })
    }

    fn move_to(&mut self, to: u32, asked: &Asked, all: &[&Asked], now: u32) {
        let from = self.count;
        let spec = self.spec.clone();
        let cause = Cause::Alarm {
            rule: asked.rule.id,
            window: spec.name(asked.window),
            side: asked.rule.side,
            value: self.alarms[&asked.rule.id].value,
        };
        // Alarms act once a second at most.
        // Of several that act together the longest counts.
        let windows: Vec<usize> = all.iter().map(|asked| asked.window).collect();
        let retrigger = spec.longest(&windows).unwrap_or(0).max(1);
        self.quiet_until = now + retrigger;
        let grace = spec.grace(asked.window);
        if to < from && grace > 0 && !self.drains_itself {
            let until = now + grace;
            self.act(now, Act::Drain { from, to, until: at(until), cause });
            self.drain = Some(Drain { to, until, since: now, retrigger });
            self.quiet_until = self.quiet_until.max(until);
        } else {
            self.act(now, Act::Scale { from, to, cause });
            self.count = to;
        }
    }
}
