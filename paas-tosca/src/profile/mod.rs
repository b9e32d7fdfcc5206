//! From a topology in the `paas` profile to an application.
//!
//! A node is a service iff its type derives from `paas.nodes.Service`, `paas.nodes.LoadBalancer` or
//! `paas.nodes.ExternalService`. What a relationship means follows from its type, so that derived node types may give
//! their requirements other names.

mod addresses;
mod belongings;
mod container;
mod deferred;
mod external;
mod files;
mod foreign;
mod hosts;
mod json;
mod load_balancer;
mod names;
mod nested;
mod networks;
mod outputs;
mod placement;
mod process;
mod rancher;
mod reached;
mod read;
mod scaling;
mod security;
mod sidekicks;
mod types;
mod volumes;
mod words;

use crate::tosca::{Document, Mode, Node, Report, Requirement, find};
use paas_core::{
    application::{Application, Link, LinkKind, Service, ServiceKind},
    diagnostic::{Code, Diagnostic, Origin, Severity},
};
use reached::Reached;
use read::Read;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use types::{NodeKind, Relation, Types};

pub(crate) use belongings::{Belonging, Said, belongings};
pub(crate) use foreign::registry_of;
pub(crate) use names::{
    is_absolute_path, is_image, is_label_name, is_request_path, is_variable_name, is_volume_name,
};
pub(crate) use security::{is_device, is_security_option};
pub(crate) use words::{is_abstract, words};

/// The network of a service whose own is missing, which is diagnosed elsewhere: one for each, as none shares it.
fn nowhere(node: &Node<'_>) -> String {
    format!("\0{}", node.name)
}

fn is_nowhere(service: &Service, node: &Node<'_>) -> bool {
    service.network.strip_prefix('\0') == Some(node.name)
}

/// An application as far as the template could be understood.
pub(crate) struct Built {
    pub(crate) application: Application,
    /// Whether services are on no network, which was diagnosed.
    pub(crate) is_partial: bool,
}

/// Makes the application that a document describes.
pub(crate) fn build(document: &Document<'_>, name: String, mode: Mode, report: &Report) -> Built {
    let types = Types::of_profile();
    let topology = &document.topology;
    let mut kinds: Vec<_> = topology.nodes.iter().map(|node| nested::kind(node, types, document)).collect();
    if kinds.contains(&None) {
        foreign::recognize(document, types, &mut kinds);
    }
    let reached = Reached::new(document, types, &kinds);
    let read = Read { report, service_at: &|attribute| reached.service(attribute) };
    let bound = foreign::bound(document, &kinds);
    let beside = OnceCell::new();
    let mut networks_by_name = FxHashMap::default();
    let mut application = Application::new(name);
    let services = kinds.iter().flatten().filter(|kind| kind.is_service()).count();
    application.services.reserve_exact(services);
    application.description = document.description.map(str::to_owned);
    application.secrets.clone_from(&topology.secrets);
    let (mut is_partial, mut is_undeployable) = (false, false);
    for (node, kind) in topology.nodes.iter().zip(&kinds) {
        match kind {
            Some(NodeKind::Network) => {
                networks::add(
                    &mut application,
                    &mut networks_by_name,
                    node,
                    networks::network(node, &read),
                    &read,
                );
            }
            Some(NodeKind::Volume) => application.volumes.push(volumes::volume(node, &read)),
            Some(NodeKind::Host) => foreign::check_host(node, &read),
            Some(NodeKind::Port) => {}
            Some(kind) => {
                let context =
                    Context { document, types, kinds: &kinds, bound: &bound, beside: &beside, read: &read };
                let service = context.service(node, *kind);
                let is_nowhere = is_nowhere(&service, node);
                is_partial |= is_nowhere;
                if is_nowhere && *kind == NodeKind::Foreign && !node.lacks_requirements() {
                    // It is TOSCA all the same, so that checking takes it.
                    is_undeployable = true;
                    let severity = if mode == Mode::Translate { Severity::Error } else { Severity::Warning };
                    context.push_no_network(node, severity);
                }
                application.services.push(service);
            }
            None => {}
        }
    }
    if mode == Mode::Translate || !application.services.is_empty() {
        for (node, kind) in topology.nodes.iter().zip(&kinds) {
            if let (None, Some(ty)) = (kind, node.ty.filter(|_| !node.is_replaced)) {
                let message = format!("nodes of type `{}` are not translated yet", document.library.name(ty));
                let help = "use the types of the profile: `paas.nodes.Service` and its like".to_owned();
                report.help(Code::NotSupported, node.at, message, help);
            }
        }
    }
    if is_undeployable && mode == Mode::Check {
        application.services.clear();
    }
    volumes::check_names(document, &kinds, &read);
    sidekicks::share_counts(&mut application.services);
    application.placements = placement::placements(document, types, &read);
    deferred::check(&kinds, topology, &read);
    application.policies = scaling::policies(document, types, &kinds, &application.services, mode, &read);
    application.outputs = topology.outputs.iter().map(|it| outputs::output(it, &read)).collect();
    Built { application, is_partial }
}

/// What a service is made from.
struct Context<'c, 't> {
    document: &'c Document<'t>,
    types: &'static Types,
    kinds: &'c [Option<NodeKind>],
    /// For containers by normative types: the ports that are bound to hosts, by the hosts' names.
    bound: &'c FxHashMap<&'t str, usize>,
    beside: &'c OnceCell<nested::Beside<'t>>,
    read: &'c Read<'c>,
}

impl<'t> Context<'_, 't> {
    fn service(&self, node: &Node<'t>, kind: NodeKind) -> Service {
        let read = self.read;
        let is_foreign = kind == NodeKind::Foreign;
        let kind: ServiceKind = match kind {
            NodeKind::LoadBalancer => {
                let mut load_balancer = load_balancer::load_balancer(node, read);
                let is_known = |link: &Requirement<'_>| self.kind(link.target).is_some();
                if node.lacks_requirements() || !node.requirements.iter().all(is_known) {
                    // Routes to services whose connection was diagnosed would be diagnosed again.
                    load_balancer.routes.clear();
                }
                self.rename_targets(node, &mut load_balancer);
                load_balancer.into()
            }
            NodeKind::External => external::external(node, read).into(),
            NodeKind::Foreign => {
                let mut container = foreign::container(node, read);
                container.mounts = self.mounts(node);
                container.into()
            }
            _ => {
                let mut container = container::container(node, read);
                container.mounts = self.mounts(node);
                self.rename_affinities(node, &mut container);
                container.sidekick = self.sidekick(node, &container);
                self.read_process(&mut container, node);
                if node.lacks_requirements() || self.count_of_mounts(node) > container.mounts.len() {
                    container.origins.note_unread("volumes");
                }
                container.into()
            }
        };
        let network = match is_foreign {
            true => self.network_below(node),
            false => self.network_of(node),
        };
        let network = network.unwrap_or_else(|| nowhere(node));
        let mut service = Service::new(node.name, network, kind);
        service.links = self.links(node, is_foreign);
        if let (true, Some(link)) = (service.is_external(), service.links.first()) {
            let message = format!("`{}` is outside the platform and waits for nothing", node.name);
            let diagnostic = Diagnostic::new(Code::NotExecuted, message).at(link.origin.place());
            read.report.push(diagnostic.severity(Severity::Warning));
        }
        service.origin = node.at.place().into();
        service
    }

    fn network_of(&self, node: &Node<'t>) -> Option<String> {
        let placed = node
            .requirements
            .iter()
            .find(|link| self.relation(link.relationship) == Some(Relation::PlacedIn))
            .filter(|link| self.kind(link.target) == Some(NodeKind::Network))?;
        let target = self.document.topology.nodes.get(placed.target)?;
        Some(self.network_name(target))
    }

    fn network_name(&self, network: &Node<'t>) -> String {
        self.read.quietly(network.property("network_name")).unwrap_or_else(|| network.own_name().to_owned())
    }

    fn kind(&self, node: usize) -> Option<NodeKind> {
        self.kinds.get(node).copied().flatten()
    }

    fn relation(&self, ty: Option<crate::tosca::TypeId>) -> Option<Relation> {
        ty.and_then(|ty| self.types.relation(&self.document.library, ty))
    }

    fn links(&self, node: &Node<'t>, is_foreign: bool) -> Vec<Link> {
        let leads_to_service =
            |requirement: &&Requirement<'t>| self.kind(requirement.target).is_some_and(NodeKind::is_service);
        let mut links = Vec::with_capacity(node.requirements.iter().filter(leads_to_service).count());
        for requirement in &node.requirements {
            let Some(target) = self.document.topology.nodes.get(requirement.target) else { continue };
            let kind = self.kind(requirement.target);
            let is_service = kind.is_some_and(NodeKind::is_service);
            let mut link = match self.relation(requirement.relationship) {
                Some(Relation::PlacedIn | Relation::Mounts | Relation::SidekickOf | Relation::HostedOn) => {
                    continue;
                }
                Some(Relation::AttachesTo) if kind == Some(NodeKind::Volume) => continue,
                // Networks and hosts of containers by normative types.
                _ if is_foreign
                    && matches!(kind, Some(NodeKind::Network | NodeKind::Host | NodeKind::Port)) =>
                {
                    continue;
                }
                None if is_foreign && requirement.whole && is_service => Link::connection(target.name),
                Some(Relation::AttachesTo) | None if is_foreign && requirement.whole => {
                    let message = format!("`{}` cannot be mounted by a container", target.name);
                    let help =
                        "use a `paas.nodes.Volume`, and a `paas.nodes.Service` that mounts it".to_owned();
                    self.read.report.help(Code::NotSupported, requirement.at, message, help);
                    continue;
                }
                Some(Relation::ConnectsTo) if is_service => Link::connection(target.name),
                Some(Relation::DependsOn) if is_service => Link::dependency(target.name),
                // Networks and volumes are there before any service.
                Some(Relation::DependsOn) if kind.is_some() => continue,
                // A node of another type is diagnosed itself.
                Some(Relation::ConnectsTo | Relation::DependsOn) if kind.is_none() => continue,
                Some(Relation::ConnectsTo | Relation::DependsOn) => {
                    let message = format!("`{}` is no service that could be connected to", target.name);
                    self.read.report.at(Code::RequirementTarget, requirement.at, message);
                    continue;
                }
                // A relationship that could not be understood is diagnosed where it stands.
                None if !requirement.whole => continue,
                Some(Relation::AttachesTo) | None => {
                    let message = format!("the requirement `{}` is not translated yet", requirement.name);
                    self.read.report.at(Code::NotSupported, requirement.at, message);
                    continue;
                }
            };
            if link.kind == LinkKind::Connection {
                link.alias = self.read.string(find(&requirement.properties, "alias"));
                nested::keep_name(&mut link, requirement);
            }
            link.origin = Origin::from(requirement.at.place());
            links.push(link);
        }
        links
    }
}
