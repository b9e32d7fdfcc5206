//! One part for each network.

use crate::{
    application::{Network, Service},
    release::{Part, Target},
};
use rustc_hash::FxHashMap;

/// Moves services to their networks. Networks without services have no part.
pub(super) fn split(networks: Vec<Network>, services: Vec<Service>, target: &Target) -> Vec<Part> {
    let indices: FxHashMap<String, usize> =
        networks.iter().enumerate().map(|(index, network)| (network.name.clone(), index)).collect();
    let mut parts: Vec<Part> = networks
        .into_iter()
        .map(|network| {
            let environment = target.environment(&network.name).to_owned();
            Part { network, environment, services: Vec::new(), volumes: Vec::new() }
        })
        .collect();
    for service in services {
        if let Some(part) = indices.get(&service.network).and_then(|&index| parts.get_mut(index)) {
            part.services.push(service);
        }
    }
    parts.retain(|part| !part.services.is_empty());
    for part in &mut parts {
        part.volumes = volumes(&part.services);
    }
    parts
}

fn volumes(services: &[Service]) -> Vec<String> {
    let mounts = services.iter().filter_map(Service::container).flat_map(|container| &container.mounts);
    let mut names: Vec<&str> = mounts.map(|mount| mount.volume.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(str::to_owned).collect()
}
