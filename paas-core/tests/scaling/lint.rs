//! What is doubtful in plans that are valid.

use super::{
    calendar::Calendar,
    overlap::{cycle, window},
    *,
};
use paas_core::{
    diagnostic::{Code, Severity},
    scaling::{LINTS, check, lint},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is doubtful in a plan that is valid; the help too.
fn doubts(plan: &ScalingPolicy) -> String {
    assert_eq!(problems(plan), "");
    assert_eq!(check(plan), lint(plan));
    show(&lint(plan))
}

fn codes(plan: &ScalingPolicy) -> Vec<Code> {
    lint(plan).iter().map(|doubt| doubt.code).collect()
}

/// A metric window with its thresholds changed.
fn with(mut window: Window, change: impl FnOnce(&mut Option<Threshold>, &mut Option<Threshold>)) -> Window {
    if let Rule::Metric { upper, lower, .. } = &mut window.rule {
        change(upper, lower);
    }
    window
}

fn thresholds(upper: Option<Threshold>, lower: Option<Threshold>, bounds: (u32, u32)) -> Window {
    with(metric("busy", "08:00", "20:00", bounds.0, bounds.1), |old_upper, old_lower| {
        (*old_upper, *old_lower) = (upper, lower);
    })
}

/// The same for another metric.
fn of_metric(mut window: Window, name: &str) -> Window {
    if let Rule::Metric { metric, .. } = &mut window.rule {
        name.clone_into(metric);
    }
    window
}

fn count(name: &str, from: &str, to: &str, count: u32) -> Window {
    Window::daily(name, time(from), time(to), Rule::Fixed { count: FixedCount::Count(count) })
}

fn to_min(name: &str, from: &str, to: &str) -> Window {
    Window::daily(name, time(from), time(to), Rule::Fixed { count: FixedCount::Min })
}

/// Bounds from 0 to 20, so that windows can have any below.
fn wide(windows: impl IntoIterator<Item = Window>) -> ScalingPolicy {
    let mut plan = plan(windows);
    plan.bounds = Bounds { min: 0, max: 20 };
    plan
}

#[test]
fn usual_plans_are_not_doubted() {
    for plan in [
        plan([]),
        plan([metric("office hours", "08:00", "20:00", 3, 9), to_min("night", "20:00", "08:00")]),
        // Counts at a hand-over are none of its business: what stood before comes back, within the bounds.
        plan([metric("night", "20:00", "08:00", 1, 4), fixed("day", "08:00", "20:00")]),
        // The one takes back what the other adds.
        plan([
            with(metric("out", "08:00", "20:00", 1, 9), |_, lower| *lower = None),
            with(metric("in", "20:00", "08:00", 1, 9), |upper, _| *upper = None),
        ]),
    ] {
        assert_eq!(doubts(&plan), "");
    }
}

#[test]
fn every_doubt_is_a_warning_of_its_own_code() {
    let told: BTreeSet<&str> = LINTS.iter().map(|code| code.as_str()).collect();
    assert_eq!(told.len(), LINTS.len());
    assert!(
        LINTS
            .iter()
            .all(|code| code.severity() == Severity::Warning && code.as_str().starts_with("scaling."))
    );
}

#[test]
fn what_is_not_enabled_is_not_doubted() {
    let mut window = thresholds(Some(Threshold::new(0.7).by(50)), None, (1, 9));
    assert_eq!(codes(&plan([window.clone()])), [Code::StepTooLarge, Code::OneWay]);
    window.enabled = false;
    assert_eq!(doubts(&plan([window.clone()])), "");
    // A plan that is not can be tried.
    window.enabled = true;
    let mut off = plan([window]);
    off.enabled = false;
    assert_eq!(codes(&off), [Code::StepTooLarge, Code::OneWay]);
}

#[test]
fn wrong_plans_are_not_doubted_too() {
    let wrong = plan([thresholds(Some(Threshold::new(0.7).by(50)), None, (9, 1))]);
    assert_eq!(check(&wrong), validate(&wrong));
}

#[test]
fn windows_that_never_act() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    insta::assert_snapshot!(doubts(&plan([
        metric("lunch", "11:30", "13:00", 2, 9),
        fixed("morning", "08:00", "12:00"),
        fixed("afternoon", "12:00", "20:00"),
        metric("evening", "19:00", "21:00", 2, 9),
    ])), @r"
    bank.yaml:2:1: warning[scaling.never_acts]: `lunch` never acts: whenever it is open, a fixed window is too, and holds the count
      2: (no words)
      3: `morning` is open every day from 08:00 to 12:00
      4: `afternoon` is open every day from 12:00 to 20:00
      help: open `lunch` when no fixed window is, or disable it
    ");
    // Night of a day that the fixed windows are only open on together.
    let days = |windows: &[(&[Weekday], &str, &str)], metric: Window| {
        let fixed = windows
            .iter()
            .enumerate()
            .map(|(number, (days, from, to))| weekly(fixed(&format!("f{number}"), from, to), days));
        codes(&plan(fixed.chain([metric])))
    };
    let night = || metric("night", "22:00", "06:00", 2, 9);
    let working: &[Weekday] = &[Mon, Tue, Wed, Thu, Fri];
    assert_eq!(
        days(&[(working, "22:00", "06:00"), (&[Sat, Sun], "22:00", "06:00")], night()),
        [Code::WindowNeverActs]
    );
    assert_eq!(days(&[(working, "22:00", "06:00"), (&[Sat, Sun], "22:00", "05:59")], night()), []);
    assert_eq!(days(&[(working, "00:00", "00:00"), (&[Sat], "00:00", "00:00")], night()), []);
    assert_eq!(
        days(&[(working, "00:00", "00:00"), (&[Sat], "00:00", "00:00")], weekly(night(), &[Mon, Fri])),
        [Code::WindowNeverActs]
    );
    // Days of the month and of the week.
    let first = monthly(metric("first", "08:00", "09:00", 2, 9), &[1]);
    assert_eq!(
        days(&[(working, "08:00", "20:00"), (&[Sat, Sun], "08:00", "20:00")], first),
        [Code::WindowNeverActs]
    );
}

#[test]
fn thresholds_out_of_reach() {
    let one = |upper: Option<f64>, lower: Option<f64>, name: &str| {
        let window = thresholds(upper.map(Threshold::new), lower.map(Threshold::new), (1, 9));
        plan([of_metric(window, name)])
    };
    insta::assert_snapshot!(doubts(&one(Some(70.0), Some(30.0), "cpu")), @r"
    bank.yaml:2:1: warning[scaling.out_of_reach]: the `upper` threshold of `busy` is 70, and `cpu` is a share of at most 1: nothing is ever added
      help: write `0.7` for 70 percent
    bank.yaml:2:1: warning[scaling.out_of_reach]: the `lower` threshold of `busy` is 30, and `cpu` is a share of at most 1: it is always below
      help: write `0.3` for 30 percent
    ");
    insta::assert_snapshot!(doubts(&one(Some(1.0), Some(0.0), "memory")), @r"
    bank.yaml:2:1: warning[scaling.out_of_reach]: the `upper` threshold of `busy` is 1, and `memory` is a share of at most 1: nothing is ever added
      help: write a share such as `0.8`
    bank.yaml:2:1: warning[scaling.out_of_reach]: the `lower` threshold of `busy` is 0, and nothing is below that: nothing is ever removed
      help: give a larger one, or leave `lower` out
    ");
    insta::assert_snapshot!(doubts(&one(Some(700.0), Some(0.3), "cpu")), @r"
    bank.yaml:2:1: warning[scaling.out_of_reach]: the `upper` threshold of `busy` is 700, and `cpu` is a share of at most 1: nothing is ever added
      help: write a share such as `0.8`
    ");
    assert_eq!(codes(&one(Some(70.0), Some(30.0), "queue")), []);
    assert_eq!(codes(&one(Some(70.0), Some(0.0), "queue")), [Code::ThresholdOutOfReach]);
}

#[test]
fn steps_larger_than_there_is_room() {
    let steps = |out: u32, into: u32, bounds| {
        let window =
            thresholds(Some(Threshold::new(0.9).by(out)), Some(Threshold::new(0.1).by(into)), bounds);
        plan([window])
    };
    assert_eq!(doubts(&steps(3, 3, (2, 5))), "");
    insta::assert_snapshot!(doubts(&steps(4, 4, (2, 5))), @r"
    bank.yaml:2:1: warning[scaling.step]: `busy` adds or removes 4 instances at a time, but from 2 to 5 there is room for 3
      help: make the step at most 3
    ");
    insta::assert_snapshot!(doubts(&steps(4, 1, (2, 5))), @r"
    bank.yaml:2:1: warning[scaling.step]: `busy` adds 4 instances at a time, but from 2 to 5 there is room for 3
      help: make the step at most 3
    ");
    insta::assert_snapshot!(doubts(&steps(1, 7, (2, 5))), @r"
    bank.yaml:2:1: warning[scaling.step]: `busy` removes 7 instances at a time, but from 2 to 5 there is room for 3
      help: make the step at most 3
    ");
    insta::assert_snapshot!(doubts(&steps(6, 7, (2, 5))), @r"
    bank.yaml:2:1: warning[scaling.step]: `busy` adds 6 instances at a time and removes 7, but from 2 to 5 there is room for 3
      help: make the steps at most 3
    ");
    insta::assert_snapshot!(doubts(&steps(1, 1, (5, 5))), @r"
    bank.yaml:2:1: warning[scaling.step]: `busy` leaves the count at 5: it has no room to scale in
      help: give it bounds that differ, or make it a fixed window
    ");
}

#[test]
fn times_that_do_not_fit() {
    let times = |retrigger, upper, lower, grace| {
        let sustained = |value: f64, ms| Some(Threshold::new(value).for_ms(ms));
        let mut window = thresholds(sustained(0.75, upper), sustained(0.25, lower), (1, 9));
        (window.retrigger_ms, window.grace_ms) = (retrigger, grace);
        plan([window])
    };
    assert_eq!(doubts(&times(300_000, 300_000, 300_000, 300_000)), "");
    insta::assert_snapshot!(doubts(&times(90_000, 60_000, 600_000, 0)), @r"
    bank.yaml:2:1: warning[scaling.retrigger]: `busy` can act again after 90 s, but its `lower` threshold is judged over 10 m: most of that is from before the last action
      help: make its `retrigger` time at least 10 m
    ");
    insta::assert_snapshot!(doubts(&times(0, 0, 0, 0)), @r"
    bank.yaml:2:1: warning[scaling.retrigger]: `busy` has a `retrigger` time of 0 s: an alarm that goes on acts again at once
      help: give it the time that new instances need to take load, such as `5 m`
    ");
    insta::assert_snapshot!(doubts(&times(300_000, 60_000, 60_000, 5_400_000)), @r"
    bank.yaml:2:1: warning[scaling.grace]: `busy` takes 1 h 30 m to let instances go, longer than its `retrigger` time of 5 m: that means nothing then
      help: make its `retrigger` time at least 1 h 30 m, or its `grace` shorter
    ");
    // Nothing is removed, so that nothing has to end.
    let mut out = thresholds(Some(Threshold::new(0.75)), None, (1, 9));
    out.grace_ms = 5_400_000;
    assert_eq!(codes(&plan([out, to_min("night", "20:00", "08:00")])), []);
}

#[test]
fn flapping_thresholds() {
    let flaps = |upper, lower, bounds| plan([thresholds(Some(upper), Some(lower), bounds)]);
    let at = Threshold::new;
    insta::assert_snapshot!(doubts(&flaps(at(0.7).by(2), at(0.4), (2, 9))), @r"
    bank.yaml:2:1: warning[scaling.flapping]: `busy` flaps: where 2 instances use 0.7 of their `cpu`, 4 of them use 0.35, which is below its `lower` threshold of 0.4
      help: make the `lower` threshold at most 0.35, or add fewer at a time
    ");
    insta::assert_snapshot!(doubts(&flaps(at(0.7), at(0.4), (1, 9))), @r"
    bank.yaml:2:1: warning[scaling.flapping]: `busy` flaps: where 1 instance uses 0.7 of its `cpu`, 2 of them use 0.35, which is below its `lower` threshold of 0.4
      help: make the `lower` threshold at most 0.35, or add fewer at a time
    ");
    insta::assert_snapshot!(doubts(&flaps(at(0.9), at(0.5).by(3), (2, 9))), @r"
    bank.yaml:2:1: warning[scaling.flapping]: `busy` flaps: where 5 instances use 0.5 of their `cpu`, 2 of them use 1.25, which is above its `upper` threshold of 0.9
      help: make the `lower` threshold at most 0.36, or remove fewer at a time
    ");
    // Just so much is still rest, whatever binary fractions make of it.
    assert_eq!(doubts(&flaps(at(0.9).by(2), at(0.3), (1, 9))), "");
    assert_eq!(doubts(&flaps(at(0.6), at(0.3), (1, 9))), "");
    // The bounds cut steps off, and more instances are less sensitive.
    assert_eq!(doubts(&flaps(at(0.7), at(0.5), (3, 9))), "");
    assert_eq!(codes(&flaps(at(0.7), at(0.5), (2, 9))), [Code::Flapping]);
    // Of other metrics nobody knows what more instances change.
    assert_eq!(codes(&plan([of_metric(thresholds(Some(at(50.0)), Some(at(49.0)), (1, 9)), "queue")])), []);
}

#[test]
fn windows_that_flap_together() {
    let out = |bounds| with(metric("out", "08:00", "20:00", 2, bounds), |_, lower| *lower = None);
    let into = |from: &str, value| {
        with(metric("in", from, "21:00", 2, 9), |upper, lower| {
            (*upper, *lower) = (None, Some(Threshold::new(value)));
        })
    };
    insta::assert_snapshot!(doubts(&plan([out(9), into("19:00", 0.6)])), @r"
    bank.yaml:3:1: warning[scaling.flapping]: `out` and `in` flap: where 2 instances use 0.75 of their `cpu`, 3 of them use 0.5, which is below the `lower` threshold of 0.6 of `in`
      3: `in` is open every day from 19:00 to 21:00
      2: `out` is open every day from 08:00 to 20:00
      help: make the `lower` threshold at most 0.5, or add fewer at a time
    ");
    insta::assert_snapshot!(doubts(&plan([into("19:00", 0.55), out(9)])), @r"
    bank.yaml:3:1: warning[scaling.flapping]: `out` and `in` flap: where 2 instances use 0.75 of their `cpu`, 3 of them use 0.5, which is below the `lower` threshold of 0.55 of `in`
      3: `out` is open every day from 08:00 to 20:00
      2: `in` is open every day from 19:00 to 21:00
      help: make the `lower` threshold at most 0.5, or add fewer at a time
    ");
    assert_eq!(doubts(&plan([out(9), into("20:00", 0.6)])), "");
    assert_eq!(doubts(&plan([out(9), into("19:00", 0.4)])), "");
    assert_eq!(codes(&plan([out(9), of_metric(into("19:00", 0.6), "memory")])), []);
    // A `lower` alarm of its own must fire as well.
    assert_eq!(codes(&plan([metric("out", "08:00", "20:00", 2, 9), into("19:00", 0.6)])), []);
}

#[test]
fn fixed_counts_outside_of_bounds() {
    insta::assert_snapshot!(doubts(&wide([
        metric("day", "08:00", "20:00", 2, 9),
        count("lunch", "12:00", "13:00", 12),
        weekly(to_min("quiet", "18:00", "19:00"), &[Weekday::Fri]),
    ])), @r"
    bank.yaml:3:1: warning[scaling.fixed_outside]: `lunch` holds the count at 12, but `day` scales from 2 to 9: both are open every day from 12:00 to 13:00
      3: `lunch` is open every day from 12:00 to 13:00
      2: `day` is open every day from 08:00 to 20:00
      help: the fixed window wins: let the bounds of `day` hold 12, or part the windows
    bank.yaml:4:1: warning[scaling.fixed_outside]: `quiet` holds the count at 0, but `day` scales from 2 to 9: both are open on `fri` from 18:00 to 19:00
      4: `quiet` is open on `fri` from 18:00 to 19:00
      2: `day` is open every day from 08:00 to 20:00
      help: the fixed window wins: let the bounds of `day` hold 0, or part the windows
    ");
    assert_eq!(
        doubts(&wide([
            metric("day", "08:00", "20:00", 2, 9),
            count("lunch", "12:00", "13:00", 9),
            count("night", "20:00", "08:00", 12),
        ])),
        ""
    );
}

#[test]
fn nothing_scales_out_from_zero() {
    insta::assert_snapshot!(doubts(&wide([metric("night", "20:00", "08:00", 0, 9)])), @r"
    bank.yaml:2:1: warning[scaling.from_zero]: `night` can scale `web` to 0 instances, of which there is no `cpu`: no alarm adds any again
      help: make its `min_instances` at least 1, or scale by a metric that is there without instances
    ");
    assert_eq!(codes(&wide([of_metric(metric("night", "20:00", "08:00", 0, 9), "queue")])), []);
    // It cannot get there by itself.
    let out = with(metric("day", "08:00", "20:00", 0, 9), |_, lower| *lower = None);
    assert_eq!(codes(&wide([out, to_min("night", "20:00", "08:00")])), []);
}

#[test]
fn one_way_only() {
    let out = || with(metric("out", "08:00", "20:00", 2, 9), |_, lower| *lower = None);
    let into = || with(metric("in", "08:00", "20:00", 2, 9), |upper, _| *upper = None);
    insta::assert_snapshot!(doubts(&wide([out()])), @r"
    bank.yaml:2:1: warning[scaling.one_way]: alarms add instances of `web`, up to 9, and nothing removes any
      help: give it a `lower` threshold too, or open a fixed window with fewer
    ");
    insta::assert_snapshot!(doubts(&wide([into(), count("night", "20:00", "08:00", 2)])), @r"
    bank.yaml:2:1: warning[scaling.one_way]: alarms remove instances of `web`, down to 2, and nothing adds any
      help: give it an `upper` threshold too, or open a fixed window with more
    ");
    assert_eq!(doubts(&wide([out(), count("night", "20:00", "08:00", 8)])), "");
    assert_eq!(doubts(&wide([into(), count("morning", "07:00", "08:00", 3)])), "");
    assert_eq!(codes(&wide([out(), count("night", "20:00", "08:00", 9)])), [Code::OneWay]);
}

/// Every count within the bounds, for loads just past a threshold.
fn flaps(upper: Threshold, lower: Threshold, bounds: Bounds) -> bool {
    (bounds.min.max(1)..=bounds.max).any(|now| {
        let out = (now + upper.step).min(bounds.max);
        let into = now.saturating_sub(lower.step).max(bounds.min.max(1));
        let share = |share: f64, then: u32| share * f64::from(now) / f64::from(then);
        (out > now && share(upper.value, out) < lower.value - 1e-9)
            || (into < now && share(lower.value, into) > upper.value + 1e-9)
    })
}

/// An upper threshold and a lower one, in steps of a twentieth.
fn both() -> impl Strategy<Value = (Threshold, Threshold)> {
    let values = (1..19_u32).prop_flat_map(|lower| (lower + 1..20, Just(lower)));
    let threshold = |value: u32, step| Threshold::new(f64::from(value) / 20.0).by(step);
    (values, 1..6_u32, 1..6_u32)
        .prop_map(move |((upper, lower), out, into)| (threshold(upper, out), threshold(lower, into)))
}

proptest! {
    #[test]
    fn what_flaps_is_what_flaps_from_some_count(
        (one, other) in both(), min in 0..6_u32, more in 1..8_u32,
    ) {
        let bounds = Bounds { min, max: min + more };
        let plan = wide([thresholds(Some(one), Some(other), (bounds.min, bounds.max))]);
        prop_assert_eq!(codes(&plan).contains(&Code::Flapping), flaps(one, other, bounds));
    }

    #[test]
    fn windows_never_act_if_the_calendar_says_so(
        metrics in prop::collection::vec(window(), 1..4), above in prop::collection::vec((window(), cycle()), 0..5),
    ) {
        let calendar = Calendar::of_years(2000, 2028);
        let above = above.into_iter().map(|(mut window, cycle)| {
            window.rule = Rule::Fixed { count: FixedCount::Max };
            // Long ones cover more.
            window.cycle = if window.from == window.to { Cycle::Daily } else { cycle };
            window
        });
        let mut plan = plan(metrics.into_iter().chain(above));
        for (number, window) in plan.windows.iter_mut().enumerate() {
            window.name = format!("w{number}");
        }
        let is_metric = |window: &&Window| matches!(window.rule, Rule::Metric { .. });
        let open: Vec<bool> = plan.windows.iter().filter(|window| !is_metric(window)).fold(
            vec![false; calendar.hours()],
            |open, window| open.iter().zip(calendar.open_hours(window)).map(|(one, other)| *one || other).collect(),
        );
        // The night before the first day is not in the calendar.
        let is_idle = |window: &Window| {
            window.enabled && calendar.open_hours(window).iter().zip(&open).skip(24).all(|(is_open, above)| !is_open || *above)
        };
        let expected: Vec<&str> =
            plan.windows.iter().filter(is_metric).filter(|window| is_idle(window)).map(|window| window.name.as_str()).collect();
        let told = lint(&plan);
        let told: Vec<&str> = told
            .iter()
            .filter(|doubt| doubt.code == Code::WindowNeverActs)
            .map(|doubt| doubt.message.split('`').nth(1).unwrap())
            .collect();
        prop_assert_eq!(told, expected);
    }
}
