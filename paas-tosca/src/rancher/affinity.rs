//! Rules about hosts, as labels that Rancher's scheduler reads.
//!
//! `io.rancher.scheduler.affinity:WHAT`, with `_ne` for what must not be and `_soft` for what only should. A label has
//! all rules of its kind, as `key=value` joined by commas; names and values hold neither, which the checker sees to.

use super::index::Index;
use paas_core::application::{Affinity, AffinityRule, AffinityTo, Container};
use std::collections::BTreeMap;

const PREFIX: &str = "io.rancher.scheduler.affinity:";
/// The label by which Rancher says which service a container belongs to.
const SERVICE: &str = "io.rancher.stack_service.name";

/// The labels of a container's rules.
pub(super) fn labels(container: &Container, index: &Index<'_>) -> BTreeMap<String, String> {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |key: String, label: &str, value: &str| {
        let pair = format!("{label}={value}");
        let pairs = labels.entry(key).or_default();
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    };
    for (label, value) in &container.host_affinity {
        add(format!("{PREFIX}host_label"), label, value);
    }
    for affinity in &container.affinities {
        match &affinity.to {
            AffinityTo::Host { label, value } | AffinityTo::Container { label, value } => {
                add(key(affinity), label, value);
            }
            AffinityTo::Service(service) => {
                add(key(affinity), SERVICE, &format!("{}/{service}", index.stack));
            }
            _ => {}
        }
    }
    labels.into_iter().map(|(key, pairs)| (key, pairs.join(","))).collect()
}

/// Whether a label is written for the rules of a container.
pub(crate) fn is_written(label: &str, container: &Container) -> bool {
    (label.strip_prefix(PREFIX) == Some("host_label") && !container.host_affinity.is_empty())
        || container.affinities.iter().any(|affinity| key(affinity) == label)
}

fn key(affinity: &Affinity) -> String {
    let what = if matches!(affinity.to, AffinityTo::Host { .. }) { "host_label" } else { "container_label" };
    let suffix = match affinity.rule {
        AffinityRule::Should => "_soft",
        AffinityRule::MustNot => "_ne",
        AffinityRule::ShouldNot => "_soft_ne",
        _ => "",
    };
    format!("{PREFIX}{what}{suffix}")
}
