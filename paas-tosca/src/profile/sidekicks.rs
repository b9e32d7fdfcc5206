//! Services that run beside others.

use super::{Context, NodeKind, Relation};
use crate::tosca::{Node, Value, find};
use paas_core::{
    application::{Container, Service, ServiceKind, Sidekick},
    diagnostic::{Code, Diagnostic},
};
use std::collections::BTreeMap;

impl<'t> Context<'_, 't> {
    /// What a service runs beside, if its requirements say so.
    pub(super) fn sidekick(&self, node: &Node<'t>, container: &Container) -> Option<Sidekick> {
        let requirement = node
            .requirements
            .iter()
            .find(|link| self.relation(link.relationship) == Some(Relation::SidekickOf))
            .filter(|link| link.whole)?;
        // A node of another type is diagnosed itself.
        if !self.kind(requirement.target).is_some_and(NodeKind::is_service) {
            return None;
        }
        let target = self.document.topology.nodes.get(requirement.target)?;
        let flag =
            |name: &str| find(&requirement.properties, name).and_then(Value::as_boolean).unwrap_or(false);
        let mut sidekick = Sidekick::new(target.name);
        sidekick.volumes_from = flag("volumes_from");
        sidekick.share_network = flag("share_network");
        sidekick.origin = requirement.at.place().into();
        let refuse = |code: Code, value: Option<&Value<'_>>, message: String| {
            let place = value.map(|value| value.at.place());
            let diagnostic = Diagnostic::new(code, message).at(place);
            self.read.report.push(diagnostic.label(requirement.at.place(), "a sidekick by this"));
        };
        let initial = node.given_capability("scalable", "default_instances");
        if let Some(count) = initial.or_else(|| node.property("scale").filter(|_| node.gives("scale"))) {
            let of = target.name;
            refuse(
                Code::ScaleConflict,
                Some(count),
                format!("a sidekick has the count of `{of}`, not its own"),
            );
        }
        if container.everywhere {
            let message = "a sidekick is where its service is, and so not by itself on every host".to_owned();
            refuse(Code::ScaleConflict, node.property("everywhere"), message);
        }
        if sidekick.share_network && container.security.host_network {
            let message =
                "a sidekick has the network of its host or that of its service, not both".to_owned();
            refuse(Code::Sidekick, find(&requirement.properties, "share_network"), message);
        }
        Some(sidekick)
    }
}

/// Gives sidekicks the count of what they run beside.
pub(super) fn share_counts(services: &mut [Service]) {
    if services.iter().all(|service| service.sidekick().is_none()) {
        return;
    }
    let count =
        |service: &Service| service.container().map(|it| (service.name.clone(), (it.scale, it.everywhere)));
    let counts: BTreeMap<_, _> = services.iter().filter_map(count).collect();
    for service in services {
        if let ServiceKind::Container(container) = &mut service.kind
            && let Some(sidekick) = &container.sidekick
            && let Some(&(scale, everywhere)) = counts.get(&sidekick.of)
        {
            (container.scale, container.everywhere) = (scale, everywhere);
        }
    }
}
