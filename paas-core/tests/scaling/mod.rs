//! The rules of scaling plans.

mod calendar;
mod lint;
mod overlap;
mod stored;

use crate::show;
use paas_core::{
    diagnostic::{Origin, Place, Position},
    scaling::{
        Bounds, Cycle, FixedCount, LONGEST_MS, Rule, ScalingPolicy, Threshold, TimeOfDay, Weekday, Window,
        validate,
    },
};

fn line(line: u32) -> Origin {
    let point = Position { line, column: 1, offset: line };
    Place { file: "bank.yaml".into(), start: point, end: point }.into()
}

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}

fn fixed(name: &str, from: &str, to: &str) -> Window {
    Window::daily(name, time(from), time(to), Rule::Fixed { count: FixedCount::Max })
}

fn metric(name: &str, from: &str, to: &str, min: u32, max: u32) -> Window {
    let rule = Rule::Metric {
        metric: "cpu".to_owned(),
        upper: Some(Threshold::new(0.75)),
        lower: Some(Threshold::new(0.25)),
        bounds: Bounds { min, max },
    };
    Window::daily(name, time(from), time(to), rule)
}

fn weekly(window: Window, days: &[Weekday]) -> Window {
    let mut window = window;
    window.cycle = Cycle::Weekly(days.iter().copied().collect());
    window
}

fn monthly(window: Window, days: &[u8]) -> Window {
    let mut window = window;
    window.cycle = Cycle::Monthly(days.iter().copied().collect());
    window
}

/// A plan for 1 to 9 instances. The service is in line 1, the windows in the lines after it.
fn plan(windows: impl IntoIterator<Item = Window>) -> ScalingPolicy {
    let mut plan = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
    plan.origin = line(1);
    plan.windows = windows.into_iter().collect();
    for (number, window) in (2..).zip(&mut plan.windows) {
        window.origin = line(number);
    }
    plan
}

fn problems(plan: &ScalingPolicy) -> String {
    show(&validate(plan))
}

#[test]
fn a_good_plan_has_no_problems() {
    let plan = plan([
        metric("office hours", "08:00", "20:00", 3, 9),
        fixed("night", "20:00", "08:00"),
        weekly(fixed("never both", "08:00", "20:00"), &[Weekday::Sun]),
    ]);
    assert_eq!(problems(&plan), "");
}

#[test]
fn time_zones_are_those_of_the_database() {
    let zone = |name: &str| {
        let mut plan = plan([]);
        plan.time_zone = name.to_owned();
        problems(&plan)
    };
    for good in ["UTC", "Asia/Shanghai", "Europe/Berlin", "America/Argentina/Buenos_Aires"] {
        assert_eq!(zone(good), "");
    }
    insta::assert_snapshot!(zone("europe/berlin"), @r"
    bank.yaml:1:1: error[scaling.time_zone]: the scaling plan of `web` is in `europe/berlin`, which is not a time zone
      help: did you mean `Europe/Berlin`?
    ");
    insta::assert_snapshot!(zone("Asia/Shangai"), @r"
    bank.yaml:1:1: error[scaling.time_zone]: the scaling plan of `web` is in `Asia/Shangai`, which is not a time zone
      help: did you mean `Asia/Shanghai`?
    ");
    insta::assert_snapshot!(zone("the bank's"), @r"
    bank.yaml:1:1: error[scaling.time_zone]: the scaling plan of `web` is in `the bank's`, which is not a time zone
      help: time zones have names such as `Asia/Shanghai` or `UTC`
    ");
    insta::assert_snapshot!(zone(""), @r"
    bank.yaml:1:1: error[scaling.time_zone]: the scaling plan of `web` has no time zone
      help: time zones have names such as `Asia/Shanghai` or `UTC`
    ");
}

#[test]
fn bounds_hold_something_and_lie_within_those_of_the_service() {
    let count = |count| Window::daily("count", time("00:00"), time("01:00"), Rule::Fixed { count });
    insta::assert_snapshot!(problems(&plan([
        metric("turned", "08:00", "09:00", 5, 2),
        metric("below", "09:00", "10:00", 0, 9),
        metric("above", "10:00", "11:00", 9, 10),
        count(FixedCount::Count(10)),
    ])), @r"
    bank.yaml:2:1: error[scaling.bounds]: `turned` has at least 5 instances and at most 2
      help: `min_instances` is no more than `max_instances`
    bank.yaml:3:1: error[scaling.bounds]: `below` scales from 0 to 9, but `web` only from 1 to 9
      help: the bounds of a window lie within those of its service
    bank.yaml:4:1: error[scaling.bounds]: `above` scales from 9 to 10, but `web` only from 1 to 9
      help: the bounds of a window lie within those of its service
    bank.yaml:5:1: error[scaling.bounds]: `count` fixes the count at 10, but `web` scales from 1 to 9
      help: a fixed count lies within the bounds of its service
    ");
    let mut turned = plan([metric("any", "08:00", "09:00", 5, 20), count(FixedCount::Count(10))]);
    turned.bounds = Bounds { min: 9, max: 1 };
    insta::assert_snapshot!(problems(&turned), @r"
    bank.yaml:1:1: error[scaling.bounds]: the scaling plan of `web` has at least 9 instances and at most 1
      help: `min_instances` is no more than `max_instances`
    ");
    for good in [FixedCount::Min, FixedCount::Max, FixedCount::Count(1), FixedCount::Count(9)] {
        assert_eq!(problems(&plan([count(good)])), "");
    }
}

#[test]
fn thresholds_do_not_contradict_each_other() {
    let thresholds = |new_lower: Option<f64>, new_upper: Option<f64>, new_step: u32| {
        let mut window = metric("peak", "08:00", "09:00", 1, 9);
        if let Rule::Metric { lower, upper, .. } = &mut window.rule {
            let threshold = |value: Option<f64>| value.map(|value| Threshold::new(value).by(new_step));
            (*lower, *upper) = (threshold(new_lower), threshold(new_upper));
        }
        problems(&plan([window]))
    };
    for (lower, upper) in [(Some(0.0), Some(0.1)), (None, Some(1e9)), (Some(0.5), None)] {
        assert_eq!(thresholds(lower, upper, 1), "");
    }
    insta::assert_snapshot!(thresholds(None, None, 1), @r"
    bank.yaml:2:1: error[scaling.thresholds]: `peak` has no threshold, so nothing would ever happen
      help: give it an `upper` threshold, a `lower` one, or both
    ");
    insta::assert_snapshot!(thresholds(Some(0.5), Some(0.5), 1), @r"
    bank.yaml:2:1: error[scaling.thresholds]: the `lower` threshold of `peak` is 0.5, which is not less than its `upper` one of 0.5
      help: `lower` is less than `upper`
    ");
    insta::assert_snapshot!(thresholds(Some(f64::NAN), Some(-0.5), 0), @r"
    bank.yaml:2:1: error[scaling.thresholds]: the `upper` threshold of `peak` is -0.5
      help: a threshold is a number, and not less than 0
    bank.yaml:2:1: error[scaling.thresholds]: the step of the `upper` threshold of `peak` is 0, so nothing would ever happen
      help: a step is at least 1
    bank.yaml:2:1: error[scaling.thresholds]: the `lower` threshold of `peak` is NaN
      help: a threshold is a number, and not less than 0
    bank.yaml:2:1: error[scaling.thresholds]: the step of the `lower` threshold of `peak` is 0, so nothing would ever happen
      help: a step is at least 1
    ");
    insta::assert_snapshot!(thresholds(None, Some(f64::INFINITY), 1), @r"
    bank.yaml:2:1: error[scaling.thresholds]: the `upper` threshold of `peak` is inf
      help: a threshold is a number, and not less than 0
    ");
}

#[test]
fn each_threshold_is_told_for_itself() {
    let mut window = metric("peak", "08:00", "09:00", 1, 9);
    if let Rule::Metric { lower, upper, metric, .. } = &mut window.rule {
        *upper = Some(Threshold::new(0.7).by(0).for_ms(400 * 86_400_000));
        *lower = Some(Threshold::new(0.2).by(0));
        " ".clone_into(metric);
    }
    insta::assert_snapshot!(problems(&plan([window])), @r"
    bank.yaml:2:1: error[scaling.thresholds]: the metric of `peak` has no name
      help: give `cpu`, `memory` or another monitored name
    bank.yaml:2:1: error[scaling.thresholds]: the step of the `upper` threshold of `peak` is 0, so nothing would ever happen
      help: a step is at least 1
    bank.yaml:2:1: error[tosca.constraint]: the time that the `upper` threshold of `peak` must be passed is 400 d, longer than a year
      help: times are given in milliseconds: five minutes are 300000
    bank.yaml:2:1: error[scaling.thresholds]: the step of the `lower` threshold of `peak` is 0, so nothing would ever happen
      help: a step is at least 1
    ");
}

#[test]
fn nothing_takes_longer_than_a_year() {
    let mut long = fixed("long", "08:00", "09:00");
    (long.retrigger_ms, long.grace_ms) = (LONGEST_MS + 1, u64::MAX);
    insta::assert_snapshot!(problems(&plan([long.clone()])), @r"
    bank.yaml:2:1: error[tosca.constraint]: the `retrigger` time of `long` is 366 d 1 ms, longer than a year
      help: times are given in milliseconds: five minutes are 300000
    bank.yaml:2:1: error[tosca.constraint]: the `grace` time of `long` is 213503982334 d 14 h 25 m 51 s 615 ms, longer than a year
      help: times are given in milliseconds: five minutes are 300000
    ");
    (long.retrigger_ms, long.grace_ms) = (LONGEST_MS, LONGEST_MS);
    assert_eq!(problems(&plan([long])), "");
}

#[test]
fn windows_have_names_of_their_own() {
    let mut off = fixed("night", "03:00", "05:00");
    off.enabled = false;
    insta::assert_snapshot!(problems(&plan([
        fixed("night", "20:00", "08:00"),
        metric("day", "08:00", "20:00", 2, 9),
        off,
        metric("night", "08:00", "20:00", 2, 9),
    ])), @r"
    bank.yaml:4:1: error[yaml.duplicate_key]: two windows of `web` are named `night`
      4: again here
      2: first here
      help: rename one of them
    bank.yaml:5:1: error[yaml.duplicate_key]: two windows of `web` are named `night`
      5: again here
      2: first here
      help: rename one of them
    ");
}

#[test]
fn windows_are_open_on_days_that_exist() {
    let whole = |name| fixed(name, "08:00", "09:00");
    insta::assert_snapshot!(problems(&plan([
        weekly(whole("week"), &[]),
        monthly(whole("month"), &[]),
        monthly(whole("32"), &[31, 32]),
    ])), @r"
    bank.yaml:2:1: error[scaling.window_days]: `week` is open on no day
      help: days are `mon` to `sun` or `1` to `31`; none at all means daily
    bank.yaml:3:1: error[scaling.window_days]: `month` is open on no day
      help: days are `mon` to `sun` or `1` to `31`; none at all means daily
    bank.yaml:4:1: error[scaling.window_days]: `32` is open on day 32, which no month has
      help: days are `mon` to `sun` or `1` to `31`; none at all means daily
    ");
}

#[test]
fn a_window_that_is_not_enabled_is_checked_for_itself() {
    let mut off = metric("off", "08:00", "09:00", 20, 30);
    off.enabled = false;
    let mut fixed_off = fixed("fixed off", "08:00", "09:00");
    fixed_off.enabled = false;
    insta::assert_snapshot!(
        problems(&plan([off, metric("on", "08:00", "09:00", 1, 2), fixed_off, fixed("fixed", "08:30", "08:45")])),
        @r"
    bank.yaml:2:1: error[scaling.bounds]: `off` scales from 20 to 30, but `web` only from 1 to 9
      help: the bounds of a window lie within those of its service
    "
    );
}
