//! Keys that a container passes on to Rancher as they are.

use super::{
    container::shares_network,
    index::Index,
    interpolate,
    options::{self, File},
};
use crate::yaml::emit::{Map, Slot};
use paas_core::application::{Container, Service, Text, Value};

/// Writes those of one file, but for what is joined with our own: see [`labels`], [`links`] and [`target_rules`].
pub(super) fn write(
    map: &mut Map<'_>,
    file: File,
    container: &Container,
    service: &Service,
    index: &Index<'_>,
) {
    for (name, shown) in &container.rancher {
        let is_ours = match name.as_str() {
            LABELS | LINKS | TARGET_RULES => true,
            // The words of the model count.
            "network_mode" => container.security.host_network || shares_network(container),
            "restart" => container.restart_on_failure,
            _ => false,
        };
        if !is_ours && options::key(name).is_some_and(|key| key.file == file) {
            value(map.entry(name), shown, service, index);
        }
    }
}

const LABELS: &str = "labels";
const LINKS: &str = "external_links";
const TARGET_RULES: &str = "lb_config";

/// Labels that stand beside those of the model.
pub(super) fn labels(container: &Container) -> impl Iterator<Item = (&String, &Text)> {
    let labels = match container.rancher.get(LABELS) {
        Some(Value::Map(labels)) => Some(labels),
        _ => None,
    };
    labels.into_iter().flatten().filter_map(|(name, value)| match value {
        Value::Text(text) => Some((name, text)),
        _ => None,
    })
}

/// Links to services of other stacks, which stand behind our own.
pub(super) fn links(container: &Container) -> &[Value] {
    match container.rancher.get(LINKS) {
        Some(Value::List(links)) => links,
        _ => &[],
    }
}

/// What a container says itself of the requests that it takes from load balancers; it stands behind our own rules.
pub(super) fn target_rules(container: &Container) -> &[Value] {
    let rules = match container.rancher.get(TARGET_RULES) {
        Some(Value::Map(config)) => config.get("port_rules"),
        _ => None,
    };
    match rules {
        Some(Value::List(rules)) => rules,
        _ => &[],
    }
}

/// A value with the types that it has in JSON.
pub(super) fn value(slot: Slot<'_>, shown: &Value, service: &Service, index: &Index<'_>) {
    match shown {
        Value::Null => slot.null(),
        Value::Boolean(value) => slot.boolean(*value),
        Value::Integer(number) => slot.integer(*number),
        Value::Float(number) => slot.float(*number),
        Value::Text(text) => interpolate::text(slot, text, service, index),
        Value::List(items) => slot.list(|list| {
            for item in items {
                value(list.item(), item, service, index);
            }
        }),
        Value::Map(entries) => slot.map(|map| {
            for (name, inside) in entries {
                value(map.entry(name), inside, service, index);
            }
        }),
    }
}
