//! All changes of clocks from 2024 to 2030, in all zones, with windows at every quarter of an hour.

use super::{
    model::{self, Model},
    *,
};
use jiff::{Timestamp as Instant, ToSpan, civil::date, tz::TimeZone};
use std::collections::BTreeSet;

const DAY: i64 = 86_400;
const QUARTERS: usize = 96;
/// Dates before and after a change that are looked at.
const AROUND: usize = 4;
/// Edges are compared up to so long before and after a change. No occurrence that touches this begins on other dates.
const SPAN: i64 = DAY + DAY / 2;
/// Lengths of windows in quarters: a quarter of an hour, an hour, eight; all but an hour, which is what a gap skips, but
/// half an hour, and but a quarter; and the whole day.
const LENGTHS: [usize; 7] = [1, 4, 32, 92, 94, 95, 96];
/// Seconds after a change: whoever asks first then finds the same as who came from edge to edge.
const PROBES: [i64; 4] = [-1, 0, 1_800, 3_600];
/// From so many cases per property on all lengths are tried for all quarters; else they take turns.
const DEEP: u32 = 10_000;

/// The windows of one length at every quarter, in one zone.
type Calendars = Vec<Calendar>;

#[test]
fn edges_are_where_rule_1_says_once_and_in_order_at_all_changes_from_2024_to_2030() {
    let names: Vec<&str> = paas_core::scaling::time_zones().collect();
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let halves = names.chunks(names.len().div_ceil(2));
        let threads: Vec<_> = halves.map(|names| scope.spawn(|| all(names))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sum = |count: fn(&Seen) -> usize| seen.iter().map(count).sum::<usize>();
    println!(
        "{} zones, {} changes, {} edges",
        sum(|seen| seen.zones),
        sum(|seen| seen.changes),
        sum(|seen| seen.edges)
    );
    assert!(sum(|seen| seen.zones) > 100 && sum(|seen| seen.changes) > 1_000);
}

#[derive(Default)]
struct Seen {
    zones: usize,
    changes: usize,
    edges: usize,
}

fn all(names: &[&str]) -> Seen {
    let deep = proptest::test_runner::Config::default().cases >= DEEP;
    let mut zones = Zones::default();
    let mut seen = Seen::default();
    for name in names {
        let model = Model::of(name);
        let changes = changes(&model.zone);
        if changes.is_empty() {
            continue;
        }
        seen.zones += 1;
        let mut calendars = |length: usize| -> Calendars {
            let of = |start| window(Cycle::Daily, quarter(start), quarter(start + length));
            (0..QUARTERS)
                .map(|start| Calendar::new(&policy(name, [of(start)]), &mut zones).unwrap())
                .collect()
        };
        let calendars = LENGTHS.map(&mut calendars);
        for (turn, change) in changes.iter().enumerate() {
            seen.changes += 1;
            let instants = instants(&model, *change);
            for (index, (length, calendars)) in LENGTHS.into_iter().zip(&calendars).enumerate() {
                for (start, calendar) in calendars.iter().enumerate() {
                    if deep || index == (turn + start) % LENGTHS.len() {
                        seen.edges += check(calendar, &instants, *change, (start, length));
                    }
                }
            }
        }
    }
    seen
}

fn quarter(index: usize) -> TimeOfDay {
    time(u16::try_from(index % QUARTERS * 15).unwrap())
}

/// When the offset changes.
fn changes(zone: &TimeZone) -> Vec<i64> {
    let begin = date(2024, 1, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let end = date(2031, 1, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let changes = zone.following(begin).take_while(|change| change.timestamp() < end);
    let mut offset = zone.to_offset(begin);
    changes
        .filter(|change| std::mem::replace(&mut offset, change.offset()) != change.offset())
        .map(|change| change.timestamp().as_second())
        .collect()
}

/// Of each date around a change each quarter, by the model.
fn instants(model: &Model, change: i64) -> Vec<[i64; QUARTERS]> {
    let today = model.zone.to_datetime(Instant::from_second(change).unwrap()).date();
    let first = today - i32::try_from(AROUND).unwrap().days();
    let dates = first.series(1.day()).take(2 * AROUND + 1);
    let of = |date: jiff::civil::Date| {
        std::array::from_fn(|quarter| {
            let minutes = i8::try_from(quarter % 4 * 15).unwrap();
            model.instant(date.at(i8::try_from(quarter / 4).unwrap(), minutes, 0, 0))
        })
    };
    dates.map(of).collect()
}

/// Goes from edge to edge; tells how many there were.
fn check(
    calendar: &Calendar,
    instants: &[[i64; QUARTERS]],
    change: i64,
    (start, length): (usize, usize),
) -> usize {
    let place = format_args!("{} {change} {start} {length}", calendar.zone().name());
    let mut runs: Vec<(i64, i64)> = Vec::new();
    let end = start + length;
    for days in instants.windows(2) {
        let (from, to) =
            (days[0][start], if end < QUARTERS { days[0][end] } else { days[1][end - QUARTERS] });
        match runs.last_mut() {
            _ if from >= to => {}
            Some(run) if run.1 == from => run.1 = to,
            _ => runs.push((from, to)),
        }
    }
    if length == QUARTERS {
        assert_eq!(runs.len(), 1, "{place}");
        runs = vec![(0, i64::from(u32::MAX))];
    }
    let phase_at = |now: i64| {
        let phase = calendar.phase(model::timestamp(now));
        let open =
            phase.open.iter().map(|open| (i64::from(open.start.seconds()), i64::from(open.end.seconds())));
        let expected = runs.iter().copied().filter(|(from, to)| *from <= now && now < *to);
        assert!(open.eq(expected), "{place} at {now}: {phase:?}, not {runs:?}");
        i64::from(phase.until.seconds())
    };
    let edges: BTreeSet<i64> = runs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    for now in PROBES.map(|seconds| change + seconds) {
        assert_eq!(Some(&phase_at(now)), edges.range(now + 1..).next(), "{place} at {now}: {runs:?}");
    }
    let (first, last) = (change - SPAN, change + SPAN);
    let mut now = first;
    let mut next = edges.range(first + 1..);
    let mut passed = 0;
    while now <= last {
        now = phase_at(now);
        assert_eq!(Some(&now), next.next(), "{place}: {runs:?}");
        passed += 1;
    }
    passed
}
