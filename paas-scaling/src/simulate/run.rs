//! The course of a simulation.

use super::{
    fleet::{Fleet, Model},
    load::Load,
    local,
    monitor::{Monitor, passes},
    timeline::{Band, Held, Lost, Minute, Passed, Step, Summary, Timeline},
};
use crate::{
    Act, Action, Engine, Hold, Plan, Settings, Verdict,
    plan::{Kind, Prepare},
};
use jiff::{civil::Date, tz::TimeZone};
use paas_core::scaling::{AlarmRule, RuleId, Side, Timestamp};
use std::{collections::BTreeMap, error::Error, fmt};

/// A simulation: which count a service begins with, what it has to do, and from when until when.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
/// use paas_scaling::{
///     Plan,
///     simulate::{Load, Simulation},
/// };
///
/// let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
/// let rule = Rule::Fixed { count: FixedCount::Count(5) };
/// policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
/// let plan = Plan::new(&policy).unwrap();
///
/// let timeline = Simulation::day(&plan, "2026-11-23", 2, Load::office_day(4.0)).unwrap().run();
/// assert_eq!(timeline.decisions.len(), 2);
/// assert_eq!(timeline.summary.container_hours, 12.0 * 5.0 + 12.0 * 2.0);
/// assert!(timeline.to_svg().starts_with("<svg"));
/// ```
#[derive(Debug, Clone)]
pub struct Simulation {
    plan: Plan,
    count: u32,
    load: Load,
    from: Timestamp,
    until: Timestamp,
    /// What is assumed of the service and of monitoring.
    pub model: Model,
    /// Those of the engine.
    pub settings: Settings,
}

/// The longest stretch that is simulated: eight weeks have all days of a week, and two ends of a month.
const LONGEST: u32 = 56 * 86_400;

/// It cannot be simulated then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDate {
    /// The text is no day.
    NotADay(String),
    /// The end is not after the start, or more than eight weeks after it.
    Span,
}

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADay(text) => {
                write!(f, "`{text}` is not a day: write `2026-11-23`, from 1970 to 2105")
            }
            Self::Span => {
                f.write_str("what is simulated ends after it begins, and at most eight weeks after")
            }
        }
    }
}

impl Error for InvalidDate {}

impl Simulation {
    /// A day, from midnight to midnight in the policy's time zone. Before it the service had `count` containers.
    ///
    /// # Errors
    ///
    /// If the text is not a day.
    pub fn day(plan: &Plan, date: &str, count: u32, load: Load) -> Result<Self, InvalidDate> {
        let wrong = || InvalidDate::NotADay(date.to_owned());
        let zone = local::zone(&plan.policy().time_zone);
        let date: Date = date.parse().map_err(|_| wrong())?;
        let start = |date: Date| local::start_of(&zone, date).ok_or_else(wrong);
        Self::span(plan, start(date)?, start(date.tomorrow().map_err(|_| wrong())?)?, count, load)
    }

    /// From an instant to another.
    ///
    /// # Errors
    ///
    /// If the end is not after the start, or more than eight weeks after it.
    pub fn span(
        plan: &Plan,
        from: Timestamp,
        until: Timestamp,
        count: u32,
        load: Load,
    ) -> Result<Self, InvalidDate> {
        if until <= from || until.seconds() - from.seconds() > LONGEST {
            return Err(InvalidDate::Span);
        }
        let (model, settings) = (Model::default(), Settings::default());
        Ok(Self { plan: plan.clone(), count, load, from, until, model, settings })
    }

    /// Runs it.
    pub fn run(&self) -> Timeline {
        let policy = self.plan.policy();
        let mut run = Run {
            simulation: self,
            zone: local::zone(&policy.time_zone),
            engine: Engine::new(self.settings),
            fleet: Fleet::new(self.count),
            monitor: Monitor::default(),
            metrics: metrics(&self.plan),
            steps: Vec::new(),
            minutes: Vec::new(),
            decisions: Vec::new(),
            held: Vec::new(),
            last_hold: BTreeMap::new(),
            above: BTreeMap::new(),
            container_seconds: 0.0,
            demanded: 0.0,
            lost: 0.0,
        };
        run.go();
        run.timeline()
    }
}

/// The metrics that rules look at, each once.
fn metrics(plan: &Plan) -> Vec<String> {
    let mut metrics: Vec<String> = Vec::new();
    for rule in plan.alarm_rules() {
        if !metrics.contains(&rule.metric) {
            metrics.push(rule.metric.clone());
        }
    }
    metrics
}

struct Run<'a> {
    simulation: &'a Simulation,
    zone: TimeZone,
    engine: Engine,
    fleet: Fleet,
    monitor: Monitor,
    metrics: Vec<String>,
    steps: Vec<Step>,
    minutes: Vec<Minute>,
    decisions: Vec<crate::ActionDocument>,
    held: Vec<Held>,
    /// For each rule why its alarm moved nothing last.
    last_hold: BTreeMap<RuleId, Hold>,
    /// For each upper rule, seconds above it.
    above: BTreeMap<RuleId, u32>,
    container_seconds: f64,
    demanded: f64,
    lost: f64,
}

impl Run<'_> {
    fn go(&mut self) {
        let Simulation { plan, count, from, until, model, settings, .. } = self.simulation;
        let (mut now, until) = (from.seconds(), until.seconds());
        let sample = model.sample_seconds.max(1);
        let repeat = u32::try_from(settings.alarm_ttl_ms / 2_000).unwrap_or(u32::MAX).max(1);
        let service = &plan.policy().service;
        let actions = self.engine.upsert(service, plan, *count, *from);
        self.step(*from);
        self.carry_out(&actions, now);
        let (mut next_sample, mut next_minute) = (now, now);
        while now < until {
            if now == next_minute {
                self.minute(now);
                next_minute = next_minute.saturating_add(60);
            }
            if now == next_sample {
                self.sample(now, sample, repeat);
                next_sample = next_sample.saturating_add(sample);
            }
            let due = self.engine.next_deadline().map_or(u32::MAX, Timestamp::seconds);
            let next = next_sample.min(next_minute).min(due).min(until);
            self.container_seconds += f64::from(self.fleet.count) * f64::from(next - now);
            now = next;
            if due <= now && now < until {
                let actions = self.engine.advance(Timestamp::from_seconds(now), usize::MAX).actions;
                self.carry_out(&actions, now);
            }
        }
    }

    /// Measures, and tells the engine what fires.
    fn sample(&mut self, now: u32, seconds: u32, repeat: u32) {
        let at = Timestamp::from_seconds(now);
        let demand = self.demand(at);
        let served = self.fleet.serve(now, seconds, demand.unwrap_or(0.0), &self.simulation.model);
        self.demanded += demand.unwrap_or(0.0) * f64::from(seconds);
        self.lost += served.lost;
        let values = self.values(at, served.busy);
        let value = |metric: &str| {
            let index = self.metrics.iter().position(|name| name == metric)?;
            values.get(index).copied().flatten()
        };
        for rule in self.monitor.rules().filter(|rule| rule.side == Side::Upper) {
            if value(&rule.metric).is_some_and(|value| passes(rule, value)) {
                *self.above.entry(rule.id).or_default() += seconds;
            }
        }
        let alarms = self.monitor.look(now, repeat, value);
        let service = self.simulation.plan.policy().service.clone();
        for alarm in alarms {
            let Verdict { actions, hold } = self.engine.alarm(&service, &alarm, at);
            self.carry_out(&actions, now);
            self.note(at, alarm.rule, hold);
        }
    }

    /// Notes why an alarm moved nothing, if it is not what was noted before.
    fn note(&mut self, at: Timestamp, rule: RuleId, hold: Option<Hold>) {
        let Some(hold) = hold.filter(|hold| *hold != Hold::Calm) else {
            self.last_hold.remove(&rule);
            return;
        };
        if self.last_hold.get(&rule) == Some(&hold) {
            return;
        }
        let window = self.simulation.plan.rule_with(rule).and_then(|(_, watched)| {
            self.simulation.plan.window(watched.window).map(|window| window.name.to_string())
        });
        let reason = hold.to_string();
        self.held.push(Held { at, rule, window: window.unwrap_or_default(), hold: hold.clone(), reason });
        self.last_hold.insert(rule, hold);
    }

    /// What there is to do, in busy containers, if the load tells.
    fn demand(&self, at: Timestamp) -> Option<f64> {
        let load = self.simulation.load.at(at.seconds(), local::second_of_day(&self.zone, at));
        // The CPU of so many containers is demand by another name.
        load.value("demand").or_else(|| Some(load.value("cpu")? * load.value("count")?))
    }

    /// The metrics that rules look at.
    fn values(&mut self, at: Timestamp, busy: Option<f64>) -> Vec<Option<f64>> {
        let Model { memory_idle, memory_busy, .. } = self.simulation.model;
        let serving = self.fleet.serving(at.seconds());
        let load = self.simulation.load.at(at.seconds(), local::second_of_day(&self.zone, at));
        let tells_demand = load.value("demand").is_some();
        let is_queue = tells_demand || load.value("cpu").and(load.value("count")).is_some();
        let value = |metric: &String| {
            let serving = (serving > 0).then(|| f64::from(serving))?;
            match (metric.as_str(), load.value(metric), load.value("count")) {
                ("cpu", ..) if is_queue => busy,
                (_, Some(value), Some(count)) => Some(value * count / serving),
                (_, Some(value), None) => Some(value),
                ("memory", None, _) if is_queue => Some(memory_idle + (memory_busy - memory_idle) * busy?),
                _ => None,
            }
        };
        self.metrics.iter().map(value).collect()
    }

    fn minute(&mut self, now: u32) {
        let at = Timestamp::from_seconds(now);
        let (count, serving, demand) = (self.fleet.count, self.fleet.serving(now), self.demand(at));
        let busy = demand.filter(|_| serving > 0).map(|demand| (demand / f64::from(serving)).min(1.0));
        let metrics = self.values(at, busy);
        self.minutes.push(Minute { at, count, serving, demand, metrics });
    }

    fn carry_out(&mut self, actions: &[Action], now: u32) {
        let service = &self.simulation.plan.policy().service;
        for action in actions {
            match &action.act {
                Act::Scale { to, .. } => self.fleet.scale(*to, now, &self.simulation.model),
                Act::Drain { from, to, .. } => self.fleet.draining = from.saturating_sub(*to),
                Act::CancelDrain { .. } => self.fleet.draining = 0,
                Act::Arm { rules } => {
                    self.monitor.arm(rules);
                    continue;
                }
            }
            self.decisions.push(action.document(service));
        }
        self.step(Timestamp::from_seconds(now));
    }

    /// Notes the count, if it is not what it was.
    fn step(&mut self, at: Timestamp) {
        let step = Step { at, count: self.fleet.count, draining: self.fleet.draining };
        let is_decided = self.steps.len() > 1;
        match self.steps.last_mut() {
            Some(last) if (last.count, last.draining) == (step.count, step.draining) => {}
            // What was before the first decision is shown.
            Some(last) if last.at == at && is_decided => *last = step,
            _ => self.steps.push(step),
        }
    }

    fn timeline(self) -> Timeline {
        let Simulation { plan, from, until, .. } = self.simulation;
        let policy = plan.policy();
        let counts = || self.steps.iter().map(|step| step.count);
        let changes = |is_more: bool| {
            let is_so = |decision: &&crate::ActionDocument| matches!(decision.act, Act::Scale { from, to, .. } if (to > from) == is_more);
            u32::try_from(self.decisions.iter().filter(is_so).count()).unwrap_or(u32::MAX)
        };
        let above = plan.alarm_rules().iter().filter(|rule| rule.side == Side::Upper).map(|rule| {
            let AlarmRule { id, window, metric, threshold, side, .. } = rule.clone();
            let seconds = self.above.get(&id).copied().unwrap_or(0);
            Passed { window, metric, threshold, side, seconds }
        });
        let summary = Summary {
            least: counts().min().unwrap_or(0),
            most: counts().max().unwrap_or(0),
            container_hours: hours(self.container_seconds),
            scaled_out: changes(true),
            scaled_in: changes(false),
            above: above.collect(),
            lost: (self.demanded > 0.0).then(|| Lost {
                container_hours: hours(self.lost),
                share: (self.lost / self.demanded * 1e6).round() / 1e6,
            }),
            metrics: self.metrics,
        };
        Timeline {
            service: policy.service.clone(),
            time_zone: policy.time_zone.clone(),
            from: *from,
            until: *until,
            bounds: policy.bounds,
            windows: bands(plan, *from, *until),
            counts: self.steps,
            minutes: self.minutes,
            decisions: self.decisions,
            held: self.held,
            summary,
        }
    }
}

/// Hours, to three places.
fn hours(seconds: f64) -> f64 {
    (seconds / 3.6).round() / 1_000.0
}

/// When each window is open.
fn bands(plan: &Plan, from: Timestamp, until: Timestamp) -> Vec<Band> {
    let mut bands: Vec<(u16, Band)> = Vec::new();
    let mut now = from;
    while now < until {
        let phase = plan.calendar().phase(now);
        for open in &phase.open {
            let is_known =
                |(window, band): &(u16, Band)| *window == open.window && band.until >= now && band.from < now;
            if bands.iter().any(is_known) {
                continue;
            }
            let Some(Prepare { name, kind, .. }) = plan.window(open.window) else { continue };
            let (count, bounds) = match kind {
                Kind::Fixed(count) => (Some(*count), None),
                Kind::Metric(bounds) => (None, Some(*bounds)),
            };
            let (from, until) = (open.start.max(from), open.end.min(until));
            bands.push((open.window, Band { window: name.to_string(), count, bounds, from, until }));
        }
        if phase.until <= now {
            break;
        }
        now = phase.until;
    }
    bands.sort_by_key(|(window, band)| (*window, band.from));
    bands.into_iter().map(|(_, band)| band).collect()
}
