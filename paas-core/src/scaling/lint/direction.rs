//! Counts that do not come back.

use super::{Metric, fixed_count, one::is_out_of_reach, warning};
use crate::{
    diagnostic::{Code, Diagnostic},
    scaling::{ScalingPolicy, Side, Window},
};

/// Windows whose `lower` alarm can take the last container away, which alone could raise an `upper` one.
pub(super) fn from_zero(policy: &ScalingPolicy, windows: &[&Window]) -> Vec<Diagnostic> {
    let metrics = windows.iter().filter_map(|window| Metric::of(window));
    let to_zero = metrics.filter(|metric| {
        let lower = metric.lower.filter(|lower| !is_out_of_reach(*metric, Side::Lower, *lower));
        metric.is_share() && metric.bounds.min == 0 && metric.bounds.max > 0 && lower.is_some()
    });
    let told = to_zero.map(|metric| {
        let (name, window) = (metric.name, &metric.window.name);
        let message = format!(
            "`{window}` can scale `{}` to 0 instances, of which there is no `{name}`: no alarm adds any again",
            policy.service
        );
        warning(policy, metric.window, Code::FromZero, message)
            .help("make its `min_instances` at least 1, or scale by a metric that is there without instances")
    });
    told.collect()
}

/// A plan whose alarms all move the count the same way, and which has no fixed window that moves it the other way.
pub(super) fn one_way(policy: &ScalingPolicy, windows: &[&Window]) -> Option<Diagnostic> {
    let metrics = || windows.iter().filter_map(|window| Metric::of(window));
    let fixed = || windows.iter().filter_map(|window| fixed_count(policy, window));
    let (first_out, first_in) =
        (metrics().find(|metric| metric.upper.is_some()), metrics().find(|metric| metric.lower.is_some()));
    let service = &policy.service;
    let (metric, message, help) = match (first_out, first_in) {
        (Some(out), None) => {
            let most =
                metrics().filter(|metric| metric.upper.is_some()).map(|metric| metric.bounds.max).max()?;
            if fixed().any(|count| count < most) {
                return None;
            }
            let message =
                format!("alarms add instances of `{service}`, up to {most}, and nothing removes any");
            (out, message, "give it a `lower` threshold too, or open a fixed window with fewer")
        }
        (None, Some(into)) => {
            let least =
                metrics().filter(|metric| metric.lower.is_some()).map(|metric| metric.bounds.min).min()?;
            if fixed().any(|count| count > least) {
                return None;
            }
            let message =
                format!("alarms remove instances of `{service}`, down to {least}, and nothing adds any");
            (into, message, "give it an `upper` threshold too, or open a fixed window with more")
        }
        _ => return None,
    };
    Some(warning(policy, metric.window, Code::OneWay, message).help(help))
}
