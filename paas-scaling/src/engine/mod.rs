//! The engine.

mod action;
mod alarms;
mod document;
mod explain;
mod names;
mod plans;
mod service;
mod slots;
mod snapshot;
mod turn;
mod view;

pub use action::{Act, Action, CancelCause, Cause, ChosenBy, Hold, InvalidServiceId, ServiceId, Trigger};
pub use document::ActionDocument;
pub use explain::{AlarmShown, DrainShown, Explanation, KnownState, OpenWindow};
pub use snapshot::{InvalidSnapshot, TakenOver};

use crate::{plan::Plan, wheel::TimingWheel};
use names::Names;
use paas_core::scaling::{Alarm, Timestamp};
use plans::Plans;
use serde::{Deserialize, Serialize};
use service::{Fixed, Flags, Service};
use std::sync::Arc;
use turn::{Former, Turn};

/// The autoscaling engine: it holds the plans of many services, and says what is to be done when time passes, when alarms
/// come, and when people act.
///
/// It does no I/O and has no clock: each call is told what time it is, and gives back what is to be done. Time does not
/// run backwards: what is earlier than the latest time that it was told counts as that. The same calls give the same
/// actions, byte for byte.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Timestamp, Window};
/// use paas_scaling::{Act, Engine, Plan, Settings};
///
/// let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
/// let rule = Rule::Fixed { count: FixedCount::Count(5) };
/// policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
///
/// let night: Timestamp = "2026-11-23T03:00:00+08:00".parse().unwrap();
/// let mut engine = Engine::new(Settings::default());
/// let actions = engine.upsert("shop/web", &Plan::new(&policy).unwrap(), 2, night);
/// assert!(actions.is_empty());
///
/// let morning = engine.next_deadline().unwrap();
/// assert_eq!(morning, "2026-11-23T08:00:00+08:00".parse().unwrap());
/// let advance = engine.advance(morning, usize::MAX);
/// assert!(matches!(advance.actions[0].act, Act::Scale { from: 2, to: 5, .. }));
/// assert_eq!(engine.name(advance.actions[0].service), Some("shop/web"));
///
/// let evening = engine.next_deadline().unwrap();
/// let advance = engine.advance(evening, usize::MAX);
/// assert!(matches!(advance.actions[0].act, Act::Scale { from: 5, to: 2, .. }));
/// ```
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    /// The latest time that it was told.
    now: u32,
    /// The number of the last action.
    sequence: u64,
    services: Vec<Service>,
    /// Places of services that are gone, the youngest last.
    free: Vec<u32>,
    names: Names,
    plans: Plans,
    /// For each service, when it must have its next turn.
    wheel: TimingWheel,
    /// The version of the time zones that the snapshot had from which it was loaded, if it was another.
    zones_were: Option<String>,
}

/// What is the same for all services of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Settings {
    /// For so long an alarm that fires is believed after its last notification. Senders repeat theirs within half of it.
    pub alarm_ttl_ms: u64,
}

/// So many services are brought near to the processor together: enough for it to fetch them side by side, and few enough
/// to stay there.
const AHEAD: usize = 32;

impl Settings {
    /// Alertmanager told to repeat each two minutes keeps well within half of it.
    pub const DEFAULT_ALARM_TTL_MS: u64 = 300_000;

    fn time_to_live(self) -> u32 {
        u32::try_from(self.alarm_ttl_ms.div_ceil(1_000)).unwrap_or(u32::MAX).max(1)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { alarm_ttl_ms: Self::DEFAULT_ALARM_TTL_MS }
    }
}

/// What a service is when it is put into an engine. A number stands for that count, with drains stepped by the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Start {
    /// Its count. Of a service that is there already nobody asks: a policy that is replaced does not move the count back.
    pub count: u32,
    /// Whether its back end lets containers drain by itself (Rancher's `drainTimeoutMs`), so that it is told the new
    /// count at once.
    pub drains_itself: bool,
}

impl Start {
    /// A service of so many containers, whose back end drains by itself.
    pub const fn draining_itself(count: u32) -> Self {
        Self { count, drains_itself: true }
    }
}

impl From<u32> for Start {
    fn from(count: u32) -> Self {
        Self { count, drains_itself: false }
    }
}

/// What becomes of the count when a policy is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ScalingRemoval"))]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// It goes back to what it was before the fixed window that is open.
    Restore,
    /// It stays.
    #[default]
    Leave,
}

/// Who set a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountSource {
    /// A person.
    Person,
    /// A template that changes the scale on purpose.
    Template,
    /// The platform: an echo of what the engine asked for, or what the back end happens to run. No intent.
    Platform,
}

/// A count as the back end has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ObservedCount {
    /// How many there should be.
    pub desired: u32,
    /// How many there are.
    pub running: u32,
    /// Who set it.
    pub source: CountSource,
}

/// What an alarm leads to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Why the alarm moves nothing, if it does not.
    pub hold: Option<Hold>,
}

/// What has come due.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Advance {
    /// What is to be done, in the order of deadlines; of one instant in the order of the services' numbers.
    pub actions: Vec<Action>,
    /// Whether all that is due has had its turn. If not, another call goes on.
    pub is_done: bool,
}

impl Engine {
    /// An engine without services.
    pub fn new(settings: Settings) -> Self {
        Self::with_capacity(settings, 0)
    }

    /// An engine with room for so many services.
    pub fn with_capacity(settings: Settings, services: usize) -> Self {
        let mut names = Names::default();
        names.reserve(services);
        Self {
            settings,
            now: 0,
            sequence: 0,
            services: Vec::with_capacity(services),
            free: Vec::new(),
            names,
            plans: Plans::default(),
            wheel: TimingWheel::with_capacity(0, services),
            zones_were: None,
        }
    }

    /// How many services it has.
    pub fn len(&self) -> usize {
        self.services.len() - self.free.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The latest time that it was told.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.now)
    }

    /// The name of a service; `None`: it is gone.
    pub fn name(&self, service: ServiceId) -> Option<&str> {
        let known = self.services.get(service.index as usize)?;
        (known.flags.has(Flags::TAKEN) && known.generation == service.generation)
            .then(|| self.names.name(service.index))
    }

    /// The number of a service.
    pub fn service(&self, name: &str) -> Option<ServiceId> {
        let index = self.names.place(name)?;
        let generation = self.services.get(index as usize)?.generation;
        Some(ServiceId { index, generation })
    }

    /// The count that stands: what was decided last, or what a person chose.
    pub fn count(&self, service: &str) -> Option<u32> {
        Some(self.known(service)?.1.count)
    }

    /// The plan of a service.
    pub fn plan(&self, service: &str) -> Option<&Plan> {
        self.plans.plan(self.known(service)?.1.plan)
    }

    fn known(&self, service: &str) -> Option<(u32, &Service)> {
        let index = self.names.place(service)?;
        Some((index, self.services.get(index as usize)?))
    }

    /// Puts a service in, or gives it another policy.
    ///
    /// A new service enters the windows that are open. With another policy (rule 11): under a fixed window before and
    /// now it takes the new count, and will go back to the same as before; out of it, it goes back at once; into it,
    /// the present count is what it will go back to. Alarms of rules that did not change are still believed. The same
    /// policy again changes nothing.
    pub fn upsert(
        &mut self,
        service: &str,
        plan: &Plan,
        start: impl Into<Start>,
        now: Timestamp,
    ) -> Vec<Action> {
        let start = start.into();
        let mut actions = Vec::new();
        let Some(index) = self.names.place(service) else {
            self.add(service, plan, start, now, &mut actions);
            return actions;
        };
        if let Some(known) = self.services.get_mut(index as usize) {
            known.flags.set(Flags::DRAINS_ITSELF, start.drains_itself);
        }
        let old = self.services.get(index as usize).and_then(|known| self.plans.plan(known.plan)).cloned();
        let Some(old) = old.filter(|old| old != plan) else {
            self.tick(now);
            return actions;
        };
        self.replace(index, &old, plan, now, &mut actions);
        actions
    }

    fn add(&mut self, name: &str, plan: &Plan, start: Start, now: Timestamp, actions: &mut Vec<Action>) {
        let plan = self.plans.take(plan);
        let index = self.free.pop().unwrap_or_else(|| {
            self.services.push(Service::default());
            u32::try_from(self.services.len() - 1).unwrap_or(u32::MAX)
        });
        let Some(place) = self.services.get_mut(index as usize) else { return };
        let generation = place.generation;
        let (count, running) = (start.count, start.count);
        *place = Service { plan, generation, count, running, edge: u32::MAX, ..Service::default() };
        place.flags.set(Flags::TAKEN, true);
        place.flags.set(Flags::DRAINS_ITSELF, start.drains_itself);
        self.names.insert(index, name);
        self.turn(index, now, actions, |turn| {
            if turn.service.may_decide(turn.plan) {
                turn.service.flags.set(Flags::ACTIVE, true);
                turn.windows(Trigger::Added, None);
            }
        });
    }

    fn replace(&mut self, index: u32, old: &Plan, new: &Plan, now: Timestamp, actions: &mut Vec<Action>) {
        // What was due under the old plan comes first.
        self.turn(index, now, actions, |turn| {
            turn.settle();
        });
        let taken = self.plans.take(new);
        let Some(service) = self.services.get_mut(index as usize) else { return };
        self.plans.give_back(std::mem::replace(&mut service.plan, taken));
        let former = match service.fixed {
            Fixed::Window(window) => old
                .window(window)
                .map(|window| Former { name: Arc::clone(&window.name), grace: window.grace }),
            _ => None,
        };
        if let Some(former) = &former {
            service.fixed = new.window_named(&former.name).map_or(Fixed::Former, Fixed::Window);
        }
        let translated = service.alarms.iter().filter_map(|slot| {
            let (rule, _) = new.rule_with(old.rule(slot.rule)?.id)?;
            Some(alarms::Slot { rule, ..*slot })
        });
        let mut translated: slots::Slots = translated.collect();
        translated.sort_by_key(|slot| slot.rule);
        service.alarms = translated;
        self.turn(index, now, actions, |turn| {
            let (was_active, is_active) = (turn.service.is_active(), turn.service.may_decide(turn.plan));
            turn.service.flags.set(Flags::ACTIVE, is_active);
            match (was_active, is_active) {
                (true, true) => {
                    let (plan, view) = (turn.plan, turn.view);
                    alarms::retain(turn.service, |slot| {
                        plan.rule(slot.rule).is_some_and(|rule| view.opened(rule.window).is_some())
                    });
                    turn.windows(Trigger::Replaced, former);
                    turn.keep_to_new_bounds();
                    turn.judge();
                }
                (false, true) => turn.windows(Trigger::Enabled, former),
                (true, false) => turn.stop(),
                (false, false) => {}
            }
        });
    }

    /// Takes a service out. Nothing happens if there is none of that name.
    pub fn remove(&mut self, service: &str, removal: Removal, now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(index) = self.names.place(service) else {
            self.tick(now);
            return actions;
        };
        self.turn(index, now, &mut actions, |turn| turn.end(removal));
        self.wheel.cancel(index);
        self.names.remove(index);
        self.free.push(index);
        if let Some(place) = self.services.get_mut(index as usize) {
            self.plans.give_back(place.plan);
            *place = Service { generation: place.generation.wrapping_add(1), ..Service::default() };
        }
        actions
    }

    /// Disables scaling of a service, or enables it again (rule 12). Disabled, it keeps its count and decides nothing.
    /// Enabled, it enters what is open then. A policy that is not enabled stays so.
    pub fn set_enabled(&mut self, service: &str, enabled: bool, now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(index) = self.names.place(service) else {
            self.tick(now);
            return actions;
        };
        let known = self.services.get(index as usize);
        if known.is_some_and(|known| known.flags.has(Flags::PAUSED) != enabled) {
            // It is so already. What is due stays due.
            self.tick(now);
            return actions;
        }
        self.turn(index, now, &mut actions, |turn| {
            turn.service.flags.set(Flags::PAUSED, !enabled);
            let (was_active, is_active) = (turn.service.is_active(), turn.service.may_decide(turn.plan));
            if was_active && !is_active {
                turn.settle();
                turn.stop();
                turn.service.flags.set(Flags::ACTIVE, false);
            } else if is_active && !was_active {
                turn.service.flags.set(Flags::ACTIVE, true);
                turn.windows(Trigger::Enabled, None);
            }
        });
        actions
    }

    /// Takes in what monitoring says, and judges all that is known together.
    pub fn alarm(&mut self, service: &str, alarm: &Alarm, now: Timestamp) -> Verdict {
        match self.names.place(service) {
            Some(index) => self.alarm_at(index, alarm, now),
            None => self.alarm_of_nobody(now),
        }
    }

    /// The same for a service by its number, which is found in a moment, however many services there are.
    pub fn alarm_by_id(&mut self, service: ServiceId, alarm: &Alarm, now: Timestamp) -> Verdict {
        let known = self.services.get(service.index as usize);
        if known.is_some_and(|known| known.generation == service.generation && known.flags.has(Flags::TAKEN))
        {
            self.alarm_at(service.index, alarm, now)
        } else {
            self.alarm_of_nobody(now)
        }
    }

    /// Takes in many alarms of one instant, one after the other: the same as [`alarm_by_id`](Self::alarm_by_id) for each,
    /// and quicker.
    pub fn alarms_by_id(
        &mut self,
        alarms: &[(ServiceId, Alarm)],
        now: Timestamp,
        mut told: impl FnMut(ServiceId, Verdict),
    ) {
        for some in alarms.chunks(AHEAD) {
            self.touch(some.iter().map(|(service, _)| service.index));
            for (service, alarm) in some {
                told(*service, self.alarm_by_id(*service, alarm, now));
            }
        }
    }

    /// Brings some services near to the processor, all at once: each would be waited for else.
    fn touch(&self, services: impl Iterator<Item = u32>) {
        let near = services.fold(0, |near, index| {
            let flags = self.services.get(index as usize).map_or(0, |service| service.flags.0);
            near ^ u32::from(flags) ^ self.wheel.deadline(index).unwrap_or(0)
        });
        std::hint::black_box(near);
    }

    fn alarm_of_nobody(&mut self, now: Timestamp) -> Verdict {
        self.tick(now);
        Verdict { actions: Vec::new(), hold: Some(Hold::UnknownService) }
    }

    fn alarm_at(&mut self, index: u32, alarm: &Alarm, now: Timestamp) -> Verdict {
        let (mut actions, mut hold) = (Vec::new(), None);
        self.turn(index, now, &mut actions, |turn| {
            turn.settle();
            let before = turn.actions.len();
            let taken = if turn.service.is_active() {
                alarms::take(turn.service, turn.plan, turn.view, alarm, turn.now, turn.time_to_live)
            } else {
                None
            };
            let judged = turn.judge();
            let acted = turn.actions.len() > before && judged.is_none();
            hold = if acted { None } else { taken.or(judged) };
        });
        Verdict { actions, hold }
    }

    /// Is told a count (rules 9 and 10). Only what a person or a template wants is intent.
    pub fn observe_count(&mut self, service: &str, observed: ObservedCount, now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(index) = self.names.place(service) else {
            self.tick(now);
            return actions;
        };
        self.turn(index, now, &mut actions, |turn| {
            turn.settle();
            turn.service.running = observed.running;
            if observed.source != CountSource::Platform {
                turn.intend(observed.desired);
            }
            turn.judge();
        });
        actions
    }

    /// Gives a turn to services whose deadline has come, at most `budget` of them.
    pub fn advance(&mut self, now: Timestamp, budget: usize) -> Advance {
        let mut actions = Vec::new();
        self.tick(now);
        let (mut left, mut due) = (budget, Vec::with_capacity(AHEAD.min(budget)));
        while left > 0 {
            // No service's turn has to do with another's, so that some can be taken out together.
            while due.len() < AHEAD.min(left)
                && let Some((_, index)) = self.wheel.pop(self.now)
            {
                due.push(index);
            }
            if due.is_empty() {
                return Advance { actions, is_done: true };
            }
            left -= due.len();
            self.touch(due.iter().copied());
            for index in due.drain(..) {
                self.turn(index, now, &mut actions, |turn| {
                    turn.settle();
                    turn.judge();
                });
            }
        }
        let is_done = self.wheel.next_deadline().is_none_or(|deadline| deadline > self.now);
        Advance { actions, is_done }
    }

    /// When [`advance`](Self::advance) has something to do.
    pub fn next_deadline(&mut self) -> Option<Timestamp> {
        self.wheel.next_deadline().map(Timestamp::from_seconds)
    }

    fn tick(&mut self, now: Timestamp) {
        self.now = self.now.max(now.seconds());
    }

    /// Gives one service its turn, and sets its next deadline.
    fn turn(
        &mut self,
        index: u32,
        now: Timestamp,
        actions: &mut Vec<Action>,
        decide: impl FnOnce(&mut Turn<'_>),
    ) {
        self.tick(now);
        let service = self.services.get_mut(index as usize);
        let Some(service) = service.filter(|service| service.flags.has(Flags::TAKEN)) else { return };
        let Some(shared) = self.plans.shared(service.plan) else { return };
        let Some((plan, view)) = shared.view(self.now) else { return };
        let id = ServiceId { index, generation: service.generation };
        let mut turn = Turn {
            now: self.now,
            time_to_live: self.settings.time_to_live(),
            id,
            service,
            plan,
            view,
            sequence: &mut self.sequence,
            actions,
        };
        decide(&mut turn);
        match turn.deadline() {
            Some(deadline) => self.wheel.schedule(index, deadline),
            None => {
                self.wheel.cancel(index);
            }
        }
    }
}

impl Turn<'_> {
    /// Stops deciding: what drains is kept, nothing is watched. What it would go back to is kept.
    fn stop(&mut self) {
        self.cancel_drain(CancelCause::Disabled);
        self.disarm();
    }

    /// Is taken away.
    fn end(&mut self, removal: Removal) {
        self.settle();
        self.cancel_drain(CancelCause::Removed);
        let has_baseline =
            self.service.fixed != Fixed::None && !self.service.flags.has(Flags::PERSON_MEANWHILE);
        if removal == Removal::Restore && has_baseline {
            let bounds = self.view.bounds;
            let (from, to) = (self.service.count, self.service.baseline.clamp(bounds.min, bounds.max));
            if from != to {
                self.service.count = to;
                self.emit(Act::Scale { from, to, cause: Cause::Removed });
            }
        }
        self.disarm();
        self.service.flags.set(Flags::ACTIVE, false);
    }

    /// Takes a count as what somebody wants.
    fn intend(&mut self, count: u32) {
        let has_baseline = self.service.fixed != Fixed::None;
        self.cancel_drain(CancelCause::Person);
        self.service.count = count;
        if has_baseline {
            self.service.baseline = count;
            self.service.flags.set(Flags::BY_PERSON, true);
        }
        if self.service.is_active() {
            self.service.quiet_until = self.now.saturating_add(self.view.longest_retrigger);
        } else {
            self.service.flags.set(Flags::PERSON_MEANWHILE, has_baseline);
        }
    }
}
