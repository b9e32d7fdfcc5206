//! Metric windows.

use super::Read;
use crate::tosca::{Policy, Value, find};
use paas_core::{
    diagnostic::{Code, Diagnostic},
    scaling::{Bounds, Rule, Side, Threshold},
};

/// What a policy of a metric says holds in its window.
pub(super) fn rule(policy: &Policy<'_>, read: &Read<'_>) -> Option<Rule> {
    let property = |name: &str| find(&policy.properties, name);
    let threshold = |name: &str| match property(name) {
        Some(value) if value.is_settled() => None,
        value => Some(value.and_then(Value::as_float)),
    };
    let (upper, lower) = (threshold("upper")?, threshold("lower")?);
    let (least, most) = (property("min_instances"), property("max_instances"));
    let bounds = Bounds { min: read.count("min_instances", least)?, max: read.count("max_instances", most)? };
    // The planner holds these rules too, but knows the policy's place only.
    let contradicts = |code, low: Option<&Value<'_>>, high: Option<&Value<'_>>, message: &str| {
        let diagnostic = Diagnostic::new(code, message).at(low.map(|low| low.at.place()));
        read.report.push(diagnostic.label(high.map(|high| high.at.place()), "the other"));
    };
    if lower.zip(upper).is_some_and(|(lower, upper)| lower >= upper) {
        let message = "`lower` must be less than `upper`";
        contradicts(Code::Thresholds, property("lower"), property("upper"), message);
        return None;
    }
    let metric = read.string(property("metric"))?;
    if let Some(value) = property("metric").filter(|_| metric.trim().is_empty()) {
        read.report.at(Code::Thresholds, value.at, "the `metric` has no name");
        return None;
    }
    // Of these the metric is used capacity over capacity.
    if matches!(metric.as_str(), "cpu" | "memory") {
        for value in [property("upper"), property("lower")].into_iter().flatten() {
            if value.as_float().is_some_and(|threshold| threshold > 1.0) {
                let message = format!("a threshold of `{metric}` is a share of what it may use, from 0 to 1");
                read.report.help(
                    Code::Thresholds,
                    value.at,
                    message,
                    "write `0.7` for 70 percent".to_owned(),
                );
            }
        }
    }
    if bounds.min > bounds.max {
        contradicts(Code::Bounds, least, most, "`min_instances` must be at most `max_instances`");
        return None;
    }
    let upper = side(policy, Side::Upper, upper, read)?;
    let lower = side(policy, Side::Lower, lower, read)?;
    Some(Rule::Metric { metric, upper, lower, bounds })
}

/// A threshold with its own time and step, or those of both.
fn side(policy: &Policy<'_>, side: Side, value: Option<f64>, read: &Read<'_>) -> Option<Option<Threshold>> {
    let property = |name: &str| find(&policy.properties, name);
    let (word, own_time, own_step) = match side {
        Side::Upper => ("upper", "upper_sustained_for", "upper_step"),
        Side::Lower => ("lower", "lower_sustained_for", "lower_step"),
    };
    let Some(value) = value else {
        for (name, given) in [own_time, own_step].into_iter().filter_map(|name| Some((name, property(name)?)))
        {
            let message = format!("`{name}` says nothing without `{word}`");
            read.report.help(Code::Thresholds, given.at, message, format!("give `{word}`, or remove it"));
        }
        return Some(None);
    };
    let own_or = |own, common| property(own).map_or((common, property(common)), |value| (own, Some(value)));
    let ((time_name, time), (step_name, step)) =
        (own_or(own_time, "sustained_for"), own_or(own_step, "step"));
    let threshold =
        Threshold::new(value).for_ms(read.milliseconds(time_name, time)?).by(read.count(step_name, step)?);
    Some(Some(threshold))
}
