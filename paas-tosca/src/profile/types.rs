//! The types of the profile, by their ids.

use crate::tosca::{Kind, Library, TypeId, builtin};
use std::sync::OnceLock;

/// What a node of the profile is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Network,
    Volume,
    Service,
    LoadBalancer,
    External,
    /// A container by normative types.
    Foreign,
    /// What such a one is hosted on.
    Host,
    /// What binds a host to a network.
    Port,
}

impl NodeKind {
    pub(super) fn is_service(self) -> bool {
        matches!(self, Self::Service | Self::LoadBalancer | Self::External | Self::Foreign)
    }
}

/// What a relationship means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    PlacedIn,
    SidekickOf,
    Mounts,
    ConnectsTo,
    DependsOn,
    HostedOn,
    AttachesTo,
}

/// What a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PolicyKind {
    Metric,
    Fixed,
    /// `paas.policies.Scaling` itself.
    Abstract,
    /// It is about networks.
    Placement,
}

/// The ids of the profile's types.
pub(super) struct Types {
    nodes: Vec<(TypeId, NodeKind)>,
    /// The more special first.
    relations: Vec<(TypeId, Relation)>,
    policies: Vec<(TypeId, PolicyKind)>,
    container: Option<TypeId>,
    runtime: Option<TypeId>,
    software: Option<TypeId>,
    port: Option<TypeId>,
    endpoint: Option<TypeId>,
}

impl Types {
    pub(super) fn of_profile() -> &'static Self {
        static TYPES: OnceLock<Types> = OnceLock::new();
        TYPES.get_or_init(|| {
            fn ids<K: Copy>(kind: Kind, table: &[(&str, K)]) -> Vec<(TypeId, K)> {
                let find = |&(name, meaning): &(&str, K)| builtin().find(kind, name).map(|id| (id, meaning));
                table.iter().filter_map(find).collect()
            }
            let node = |name| builtin().find(Kind::Node, name);
            Self {
                container: node("tosca.nodes.Container.Application"),
                runtime: node("tosca.nodes.Container.Runtime"),
                software: node("tosca.nodes.SoftwareComponent"),
                port: node("tosca.nodes.network.Port"),
                endpoint: builtin().find(Kind::Capability, "tosca.capabilities.Endpoint"),
                nodes: ids(
                    Kind::Node,
                    &[
                        ("paas.nodes.Service", NodeKind::Service),
                        ("paas.nodes.LoadBalancer", NodeKind::LoadBalancer),
                        ("paas.nodes.ExternalService", NodeKind::External),
                        ("tosca.nodes.network.Network", NodeKind::Network),
                        ("paas.nodes.Volume", NodeKind::Volume),
                    ],
                ),
                relations: ids(
                    Kind::Relationship,
                    &[
                        ("paas.relationships.PlacedIn", Relation::PlacedIn),
                        ("paas.relationships.SidekickOf", Relation::SidekickOf),
                        ("paas.relationships.Mounts", Relation::Mounts),
                        ("tosca.relationships.ConnectsTo", Relation::ConnectsTo),
                        ("tosca.relationships.DependsOn", Relation::DependsOn),
                        ("tosca.relationships.HostedOn", Relation::HostedOn),
                        ("tosca.relationships.AttachesTo", Relation::AttachesTo),
                    ],
                ),
                policies: ids(
                    Kind::Policy,
                    &[
                        ("paas.policies.Scaling.Metric", PolicyKind::Metric),
                        ("paas.policies.Scaling.Fixed", PolicyKind::Fixed),
                        ("paas.policies.Scaling", PolicyKind::Abstract),
                        ("paas.policies.Placement", PolicyKind::Placement),
                    ],
                ),
            }
        })
    }

    pub(super) fn node(&self, library: &Library<'_>, ty: TypeId) -> Option<NodeKind> {
        meaning(&self.nodes, library, ty)
    }

    pub(super) fn is_container(&self, library: &Library<'_>, ty: TypeId) -> bool {
        is(self.container, library, ty)
    }

    pub(super) fn is_runtime(&self, library: &Library<'_>, ty: TypeId) -> bool {
        is(self.runtime, library, ty)
    }

    pub(super) fn is_software(&self, library: &Library<'_>, ty: TypeId) -> bool {
        is(self.software, library, ty)
    }

    pub(super) fn is_port(&self, library: &Library<'_>, ty: TypeId) -> bool {
        is(self.port, library, ty)
    }

    pub(super) fn is_endpoint(&self, library: &Library<'_>, ty: TypeId) -> bool {
        is(self.endpoint, library, ty)
    }

    pub(super) fn relation(&self, library: &Library<'_>, ty: TypeId) -> Option<Relation> {
        meaning(&self.relations, library, ty)
    }

    pub(super) fn policy(&self, library: &Library<'_>, ty: TypeId) -> Option<PolicyKind> {
        meaning(&self.policies, library, ty)
    }
}

fn is(wanted: Option<TypeId>, library: &Library<'_>, ty: TypeId) -> bool {
    wanted.is_some_and(|wanted| library.derives(ty, wanted))
}

fn meaning<K: Copy>(table: &[(TypeId, K)], library: &Library<'_>, ty: TypeId) -> Option<K> {
    table.iter().find(|(id, _)| library.derives(ty, *id)).map(|(_, meaning)| *meaning)
}
