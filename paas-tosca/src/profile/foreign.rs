//! Containers as normative types say them.
//!
//! | what | from |
//! | --- | --- |
//! | a service | a node of type `tosca.nodes.Container.Application`, or a software component with an image, hosted on a `tosca.nodes.Container.Runtime` |
//! | image | the artifact of type `tosca.artifacts.Deployment.Image.Container.Docker`, its repository before it |
//! | environment | the inputs of `create` and `configure` of the interface `Standard` |
//! | ports | the capabilities that are endpoints with a port |
//! | network | a requirement that leads to a network, or a port (`tosca.nodes.network.Port`) bound to a host below |
//!
//! What such a node lacks is told with what to add.

use super::{
    Context, Relation, names,
    read::Read,
    types::{NodeKind, Types},
};
use crate::{
    tosca::{Artifact, Data, Document, Node, Value},
    yaml::NodeRef,
};
use paas_core::{
    application::{Container, Port, Protocol, Text},
    diagnostic::{Code, Diagnostic, Severity},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Finds the nodes that are containers by normative types, and what they run on.
pub(super) fn recognize(document: &Document<'_>, types: &Types, kinds: &mut [Option<NodeKind>]) {
    let library = &document.library;
    let nodes = &document.topology.nodes;
    for (node, kind) in nodes.iter().zip(kinds.iter_mut()).filter(|(_, kind)| kind.is_none()) {
        let Some(ty) = node.ty.filter(|_| !node.is_replaced) else { continue };
        *kind = if types.is_container(library, ty) {
            Some(NodeKind::Foreign)
        } else if types.is_runtime(library, ty) {
            Some(NodeKind::Host)
        } else if types.is_port(library, ty) {
            Some(NodeKind::Port)
        } else if types.is_software(library, ty) && node.image().is_some() {
            Some(NodeKind::Foreign)
        } else {
            None
        };
    }
    // What containers are hosted on is no service, however deep it lies.
    let mut open: Vec<usize> = (0..nodes.len())
        .filter(|&index| {
            matches!(kinds.get(index), Some(Some(NodeKind::Foreign | NodeKind::Host | NodeKind::Port)))
        })
        .collect();
    while let Some(index) = open.pop() {
        for link in nodes.get(index).into_iter().flat_map(|node| &node.requirements) {
            let relation = link.relationship.and_then(|ty| types.relation(library, ty));
            let is_host = matches!(relation, Some(Relation::HostedOn)) || link.name == "binding";
            if let (true, Some(kind @ None)) = (is_host, kinds.get_mut(link.target)) {
                *kind = Some(NodeKind::Host);
                open.push(link.target);
            }
        }
    }
}

/// Hosts of hosts that are looked at; they may lead in a circle.
const MOST_HOSTS: usize = 8;

/// The first port that is bound to each node.
pub(super) fn bound<'t>(document: &Document<'t>, kinds: &[Option<NodeKind>]) -> FxHashMap<&'t str, usize> {
    let nodes = &document.topology.nodes;
    let mut bound = FxHashMap::default();
    for (index, (node, _)) in
        nodes.iter().zip(kinds).enumerate().filter(|(_, (_, kind))| **kind == Some(NodeKind::Port))
    {
        for target in node.requirements.iter().filter_map(|link| nodes.get(link.target)) {
            bound.entry(target.name).or_insert(index);
        }
    }
    bound
}

/// The container that a node says.
pub(super) fn container(node: &Node<'_>, read: &Read<'_>) -> Container {
    let mut container = Container::new(image(node, read));
    if let Some(Artifact { name, file, .. }) = node.image() {
        container.origins.note("image", file.unwrap_or(*name).place());
    }
    container.environment = environment(node, read);
    container.ports = ports(node);
    let initial = node.given_capability("scalable", "default_instances");
    container.scale = read.count("default_instances", initial).unwrap_or(1);
    container
}

fn image(node: &Node<'_>, read: &Read<'_>) -> String {
    let Some(Artifact { name, file, repository, .. }) = node.image() else {
        let message = format!("`{}` is a container, but has no image", node.name);
        let help = "add an artifact of type `tosca.artifacts.Deployment.Image.Container.Docker`, its `file` the image"
            .to_owned();
        read.report.help(Code::ImageReference, node.at, message, help);
        return String::new();
    };
    let (at, Some(text)) = (file.unwrap_or(*name), file.and_then(NodeRef::text)) else {
        read.report.at(Code::ImageReference, *name, "the image is not named: an artifact needs a `file`");
        return String::new();
    };
    let registry = repository.and_then(NodeRef::text).map(registry_of).unwrap_or_default();
    let image = if registry.is_empty() { text.to_owned() } else { format!("{registry}/{text}") };
    if !names::is_image(&image) || names::is_reserved_image(&image) {
        let message = format!("`{}` is not a reference to an image", image.escape_debug());
        let help =
            "write `repository:tag` as `file`, and the registry as the `url` of a repository".to_owned();
        read.report.help(Code::ImageReference, at, message, help);
        return String::new();
    }
    image
}

/// What stands before the names of a repository's images. Of those of the Docker Hub it is their folder, if any.
pub(crate) fn registry_of(url: &str) -> String {
    const HUB: [&str; 5] =
        ["hub.docker.com", "registry.hub.docker.com", "index.docker.io", "registry-1.docker.io", "docker.io"];
    /// Parts of addresses of the Docker Hub that say nothing of where an image is: of its interface, of its pages.
    const NO_FOLDERS: [&str; 5] = ["v1", "v2", "r", "u", "_"];
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // Who asks is no part of an image's name, and may be told with a password.
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    if !HUB.iter().any(|hub| hub.eq_ignore_ascii_case(host)) {
        return if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") };
    }
    let (first, below) = path.split_once('/').unwrap_or((path, ""));
    if NO_FOLDERS.contains(&first) { below.to_owned() } else { path.to_owned() }
}

fn environment(node: &Node<'_>, read: &Read<'_>) -> BTreeMap<String, Text> {
    let mut environment = BTreeMap::new();
    for (key, value) in &node.create_inputs {
        let name = key.text().unwrap_or_default();
        if !names::is_variable_name(name) && !key.is_null() {
            let message = format!("`{}` cannot be the name of an environment variable", name.escape_debug());
            read.report.at(Code::EnvironmentName, *key, message);
        }
        let text = match &value.data {
            Data::Integer(number) => Some(Text::from(number.to_string())),
            Data::Boolean(flag) => Some(Text::from(flag.to_string())),
            Data::Float(_, text) | Data::Quantity(_, text) => Some(Text::from(text.as_ref())),
            Data::List(_) | Data::Map(_) | Data::Range(..) | Data::Null => {
                let message =
                    format!("`{name}` is no single value, and an environment variable holds no other");
                read.report.at(Code::EnvironmentName, *key, message);
                None
            }
            _ => read.text(value),
        };
        environment.extend(text.map(|text| (name.to_owned(), text)));
    }
    environment
}

/// The ports of endpoints that the template gives.
fn ports(node: &Node<'_>) -> Vec<Port> {
    let mut ports: Vec<Port> = Vec::new();
    let mut known = FxHashSet::default();
    for (_, properties) in &node.capabilities {
        let find = |name: &str| crate::tosca::find(properties, name);
        let Some(at) = find("port") else { continue };
        let Some(number) = at.as_integer().and_then(|port| u16::try_from(port).ok()) else { continue };
        let mut port = Port::new(number);
        if find("protocol").and_then(Value::as_str) == Some("udp") {
            port.protocol = Protocol::Udp;
        }
        port.origin = at.at.place().into();
        if known.insert((port.container, port.protocol)) {
            ports.push(port);
        }
    }
    ports
}

/// Says that what a host is like has no effect: the platform chooses.
pub(super) fn check_host(node: &Node<'_>, read: &Read<'_>) {
    if let Some((_, properties)) =
        node.capabilities.iter().find(|(name, values)| *name == "host" && !values.is_empty())
        && let Some((key, _)) = properties.iter().find(|(key, _)| node.gives_capability("host", key))
    {
        let message =
            format!("what `{}` says of its host has no effect: the platform chooses hosts", node.name);
        let diagnostic = Diagnostic::new(Code::NotExecuted, message).at(key.place());
        read.report.push(diagnostic.severity(Severity::Warning));
    }
}

impl<'t> Context<'_, 't> {
    /// The network of a container by normative types: the one that a requirement leads to, of its own or, by a port, of
    /// what it is hosted on.
    pub(super) fn network_below(&self, node: &Node<'t>) -> Option<String> {
        let nodes = &self.document.topology.nodes;
        let network = |node: &Node<'t>| {
            let target = node.requirements.iter().map(|link| link.target);
            let target = target.into_iter().find(|target| self.kind(*target) == Some(NodeKind::Network))?;
            nodes.get(target).map(|network| self.network_name(network))
        };
        let mut below = Some(node);
        for _ in 0..MOST_HOSTS {
            let current = below?;
            let port = || self.bound.get(current.name).and_then(|port| nodes.get(*port)).and_then(network);
            if let Some(found) = network(current).or_else(port) {
                return Some(found);
            }
            below = current
                .requirements
                .iter()
                .find(|link| self.relation(link.relationship) == Some(Relation::HostedOn))
                .and_then(|link| nodes.get(link.target));
        }
        None
    }

    /// Tells what a container by normative types lacks.
    pub(super) fn push_no_network(&self, node: &Node<'t>, severity: Severity) {
        let message = format!("`{}` is on no network, so it cannot be deployed", node.name);
        let help = "add a node of type `paas.nodes.Network` and, to this node, `- network:` or `- dependency:` with its name";
        let diagnostic = Diagnostic::new(Code::NoNetwork, message).at(node.at.place()).help(help);
        self.read.report.push(diagnostic.severity(severity));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docker_hub_has_folders_too() {
        for (url, before) in [
            ("https://registry.bank.test/core/", "registry.bank.test/core"),
            ("registry.bank.test:5000", "registry.bank.test:5000"),
            ("https://joe:hunter2@registry.bank.test/core@x/", "registry.bank.test/core@x"),
            ("https://joe@docker.io/bitnami", "bitnami"),
            ("https://docker.io", ""),
            ("https://Hub.Docker.com/", ""),
            ("https://hub.docker.com/_/", ""),
            ("https://hub.docker.com/r/bitnami", "bitnami"),
            ("https://docker.io/bitnami", "bitnami"),
            ("https://registry-1.docker.io/v2/", ""),
            ("https://index.docker.io/v1/bitnami/", "bitnami"),
            ("https://docker.io.evil.test/bitnami", "docker.io.evil.test/bitnami"),
        ] {
            assert_eq!(registry_of(url), before, "{url}");
        }
    }
}
