//! One part for each network.

use crate::{
    application::{Network, Service, ServiceKind},
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
            Part { network, environment, services: Vec::new(), volumes: Vec::new(), stand_ins: Vec::new() }
        })
        .collect();
    for mut service in services {
        resolve_selectors(&mut service, target);
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

/// Says which environment the services are in that a load balancer selects.
fn resolve_selectors(service: &mut Service, target: &Target) {
    let ServiceKind::LoadBalancer(load_balancer) = &mut service.kind else { return };
    let own = service.network.as_str();
    for selector in load_balancer.routes.iter_mut().filter_map(|route| route.selector.as_mut()) {
        let network = selector.network.as_deref().filter(|network| *network != own);
        selector.environment = network.map(|network| target.environment(network).to_owned());
    }
}

fn volumes(services: &[Service]) -> Vec<String> {
    let mounts = services.iter().filter_map(Service::container).flat_map(|container| &container.mounts);
    let mut names: Vec<&str> = mounts.map(|mount| mount.volume.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(str::to_owned).collect()
}
