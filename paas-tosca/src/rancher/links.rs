//! How a service reaches others.
//!
//! Inside a network that is `links: ["service:alias"]`, across networks `external_links:
//! ["environment/stack/service:alias"]`. A `dependency` is not written: the order is that of the release's stages.

use super::{index::Index, interpolate::push_literal};
use crate::yaml::emit::Map;
use paas_core::{
    application::{Link, LinkKind, Service},
    release::Part,
};
use rustc_hash::FxHashSet;

/// Writes the connections of a service, each target and alias once.
pub(super) fn write(map: &mut Map<'_>, service: &Service, here: &Part, index: &Index<'_>) {
    let connections = distinct_connections(&service.links);
    if connections.is_empty() {
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
        for link in &connections {
            let Some(part) = index.elsewhere(&link.to, here) else { continue };
            links.item().quoted(|quoted| {
                for piece in [&part.environment, index.stack] {
                    push_literal(quoted, piece);
                    quoted.push("/");
                }
                push_literal(quoted, &link.to);
                quoted.push(":");
                push_literal(quoted, link.name());
            });
        }
    });
}

fn distinct_connections(links: &[Link]) -> Vec<&Link> {
    let mut seen = FxHashSet::default();
    links
        .iter()
        .filter(|link| link.kind == LinkKind::Connection)
        .filter(|link| links.len() == 1 || seen.insert((link.to.as_str(), link.name())))
        .collect()
}
