//! What is wrong inside one window.

use super::{Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Side, Threshold, Window, duration::Duration};
use crate::diagnostic::Code;

/// The code, the message and the help.
pub(super) type Fault = (Code, String, String);

/// The longest time that anything waits for: a year, the longest with a day more. What is longer was meant otherwise, and
/// the ends of sums stay within what an instant can be.
pub const LONGEST_MS: u64 = 366 * 86_400_000;

/// All that is wrong with a window of a plan, whatever the others say.
pub(super) fn of(policy: &ScalingPolicy, window: &Window) -> Vec<Fault> {
    let mut faults: Vec<Fault> = days(window).into_iter().collect();
    match &window.rule {
        Rule::Metric { metric, upper, lower, bounds } => {
            let name = &window.name;
            if metric.trim().is_empty() {
                let help = "give `cpu`, `memory` or another monitored name".to_owned();
                faults.push((Code::Thresholds, format!("the metric of `{name}` has no name"), help));
            }
            faults.extend(thresholds(name, *upper, *lower));
            for (side, threshold) in sides(*upper, *lower) {
                faults.extend(of_side(name, side, threshold));
            }
            faults.extend(within(policy, name, *bounds));
        }
        Rule::Fixed { count } => faults.extend(fixed(policy, window, *count)),
    }
    faults.extend(long(&format!("the `retrigger` time of `{}`", window.name), window.retrigger_ms));
    faults.extend(long(&format!("the `grace` time of `{}`", window.name), window.grace_ms));
    faults
}

/// The thresholds that there are, each with its side.
pub(super) fn sides(
    upper: Option<Threshold>,
    lower: Option<Threshold>,
) -> impl Iterator<Item = (Side, Threshold)> {
    [(Side::Upper, upper), (Side::Lower, lower)]
        .into_iter()
        .filter_map(|(side, threshold)| Some((side, threshold?)))
}

fn days(window: &Window) -> Option<Fault> {
    let name = &window.name;
    let message = match &window.cycle {
        Cycle::Daily => return None,
        Cycle::Weekly(days) if days.is_empty() => format!("`{name}` is open on no day"),
        Cycle::Monthly(days) if days.is_empty() => format!("`{name}` is open on no day"),
        Cycle::Weekly(_) => return None,
        Cycle::Monthly(days) => {
            let wrong = days.iter().find(|day| !(1..=31).contains(*day))?;
            format!("`{name}` is open on day {wrong}, which no month has")
        }
    };
    let help = "days are `mon` to `sun` or `1` to `31`; none at all means daily";
    Some((Code::WindowDays, message, help.to_owned()))
}

/// Whether a value can be compared with a metric.
fn is_threshold(threshold: Threshold) -> bool {
    threshold.value.is_finite() && threshold.value >= 0.0
}

fn thresholds(name: &str, upper: Option<Threshold>, lower: Option<Threshold>) -> Option<Fault> {
    let (message, help) = match (lower, upper) {
        (None, None) => (
            format!("`{name}` has no threshold, so nothing would ever happen"),
            "give it an `upper` threshold, a `lower` one, or both",
        ),
        (Some(lower), Some(upper))
            if is_threshold(lower) && is_threshold(upper) && lower.value >= upper.value =>
        {
            let (lower, upper) = (lower.value, upper.value);
            let message = format!(
                "the `lower` threshold of `{name}` is {lower}, which is not less than its `upper` one of {upper}"
            );
            (message, "`lower` is less than `upper`")
        }
        _ => return None,
    };
    Some((Code::Thresholds, message, help.to_owned()))
}

fn of_side(name: &str, side: Side, threshold: Threshold) -> Vec<Fault> {
    let word = side.as_str();
    let mut faults = Vec::new();
    if !is_threshold(threshold) {
        let message = format!("the `{word}` threshold of `{name}` is {}", threshold.value);
        faults.push((Code::Thresholds, message, "a threshold is a number, and not less than 0".to_owned()));
    }
    if threshold.step == 0 {
        let message =
            format!("the step of the `{word}` threshold of `{name}` is 0, so nothing would ever happen");
        faults.push((Code::Thresholds, message, "a step is at least 1".to_owned()));
    }
    let what = format!("the time that the `{word}` threshold of `{name}` must be passed");
    faults.extend(long(&what, threshold.sustained_for_ms));
    faults
}

fn long(what: &str, ms: u64) -> Option<Fault> {
    (ms > LONGEST_MS).then(|| {
        let message = format!("{what} is {}, longer than a year", Duration(ms));
        (Code::Constraint, message, "times are given in milliseconds: five minutes are 300000".to_owned())
    })
}

/// Bounds that hold nothing.
pub(super) fn turned(what: &str, Bounds { min, max }: Bounds) -> Option<Fault> {
    (min > max).then(|| {
        (
            Code::Bounds,
            format!("{what} has at least {min} instances and at most {max}"),
            "`min_instances` is no more than `max_instances`".to_owned(),
        )
    })
}

/// The policy's bounds, if they can hold anything.
fn usable_bounds(policy: &ScalingPolicy) -> Option<Bounds> {
    (policy.bounds.min <= policy.bounds.max).then_some(policy.bounds)
}

fn within(policy: &ScalingPolicy, name: &str, bounds: Bounds) -> Option<Fault> {
    if let Some(turned) = turned(&format!("`{name}`"), bounds) {
        return Some(turned);
    }
    let all = usable_bounds(policy)?;
    (!(all.contains(bounds.min) && all.contains(bounds.max))).then(|| {
        let message =
            format!("`{name}` scales {}, but `{}` only {}", said(bounds), policy.service, said(all));
        (Code::Bounds, message, "the bounds of a window lie within those of its service".to_owned())
    })
}

fn fixed(policy: &ScalingPolicy, window: &Window, count: FixedCount) -> Option<Fault> {
    let (FixedCount::Count(count), Some(all)) = (count, usable_bounds(policy)) else { return None };
    (!all.contains(count)).then(|| {
        let (name, service) = (&window.name, &policy.service);
        (
            Code::Bounds,
            format!("`{name}` fixes the count at {count}, but `{service}` scales {}", said(all)),
            "a fixed count lies within the bounds of its service".to_owned(),
        )
    })
}

/// Such as "from 1 to 9".
pub(super) fn said(Bounds { min, max }: Bounds) -> String {
    format!("from {min} to {max}")
}
