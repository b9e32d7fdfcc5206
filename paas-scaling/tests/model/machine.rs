//! The engine and the model side by side: the same calls, the same decisions.

use super::{
    generate,
    happening::{Call, Step, Transition},
    service::{Acts, Known, Service, at},
    trace::Trace,
    world::{NAMES, World},
};
use paas_core::scaling::{AlarmRule, RuleId, Timestamp};
use paas_scaling::{
    Action, Engine, Explanation, Hold, ObservedCount, Plan, ServiceId, Settings, Start, Verdict,
};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub(super) struct Model;

impl ReferenceStateMachine for Model {
    type State = World;
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<World> {
        generate::worlds().boxed()
    }

    fn transitions(world: &World) -> BoxedStrategy<Transition> {
        generate::transitions(world).boxed()
    }

    fn apply(world: World, transition: &Transition) -> World {
        world.happen(transition)
    }
}

/// An engine, and what was noted of it.
pub(super) struct Bench {
    pub(super) engine: Engine,
    names: BTreeMap<ServiceId, &'static str>,
    /// All actions, in order.
    pub(super) actions: Vec<Action>,
}

impl Bench {
    pub(super) fn new(world: &World) -> Self {
        let mut settings = Settings::default();
        settings.alarm_ttl_ms = world.time_to_live_ms;
        Self { engine: Engine::new(settings), names: BTreeMap::new(), actions: Vec::new() }
    }

    /// Asks the engine what was asked of the model. What came of it stands in the actions; of an alarm, why it moved
    /// nothing.
    pub(super) fn ask(&mut self, step: &Step) -> Option<Hold> {
        let (name, now) = (step.service, at(step.now));
        let engine = &mut self.engine;
        let mut hold = None;
        let actions = match &step.call {
            Call::Steps { until } => self.steps(*until),
            Call::Advance { budget } => self.late(step.now, *budget),
            Call::Alarm { alarm, by_id } => {
                let Verdict { actions, hold: held, .. } = match engine.service(name).filter(|_| *by_id) {
                    Some(id) => engine.alarm_by_id(id, alarm, now),
                    None => engine.alarm(name, alarm, now),
                };
                hold = held;
                actions
            }
            Call::Count { count, source } => {
                let observed = ObservedCount { desired: *count, running: 0, source: *source };
                engine.observe_count(name, observed, now)
            }
            Call::Enable(wanted) => engine.set_enabled(name, *wanted, now),
            Call::Upsert { spec, count, drains_itself, fresh } => {
                let mut start = Start::from(*count);
                start.drains_itself = *drains_itself;
                let plan = if *fresh {
                    let mut policy = spec.policy.clone();
                    policy.service = name.to_owned();
                    Plan::new(&policy).unwrap()
                } else {
                    spec.plan.clone()
                };
                engine.upsert(name, &plan, start, now)
            }
            Call::Remove(removal) => engine.remove(name, *removal, now),
            Call::Restart { persons } => {
                let taken = Engine::restore(&engine.snapshot(), persons, now).unwrap();
                *engine = taken.engine;
                taken.actions
            }
            Call::Swap => {
                self.swap();
                Vec::new()
            }
        };
        let ids = NAMES.iter().filter_map(|name| Some((self.engine.service(name)?, *name)));
        self.names.extend(ids);
        self.actions.extend(actions);
        hold
    }

    /// A replica takes the engine's place.
    pub(super) fn swap(&mut self) {
        let before = explained(&self.engine);
        self.engine = Engine::load(&self.engine.snapshot()).unwrap();
        assert_eq!(explained(&self.engine), before, "rule 16: a replica is the same");
        let again = Engine::load(&self.engine.snapshot()).unwrap();
        assert_eq!(again.snapshot(), self.engine.snapshot(), "rule 16: so are its bytes");
    }

    /// All actions, as programs read them.
    pub(super) fn written(&self) -> String {
        let documents = self.actions.iter().map(|action| action.document(self.names[&action.service]));
        serde_json::to_string(&documents.collect::<Vec<_>>()).unwrap()
    }

    /// A turn at each deadline.
    fn steps(&mut self, until: u32) -> Vec<Action> {
        let mut all = Vec::new();
        while let Some(next) = self.engine.next_deadline().filter(|next| next.seconds() <= until) {
            let is_late = next < self.engine.now();
            let advance = self.engine.advance(next, usize::MAX);
            assert!(advance.is_done);
            if !is_late {
                let services: Vec<ServiceId> = advance.actions.iter().map(|action| action.service).collect();
                assert!(services.is_sorted(), "of one instant in the order of the services: {services:?}");
            }
            assert!(self.engine.next_deadline() > Some(next) || self.engine.next_deadline().is_none());
            all.extend(advance.actions);
        }
        let advance = self.engine.advance(at(until), usize::MAX);
        assert!(advance.is_done && advance.actions.is_empty(), "nothing was due: {advance:?}");
        all
    }

    /// All turns that are due, a few in each call: in the order of deadlines, and as in one call.
    fn late(&mut self, now: u32, budget: usize) -> Vec<Action> {
        let mut other = Engine::load(&self.engine.snapshot()).unwrap();
        let (mut all, mut deadline) = (Vec::new(), None);
        loop {
            let next = self.engine.next_deadline();
            assert!(deadline <= next || next.is_none(), "{deadline:?} before {next:?}");
            deadline = next;
            let advance = self.engine.advance(at(now), budget);
            all.extend(advance.actions);
            if advance.is_done {
                break;
            }
        }
        assert_eq!(other.advance(at(now), usize::MAX).actions, all, "in one call");
        assert_eq!(explained(&other), explained(&self.engine), "in one call");
        all
    }

    fn acts(&self, actions: &[Action]) -> BTreeMap<&'static str, Acts> {
        let mut acts: BTreeMap<_, Acts> = BTreeMap::new();
        for action in actions {
            acts.entry(self.names[&action.service])
                .or_default()
                .push((action.at.seconds(), action.act.clone()));
        }
        acts
    }

    fn shows(&self, world: &World) {
        for (name, service) in &world.services {
            assert_eq!(self.engine.count(name), Some(service.count), "the count of {name}");
            let shown = self.engine.explain(name, at(world.now)).unwrap();
            assert_eq!(Shown::of(&shown), Shown::expected(service, world), "{name} is explained");
        }
        assert_eq!(self.engine.len(), world.services.len());
    }
}

/// All that an engine knows of services, at its time.
pub(super) fn explained(engine: &Engine) -> Vec<Option<Explanation>> {
    NAMES.iter().map(|name| engine.explain(name, engine.now())).collect()
}

/// What an explanation must say.
#[derive(Debug, PartialEq)]
struct Shown {
    active: bool,
    count: u32,
    bounds: (u32, u32),
    open: Vec<String>,
    baseline: Option<u32>,
    armed: Vec<AlarmRule>,
    alarms: BTreeMap<RuleId, Known>,
    quiet_until: Option<u32>,
    no_scale_in_until: Option<u32>,
    drain: Option<(u32, u32, u32)>,
    hold: Option<Hold>,
}

impl Shown {
    fn of(explanation: &Explanation) -> Self {
        let alarms = explanation.alarms.iter().map(|alarm| {
            let (at, value) = (alarm.at.seconds(), alarm.value);
            (alarm.rule, Known { state: alarm.state, at, value, never_resolves: false })
        });
        let drain = explanation.drain.as_ref();
        Self {
            active: explanation.active,
            count: explanation.count,
            bounds: (explanation.bounds.min, explanation.bounds.max),
            open: explanation.open.iter().map(|open| open.window.clone()).collect(),
            baseline: explanation.baseline,
            armed: explanation.armed.clone(),
            alarms: alarms.collect(),
            quiet_until: explanation.quiet_until.map(Timestamp::seconds),
            no_scale_in_until: explanation.no_scale_in_until.map(Timestamp::seconds),
            drain: drain.map(|drain| (drain.to, drain.until.seconds(), drain.since.seconds())),
            hold: explanation.hold.clone(),
        }
    }

    fn expected(service: &Service, world: &World) -> Self {
        let (mut service, now) = (service.clone(), world.now);
        let hold = service.turn(now, world.time_to_live());
        let bounds = service.spec.bounds(now);
        let open = service.spec.open(now).into_iter().map(|window| service.spec.window(window).name.clone());
        let alarms = service.alarms.iter().map(|(rule, known)| {
            // Not shown: whether its sender says when it is over.
            (*rule, Known { never_resolves: false, ..known.clone() })
        });
        let is_later = |until: u32| (until > now).then_some(until);
        Self {
            active: service.is_active(),
            count: service.count,
            bounds: (bounds.min, bounds.max),
            open: open.collect(),
            baseline: service.held.as_ref().filter(|held| !held.is_left).map(|held| held.baseline),
            armed: service.told.clone(),
            alarms: alarms.collect(),
            quiet_until: is_later(service.quiet_until),
            no_scale_in_until: is_later(service.restarted_until),
            drain: service.drain.as_ref().map(|drain| (drain.to, drain.until, drain.since)),
            hold,
        }
    }
}

pub(super) struct Machine {
    bench: Bench,
    trace: Trace,
}

impl Machine {
    fn follow(&mut self, world: &World) {
        for step in &world.last {
            let before = self.bench.actions.len();
            let hold = self.bench.ask(step);
            let actions = &self.bench.actions[before..];
            for (action, sequence) in actions.iter().zip(before + 1..) {
                assert_eq!(action.sequence, sequence as u64, "numbers without gaps");
                assert!(action.at <= at(step.now));
            }
            let acts = self.bench.acts(actions);
            self.trace.follow(step, &acts);
            assert_eq!(acts, step.acts, "what is done after {:?} at {}", step.call, at(step.now));
            if !(step.is_over && [hold.as_ref(), step.hold.as_ref()].iter().all(|hold| is_past(*hold))) {
                assert_eq!(hold, step.hold, "why nothing is done after {:?} at {}", step.call, at(step.now));
            }
        }
        self.bench.shows(world);
    }
}

fn is_past(hold: Option<&Hold>) -> bool {
    matches!(hold, Some(Hold::Repeated | Hold::StaleAlarm))
}

impl StateMachineTest for Machine {
    type SystemUnderTest = Self;
    type Reference = Model;

    fn init_test(world: &World) -> Self {
        let mut machine = Self { bench: Bench::new(world), trace: Trace::default() };
        machine.follow(world);
        machine
    }

    fn apply(mut machine: Self, world: &World, _: Transition) -> Self {
        machine.follow(world);
        machine
    }
}
