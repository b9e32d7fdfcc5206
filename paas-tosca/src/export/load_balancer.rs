//! Load balancers, and services outside the platform.

use super::container::strings;
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{CookieMode, ExternalService, LoadBalancer, Route, RouteProtocol, Stickiness};

/// The properties of a load balancer.
pub(super) fn properties(load_balancer: &LoadBalancer) -> Map {
    let mut map = Map::block();
    map.add("routes", Yaml::Lines(load_balancer.routes.iter().map(route).collect()));
    map.maybe("certificate", load_balancer.certificate.as_deref().map(Yaml::text));
    map.list("certificates", load_balancer.certificates.iter().map(Yaml::text));
    map.maybe("stickiness", load_balancer.stickiness.as_ref().map(stickiness));
    map.maybe("scale", (load_balancer.scale != 1).then(|| Yaml::plain(load_balancer.scale)));
    map
}

/// The properties of a service outside the platform.
pub(super) fn external(external: &ExternalService) -> Map {
    match external {
        ExternalService::Host(host) => Map::of("host", Yaml::text(host)),
        ExternalService::Addresses(addresses) => Map::of("addresses", Yaml::texts(addresses)),
        _ => Map::new(),
    }
}

/// Which environment a selector means follows from the network: the planner finds it.
fn route(route: &Route) -> Yaml {
    let mut map = Map::of("listen", Yaml::plain(route.listen));
    if route.protocol != RouteProtocol::Http {
        map.add("protocol", Yaml::text(route.protocol.as_str()));
    }
    map.maybe("host", route.host.as_deref().map(Yaml::text));
    map.maybe("path", route.path.as_deref().map(Yaml::text));
    if let Some(selector) = &route.selector {
        map.add("selector", strings(&selector.labels));
        map.maybe("network", selector.network.as_deref().map(Yaml::text));
    } else {
        map.add("service", Yaml::text(&route.service));
    }
    map.add("port", Yaml::plain(route.port));
    map.maybe("priority", route.priority.map(Yaml::plain));
    map.into()
}

fn stickiness(stickiness: &Stickiness) -> Map {
    let mut map = Map::of("cookie", Yaml::text(&stickiness.cookie));
    if stickiness.mode != CookieMode::Insert {
        map.add("mode", Yaml::text(stickiness.mode.as_str()));
    }
    map.maybe("domain", stickiness.domain.as_deref().map(Yaml::text));
    map.flag("indirect", stickiness.indirect);
    map.flag("no_cache", stickiness.no_cache);
    map.flag("post_only", stickiness.post_only);
    map
}
