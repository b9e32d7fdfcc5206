//! Values that are known only when the application runs, where they must be known before.

use super::{reached, read::Read, types::NodeKind};
use crate::tosca::{Data, Deferred, Entity, Node, Piece, Policy, Topology, Value};
use paas_core::diagnostic::{Code, Diagnostic};

/// Diagnoses such values of nodes that are translated, and of policies. Host names may stand in some texts.
pub(super) fn check(kinds: &[Option<NodeKind>], topology: &Topology<'_>, read: &Read<'_>) {
    if !topology.has_deferred {
        return;
    }
    let check = Check { topology, read };
    for (node, kind) in topology.nodes.iter().zip(kinds) {
        if let Some(kind) = kind {
            check.node(node, *kind);
        }
    }
    let policies = topology.policies.iter().flat_map(|Policy { properties, .. }| properties);
    policies.for_each(|(_, value)| check.value(value, Holds::Known));
}

/// What an output waits for, if it is not known before the application runs.
pub(super) fn pending(value: &Value<'_>, read: &Read<'_>) -> Option<String> {
    if let Data::Deferred(deferred) = &value.data {
        let is_known = reached::segments(deferred, read.service_at, &value.at.place()).is_some();
        return (!is_known).then(|| deferred.to_string());
    }
    let inside = value.items().iter().chain(value.entries().iter().map(|(_, value)| value));
    inside.into_iter().find_map(|value| pending(value, read))
}

/// What a value may hold.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// Only what is known.
    Known,
    /// Host names in its texts.
    Hosts,
    /// Host names in the `content` of its maps.
    HostsInContent,
}

impl Holds {
    fn of(property: Option<&str>, kind: NodeKind) -> Self {
        match (kind, property) {
            (
                NodeKind::Service,
                Some("environment" | "command" | "entrypoint" | "labels" | "rancher_texts"),
            ) => Self::Hosts,
            (NodeKind::Service, Some("configuration_files")) => Self::HostsInContent,
            _ => Self::Known,
        }
    }

    fn inside(self, key: Option<&str>) -> Self {
        match (self, key) {
            (Self::HostsInContent, Some("content")) => Self::Hosts,
            _ => self,
        }
    }
}

struct Check<'c, 't> {
    topology: &'c Topology<'t>,
    read: &'c Read<'c>,
}

impl Check<'_, '_> {
    fn node(&self, node: &Node<'_>, kind: NodeKind) {
        for (key, value) in &node.properties {
            let holds = Holds::of(key.text(), kind);
            match (&value.data, holds) {
                // All of it at once is no text of its own.
                (Data::Deferred(_), _) => self.value(value, Holds::Known),
                _ => self.value(value, holds),
            }
        }
        let capabilities = node.capabilities.iter().flat_map(|(_, properties)| properties);
        let links = node.requirements.iter().flat_map(|requirement| &requirement.properties);
        capabilities.chain(links).for_each(|(_, value)| self.value(value, Holds::Known));
        if kind == NodeKind::Foreign {
            node.create_inputs.iter().for_each(|(_, value)| self.value(value, Holds::Hosts));
        }
    }

    fn value(&self, value: &Value<'_>, holds: Holds) {
        if let Data::Deferred(deferred) = &value.data {
            let is_known = reached::segments(deferred, self.read.service_at, &value.at.place()).is_some();
            if !is_known || holds != Holds::Hosts {
                self.push(value, deferred, is_known);
            }
        }
        value.items().iter().for_each(|item| self.value(item, holds));
        value.entries().iter().for_each(|(key, value)| self.value(value, holds.inside(key.text())));
    }

    fn push(&self, value: &Value<'_>, deferred: &Deferred<'_>, is_host_name: bool) {
        let message = format!("{deferred} is known only when the application runs");
        let mut diagnostic = Diagnostic::new(Code::NotKnownYet, message).at(value.at.place());
        for piece in &deferred.pieces {
            if let Piece::Attribute(attribute) = piece
                && let Entity::Node(index, _) = attribute.entity
                && let Some(node) = self.topology.nodes.get(index)
            {
                diagnostic = diagnostic.label(node.at.place(), "this node");
            }
        }
        self.read.report.push(diagnostic.help(if is_host_name {
            "host names can stand in `environment`, `command`, `entrypoint`, `labels`, `rancher_texts` and the `content` of configuration files"
        } else {
            help(deferred)
        }));
    }
}

fn help(deferred: &Deferred<'_>) -> &'static str {
    let is_address = |piece: &Piece<'_>| matches!(piece, Piece::Attribute(attribute) if attribute.name.ends_with("_address"));
    if deferred.pieces.iter().any(|piece| matches!(piece, Piece::Token { .. } | Piece::Join { .. })) {
        "use the whole value, which functions cannot take apart before the application runs"
    } else if deferred.pieces.iter().any(is_address) {
        "ask a service for its `host_name`, by which others reach it"
    } else {
        "give the value itself, or ask for a property"
    }
}
