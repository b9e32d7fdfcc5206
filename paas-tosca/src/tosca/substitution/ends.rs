//! What a template offers to those who point at the node that it stands for.

use super::{Stands, check::entries};
use crate::{
    tosca::{function::Evaluation, topology::Topology},
    yaml::NodeRef,
};
use rustc_hash::FxHashMap;

/// Nodes of a template that stand for parts of a node.
#[derive(Debug, Default)]
pub(in crate::tosca) struct Ends<'t> {
    /// The mappings, where they stand.
    pub(super) mappings: Option<NodeRef<'t>>,
    /// By the names of capabilities: which node, and which of its capabilities.
    pub(super) capabilities: FxHashMap<&'t str, (usize, &'t str)>,
    /// The name of a requirement, which node gets it, and as which of its own.
    pub(super) requirements: Vec<(&'t str, usize, &'t str)>,
    /// All nodes that are deployed.
    pub(super) nodes: Vec<usize>,
}

impl<'t> Ends<'t> {
    /// What the mappings of a topology say that was read.
    pub(in crate::tosca) fn of(
        node: NodeRef<'t>,
        evaluation: &Evaluation<'_, 't>,
        topology: &Topology<'t>,
        stands: &Stands<'t>,
    ) -> Self {
        let deployed = topology.nodes.iter().enumerate().filter(|(_, node)| !node.is_replaced);
        let mut ends = Self {
            mappings: node.get("substitution_mappings"),
            nodes: deployed.map(|(index, _)| topology.base + index).collect(),
            ..Self::default()
        };
        let Some(mappings) = ends.mappings else { return ends };
        for (key, value) in entries(mappings, "capabilities") {
            let (Some(key), Some((node, name))) = (key.text(), pair(evaluation, value)) else { continue };
            let end = match stands.get(&node) {
                Some(inner) => inner.capabilities.get(name).copied(),
                None => Some((topology.base + node, name)),
            };
            ends.capabilities.extend(end.map(|end| (key, end)));
        }
        for (key, value) in entries(mappings, "requirements") {
            let (Some(key), Some((node, name))) = (key.text(), pair(evaluation, value)) else { continue };
            match stands.get(&node) {
                Some(inner) => {
                    ends.requirements.extend(inner.requirement(name).map(|(to, own)| (key, to, own)));
                }
                None => ends.requirements.push((key, topology.base + node, name)),
            }
        }
        ends
    }

    /// Which nodes get a requirement, and as which of their own.
    pub(super) fn requirement(&self, name: &str) -> impl Iterator<Item = (usize, &'t str)> {
        self.requirements.iter().filter(move |(outer, ..)| *outer == name).map(|(_, to, own)| (*to, *own))
    }
}

/// The requirements of nodes that are met by those of the node that a topology stands for.
pub(in crate::tosca) fn mapped<'t>(
    node: NodeRef<'t>,
    evaluation: &Evaluation<'_, 't>,
) -> impl Iterator<Item = (usize, &'t str)> {
    let mappings = node.get("substitution_mappings").into_iter();
    let all = mappings.flat_map(|mappings| entries(mappings, "requirements"));
    all.filter_map(|(_, value)| pair(evaluation, value))
}

/// The index of the node, and the second name, of `[ node, name ]`; what is wrong with it was told.
fn pair<'t>(evaluation: &Evaluation<'_, 't>, value: NodeRef<'t>) -> Option<(usize, &'t str)> {
    let value = value.get("mapping").unwrap_or(value);
    let mut items = value.items();
    let (node, name) = (items.next()?.text()?, items.next()?.text()?);
    evaluation.index.get(node).map(|&index| (index, name))
}
