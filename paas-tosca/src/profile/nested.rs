//! Nodes of templates that stand for other nodes: what names mean inside of these, and outside.

use super::{
    Context,
    types::{NodeKind, Types},
};
use crate::tosca::{Document, Node, Requirement};
use paas_core::application::{AffinityTo, Container, Link, LoadBalancer, Value};
use rustc_hash::FxHashMap;

/// Nodes by the name of the node that their template stands for, and by their own.
pub(super) type Beside<'t> = FxHashMap<(&'t str, &'t str), usize>;

/// What a node is, unless a template stands for it.
pub(super) fn kind<'t>(node: &Node<'t>, types: &Types, document: &Document<'t>) -> Option<NodeKind> {
    let ty = node.ty.filter(|_| !node.is_replaced)?;
    types.node(&document.library, ty)
}

/// A service is reached by the name that it has where the connection stands, whatever it is called in the application.
pub(super) fn keep_name(link: &mut Link, requirement: &Requirement<'_>) {
    if link.alias.is_none() {
        let called = requirement.called.filter(|called| *called != link.to);
        link.alias = called.map(str::to_owned);
    }
}

impl<'t> Context<'_, 't> {
    /// Routes name services as the template does.
    pub(super) fn rename_targets(&self, node: &Node<'t>, load_balancer: &mut LoadBalancer) {
        let routes = load_balancer.routes.iter_mut().filter(|route| route.selector.is_none());
        self.rename(node, routes.map(|route| &mut route.service));
    }

    /// Affinities name services as the template does.
    pub(super) fn rename_affinities(&self, node: &Node<'t>, container: &mut Container) {
        let affinities = container.affinities.iter_mut();
        self.rename(
            node,
            affinities.filter_map(|affinity| match &mut affinity.to {
                AffinityTo::Service(name) => Some(name),
                _ => None,
            }),
        );
    }

    /// What runs beside a service is named as the template does.
    pub(super) fn rename_service(&self, node: &Node<'t>, name: &mut String) {
        self.rename(node, std::iter::once(name));
    }

    /// So is the service whose address a container has.
    pub(super) fn rename_address(&self, node: &Node<'t>, container: &mut Container) {
        const PREFIX: &str = "container:";
        if let Some(Value::Text(mode)) = container.rancher.get_mut("network_mode")
            && let Some(name) = mode.as_plain().and_then(|mode| mode.strip_prefix(PREFIX))
        {
            let mut name = name.to_owned();
            self.rename_service(node, &mut name);
            *mode = format!("{PREFIX}{name}").into();
        }
    }

    /// From names in the node's own template to those in the application.
    fn rename<'n>(&self, node: &Node<'t>, names: impl Iterator<Item = &'n mut String>) {
        let nodes = &self.document.topology.nodes;
        let is_renamed = |requirement: &Requirement<'_>| requirement.called.is_some();
        if node.within.is_empty() && !node.requirements.iter().any(is_renamed) {
            return;
        }
        let called: FxHashMap<&str, usize> =
            node.requirements.iter().filter_map(|it| Some((it.called?, it.target))).collect();
        let beside = self.beside.get_or_init(|| {
            let nested = nodes.iter().enumerate().filter(|(_, node)| !node.within.is_empty());
            nested.map(|(index, node)| ((node.within, node.own_name()), index)).collect()
        });
        for name in names {
            let found = called.get(name.as_str()).or_else(|| beside.get(&(node.within, name.as_str())));
            if let Some(found) = found.and_then(|&index| nodes.get(index)) {
                found.name.clone_into(name);
            }
        }
    }
}
