//! Three services beside each other, what happens to them, and what must come of it.

use super::{
    happening::{Call, Input, Pick, Step, Transition},
    service::{Service, at},
    spec::{Asked, Spec},
};
use paas_core::scaling::{Alarm, AlarmState, RuleId, Side, Threshold};
use paas_scaling::{CountSource, Hold, Removal};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// The services that there may be, and one that is never put in.
pub(super) const NAMES: [&str; 4] = ["shop/web", "shop/api", "bank/web", "nobody"];
/// How many of them are put in.
pub(super) const SERVICES: usize = 3;
/// For so many seconds the model knows when windows are open.
const SPAN: u32 = 45 * 86_400;

#[derive(Clone)]
pub(super) struct World {
    pub(super) start: u32,
    pub(super) time_to_live_ms: u64,
    pub(super) now: u32,
    pub(super) pool: Vec<Arc<Spec>>,
    pub(super) services: BTreeMap<&'static str, Service>,
    last_alarms: BTreeMap<&'static str, Alarm>,
    /// What happened last.
    pub(super) last: Vec<Step>,
}

/// How it began, short, for whoever reads a case that failed.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "from {} on, alarms live {} ms", at(self.start), self.time_to_live_ms)?;
        for (policy, spec) in self.pool.iter().enumerate() {
            writeln!(f, "policy {policy}: {spec:?}")?;
        }
        for (name, service) in &self.services {
            let policy = self.pool.iter().position(|spec| Arc::ptr_eq(spec, &service.spec));
            writeln!(f, "{name}: policy {policy:?}, {} containers", service.count)?;
        }
        Ok(())
    }
}

impl World {
    /// All services are put in: of each its policy in the pool, and its count.
    pub(super) fn new(
        start: u32,
        time_to_live_ms: u64,
        pool: Vec<Arc<Spec>>,
        first: &[(usize, u32)],
    ) -> Self {
        let mut world = Self {
            start,
            time_to_live_ms,
            now: start,
            pool,
            services: BTreeMap::new(),
            last_alarms: BTreeMap::new(),
            last: Vec::new(),
        };
        for (service, (policy, count)) in first.iter().enumerate() {
            let input =
                Input::Upsert { policy: Some(*policy), count: *count, drains_itself: false, fresh: false };
            world.input(service, input);
        }
        world
    }

    pub(super) fn time_to_live(&self) -> u32 {
        super::spec::seconds(self.time_to_live_ms)
    }

    pub(super) fn happen(mut self, transition: &Transition) -> Self {
        self.last.clear();
        match transition.clone() {
            Transition::Steps { seconds } => self.steps(self.later(seconds)),
            Transition::Next { instants, offset } => {
                let until = self.instant(instants).saturating_add_signed(offset);
                self.steps(until.clamp(self.now, self.later(u32::MAX)));
            }
            Transition::Late { seconds, budget } => {
                self.now = self.later(seconds);
                let (now, time_to_live) = (self.now, self.time_to_live());
                for service in self.services.values_mut() {
                    service.turn(now, time_to_live);
                }
                self.done("", Call::Advance { budget }, None);
            }
            Transition::Input { service, wait, input } => {
                self.now = self.later(wait);
                self.input(service, input);
            }
            Transition::Approach { service, count, offset } => self.approach(service, count, offset),
            Transition::Pause { service, seconds, person } => {
                self.input(service, Input::Enable(false));
                if let Some(count) = person {
                    self.input(service, Input::Count { count, source: CountSource::Person });
                }
                self.steps(self.later(seconds));
                self.input(service, Input::Enable(true));
            }
            Transition::Restart { wait, persons } => {
                self.now = self.later(wait);
                self.restart(&persons);
            }
            Transition::Swap => self.done("", Call::Swap, None),
        }
        self
    }

    fn later(&self, seconds: u32) -> u32 {
        self.now.saturating_add(seconds).min(self.start + SPAN)
    }

    /// The instant at which something may come for the so-manieth time.
    fn instant(&self, instants: usize) -> u32 {
        let mut now = self.now;
        for _ in 0..instants.max(1) {
            let next = |service: &Service| service.next(now, self.time_to_live());
            now = self.services.values().filter_map(next).min().unwrap_or(now);
        }
        now
    }

    fn steps(&mut self, until: u32) {
        let time_to_live = self.time_to_live();
        for service in self.services.values_mut() {
            let mut next = Some(self.now);
            while let Some(now) = next.filter(|now| *now <= until) {
                service.turn(now, time_to_live);
                next = service.next(now, time_to_live);
            }
        }
        self.now = until;
        self.done("", Call::Steps { until }, None);
    }

    fn surge(&mut self, service: usize, side: Side, person: Option<u32>) {
        let name = NAMES[service];
        let source = if person.is_some() { CountSource::Person } else { CountSource::Platform };
        self.input(service, Input::Count { count: person.unwrap_or(0), source });
        let quiet_until = self.services[name].quiet_until.min(self.later(u32::MAX));
        let is_quiet = person.is_some() && quiet_until > self.now;
        if is_quiet {
            self.steps(quiet_until - 1);
        }
        let (known, now) = (&self.services[name], self.now);
        let open = |asked: &Asked| known.spec.since(asked.window, now).is_some() && asked.rule.side == side;
        let asked = known.spec.asked().into_iter();
        for rule in asked.filter(open).map(|asked| asked.rule.id).collect::<Vec<_>>() {
            self.alarm(name, Alarm::new(rule, AlarmState::Firing, at(now)), true);
        }
        if is_quiet {
            self.steps(quiet_until);
        }
    }

    fn approach(&mut self, service: usize, count: u32, offset: i32) {
        self.input(service, Input::Count { count, source: CountSource::Person });
        let Some(known) = self.services.get(NAMES[service]) else { return };
        let (spec, now) = (known.spec.clone(), self.now);
        let mut edges = spec.edges(now, self.later(u32::MAX)).into_iter();
        let Some(edge) = edges.find(|edge| spec.fixed(*edge) != spec.fixed(edge - 1)) else { return };
        let grace = spec.open(edge - 1).into_iter().map(|window| spec.grace(window)).max().unwrap_or(0);
        self.steps((edge - grace).saturating_add_signed(offset).max(now));
        self.input(service, Input::Surge { side: Side::Lower, person: None });
        self.steps(edge.max(self.now));
    }

    fn restart(&mut self, persons: &[(usize, u32)]) {
        let (now, time_to_live) = (self.now, self.time_to_live());
        let persons: BTreeMap<&'static str, u32> =
            persons.iter().map(|(service, count)| (NAMES[*service], *count)).collect();
        for (name, service) in &mut self.services {
            service.take_over(persons.get(name).copied(), now);
            service.judge(now, time_to_live);
        }
        self.done("", Call::Restart { persons: persons.into_iter().collect() }, None);
    }

    fn input(&mut self, service: usize, input: Input) {
        let name = NAMES[service];
        let (now, time_to_live) = (self.now, self.time_to_live());
        let Some(known) = self.services.get_mut(name) else {
            return self.input_to_nobody(name, input);
        };
        match input {
            Input::Alarm { pick, age, state, value, never_resolves, by_id } => {
                let at = at(now.saturating_add_signed(age.saturating_neg()));
                let mut alarm = Alarm::new(picked(&self.pool, known, now, pick), state, at);
                (alarm.value, alarm.never_resolves) = (value, never_resolves);
                self.last_alarms.insert(name, alarm);
                self.alarm(name, alarm, by_id);
            }
            Input::Surge { side, person } => self.surge(service, side, person),
            Input::Again => {
                let foreign = Alarm::new(foreign(), AlarmState::Firing, at(now));
                let alarm = self.last_alarms.get(name).copied().unwrap_or(foreign);
                self.alarm(name, alarm, false);
            }
            Input::Count { count, source } => {
                known.settle(now, false);
                if source != CountSource::Platform {
                    known.choose(count, now);
                }
                known.judge(now, time_to_live);
                self.done(name, Call::Count { count, source }, None);
            }
            Input::Enable(wanted) => {
                known.enable(wanted, now, time_to_live);
                self.done(name, Call::Enable(wanted), None);
            }
            Input::Upsert { policy, count, drains_itself, fresh } => {
                let spec =
                    policy.map_or_else(|| like(&self.pool, &known.spec), |policy| self.pool[policy].clone());
                let is_other = spec.policy != known.spec.policy;
                known.replace(spec.clone(), drains_itself, now);
                if is_other {
                    known.judge(now, time_to_live);
                }
                self.done(name, Call::Upsert { spec, count, drains_itself, fresh }, None);
            }
            Input::Remove(removal) => {
                known.remove(removal == Removal::Restore, now);
                self.done(name, Call::Remove(removal), None);
                self.services.remove(name);
            }
        }
    }

    fn alarm(&mut self, name: &'static str, alarm: Alarm, by_id: bool) {
        let (now, time_to_live) = (self.now, self.time_to_live());
        let service = self.services.get_mut(name).unwrap();
        service.settle(now, false);
        let is_over = service.is_over(&alarm, now, time_to_live);
        let heard = service.hear(&alarm, now, time_to_live);
        let hold = service.judge(now, time_to_live);
        // Whatever became of this one: if the count moves there is nothing to be said.
        let hold = hold.map(|judged| heard.unwrap_or(judged));
        self.done(name, Call::Alarm { alarm, by_id }, hold);
        self.last.last_mut().unwrap().is_over = is_over;
    }

    fn input_to_nobody(&mut self, name: &'static str, input: Input) {
        let (call, hold) = match input {
            Input::Upsert { policy, count, drains_itself, fresh } if name != NAMES[SERVICES] => {
                let spec = self.pool[policy.unwrap_or(0)].clone();
                self.services.insert(name, Service::new(spec.clone(), count, drains_itself, self.now));
                (Call::Upsert { spec, count, drains_itself, fresh }, None)
            }
            Input::Alarm { state, .. } => {
                let alarm = Alarm::new(foreign(), state, at(self.now));
                (Call::Alarm { alarm, by_id: false }, Some(Hold::UnknownService))
            }
            Input::Count { count, source } => (Call::Count { count, source }, None),
            Input::Enable(wanted) => (Call::Enable(wanted), None),
            Input::Remove(removal) => (Call::Remove(removal), None),
            Input::Again | Input::Surge { .. } | Input::Upsert { .. } => {
                (Call::Count { count: 0, source: CountSource::Platform }, None)
            }
        };
        self.done(name, call, hold);
    }

    /// Notes what was asked, and what came of it.
    fn done(&mut self, service: &'static str, call: Call, hold: Option<Hold>) {
        let mut acts = BTreeMap::new();
        for (name, service) in &mut self.services {
            let done = std::mem::take(&mut service.acts);
            if !done.is_empty() {
                acts.insert(*name, done);
            }
        }
        self.last.push(Step { service, now: self.now, call, acts, hold, is_over: false });
    }
}

fn foreign() -> RuleId {
    RuleId::new("foreign", "cpu", Side::Upper, &Threshold::new(0.5))
}

/// The policy that is much like another one: they stand in two halves.
fn like(pool: &[Arc<Spec>], spec: &Arc<Spec>) -> Arc<Spec> {
    let place = pool.iter().position(|other| Arc::ptr_eq(other, spec)).unwrap();
    pool[(place + pool.len() / 2) % pool.len()].clone()
}

fn picked(pool: &[Arc<Spec>], service: &Service, now: u32, pick: Pick) -> RuleId {
    let all = |spec: &Spec| -> Vec<RuleId> { spec.asked().iter().map(|asked| asked.rule.id).collect() };
    let (candidates, place) = match pick {
        Pick::Open(place) => {
            let asked = service.spec.asked();
            let open = asked.iter().filter(|asked| service.spec.since(asked.window, now).is_some());
            (open.map(|asked| asked.rule.id).collect(), place)
        }
        Pick::Any(place) => (all(&service.spec), place),
        Pick::Pool(place) => (pool.iter().flat_map(|spec| all(spec)).collect(), place),
        Pick::Foreign => (Vec::new(), 0),
    };
    if candidates.is_empty() { foreign() } else { candidates[place % candidates.len()] }
}
