//! Any plan, in any zone, at any instant.

use super::{
    model::{Model, timestamp},
    *,
};
use jiff::{Timestamp as Instant, ToSpan};
use proptest::{prelude::*, sample};

const DAY: i64 = 86_400;

/// Dates around an instant that are looked at: longer than a window can be closed, and then open without being so always.
const AROUND: i32 = 200;

fn times() -> impl Strategy<Value = u16> {
    // Clocks change at night.
    prop_oneof![0..1_440_u16, (0..24_u16).prop_map(|hour| hour * 60), (0..20_u16).prop_map(|slot| slot * 15)]
}

fn windows() -> impl Strategy<Value = Window> {
    let cycles = prop_oneof![
        Just(Cycle::Daily),
        sample::subsequence(Weekday::ALL.to_vec(), 0..=7)
            .prop_map(|days| Cycle::Weekly(days.into_iter().collect())),
        prop::collection::btree_set(1..=31_u8, 0..4).prop_map(Cycle::Monthly),
        prop::collection::btree_set(1..=31_u8, 0..3)
            .prop_map(|none| Cycle::Monthly((1..=31).filter(|day| !none.contains(day)).collect())),
    ];
    (cycles, times(), times(), prop::bool::weighted(0.2), prop::bool::weighted(0.9)).prop_map(
        |(cycle, from, to, whole, enabled)| {
            let mut window = window(cycle, time(from), time(if whole { from } else { to }));
            window.enabled = enabled;
            window
        },
    )
}

/// Any instant; or one near a change of the clocks that comes next, if one comes; or one near the first or the last.
fn instants() -> impl Strategy<Value = (u32, Option<i64>)> {
    let near = -3 * DAY..3 * DAY;
    prop_oneof![
        2 => (any::<u32>(), Just(None)),
        5 => (any::<u32>(), near.prop_map(Some)),
        1 => (0..200_000_u32, Just(None)),
        1 => (0..200_000_u32).prop_map(|before| (u32::MAX - before, None)),
    ]
}

fn zones() -> impl Strategy<Value = &'static str> {
    sample::select(paas_core::scaling::time_zones().collect::<Vec<_>>())
}

/// What is open, with its index, and the next edge, if one comes.
fn expected(runs: &[(u16, Vec<(i64, i64)>)], at: i64) -> (Vec<(u16, i64, i64)>, Option<i64>) {
    let open = runs.iter().flat_map(|(window, runs)| {
        runs.iter()
            .filter(|(start, end)| *start <= at && at < *end)
            .map(|(start, end)| (*window, *start, *end))
    });
    let edges = runs.iter().flat_map(|(_, runs)| runs.iter().flat_map(|(start, end)| [*start, *end]));
    (open.collect(), edges.filter(|edge| *edge > at).min())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phases_are_those_of_the_plain_model(
        windows in prop::collection::vec(windows(), 1..6), name in zones(), (at, near) in instants(),
    ) {
        let model = Model::of(name);
        let mut at = i64::from(at);
        if let Some(near) = near
            && let Some(change) = model.zone.following(Instant::from_second(at).unwrap()).next()
        {
            at = (change.timestamp().as_second() + near).clamp(0, i64::from(u32::MAX));
        }
        let today = model.date(at);
        let (first, last) = (today - AROUND.days(), today + AROUND.days());
        let always = |run: &(i64, i64)| run.1 - run.0 > i64::from(AROUND) * DAY;
        let runs: Vec<(u16, Vec<(i64, i64)>)> = windows
            .iter()
            .zip(0..)
            .filter(|(window, _)| window.enabled)
            .map(|(window, index)| {
                let runs = model.runs(window, first, last).into_iter();
                (index, runs.map(|run| if always(&run) { (i64::MIN, i64::MAX) } else { run }).collect())
            })
            .collect();

        let calendar = Calendar::new(&policy(name, windows), &mut Zones::default()).unwrap();
        let mut now = timestamp(at);
        for _ in 0..12 {
            let phase = calendar.phase(now);
            let (open, until) = expected(&runs, i64::from(now.seconds()));
            let found: Vec<_> = phase.open.iter().map(|open| (open.window, open.start, open.end)).collect();
            let open: Vec<_> = open.iter().map(|(window, start, end)| (*window, timestamp(*start), timestamp(*end))).collect();
            prop_assert_eq!(found, open, "{} {}", name, now);
            prop_assert_eq!(phase.until, until.map_or(Timestamp::MAX, timestamp), "{} {}", name, now);
            if phase.until == Timestamp::MAX {
                break;
            }
            prop_assert!(phase.until > now);
            now = phase.until;
            // Up to here the model knows all that may be open.
            if i64::from(now.seconds()) > at + 60 * DAY {
                break;
            }
        }

        // The same by another way.
        let from = timestamp(at);
        let to = timestamp(at + 20 * DAY);
        let mut all: Vec<_> = runs
            .iter()
            .flat_map(|(window, runs)| runs.iter().map(|(start, end)| (timestamp(*start), *window, timestamp(*end))))
            .filter(|(start, _, end)| *start < to && *end > from)
            .collect();
        all.sort();
        let found: Vec<_> = calendar.occurrences(from, to).map(|open| (open.start, open.window, open.end)).collect();
        prop_assert_eq!(found, all);
    }
}
