//! What is known of a service's alarms, and what they ask for together.

use super::{action::Hold, service::Service, view::View};
use crate::plan::{Plan, Watched};
use paas_core::scaling::{Alarm, AlarmState, Side, Timestamp};

/// What is known of one rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    /// Its place in the plan.
    pub(super) rule: u16,
    pub(super) state: State,
    /// Whether its sender never says that it has resolved.
    pub(super) never_resolves: bool,
    /// When monitoring spoke of it last.
    pub(super) at: u32,
    /// The value of then, if it was told; else no number.
    pub(super) value: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Firing,
    Resolved,
    /// The metric is missing.
    NoData,
    /// It fired, and was not repeated in time.
    Stale,
}

impl Slot {
    /// The value, if it was told.
    pub(super) fn value(&self) -> Option<f64> {
        (!self.value.is_nan()).then_some(self.value)
    }

    /// Until when it is believed to fire.
    pub(super) const fn believed_until(&self, time_to_live: u32) -> u32 {
        self.at.saturating_add(time_to_live)
    }
}

/// Takes an alarm in. What is returned says why it says nothing new.
pub(super) fn take(
    service: &mut Service,
    plan: &Plan,
    view: &View,
    alarm: &Alarm,
    now: u32,
    time_to_live: u32,
) -> Option<Hold> {
    let Some((index, watched)) = plan.rule_with(alarm.rule) else { return Some(Hold::UnknownRule) };
    if view.opened(watched.window).is_none() {
        return Some(Hold::WindowClosed);
    }
    // Clocks differ a little: what comes from the future is from now.
    let at = alarm.at.seconds().min(now);
    let place = service.alarms.binary_search_by_key(&index, |slot| slot.rule);
    if let Some(known) = place.ok().and_then(|place| service.alarms.get(place)) {
        if at < known.at {
            return Some(Hold::Late);
        }
        let is_known = match alarm.state {
            AlarmState::Firing => matches!(known.state, State::Firing | State::Stale),
            AlarmState::Resolved => known.state == State::Resolved,
            AlarmState::NoData => known.state == State::NoData,
        };
        if at == known.at && is_known {
            return Some(Hold::Repeated);
        }
    }
    let is_fresh = now < at.saturating_add(time_to_live);
    if alarm.state == AlarmState::Firing && is_fresh {
        // A metric is not above the one and below the other: what was seen later holds.
        let other = service.alarms.iter_mut().find(|slot| {
            slot.rule != index && plan.rule(slot.rule).is_some_and(|other| other.window == watched.window)
        });
        if let Some(other) = other {
            if other.state == State::Firing && other.at > at {
                return Some(Hold::Late);
            }
            if other.at <= at {
                (other.state, other.at) = (State::Resolved, at);
            }
        }
    }
    let state = match alarm.state {
        AlarmState::Firing if is_fresh => State::Firing,
        AlarmState::Firing if alarm.never_resolves => State::Resolved,
        AlarmState::Firing => State::Stale,
        AlarmState::Resolved => State::Resolved,
        AlarmState::NoData => State::NoData,
    };
    let value = alarm.value.unwrap_or(f64::NAN);
    put(service, place, Slot { rule: index, state, never_resolves: alarm.never_resolves, at, value });
    match state {
        State::Stale => Some(Hold::StaleAlarm),
        State::NoData => Some(Hold::NoData),
        State::Resolved if alarm.state == AlarmState::Firing => Some(Hold::StaleAlarm),
        State::Firing | State::Resolved => None,
    }
}

/// Puts a slot at its place, found or not.
fn put(service: &mut Service, place: Result<usize, usize>, slot: Slot) {
    match place {
        Ok(place) => {
            if let Some(known) = service.alarms.get_mut(place) {
                *known = slot;
            }
        }
        Err(place) => service.alarms.insert(place, slot),
    }
}

/// Keeps what is still of interest.
pub(super) fn retain(service: &mut Service, keep: impl Fn(&Slot) -> bool) {
    if !service.alarms.iter().all(&keep) {
        service.alarms = service.alarms.iter().copied().filter(keep).collect();
    }
}

/// What fired and was not repeated in time is unknown now, or over if its sender never says so.
pub(super) fn expire(service: &mut Service, now: u32, time_to_live: u32) {
    for slot in service.alarms.iter_mut() {
        if slot.state == State::Firing && slot.believed_until(time_to_live) <= now {
            slot.state = if slot.never_resolves { State::Resolved } else { State::Stale };
        }
    }
}

/// The rule whose step counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) rule: &'a Watched,
    pub(super) slot: Slot,
    /// The longest time without further actions of all that ask for the same; seconds.
    pub(super) retrigger: u32,
}

/// What the alarms of a service ask for together.
#[derive(Debug)]
pub(super) enum Asked<'a> {
    /// More.
    Out(Asker<'a>),
    /// Fewer.
    In(Asker<'a>),
    /// Nothing, for a reason.
    Nothing(Hold),
}

/// Judges all that fires, once, together: out wins over in, the largest step out, the smallest in, and in only if all that
/// could ask for it do and nothing is unknown.
pub(super) fn judge<'a>(service: &Service, plan: &'a Plan, view: &View, now: u32) -> Asked<'a> {
    let (mut out, mut less, mut waits) = (None::<Asker<'_>>, None::<Asker<'_>>, None::<u32>);
    let mut lower = 0;
    for slot in service.alarms.iter().filter(|slot| slot.state == State::Firing) {
        let Some(watched) = plan.rule(slot.rule) else { continue };
        let Some((open, window)) = view.opened(watched.window).zip(plan.window(watched.window)) else {
            continue;
        };
        let sustained = open.start.plus(watched.sustained).seconds();
        if now < sustained {
            waits = Some(waits.map_or(sustained, |waits| waits.min(sustained)));
            continue;
        }
        let asker = Asker { rule: watched, slot: *slot, retrigger: window.retrigger };
        match watched.side {
            Side::Upper => out = Some(asker.together(out, |step, largest| step > largest)),
            Side::Lower => {
                lower += 1;
                less = Some(asker.together(less, |step, smallest| step < smallest));
            }
        }
    }
    let unknown = |state| service.alarms.iter().any(|slot| slot.state == state);
    match (out, less) {
        (Some(asker), _) => Asked::Out(asker),
        (None, Some(_)) if unknown(State::NoData) => Asked::Nothing(Hold::NoData),
        (None, Some(_)) if unknown(State::Stale) => Asked::Nothing(Hold::StaleAlarm),
        (None, Some(_)) if lower < view.lower => Asked::Nothing(Hold::NotAll),
        (None, Some(asker)) => Asked::In(asker),
        (None, None) => Asked::Nothing(match waits {
            Some(until) => Hold::NotSustained { until: Timestamp::from_seconds(until) },
            None => Hold::Calm,
        }),
    }
}

impl Asker<'_> {
    /// This one beside the one whose step has counted so far; of equal ones the first counts.
    fn together(self, other: Option<Self>, wins: impl Fn(u32, u32) -> bool) -> Self {
        let Some(other) = other else { return self };
        let retrigger = self.retrigger.max(other.retrigger);
        let winner = if wins(self.rule.step, other.rule.step) { self } else { other };
        Self { retrigger, ..winner }
    }
}

/// When what the alarms ask for may change by time alone: the soonest of it that is after now.
pub(super) fn changes_at(
    service: &Service,
    plan: &Plan,
    view: &View,
    now: u32,
    time_to_live: u32,
) -> Option<u32> {
    let firing = || service.alarms.iter().filter(|slot| slot.state == State::Firing);
    let sustained = |slot: &Slot| {
        let watched = plan.rule(slot.rule)?;
        Some(view.opened(watched.window)?.start.plus(watched.sustained).seconds())
    };
    let of_each =
        firing().flat_map(|slot| [Some(slot.believed_until(time_to_live)), sustained(slot)]).flatten();
    let waits = [service.quiet_until, service.no_scale_in_until];
    let of_all = waits.into_iter().filter(|_| firing().next().is_some());
    of_each.chain(of_all).filter(|at| *at > now).min()
}
