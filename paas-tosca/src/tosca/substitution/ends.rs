//! What a template offers to those who point at the node that it stands for.

use super::{Stands, attributes::Meaning, check::entries};
use crate::{
    tosca::{
        deferred::{Attribute, Entity},
        function::Evaluation,
        topology::{OutputValue, Topology},
    },
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
    /// By the names of attributes: which node, and which of its attributes.
    attributes: FxHashMap<&'t str, (usize, &'t str)>,
    /// By the names of attributes: which output.
    from_outputs: FxHashMap<&'t str, &'t str>,
    /// The outputs of the template.
    pub(super) outputs: Vec<OutputValue<'t>>,
    /// The names of its nodes, for messages.
    names: FxHashMap<usize, &'t str>,
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
        for (key, value) in entries(mappings, "attributes") {
            let Some(key) = key.text() else { continue };
            let value = value.get("mapping").unwrap_or(value);
            match (pair(evaluation, value), value.items().len()) {
                (Some((node, name)), 2) => {
                    let end = match stands.get(&node) {
                        Some(inner) => inner.attributes.get(name).copied(),
                        None => Some((topology.base + node, name)),
                    };
                    ends.attributes.extend(end.map(|end| (key, end)));
                }
                (_, 1) => {
                    let output = value.items().next().and_then(NodeRef::text);
                    ends.from_outputs.extend(output.map(|output| (key, output)));
                }
                _ => {}
            }
        }
        ends.name_ends(topology);
        ends
    }

    /// Keeps the names of the nodes that attributes lead to.
    fn name_ends(&mut self, topology: &Topology<'t>) {
        let ends = self.capabilities.values().chain(self.attributes.values());
        let names = ends
            .filter_map(|&(index, _)| Some((index, topology.nodes.get(index - topology.base)?.own_name())));
        self.names = names.collect();
    }

    /// What an attribute of the node is: that of another node, or the value of an output.
    pub(super) fn attribute(&self, asked: &Attribute<'t>) -> Option<Meaning<'_, 't>> {
        let to = |(node, capability, name): (usize, Option<&'t str>, &'t str)| {
            let own = self.names.get(&node)?;
            Some(Meaning::Attribute(Attribute {
                entity: Entity::Node(node, own),
                capability,
                name,
                path: asked.path.clone(),
            }))
        };
        if let Some(capability) = asked.capability {
            let &(node, capability) = self.capabilities.get(capability)?;
            return to((node, Some(capability), asked.name));
        }
        if let Some(&(node, name)) = self.attributes.get(asked.name) {
            return to((node, None, name));
        }
        let output = self.from_outputs.get(asked.name).copied().unwrap_or(asked.name);
        let found = self.outputs.iter().find(|it| it.name == output && asked.path.is_empty())?;
        Some(Meaning::Value(&found.value))
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
