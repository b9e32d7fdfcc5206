//! What stands in a stack for services in other environments, where these cannot be linked by name.
//!
//! Over links between environments an alias (`rancher/dns-service`) selects the service by its label; it has no links of
//! its own. Otherwise an external service leads to the address of the other environment. Either has the name of the
//! service, so that links and rules name it as if it were here.

use super::{index::Index, labels, service};
use crate::yaml::emit::Map;
use paas_core::release::{StandIn, StandInBy};

/// By this image the executor knows an alias.
const ALIAS_IMAGE: &str = "rancher/dns-service";
/// By this label Rancher links the alias to all services with a label.
const SELECTOR: &str = "io.rancher.service.selector.link";

/// What `docker-compose.yml` says of it.
pub(super) fn docker(map: &mut Map<'_>, stand_in: &StandIn, index: &Index<'_>) {
    match &stand_in.by {
        StandInBy::Labels => {
            map.entry("image").string(ALIAS_IMAGE);
            map.entry("labels").map(|map| {
                map.entry(SELECTOR).quoted(|quoted| {
                    quoted.push(labels::LINK_TARGET);
                    quoted.push("=");
                    labels::push_target(quoted, &stand_in.service, index);
                });
            });
        }
        _ => map.entry("image").string(service::EXTERNAL_IMAGE),
    }
}

/// What `rancher-compose.yml` says of it.
pub(super) fn rancher(map: &mut Map<'_>, stand_in: &StandIn) {
    if let StandInBy::Address(address) = &stand_in.by {
        service::address(map, address);
    }
}
