//! Values that are known only when the application runs, where they must be known before.

use crate::tosca::{Data, Entity, Node, Piece, Policy, Report, Topology, Value};
use paas_core::diagnostic::{Code, Diagnostic};

/// Diagnoses such values of nodes that are translated.
pub(super) fn check<'n, 't: 'n>(
    nodes: impl Iterator<Item = &'n Node<'t>>,
    topology: &Topology<'t>,
    report: &Report,
) {
    if !topology.has_deferred {
        return;
    }
    let policies = topology.policies.iter().flat_map(|Policy { properties, .. }| properties);
    let of_nodes = nodes.flat_map(|node| {
        let capabilities = node.capabilities.iter().flat_map(|(_, properties)| properties);
        let links = node.requirements.iter().flat_map(|requirement| &requirement.properties);
        node.properties.iter().chain(capabilities).chain(links)
    });
    of_nodes.chain(policies).for_each(|(_, value)| check_value(value, topology, report));
}

fn check_value(value: &Value<'_>, topology: &Topology<'_>, report: &Report) {
    if let Data::Deferred(deferred) = &value.data {
        let message = format!("{deferred} is known only when the application runs");
        let mut diagnostic = Diagnostic::new(Code::NotKnownYet, message).at(value.at.place());
        for piece in &deferred.pieces {
            if let Piece::Attribute(attribute) = piece
                && let Entity::Node(index, _) = attribute.entity
                && let Some(node) = topology.nodes.get(index)
            {
                diagnostic = diagnostic.label(node.at.place(), "this node");
            }
        }
        report.push(diagnostic.help("give the value itself, or ask for a property"));
    }
    value.items().iter().for_each(|item| check_value(item, topology, report));
    value.entries().iter().for_each(|(_, value)| check_value(value, topology, report));
}
