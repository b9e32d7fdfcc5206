//! What is doubtful in one metric window.

use super::{Metric, flapping, warning};
use crate::{
    diagnostic::{Code, Diagnostic},
    scaling::{Bounds, ScalingPolicy, Side, Threshold, Window, duration::Duration, faults::sides},
};

/// The code, the message and the help.
type Doubt = (Code, String, String);

pub(super) fn window(policy: &ScalingPolicy, window: &Window) -> Vec<Diagnostic> {
    let Some(metric) = Metric::of(window) else { return Vec::new() };
    let reach: Vec<Doubt> = sides(metric.upper, metric.lower)
        .filter_map(|(side, threshold)| out_of_reach(metric, side, threshold))
        .collect();
    // Thresholds that are never passed do nothing else either.
    let flapping = if reach.is_empty() { flapping::of(metric) } else { None };
    let doubts =
        reach.into_iter().chain(step(metric)).chain(retrigger(metric)).chain(grace(metric)).chain(flapping);
    doubts.map(|(code, message, help)| warning(policy, window, code, message).help(help)).collect()
}

/// Whether a threshold is never passed, or always.
pub(super) fn is_out_of_reach(metric: Metric<'_>, side: Side, threshold: Threshold) -> bool {
    out_of_reach(metric, side, threshold).is_some()
}

fn out_of_reach(metric: Metric<'_>, side: Side, threshold: Threshold) -> Option<Doubt> {
    let Metric { window, name, .. } = metric;
    let (value, word) = (threshold.value, side.as_str());
    let what = format!("the `{word}` threshold of `{}` is {value}", window.name);
    let (message, help) = match side {
        Side::Upper if metric.is_share() && value >= 1.0 => (
            format!("{what}, and `{name}` is a share of at most 1: nothing is ever added"),
            share(value, "0.8"),
        ),
        Side::Lower if metric.is_share() && value > 1.0 => {
            (format!("{what}, and `{name}` is a share of at most 1: it is always below"), share(value, "0.3"))
        }
        Side::Lower if value <= 0.0 => {
            let help = "give a larger one, or leave `lower` out".to_owned();
            (format!("{what}, and nothing is below that: nothing is ever removed"), help)
        }
        _ => return None,
    };
    Some((Code::ThresholdOutOfReach, message, help))
}

/// What was meant, if it was meant in percent.
fn share(value: f64, usual: &str) -> String {
    if value > 1.0 && value < 100.0 {
        format!("write `{}` for {value} percent", rounded(value / 100.0))
    } else {
        format!("write a share such as `{usual}`")
    }
}

fn step(metric: Metric<'_>) -> Option<Doubt> {
    let Bounds { min, max } = metric.bounds;
    let room = max.saturating_sub(min);
    let name = &metric.window.name;
    if room == 0 {
        let message = format!("`{name}` leaves the count at {min}: it has no room to scale in");
        let help = "give it bounds that differ, or make it a fixed window".to_owned();
        return Some((Code::StepTooLarge, message, help));
    }
    let too_large =
        |side: Option<Threshold>| side.map(|threshold| threshold.step).filter(|step| *step > room);
    let (what, step) = match (too_large(metric.upper), too_large(metric.lower)) {
        (Some(out), Some(in_)) if out == in_ => ("adds or removes", out),
        (Some(out), None) => ("adds", out),
        (None, Some(in_)) => ("removes", in_),
        (Some(out), Some(in_)) => {
            let message = format!(
                "`{name}` adds {out} instances at a time and removes {in_}, but from {min} to {max} there is room for {room}"
            );
            return Some((Code::StepTooLarge, message, format!("make the steps at most {room}")));
        }
        (None, None) => return None,
    };
    let message = format!(
        "`{name}` {what} {step} instances at a time, but from {min} to {max} there is room for {room}"
    );
    Some((Code::StepTooLarge, message, format!("make the step at most {room}")))
}

fn retrigger(metric: Metric<'_>) -> Option<Doubt> {
    let window = metric.window;
    let (name, retrigger) = (&window.name, window.retrigger_ms);
    let (side, longest) = sides(metric.upper, metric.lower)
        .map(|(side, threshold)| (side, threshold.sustained_for_ms))
        .max_by_key(|(_, time)| *time)?;
    if retrigger == 0 {
        let message =
            format!("`{name}` has a `retrigger` time of 0 s: an alarm that goes on acts again at once");
        let help = "give it the time that new instances need to take load, such as `5 m`".to_owned();
        return Some((Code::RetriggerShort, message, help));
    }
    (retrigger < longest).then(|| {
        let (short, long, word) = (Duration(retrigger), Duration(longest), side.as_str());
        let message = format!(
            "`{name}` can act again after {short}, but its `{word}` threshold is judged over {long}: most of that is from \
             before the last action"
        );
        (Code::RetriggerShort, message, format!("make its `retrigger` time at least {long}"))
    })
}

fn grace(metric: Metric<'_>) -> Option<Doubt> {
    let Metric { window, lower, .. } = metric;
    lower?;
    (window.grace_ms > window.retrigger_ms).then(|| {
        let (name, grace) = (&window.name, Duration(window.grace_ms));
        let message = format!(
            "`{name}` takes {grace} to let instances go, longer than its `retrigger` time of {}: that means nothing then",
            Duration(window.retrigger_ms)
        );
        (Code::GraceLong, message, format!("make its `retrigger` time at least {grace}, or its `grace` shorter"))
    })
}

/// Without the digits that nobody gave.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
