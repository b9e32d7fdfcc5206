//! The engine with many services: a day with alarms, the edge at which half of them change, snapshots.

use crate::clock::thread_time;
use paas_core::scaling::{
    Alarm, AlarmState, Bounds, FixedCount, Rule, RuleId, ScalingPolicy, Threshold, Timestamp, Window,
};
use paas_scaling::{Engine, Plan, ServiceId, Settings};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use std::time::Duration;

/// Turns of each; figures are medians.
const TURNS: usize = 5;
/// Services, many and few: each should cost the same.
const MANY: usize = 1_000_000;
const FEW: usize = 10_000;
/// Services that have their turn in one call, where calls have a budget.
const BUDGET: usize = 10_000;
/// So many services share a policy, on average.
const SERVICES_PER_PLAN: usize = 1_000;
/// Alarms of a service in a day, on average.
const ALARMS: usize = 2;
const DAY: u32 = 86_400;
/// Midnight in UTC.
const START: u32 = 1_795_392_000;
/// Windows are in these.
const ZONES: [&str; 4] = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"];

/// A line for each number of services, and one for the edge.
pub(crate) fn measure(heap: &PeakAlloc) -> Vec<Value> {
    let mut lines: Vec<Value> = [FEW, MANY]
        .into_iter()
        .map(|services| {
            let days: Vec<Day> = (0..TURNS).map(|_| day(services, heap)).collect();
            let median = |figure: &dyn Fn(&Day) -> f64| median(days.iter().map(figure).collect());
            let each = |time: Duration, count: usize| time.as_secs_f64() * 1e9 / count as f64;
            json!({
                "part": "days",
                "services": services,
                "actions": days[0].actions,
                "alarms": days[0].alarm_count,
                "day_s": median(&|day| day.day.as_secs_f64()),
                "alarm_ns": median(&|day| each(day.alarms, day.alarm_count)),
                "service_ns": median(&|day| each(day.day, services)),
                "service_bytes": median(&|day| day.bytes as f64 / services as f64),
                "snapshot_s": median(&|day| day.snapshot.as_secs_f64()),
                "snapshot_bytes": days[0].snapshot_bytes / services,
                "restore_s": median(&|day| day.restore.as_secs_f64()),
            })
        })
        .collect();
    let edges: Vec<Edge> = (0..TURNS).map(|_| edge(MANY, BUDGET)).collect();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    lines.push(json!({
        "part": "edge",
        "actions": edges[0].actions,
        "budget": BUDGET,
        "one_call_ms": median(edges.iter().map(|edge| ms(edge.one_call)).collect()),
        "p999_ms": median(edges.iter().map(|edge| ms(edge.p999)).collect()),
    }));
    lines
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// What a day took.
struct Day {
    /// The calls of the day.
    day: Duration,
    /// Of these, those that brought alarms.
    alarms: Duration,
    /// How many alarms there were.
    alarm_count: usize,
    /// Actions.
    actions: usize,
    /// Bytes at the end, of the engine and all that is in it.
    bytes: usize,
    /// A snapshot.
    snapshot: Duration,
    /// Bytes of the snapshot.
    snapshot_bytes: usize,
    /// Back from it.
    restore: Duration,
}

/// A stream of numbers, the same in each run.
struct Random(u64);

impl Random {
    /// A number below another.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

fn window(name: &str, from: u16, to: u16, rule: Rule) -> Window {
    let time = |minutes: u16| paas_core::scaling::TimeOfDay::from_minutes(minutes).expect("a time of day");
    Window::daily(name, time(from), time(to), rule)
}

/// Policies of four windows: the night and noon are fixed, morning and afternoon follow the load.
fn plans(count: usize, random: &mut Random) -> Vec<(Plan, Vec<RuleId>)> {
    (0..count)
        .map(|index| {
            let bounds = Bounds { min: 1, max: 40 };
            let quarter = |random: &mut Random| random.below(4) as u16 * 15;
            let [a, b, c, d] = [360, 690, 780, 1_200].map(|minutes: u16| minutes + quarter(random));
            let fixed = |count: usize| Rule::Fixed { count: FixedCount::Count(count as u32) };
            let metric = || Rule::Metric {
                metric: "cpu".to_owned(),
                upper: Some(Threshold::new(0.75).by(2)),
                lower: Some(Threshold::new(0.25)),
                bounds,
            };
            let mut policy = ScalingPolicy::new("web", ZONES[index % ZONES.len()], bounds);
            policy.windows = vec![
                window("night", d, a, fixed(1 + random.below(4))),
                window("morning", a, b, metric()),
                window("noon", b, c, fixed(5 + random.below(9))),
                window("afternoon", c, d, metric()),
            ];
            let rules = policy.alarm_rules().map(|rule| rule.id).collect();
            (Plan::new(&policy).expect("a right policy"), rules)
        })
        .collect()
}

/// Runs a day of so many services.
fn day(services: usize, heap: &PeakAlloc) -> Day {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let plans = plans((services / SERVICES_PER_PLAN).max(1), &mut random);
    let names: Vec<String> = (0..services)
        .map(|index| format!("tenant-{:03}/app-{:04}/web-{index}", index % 300, index / 100))
        .collect();
    let of_service: Vec<usize> = (0..services).map(|_| random.below(plans.len())).collect();
    let mut alarms: Vec<(u32, u32, u8)> = (0..services * ALARMS)
        .map(|_| {
            let at = START + random.below(DAY as usize) as u32;
            (at, random.below(services) as u32, random.below(8) as u8)
        })
        .collect();
    alarms.sort_unstable();

    // The numbers of the services are the caller's.
    let held = services * size_of::<ServiceId>();
    let before = heap.current_usage();
    let mut engine = Engine::with_capacity(Settings::default(), services);
    for (name, plan) in names.iter().zip(&of_service) {
        engine.upsert(name, &plans[*plan].0, 3, Timestamp::from_seconds(START - 60));
    }
    let ids: Vec<ServiceId> = names.iter().map(|name| engine.service(name).expect("it is there")).collect();
    let mut batch = Vec::new();
    let (mut in_alarms, mut actions, mut next) = (Duration::ZERO, 0, 0);
    let start = thread_time();
    for second in START..START + DAY {
        let now = Timestamp::from_seconds(second);
        actions += engine.advance(now, usize::MAX).actions.len();
        if alarms.get(next).is_some_and(|alarm| alarm.0 == second) {
            batch.clear();
            while let Some((_, service, pick)) = alarms.get(next).filter(|alarm| alarm.0 == second) {
                let rules = &plans[of_service[*service as usize]].1;
                let state = if *pick < 6 { AlarmState::Firing } else { AlarmState::Resolved };
                let rule = rules[usize::from(*pick) % rules.len()];
                batch.push((ids[*service as usize], Alarm::new(rule, state, now)));
                next += 1;
            }
            let begin = thread_time();
            engine.alarms_by_id(&batch, now, |_, verdict| actions += verdict.actions.len());
            in_alarms += thread_time() - begin;
        }
    }
    let day = thread_time() - start;
    let bytes = heap.current_usage() - before - held;

    let start = thread_time();
    let snapshot = engine.snapshot();
    let took = thread_time() - start;
    drop(engine);
    let start = thread_time();
    let taken = Engine::restore(&snapshot, &[], Timestamp::from_seconds(START + DAY)).expect("a snapshot");
    let restore = thread_time() - start;
    assert_eq!(taken.engine.len(), services);
    Day {
        day,
        alarms: in_alarms,
        alarm_count: alarms.len(),
        actions,
        bytes,
        snapshot: took,
        snapshot_bytes: snapshot.len(),
        restore,
    }
}

/// What a second took in which half of a million services change.
struct Edge {
    /// All in one call.
    one_call: Duration,
    /// The slowest but one in a thousand of the calls with a budget.
    pub p999: Duration,
    /// Actions.
    actions: usize,
}

/// The edge at 08:00 of half of so many services, in one call and in calls of `budget`.
fn edge(services: usize, budget: usize) -> Edge {
    let engine = || {
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let plans: Vec<Plan> = (0..services / SERVICES_PER_PLAN)
            .map(|index| {
                let mut policy = ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 40 });
                let from = if index % 2 == 0 { 480 } else { 540 };
                let rule = Rule::Fixed { count: FixedCount::Count(5 + (index % 30) as u32) };
                policy.windows = vec![window("day", from, 1_200, rule)];
                Plan::new(&policy).expect("a right policy")
            })
            .collect();
        let mut engine = Engine::with_capacity(Settings::default(), services);
        for index in 0..services {
            let plan = &plans[random.below(plans.len())];
            engine.upsert(&format!("app-{index}"), plan, 3, Timestamp::from_seconds(START));
        }
        engine.advance(Timestamp::from_seconds(START + 8 * 3_600 - 1), usize::MAX);
        engine
    };
    let now = Timestamp::from_seconds(START + 8 * 3_600);
    let mut whole = engine();
    let start = thread_time();
    let actions = whole.advance(now, usize::MAX).actions;
    let one_call = thread_time() - start;
    let count = actions.len();
    drop((whole, actions));

    let mut parts = engine();
    let mut times = Vec::new();
    let mut told = 0;
    loop {
        let start = thread_time();
        let advance = parts.advance(now, budget);
        times.push(thread_time() - start);
        told += advance.actions.len();
        if advance.is_done {
            break;
        }
    }
    assert_eq!(told, count);
    times.sort_unstable();
    let p999 = times[(times.len() * 999 / 1_000).min(times.len() - 1)];
    Edge { one_call, p999, actions: count }
}
