//! Rules about hosts, as labels that Rancher's scheduler reads.
//!
//! `io.rancher.scheduler.affinity:WHAT`, with `_ne` for what must not be and `_soft` for what only should. A label has
//! all rules of its kind, as `key=value` joined by commas; names and values hold neither, which the checker sees to.

use super::index::Index;
use paas_core::application::{AffinityRule, AffinityTo, Container};
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
        let suffix = match affinity.rule {
            AffinityRule::Should => "_soft",
            AffinityRule::MustNot => "_ne",
            AffinityRule::ShouldNot => "_soft_ne",
            _ => "",
        };
        match &affinity.to {
            AffinityTo::Host { label, value } => add(format!("{PREFIX}host_label{suffix}"), label, value),
            AffinityTo::Container { label, value } => {
                add(format!("{PREFIX}container_label{suffix}"), label, value);
            }
            AffinityTo::Service(service) => {
                let value = format!("{}/{service}", index.stack);
                add(format!("{PREFIX}container_label{suffix}"), SERVICE, &value);
            }
            _ => {}
        }
    }
    labels.into_iter().map(|(key, pairs)| (key, pairs.join(","))).collect()
}
