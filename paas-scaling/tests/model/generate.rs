//! Policies, and what may happen.

use super::{
    happening::{Input, Pick, Transition},
    service::Service,
    spec::Spec,
    world::{NAMES, SERVICES, World},
};
use paas_core::scaling::{
    AlarmState, Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Side, Threshold, TimeOfDay, Timestamp,
    Weekday, Window,
};
use paas_scaling::{CountSource, Plan, Removal};
use proptest::{collection, option, prelude::*, sample::select};
use std::sync::Arc;

/// Before a month ends, a year, and summer time.
const STARTS: [&str; 5] = [
    "2026-11-23T00:00:00Z",
    "2026-02-27T00:00:00Z",
    "2026-03-27T20:00:00Z",
    "2026-10-23T20:00:00Z",
    "2026-12-30T00:00:00Z",
];
const ZONES: [&str; 3] = ["UTC", "Europe/Berlin", "Asia/Shanghai"];
/// Few, so that windows often adjoin, and edges are often at one instant. Some are when clocks change.
const TIMES: [u16; 9] = [0, 120, 150, 180, 360, 480, 720, 750, 1_320];

fn times() -> impl Strategy<Value = TimeOfDay> {
    select(&TIMES[..]).prop_map(|minutes| TimeOfDay::from_minutes(minutes).unwrap())
}

fn spans() -> impl Strategy<Value = (TimeOfDay, TimeOfDay)> {
    prop_oneof![2 => (times(), times()), 1 => times().prop_map(|time| (time, time))]
}

fn cycles() -> impl Strategy<Value = Cycle> {
    let weekly = collection::btree_set(select(&Weekday::ALL[..]), 1..7).prop_map(Cycle::Weekly);
    let days = select(vec![1_u8, 2, 15, 28, 29, 30, 31]);
    let monthly = collection::btree_set(days, 1..5).prop_map(Cycle::Monthly);
    prop_oneof![6 => Just(Cycle::Daily), 2 => weekly, 1 => monthly]
}

fn bounds(within: Bounds) -> impl Strategy<Value = Bounds> {
    (within.min..=within.max, within.min..=within.max)
        .prop_map(|(one, other)| Bounds { min: one.min(other), max: one.max(other) })
}

fn thresholds(values: [f64; 2]) -> impl Strategy<Value = Threshold> {
    let sustained = prop_oneof![3 => Just(0), 1 => select(vec![60_000_u64, 61_500, 600_000])];
    (select(values.to_vec()), sustained, 1..=5_u32)
        .prop_map(|(value, sustained, step)| Threshold::new(value).for_ms(sustained).by(step))
}

fn metric(within: Bounds) -> impl Strategy<Value = Rule> {
    let wide = prop_oneof![2 => Just(within), 1 => bounds(within)];
    let upper = option::weighted(0.8, thresholds([0.75, 0.8]));
    let lower = option::weighted(0.8, thresholds([0.2, 0.25]));
    (upper, lower, wide).prop_map(|(upper, lower, bounds)| {
        let upper = upper.or(lower.is_none().then(|| Threshold::new(0.75).for_ms(0)));
        Rule::Metric { metric: "cpu".to_owned(), upper, lower, bounds }
    })
}

fn fixed(Bounds { min, max }: Bounds) -> impl Strategy<Value = Rule> {
    let count = prop_oneof![
        3 => (min..=max).prop_map(FixedCount::Count),
        1 => Just(FixedCount::Min),
        1 => Just(FixedCount::Max),
    ];
    count.prop_map(|count| Rule::Fixed { count })
}

fn retriggers() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(300_000), 1 => select(vec![0, 999, 60_000, 61_500, 1_800_000])]
}

fn graces() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 1 => select(vec![1_500, 120_000, 900_000, 5_400_000])]
}

fn windows(within: Bounds) -> impl Strategy<Value = Window> {
    let rule = prop_oneof![3 => metric(within), 1 => fixed(within)];
    let name = select(vec!["a", "b", "c", "d"]);
    (name, prop::bool::weighted(0.93), spans(), cycles(), rule, retriggers(), graces()).prop_map(
        |(name, enabled, (from, to), cycle, rule, retrigger, grace)| {
            let mut window = Window::daily(name, from, to, rule);
            (window.enabled, window.cycle) = (enabled, cycle);
            (window.retrigger_ms, window.grace_ms) = (retrigger, grace);
            window
        },
    )
}

/// Those of the windows that go together.
fn policy(zone: &str, bounds: Bounds, enabled: bool, windows: Vec<Window>) -> ScalingPolicy {
    let mut policy = ScalingPolicy::new("web", zone, bounds);
    policy.enabled = enabled;
    for window in windows {
        policy.windows.push(window);
        if Plan::new(&policy).is_err() {
            policy.windows.pop();
        }
    }
    policy
}

fn policies() -> impl Strategy<Value = ScalingPolicy> {
    let bounds = (0..=3_u32, 1..=9_u32).prop_map(|(min, more)| Bounds { min, max: min + more });
    let windows = bounds.prop_flat_map(|bounds| {
        (
            Just(bounds),
            prop_oneof![1 => Just(0..=0), 12 => Just(1..=8)]
                .prop_flat_map(move |many| collection::vec(windows(bounds), many)),
        )
    });
    (select(&ZONES[..]), prop::bool::weighted(0.94), windows)
        .prop_map(|(zone, enabled, (bounds, windows))| policy(zone, bounds, enabled, windows))
}

/// Policies of fixed windows without grace, and an instant.
pub(super) fn fixed_policies() -> impl Strategy<Value = (ScalingPolicy, u32)> {
    let bounds = Bounds { min: 1, max: 6 };
    let window = (windows(bounds), fixed(bounds)).prop_map(|(mut window, rule)| {
        (window.rule, window.grace_ms) = (rule, 0);
        window
    });
    let windows = collection::vec(window, 1..=8);
    let policy =
        (select(&ZONES[..]), windows).prop_map(move |(zone, windows)| policy(zone, bounds, true, windows));
    (policy, starts())
}

fn starts() -> impl Strategy<Value = u32> {
    let seconds = prop_oneof![(0..48_u32).prop_map(|half| half * 1_800), 0..86_400_u32];
    let day = select(&STARTS[..]);
    (day, seconds).prop_map(|(day, seconds)| day.parse::<Timestamp>().unwrap().plus(seconds).seconds())
}

/// What is changed in a window: its quiet time, its grace, its steps, its end.
type Change = Option<(u64, u64, u32, Option<TimeOfDay>)>;

/// The same policy, changed here and there: most alarm rules stay.
fn changed(
    former: &ScalingPolicy,
    enabled: bool,
    (more, fewer): (u32, u32),
    changes: &[Change],
) -> ScalingPolicy {
    let mut bounds = former.bounds;
    bounds.max = bounds.max.saturating_sub(fewer).max(bounds.min);
    bounds.min = (bounds.min + more).min(bounds.max);
    let mut windows = former.windows.clone();
    for (window, change) in windows.iter_mut().zip(changes) {
        let Some((retrigger, grace, by, to)) = change else { continue };
        (window.retrigger_ms, window.grace_ms) = (*retrigger, *grace);
        window.to = to.unwrap_or(window.to);
        if let Rule::Metric { upper, lower, bounds: own, .. } = &mut window.rule {
            for threshold in [upper, lower].into_iter().flatten() {
                threshold.step = *by;
            }
            *own = own.intersection(bounds).unwrap_or(bounds);
        }
    }
    policy(&former.time_zone, bounds, enabled, windows)
}

fn changes() -> impl Strategy<Value = (bool, (u32, u32), Vec<Change>)> {
    let change = (retriggers(), graces(), 1..=5_u32, option::of(times()));
    let changes = collection::vec(option::of(change), 4);
    (prop::bool::weighted(0.94), (prop_oneof![Just(0), 0..=6_u32], prop_oneof![Just(0), 0..=3_u32]), changes)
}

/// Two policies, each with one that is much like it.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let pool = (policies(), changes(), policies(), changes());
    let time_to_live = prop_oneof![2 => Just(300_000), 1 => select(vec![1_500_u64, 60_000, 86_400_000])];
    let first = collection::vec((0..4_usize, 0..=12_u32), SERVICES);
    (pool, starts(), time_to_live, first).prop_map(
        |((one, one_changes, other, other_changes), start, time_to_live, first)| {
            let change =
                |policy: &ScalingPolicy, (enabled, narrower, changes): (bool, (u32, u32), Vec<Change>)| {
                    changed(policy, enabled, narrower, &changes)
                };
            let pool = [change(&one, one_changes), change(&other, other_changes), one, other];
            let pool = pool.into_iter().map(|policy| Arc::new(Spec::new(policy, start)));
            World::new(start, time_to_live, pool.collect(), &first)
        },
    )
}

fn picks() -> impl Strategy<Value = Pick> {
    prop_oneof![
        16 => (0..8_usize).prop_map(Pick::Open),
        3 => (0..8_usize).prop_map(Pick::Any),
        1 => (0..32_usize).prop_map(Pick::Pool),
        1 => Just(Pick::Foreign),
    ]
}

fn inputs(alarms: u32) -> impl Strategy<Value = Input> {
    let age =
        prop_oneof![6 => Just(0), 2 => 0..90_i32, 1 => 0..400_i32, 1 => -100..0_i32, 1 => 0..90_000_i32];
    let state = prop_oneof![
        6 => Just(AlarmState::Firing),
        1 => Just(AlarmState::Resolved),
        1 => Just(AlarmState::NoData),
    ];
    let value = option::of((0..=100_u8).prop_map(|percent| f64::from(percent) / 100.0));
    let alarm = (picks(), age, state, value, prop::bool::weighted(0.15), any::<bool>()).prop_map(
        |(pick, age, state, value, never_resolves, by_id)| Input::Alarm {
            pick,
            age,
            state,
            value,
            never_resolves,
            by_id,
        },
    );
    let sides = prop_oneof![Just(Side::Upper), Just(Side::Lower)];
    let source = select(vec![CountSource::Person, CountSource::Template, CountSource::Platform]);
    let upsert = (
        option::weighted(0.6, 0..4_usize),
        0..=12_u32,
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.3),
    );
    prop_oneof![
        alarms => alarm,
        alarms / 4 => (sides, option::of(0..=12_u32)).prop_map(|(side, person)| Input::Surge { side, person }),
        3 => Just(Input::Again),
        8 => (0..=15_u32, source).prop_map(|(count, source)| Input::Count { count, source }),
        7 => prop::bool::weighted(0.7).prop_map(Input::Enable),
        10 => upsert.prop_map(|(policy, count, drains_itself, fresh)| {
            Input::Upsert { policy, count, drains_itself, fresh }
        }),
        3 => prop::bool::ANY.prop_map(|restore| {
            Input::Remove(if restore { Removal::Restore } else { Removal::Leave })
        }),
    ]
}

/// The services to which something should happen now: those that drain, then those of which alarms may act, else all;
/// and how likely an alarm is.
fn eager(world: &World) -> (Vec<usize>, u32) {
    let having = |has: fn(&Service, u32) -> bool| -> Vec<usize> {
        let known = |service: &usize| world.services.get(NAMES[*service]);
        (0..SERVICES)
            .filter(|service| known(service).is_some_and(|service| has(service, world.now)))
            .collect()
    };
    let draining = having(|service, _| service.drain.is_some());
    let open = having(|service, now| {
        let mut asked = service.spec.asked().into_iter();
        let is_open = asked.any(|asked| service.spec.since(asked.window, now).is_some());
        service.is_active() && service.spec.fixed(now).is_none() && is_open
    });
    match (draining.is_empty(), open.is_empty()) {
        (false, _) => (draining, 60),
        (_, false) => (open, 60),
        _ => ((0..SERVICES).collect(), 10),
    }
}

pub(super) fn transitions(world: &World) -> impl Strategy<Value = Transition> + use<> {
    let wait = prop_oneof![8 => Just(0), 2 => 0..600_u32, 1 => 0..20_000_u32];
    let long = prop_oneof![3 => 0..900_u32, 3 => 0..40_000_u32, 1 => 0..250_000_u32];
    // Among them the graces, so that a drain ends at an edge.
    let offset = prop_oneof![
        6 => -1..=1_i32,
        4 => select(vec![-2, -120, -900]),
        2 => -90..0_i32,
        1 => -900..0_i32,
        1 => 0..60_i32,
    ];
    let persons = collection::vec((0..=SERVICES, 0..=15_u32), 0..3);
    let (eager, alarms) = eager(world);
    let service = prop_oneof![30 => select(eager.clone()), 10 => 0..SERVICES, 1 => Just(SERVICES)];
    prop_oneof![
        3 => (select(eager), 0..=12_u32, -1..=1_i32)
            .prop_map(|(service, count, offset)| Transition::Approach { service, count, offset }),
        2 => (0..SERVICES, long.clone(), option::weighted(0.2, 0..=15_u32))
            .prop_map(|(service, seconds, person)| Transition::Pause { service, seconds, person }),
        20 => (1..4_usize, offset).prop_map(|(instants, offset)| Transition::Next { instants, offset }),
        6 => long.clone().prop_map(|seconds| Transition::Steps { seconds }),
        5 => (long.clone(), 1..4_usize).prop_map(|(seconds, budget)| Transition::Late { seconds, budget }),
        50 => (service, wait, inputs(alarms))
            .prop_map(|(service, wait, input)| Transition::Input { service, wait, input }),
        3 => (long, persons).prop_map(|(wait, persons)| Transition::Restart { wait, persons }),
        3 => Just(Transition::Swap),
    ]
}
