//! Networks and volumes.

use super::{names::Names, units};
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{Access, Network, Volume};

pub(super) fn network(network: &Network, names: &Names<'_>) -> Map {
    let node = names.network(&network.name);
    let says = network.security_level.is_some() || network.security_domain.is_some();
    let mut properties = Map::new();
    // What has no name of its own, but says what it is, is chosen by that.
    if node != network.name || (says && !network.chosen) {
        properties.add("network_name", Yaml::text(&network.name));
    }
    properties.maybe("security_level", network.security_level.as_deref().map(Yaml::text));
    properties.maybe("security_domain", network.security_domain.as_deref().map(Yaml::text));
    node_of("paas.nodes.Network", properties)
}

pub(super) fn volume(volume: &Volume, names: &Names<'_>) -> Map {
    let mut properties = Map::new();
    if names.volume(&volume.name) != volume.name {
        properties.add("name", Yaml::text(&volume.name));
    }
    properties.maybe("server", volume.server.as_deref().map(Yaml::text));
    properties.maybe("tier", volume.tier.as_deref().map(Yaml::text));
    properties.maybe("size", volume.size_bytes.map(units::size));
    properties.maybe("access", volume.access.and_then(access).map(Yaml::text));
    properties.flag("existing", volume.existing);
    node_of("paas.nodes.Volume", properties)
}

fn access(access: Access) -> Option<&'static str> {
    match access {
        Access::OneWriter => Some("one_writer"),
        Access::ManyReaders => Some("many_readers"),
        Access::ManyWriters => Some("many_writers"),
        _ => None,
    }
}

fn node_of(ty: &str, properties: Map) -> Map {
    let mut node = if properties.is_empty() { Map::new() } else { Map::block() };
    node.add("type", Yaml::text(ty));
    node.unless_empty("properties", properties);
    node
}
