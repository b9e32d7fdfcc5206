//! Thresholds between which there is no rest.

use super::{
    Metric,
    one::{is_out_of_reach, rounded},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    scaling::{Bounds, ScalingPolicy, Side, Threshold, Window, overlap::clashes, validate::opened},
};

/// Two shares that differ by less are the same, written in other ways.
const TOLERANCE: f64 = 1e-9;

/// A scaling action after which the other alarm fires, though the load is the same.
struct Flap {
    side: Side,
    /// The count before and after.
    from: u32,
    to: u32,
    /// What the containers use before, each of what it may, and after.
    before: f64,
    after: f64,
    /// The threshold of the other side.
    passed: f64,
}

/// What one window does to itself.
pub(super) fn of(metric: Metric<'_>) -> Option<(Code, String, String)> {
    let flap = find(metric, metric, metric.bounds)?;
    let message = format!("`{}` flaps: {}", metric.window.name, said(&flap, metric.name, "its", ""));
    Some((Code::Flapping, message, help(&flap)))
}

/// What windows that can be open at once do to each other: one without a `lower` threshold, and one with.
///
/// Of windows that all have one, every `lower` alarm must fire, so the strictest counts, and that is told of its own
/// window.
pub(super) fn pairs(policy: &ScalingPolicy, windows: &[&Window]) -> Vec<Diagnostic> {
    let flap = |one: &Window, other: &Window| {
        let (one, other) = (Metric::of(one)?, Metric::of(other)?);
        let (out, into) = if one.lower.is_none() { (one, other) } else { (other, one) };
        let bounds = one.bounds.intersection(other.bounds)?;
        let is_told = out.lower.is_some()
            || out.name != into.name
            || out.upper.is_none_or(|upper| is_out_of_reach(out, Side::Upper, upper))
            || into.lower.is_none_or(|lower| is_out_of_reach(into, Side::Lower, lower));
        let flap = if is_told { None } else { find(out, into, bounds) }?;
        Some((flap, out.window.name.clone(), into.window.name.clone(), out.name.to_owned()))
    };
    let meetings = clashes(windows.iter().copied(), |one, other| flap(one, other).is_some());
    let told = meetings.into_iter().filter_map(|meeting| {
        let (flap, out, into, metric) = flap(meeting.first, meeting.second)?;
        let other = if flap.side == Side::Upper { &into } else { &out };
        let other = format!(" of `{other}`");
        let message = format!("`{out}` and `{into}` flap: {}", said(&flap, &metric, "the", &other));
        let diagnostic = Diagnostic::new(Code::Flapping, message).help(help(&flap));
        Some(opened(policy, &meeting, diagnostic))
    });
    told.collect()
}

/// The worst of what happens within bounds: when the load is just past a threshold, does the count that it asks for pass
/// the other one?
fn find(out: Metric<'_>, into: Metric<'_>, bounds: Bounds) -> Option<Flap> {
    let (upper, lower) = (out.upper?, into.lower?);
    if !out.is_share() {
        return None;
    }
    // Where there is no container there is no share.
    let (least, most) = (bounds.min.max(1), bounds.max);
    outward(upper, lower, least, most).or_else(|| inward(upper, lower, least, most))
}

/// The fewer there are, the more a step changes.
fn outward(upper: Threshold, lower: Threshold, least: u32, most: u32) -> Option<Flap> {
    let (from, to) = (least, least.saturating_add(upper.step).min(most));
    let after = upper.value * f64::from(from) / f64::from(to.max(1));
    (from < to && after < lower.value - TOLERANCE).then_some(Flap {
        side: Side::Upper,
        from,
        to,
        before: upper.value,
        after,
        passed: lower.value,
    })
}

/// A whole step down to the fewest changes the most.
fn inward(upper: Threshold, lower: Threshold, least: u32, most: u32) -> Option<Flap> {
    let (from, to) = (least.saturating_add(lower.step).min(most), least);
    let after = lower.value * f64::from(from) / f64::from(to);
    (from > to && after > upper.value + TOLERANCE).then_some(Flap {
        side: Side::Lower,
        from,
        to,
        before: lower.value,
        after,
        passed: upper.value,
    })
}

fn said(flap: &Flap, metric: &str, whose: &str, of: &str) -> String {
    let Flap { from, to, before, passed, .. } = flap;
    let instances = if *from == 1 { "instance uses" } else { "instances use" };
    let (them, use_) = if *to == 1 { ("", "uses") } else { (" of them", "use") };
    let is_below = match flap.side {
        Side::Upper => "below",
        Side::Lower => "above",
    };
    let other = match flap.side {
        Side::Upper => Side::Lower,
        Side::Lower => Side::Upper,
    };
    let its = if *from == 1 { "its" } else { "their" };
    format!(
        "where {from} {instances} {before} of {its} `{metric}`, {to}{them} {use_} {}, which is {is_below} {whose} `{}` \
         threshold of {passed}{of}",
        rounded(flap.after),
        other.as_str()
    )
}

fn help(flap: &Flap) -> String {
    match flap.side {
        Side::Upper => {
            let most = (flap.after * 1_000.0).floor() / 1_000.0;
            format!("make the `lower` threshold at most {most}, or add fewer at a time")
        }
        Side::Lower => {
            let most = flap.passed * f64::from(flap.to) / f64::from(flap.from);
            let most = (most * 1_000.0).floor() / 1_000.0;
            format!("make the `lower` threshold at most {most}, or remove fewer at a time")
        }
    }
}
