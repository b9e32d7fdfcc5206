//! Fixed windows above metric ones.

use super::{Metric, fixed_count, warning};
use crate::{
    diagnostic::{Code, Diagnostic},
    scaling::{
        Rule, ScalingPolicy, Window,
        faults::said,
        overlap::{Opening, clashes},
        validate::{opened, place},
    },
};

/// Metric windows that are open only when a fixed one is, with some of these.
pub(super) fn never_acts(policy: &ScalingPolicy, idle: &[&Window], fixed: &[&Window]) -> Vec<Diagnostic> {
    /// More of them explain nothing.
    const NAMED: usize = 3;
    if idle.is_empty() {
        return Vec::new();
    }
    let is_fixed = |window: &Window| matches!(window.rule, Rule::Fixed { .. });
    let both = fixed.iter().chain(idle).copied();
    let meetings = clashes(both, |one, other| is_fixed(one) != is_fixed(other));
    let told = idle.iter().map(|window| {
        let name = &window.name;
        let message =
            format!("`{name}` never acts: whenever it is open, a fixed window is too, and holds the count");
        let diagnostic = warning(policy, window, Code::WindowNeverActs, message)
            .help(format!("open `{name}` when no fixed window is, or disable it"));
        let above = meetings.iter().filter(|meeting| std::ptr::eq(meeting.second, *window));
        above.take(NAMED).fold(diagnostic, |diagnostic, meeting| {
            let text = format!("`{}` is open {}", meeting.first.name, Opening(meeting.first));
            diagnostic.label(place(policy, meeting.first), text)
        })
    });
    told.collect()
}

/// Fixed counts that the bounds of a metric window leave out, though both can be open at once. The fixed one wins.
///
/// One that ends as the other begins is right: the count from before comes back, within the bounds.
pub(super) fn fixed_outside(policy: &ScalingPolicy, windows: &[&Window]) -> Vec<Diagnostic> {
    let outside = |one: &Window, other: &Window| match (fixed_count(policy, one), Metric::of(other)) {
        (Some(count), Some(metric)) if !metric.bounds.contains(count) => Some((count, metric.bounds)),
        _ => None,
    };
    let either = |one: &Window, other: &Window| outside(one, other).or_else(|| outside(other, one));
    let meetings = clashes(windows.iter().copied(), |one, other| either(one, other).is_some());
    let told = meetings.into_iter().filter_map(|meeting| {
        let (count, bounds) = either(meeting.first, meeting.second)?;
        let is_first = Metric::of(meeting.first).is_none();
        let (fixed, metric) =
            if is_first { (meeting.first, meeting.second) } else { (meeting.second, meeting.first) };
        let (fixed, metric) = (&fixed.name, &metric.name);
        let message = format!(
            "`{fixed}` holds the count at {count}, but `{metric}` scales {}: both are open {meeting}",
            said(bounds)
        );
        let diagnostic = Diagnostic::new(Code::FixedOutsideBounds, message).help(format!(
            "the fixed window wins: let the bounds of `{metric}` hold {count}, or part the windows"
        ));
        Some(opened(policy, &meeting, diagnostic))
    });
    told.collect()
}
