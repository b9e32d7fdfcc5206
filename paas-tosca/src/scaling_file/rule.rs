//! What holds in a window.

use super::{
    Report, keys,
    map::{Map, number, wrong},
    plan::bounds,
};
use crate::yaml::{Kind, NodeRef};
use paas_core::{
    diagnostic::Code,
    scaling::{FixedCount, Rule, Threshold},
};

pub(super) fn read(node: NodeRef<'_>, report: &mut Report) -> Option<Rule> {
    match node.get("kind").and_then(NodeRef::text) {
        Some("metric") => metric(Map::read(node, "a rule of a metric", keys::METRIC, report)?, report),
        Some("fixed") => fixed(Map::read(node, "a fixed rule", keys::FIXED, report)?, report),
        kind if node.kind() == Kind::Mapping => {
            const HELP: &str = "write `kind: metric` or `kind: fixed`";
            match node.get("kind").filter(|value| !value.is_null()) {
                Some(value) if kind.is_some() => wrong(value, "kind", "it is `metric` or `fixed`", report),
                Some(value) => {
                    let message = format!("`kind` is a single value, but here is {}", value.kind());
                    report.help(Code::ScalingFileWrongShape, value, message, HELP);
                }
                None => {
                    let message = "a rule has no `kind`".to_owned();
                    report.help(Code::ScalingFileMissingKey, node, message, HELP);
                }
            }
            None
        }
        _ => {
            let message = format!("`rule` is a map, but here is {}", node.kind());
            let help = "write such as `rule: { kind: fixed, count: max }`";
            report.help(Code::ScalingFileWrongShape, node, message, help);
            None
        }
    }
}

fn metric(map: Map<'_>, report: &mut Report) -> Option<Rule> {
    let metric = map.text("metric", report);
    // Of thresholds that are bare numbers.
    let sustained = map.milliseconds_or("sustained_for_ms", Threshold::DEFAULT_SUSTAINED_MS, report);
    let step = map.count_or("step", 1, report);
    let common = Threshold::new(0.0)
        .for_ms(sustained.unwrap_or(Threshold::DEFAULT_SUSTAINED_MS))
        .by(step.unwrap_or(1));
    // Outside whether it could be read, inside whether there is one.
    let mut side =
        |key| map.get(key).map_or(Some(None), |node| threshold(node, key, common, report).map(Some));
    let (upper, lower) = (side("upper"), side("lower"));
    let bounds = bounds(map, report);
    let rule = Rule::Metric { metric: metric?.to_owned(), upper: upper?, lower: lower?, bounds: bounds? };
    (map.is_whole && sustained.is_some() && step.is_some()).then_some(rule)
}

fn threshold(node: NodeRef<'_>, key: &str, common: Threshold, report: &mut Report) -> Option<Threshold> {
    if node.kind() != Kind::Mapping {
        return number(node, key, report).map(|value| Threshold { value, ..common });
    }
    let map = Map::read(node, &format!("`{key}`"), keys::THRESHOLD, report)?;
    let value = map.get("value").and_then(|value| number(value, "value", report));
    let sustained = map.milliseconds_or("sustained_for_ms", Threshold::DEFAULT_SUSTAINED_MS, report);
    let step = map.count_or("step", 1, report);
    let threshold = Threshold::new(value?).for_ms(sustained?).by(step?);
    map.is_whole.then_some(threshold)
}

fn fixed(map: Map<'_>, report: &mut Report) -> Option<Rule> {
    let node = map.get("count")?;
    let count = match (node.kind(), node.text()) {
        (Kind::Scalar, Some("min")) => FixedCount::Min,
        (Kind::Scalar, Some("max")) => FixedCount::Max,
        (Kind::Mapping, _) => {
            let exact = Map::read(node, "`count`", keys::COUNT, report)?;
            FixedCount::Count(exact.count("count", report).filter(|_| exact.is_whole)?)
        }
        (Kind::Sequence, _) => {
            let message = "`count` is a single value or a map, but here is a list".to_owned();
            report.help(Code::ScalingFileWrongShape, node, message, "write `min`, `max` or `{ count: 3 }`");
            return None;
        }
        _ => {
            wrong(node, "count", "it is `min`, `max` or such as `{ count: 3 }`", report);
            return None;
        }
    };
    map.is_whole.then_some(Rule::Fixed { count })
}
