//! A service, by kind.

use super::{container, index::Index, interpolate, labels, load_balancer};
use crate::yaml::emit::Map;
use paas_core::{
    application::{ExternalService, Service, ServiceKind},
    release::Part,
};
use rustc_hash::FxHashSet;

/// By this image the executor knows that there is nothing to run.
pub(super) const EXTERNAL_IMAGE: &str = "rancher/external-service";

/// What `docker-compose.yml` says of it.
pub(super) fn docker(map: &mut Map<'_>, service: &Service, here: &Part, index: &Index<'_>) {
    match &service.kind {
        ServiceKind::Container(it) => container::docker(map, it, service, here, index),
        ServiceKind::LoadBalancer(it) => load_balancer::docker(map, it, &service.name, index),
        ServiceKind::External(_) => {
            map.entry("image").string(EXTERNAL_IMAGE);
            map.entry("labels").map_unless_empty(|labels| labels::write_target(labels, &service.name, index));
        }
        _ => {}
    }
}

/// What `rancher-compose.yml` says of it.
pub(super) fn rancher(map: &mut Map<'_>, service: &Service, here: &Part, index: &Index<'_>) {
    match &service.kind {
        ServiceKind::Container(it) => container::rancher(map, it, service, index),
        ServiceKind::LoadBalancer(it) => load_balancer::rancher(map, it, here, index),
        ServiceKind::External(it) => address(map, it),
        _ => {}
    }
}

/// Where something outside is.
pub(super) fn address(map: &mut Map<'_>, outside: &ExternalService) {
    match outside {
        ExternalService::Host(host) => interpolate::literal(map.entry("hostname"), host),
        ExternalService::Addresses(addresses) => {
            let mut seen = FxHashSet::default();
            map.entry("external_ips").list_unless_empty(|list| {
                for address in addresses.iter().filter(|address| seen.insert(address.as_str())) {
                    interpolate::literal(list.item(), address);
                }
            });
        }
        _ => {}
    }
}
