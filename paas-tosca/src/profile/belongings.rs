//! Where a template names what belongs to a tenant: networks, file servers and their tiers, registries.

use super::{
    foreign, nested,
    types::{NodeKind, Types},
};
use crate::{
    tosca::{Document, Node, Value},
    yaml::NodeRef,
};
use paas_core::mapping::Part;

/// A name of something of a tenant's.
#[derive(Debug)]
pub(crate) struct Belonging<'t> {
    pub(crate) part: Part,
    /// The name; of a registry the whole image.
    pub(crate) text: String,
    /// The index of the node that says it.
    pub(crate) node: usize,
    pub(crate) at: Said<'t>,
}

/// How it is said.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said<'t> {
    /// By a value.
    Value(NodeRef<'t>),
    /// By the node's own name, in place of a property.
    Own { property: &'static str },
    /// By an artifact's file, and the address of its repository before it.
    Artifact { file: NodeRef<'t>, url: Option<NodeRef<'t>> },
}

/// All that the nodes of a template name.
pub(crate) fn belongings<'t>(document: &Document<'t>) -> Vec<Belonging<'t>> {
    let types = Types::of_profile();
    let nodes = &document.topology.nodes;
    let mut kinds: Vec<_> = nodes.iter().map(|node| nested::kind(node, types, document)).collect();
    if kinds.contains(&None) {
        foreign::recognize(document, types, &mut kinds);
    }
    let mut all = Vec::new();
    for (index, (node, kind)) in nodes.iter().zip(&kinds).enumerate() {
        let mut add = |part, value: Option<&Value<'t>>| {
            let said = value.and_then(|value| Some((value.as_str()?.to_owned(), Said::Value(value.at))));
            all.extend(said.map(|(text, at)| Belonging { part, text, node: index, at }));
        };
        match kind {
            Some(NodeKind::Network) => match node.property(NETWORK_NAME) {
                None => {
                    let (text, at) = (node.own_name().to_owned(), Said::Own { property: NETWORK_NAME });
                    all.push(Belonging { part: Part::Networks, text, node: index, at });
                }
                given => add(Part::Networks, given),
            },
            Some(NodeKind::Volume) => {
                add(Part::Servers, node.property("server"));
                add(Part::Tiers, node.property("tier"));
            }
            Some(NodeKind::Service) => add(Part::Registries, node.property("image")),
            Some(NodeKind::LoadBalancer) => {
                let routes = node.property("routes").map_or(&[][..], Value::items);
                let routes = routes.iter().filter(|route| route.get("selector").is_some());
                routes.for_each(|route| add(Part::Networks, route.get("network")));
            }
            Some(NodeKind::Foreign) => all.extend(image(node, index)),
            _ => {}
        }
    }
    all
}

const NETWORK_NAME: &str = "network_name";

fn image<'t>(node: &Node<'t>, index: usize) -> Option<Belonging<'t>> {
    let artifact = node.image()?;
    let (file, url) = (artifact.file?, artifact.repository);
    let (registry, text) = (url.and_then(NodeRef::text).map(foreign::registry_of), file.text()?);
    let text = match registry.filter(|registry| !registry.is_empty()) {
        Some(registry) => format!("{registry}/{text}"),
        None => text.to_owned(),
    };
    Some(Belonging { part: Part::Registries, text, node: index, at: Said::Artifact { file, url } })
}
