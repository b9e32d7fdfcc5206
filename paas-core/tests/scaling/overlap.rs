//! Windows that can be open at once.

use super::{calendar::Calendar, *};
use paas_core::{diagnostic::Code, scaling::MOST_WINDOWS};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn daily_windows_overlap() {
    insta::assert_snapshot!(problems(&plan([
        fixed("evening", "18:00", "22:00"),
        fixed("night", "21:00", "06:00"),
        fixed("late", "23:30", "07:00"),
        fixed("morning", "06:59", "09:00"),
        fixed("noon", "12:00", "12:01"),
        fixed("also noon", "12:00", "12:01"),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `evening` and `night` both fix the count of `web`: both are open every day from 21:00 to 22:00
      3: `night` is open every day from 21:00 to 06:00 of the next day
      2: `evening` is open every day from 18:00 to 22:00
      help: let one begin when the other ends, or disable one of them
    bank.yaml:4:1: error[scaling.overlap]: `night` and `late` both fix the count of `web`: both are open every day from 23:30 to 06:00 of the next day
      4: `late` is open every day from 23:30 to 07:00 of the next day
      3: `night` is open every day from 21:00 to 06:00 of the next day
      help: let one begin when the other ends, or disable one of them
    bank.yaml:5:1: error[scaling.overlap]: `late` and `morning` both fix the count of `web`: both are open every day from 06:59 to 07:00
      5: `morning` is open every day from 06:59 to 09:00
      4: `late` is open every day from 23:30 to 07:00 of the next day
      help: let one begin when the other ends, or disable one of them
    bank.yaml:7:1: error[scaling.overlap]: `noon` and `also noon` both fix the count of `web`: both are open every day from 12:00 to 12:01
      7: `also noon` is open every day from 12:00 to 12:01
      6: `noon` is open every day from 12:00 to 12:01
      help: let one begin when the other ends, or disable one of them
    ");
}

#[test]
fn whole_days_overlap_with_everything() {
    insta::assert_snapshot!(problems(&plan([
        fixed("always", "00:00", "00:00"),
        fixed("all ways", "00:00", "00:00"),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `always` and `all ways` both fix the count of `web`: both are open every day, all day
      3: `all ways` is open every day, all day
      2: `always` is open every day, all day
      help: let one begin when the other ends, or disable one of them
    ");
    insta::assert_snapshot!(problems(&plan([
        fixed("from eight", "08:00", "08:00"),
        fixed("from nine", "09:00", "09:00"),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `from eight` and `from nine` both fix the count of `web`: both are open every day from 08:00 to 09:00
      3: `from nine` is open every day from 09:00 to 09:00 of the next day
      2: `from eight` is open every day from 08:00 to 08:00 of the next day
      help: let one begin when the other ends, or disable one of them
    ");
    insta::assert_snapshot!(problems(&plan([
        fixed("until midnight", "20:00", "00:00"),
        fixed("always", "00:00", "00:00"),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `until midnight` and `always` both fix the count of `web`: both are open every day from 20:00 to 00:00
      3: `always` is open every day, all day
      2: `until midnight` is open every day from 20:00 to 00:00
      help: let one begin when the other ends, or disable one of them
    ");
}

#[test]
fn weekly_windows_overlap_on_their_days_and_in_the_night_after() {
    use Weekday::{Fri, Mon, Sat, Sun, Tue};
    insta::assert_snapshot!(problems(&plan([
        weekly(fixed("payday", "08:00", "20:00"), &[Mon, Fri]),
        weekly(fixed("week's end", "12:00", "13:00"), &[Fri, Sat]),
        weekly(fixed("sunday night", "22:00", "09:00"), &[Sun]),
        weekly(fixed("tuesday", "00:00", "00:00"), &[Tue]),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `payday` and `week's end` both fix the count of `web`: both are open on `fri` from 12:00 to 13:00
      3: `week's end` is open on `fri` and `sat` from 12:00 to 13:00
      2: `payday` is open on `mon` and `fri` from 08:00 to 20:00
      help: let one begin when the other ends, or disable one of them
    bank.yaml:4:1: error[scaling.overlap]: `payday` and `sunday night` both fix the count of `web`: both are open on `mon` from 08:00 to 09:00
      4: `sunday night` is open on `sun` from 22:00 to 09:00 of the next day
      2: `payday` is open on `mon` and `fri` from 08:00 to 20:00
      help: let one begin when the other ends, or disable one of them
    ");
}

#[test]
fn monthly_windows_overlap_across_the_end_of_the_month() {
    insta::assert_snapshot!(problems(&plan([
        monthly(fixed("last night", "22:00", "06:00"), &[28, 31]),
        monthly(fixed("first morning", "05:00", "08:00"), &[1]),
        monthly(fixed("end", "23:00", "00:00"), &[28, 29, 30, 31]),
        monthly(fixed("other", "00:00", "00:00"), &[2, 15]),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `last night` and `first morning` both fix the count of `web`: both are open on day 1 of the month from 05:00 to 06:00
      3: `first morning` is open on day 1 of the month from 05:00 to 08:00
      2: `last night` is open on days 28 and 31 of the month from 22:00 to 06:00 of the next day
      help: let one begin when the other ends, or disable one of them
    bank.yaml:4:1: error[scaling.overlap]: `last night` and `end` both fix the count of `web`: both are open on days 28 and 31 of the month from 23:00 to 00:00
      4: `end` is open on days 28, 29, 30 and 31 of the month from 23:00 to 00:00
      2: `last night` is open on days 28 and 31 of the month from 22:00 to 06:00 of the next day
      help: let one begin when the other ends, or disable one of them
    ");
}

#[test]
fn weeks_and_months_always_meet() {
    insta::assert_snapshot!(problems(&plan([
        weekly(fixed("friday", "12:00", "13:00"), &[Weekday::Fri]),
        monthly(fixed("last", "12:30", "14:00"), &[31]),
        weekly(fixed("weekend", "20:00", "02:00"), &[Weekday::Sat, Weekday::Sun]),
        monthly(fixed("15th", "01:00", "03:00"), &[15, 16]),
    ])), @r"
    bank.yaml:3:1: error[scaling.overlap]: `friday` and `last` both fix the count of `web`: both are open when `fri` is day 31 of the month from 12:30 to 13:00
      3: `last` is open on day 31 of the month from 12:30 to 14:00
      2: `friday` is open on `fri` from 12:00 to 13:00
      help: let one begin when the other ends, or disable one of them
    bank.yaml:5:1: error[scaling.overlap]: `weekend` and `15th` both fix the count of `web`: both are open when `mon` or `sun` is day 15 or 16 of the month from 01:00 to 02:00
      5: `15th` is open on days 15 and 16 of the month from 01:00 to 03:00
      4: `weekend` is open on `sat` and `sun` from 20:00 to 02:00 of the next day
      help: let one begin when the other ends, or disable one of them
    ");
}

#[test]
fn windows_that_adjoin_do_not_overlap() {
    for windows in [
        vec![fixed("a", "08:00", "20:00"), fixed("b", "20:00", "08:00")],
        vec![fixed("a", "00:00", "12:00"), fixed("b", "12:00", "00:00")],
        vec![fixed("whole days follow themselves", "08:00", "08:00")],
        vec![
            weekly(fixed("a", "00:00", "00:00"), &[Weekday::Sun]),
            weekly(fixed("b", "00:00", "00:00"), &[Weekday::Mon]),
        ],
        vec![
            weekly(fixed("a", "22:00", "06:00"), &[Weekday::Sun]),
            weekly(fixed("b", "06:00", "22:00"), &[Weekday::Mon]),
        ],
        vec![monthly(fixed("a", "06:00", "06:00"), &[31]), monthly(fixed("b", "06:00", "07:00"), &[1])],
        // Neither day is the day after the other.
        vec![monthly(fixed("a", "22:00", "06:00"), &[27]), monthly(fixed("b", "00:00", "06:00"), &[1])],
        // What follows the 28th can be a first, and what follows the 31st is one, but not the same.
        vec![monthly(fixed("a", "22:00", "06:00"), &[28]), monthly(fixed("b", "22:00", "06:00"), &[31])],
    ] {
        assert_eq!(problems(&plan(windows)), "");
    }
}

#[test]
fn metric_windows_that_are_open_at_once_have_a_count_in_common() {
    insta::assert_snapshot!(problems(&plan([
        metric("low", "08:00", "12:00", 1, 3),
        metric("high", "11:00", "13:00", 4, 9),
        metric("middle", "08:00", "13:00", 3, 4),
        metric("elsewhen", "13:00", "08:00", 9, 9),
    ])), @r"
    bank.yaml:3:1: error[scaling.bounds_disjoint]: `low` scales from 1 to 3 and `high` from 4 to 9, with no count in common: both are open every day from 11:00 to 12:00
      3: `high` is open every day from 11:00 to 13:00
      2: `low` is open every day from 08:00 to 12:00
      help: let the bounds of windows that are open at once overlap
    ");
}

#[test]
fn a_fixed_window_may_lie_in_a_metric_one() {
    let plan = plan([metric("all day", "00:00", "00:00", 2, 9), fixed("noon", "12:00", "13:00")]);
    assert_eq!(problems(&plan), "");
}

#[test]
fn very_many_overlaps_are_shown_in_part() {
    let same = (0..MOST_WINDOWS).map(|number| fixed(&format!("w{number}"), "08:00", "20:00"));
    assert_eq!(validate(&plan(same)).len(), 100);
    let apart = (0..32).flat_map(|minute| {
        let edge = |minute: u16| TimeOfDay::from_minutes(minute % 1_440).unwrap();
        (1..=31).map(move |day| {
            let rule = Rule::Fixed { count: FixedCount::Max };
            monthly(
                Window::daily(format!("{day} {minute}"), edge(45 * minute), edge(45 * minute + 45), rule),
                &[day],
            )
        })
    });
    assert_eq!(problems(&plan(apart)), "");
}

pub(super) fn cycle() -> impl Strategy<Value = Cycle> {
    let weekday = (0..7_usize).prop_map(|day| Weekday::ALL[day]);
    let date = prop_oneof![1..=31_u8, prop::sample::select(vec![1_u8, 2, 27, 28, 29, 30, 31])];
    prop_oneof![
        1 => Just(Cycle::Daily),
        3 => prop::collection::btree_set(weekday, 1..3).prop_map(Cycle::Weekly),
        4 => prop::collection::btree_set(date, 1..3).prop_map(Cycle::Monthly),
    ]
}

/// Windows with edges on full hours.
pub(super) fn window() -> impl Strategy<Value = Window> {
    let hour = || prop_oneof![0..24_u16, prop::sample::select(vec![0_u16, 1, 23])];
    (cycle(), hour(), hour(), 1..=4_u32, 0..=2_u32, prop::bool::weighted(0.9)).prop_map(
        |(cycle, from, to, min, more, enabled)| {
            let edge = |hour| TimeOfDay::from_minutes(hour * 60).unwrap();
            let mut window = metric("w", "00:00", "00:00", min, min + more);
            (window.cycle, window.from, window.to, window.enabled) = (cycle, edge(from), edge(to), enabled);
            window
        },
    )
}

/// The pairs of windows that diagnostics of a code name, by their places in the plan, with the hour that they tell.
fn found(plan: &ScalingPolicy, code: Code) -> Vec<(usize, usize, usize)> {
    let problems = validate(plan);
    let clashes = problems.iter().filter(|problem| problem.code == code);
    clashes
        .map(|problem| {
            let index = |label: usize| problem.labels[label].place.start.line as usize - 2;
            let (_, when) = problem.message.split_once("both are open ").unwrap();
            let hour = when.split_once("from ").map_or(0, |(_, from)| from[..2].parse().unwrap());
            (index(1), index(0), hour)
        })
        .collect()
}

proptest! {

    #[test]
    fn overlaps_are_those_of_the_calendar(windows in prop::collection::vec(window(), 2..6)) {
        let calendar = Calendar::of_years(2023, 2027);
        let metric = plan(windows);
        let bounds = |index: usize| match metric.windows[index].rule {
            Rule::Metric { bounds, .. } => bounds,
            _ => unreachable!(),
        };
        let mut fixed = metric.clone();
        for window in &mut fixed.windows {
            window.rule = Rule::Fixed { count: FixedCount::Min };
        }
        let open: Vec<Vec<bool>> = metric.windows.iter().map(|window| calendar.open_hours(window)).collect();
        let both = |one: usize, other: usize| {
            let hours = open[one].iter().zip(&open[other]).enumerate();
            hours.filter(|(_, (one, other))| **one && **other).map(|(hour, _)| hour % 24).collect::<BTreeSet<_>>()
        };
        let mut overlaps = Vec::new();
        let mut disjoint = Vec::new();
        for other in 0..open.len() {
            for one in 0..other {
                if !both(one, other).is_empty() {
                    overlaps.push((one, other));
                    if bounds(one).intersection(bounds(other)).is_none() {
                        disjoint.push((one, other));
                    }
                }
            }
        }
        for (plan, code, expected) in
            [(&fixed, Code::WindowOverlap, overlaps), (&metric, Code::BoundsDisjoint, disjoint)]
        {
            let found = found(plan, code);
            let pairs: Vec<_> = found.iter().map(|&(one, other, _)| (one, other)).collect();
            prop_assert_eq!(pairs, expected);
            for (one, other, hour) in found {
                prop_assert!(both(one, other).contains(&hour), "not open at {hour}");
            }
        }
    }
}

#[test]
fn so_many_windows_are_read_and_no_more() {
    let windows = |count: usize| plan((0..count).map(|n| metric(&format!("w{n}"), "00:00", "00:00", 1, 3)));
    assert_eq!(problems(&windows(MOST_WINDOWS)), "");
    insta::assert_snapshot!(problems(&windows(MOST_WINDOWS + 1)), @r"
    bank.yaml:1:1: error[yaml.too_many_nodes]: `web` has 1001 windows, and 1000 are read at most
      help: a service needs a few windows: give several days to one of them
    ");
    // Nothing is compared: there are no overlaps.
    let fixed = plan((0..20_000).map(|number| fixed(&format!("w{number}"), "08:00", "20:00")));
    assert_eq!(validate(&fixed).iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::TooManyNodes]);
}
