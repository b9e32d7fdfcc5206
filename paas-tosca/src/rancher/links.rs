//! How a service reaches others.
//!
//! Inside a network that is `links: ["service:alias"]`, across networks `external_links:
//! ["environment/stack/service:alias"]`. A `dependency` is not written: the order is that of the release's stages.
//!
//! The executor sends the links of services only. So a service has those of its sidekicks too, and these have none. What it
//! passes on to Rancher itself stands behind them.

use super::{
    index::Index,
    interpolate::{self, push_literal},
    passed,
};
use crate::yaml::emit::Map;
use paas_core::{
    application::{Link, LinkKind, Service, Value},
    release::Part,
};
use rustc_hash::FxHashSet;

/// Writes the connections of a service, each target and alias once.
pub(super) fn write(map: &mut Map<'_>, service: &Service, here: &Part, index: &Index<'_>) {
    if service.sidekick().is_some() {
        return;
    }
    let connections = connections(service, index);
    let beside = index.sidekicks(&service.name).iter().copied();
    let containers = std::iter::once(service).chain(beside).filter_map(Service::container);
    let passed: Vec<&Value> = containers.flat_map(passed::links).collect();
    if connections.is_empty() && passed.is_empty() {
        return;
    }
    map.entry("links").list_unless_empty(|links| {
        for link in connections.iter().filter(|link| index.elsewhere(&link.to, here).is_none()) {
            links.item().quoted(|quoted| {
                push_literal(quoted, &link.to);
                quoted.push(":");
                push_literal(quoted, link.name());
            });
        }
    });
    map.entry("external_links").list_unless_empty(|links| {
        let mut written = FxHashSet::default();
        for link in &connections {
            let Some(part) = index.elsewhere(&link.to, here) else { continue };
            let target = [&part.environment, index.stack, &link.to];
            if !passed.is_empty() {
                written.insert(format!("{}:{}", target.join("/"), link.name()));
            }
            links.item().quoted(|quoted| {
                let [environment, stack, to] = target;
                for piece in [environment, "/", stack, "/", to, ":", link.name()] {
                    push_literal(quoted, piece);
                }
            });
        }
        for link in passed {
            let Value::Text(text) = link else { continue };
            if text.as_plain().is_none_or(|plain| written.insert(plain.to_owned())) {
                interpolate::text(links.item(), text, service, index);
            }
        }
    });
}

/// The connections of a service and its sidekicks, each target and alias once.
fn connections<'a>(service: &'a Service, index: &Index<'a>) -> Vec<&'a Link> {
    let sidekicks = index.sidekicks(&service.name);
    let mut seen = FxHashSet::default();
    let is_only = service.links.len() == 1 && sidekicks.is_empty();
    let links = service.links.iter().chain(sidekicks.iter().flat_map(|sidekick| &sidekick.links));
    links
        .filter(|link| link.kind == LinkKind::Connection)
        // What runs beside each other needs no links.
        .filter(|link| sidekicks.is_empty() || !index.is_beside(&service.name, &link.to))
        .filter(|link| is_only || seen.insert((link.to.as_str(), link.name())))
        .collect()
}
