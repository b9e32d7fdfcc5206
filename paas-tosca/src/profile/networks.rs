//! Networks: chosen by name, level or domain, never made.

use super::read::Read;
use crate::tosca::Node;
use paas_core::{
    application::{Application, Network},
    diagnostic::{Code, Diagnostic, Severity},
};
use rustc_hash::FxHashMap;

/// The network that a node chooses.
pub(super) fn network(node: &Node<'_>, read: &Read<'_>) -> Network {
    let mut network = Network::new(
        read.string(node.property("network_name")).unwrap_or_else(|| node.own_name().to_owned()),
    );
    network.security_level = read.string(node.property("security_level"));
    network.security_domain = read.string(node.property("security_domain"));
    let says = network.security_level.is_some() || network.security_domain.is_some();
    network.chosen = says && node.property("network_name").is_none();
    network.origin = node.at.place().into();
    for name in OF_OTHER_NETWORKS.into_iter().filter(|name| node.gives(name)) {
        if let Some(value) = node.property(name) {
            let message = format!("`{name}` of a network has no effect: the platform has its own");
            let diagnostic = Diagnostic::new(Code::NotExecuted, message).at(value.at.place());
            read.report.push(diagnostic.severity(Severity::Warning));
        }
    }
    network
}

/// What `tosca.nodes.network.Network` says of networks that are made, not chosen.
const OF_OTHER_NETWORKS: [&str; 10] = [
    "ip_version",
    "cidr",
    "start_ip",
    "end_ip",
    "gateway_ip",
    "network_id",
    "segmentation_id",
    "network_type",
    "physical_network",
    "dhcp_enabled",
];

/// Adds a network. Templates that stand for nodes name the same ones as the template itself.
pub(super) fn add(
    application: &mut Application,
    by_name: &mut FxHashMap<String, usize>,
    node: &Node<'_>,
    network: Network,
    read: &Read<'_>,
) {
    let first = by_name.get(&network.name).and_then(|&index| application.networks.get_mut(index));
    let Some(known) = first.filter(|_| !node.within.is_empty()) else {
        by_name.entry(network.name.clone()).or_insert(application.networks.len());
        application.networks.push(network);
        return;
    };
    let of_both = [
        (&mut known.security_level, network.security_level),
        (&mut known.security_domain, network.security_domain),
    ];
    for (known_word, word) in of_both {
        if let (Some(one), Some(other)) = (&*known_word, &word)
            && one != other
        {
            let message = format!("the network `{}` is said to be `{one}` and `{other}`", network.name);
            let diagnostic = Diagnostic::new(Code::NetworkTwice, message).at(node.at.place());
            read.report.push(diagnostic.label(known.origin.place(), "said here too"));
        }
        *known_word = known_word.take().or(word);
    }
}
