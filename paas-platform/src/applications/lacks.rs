//! What a tenant lacks for an application, as far as its file says.

use super::{networks, volumes};
use paas_core::{
    application::{Application, ServiceKind},
    diagnostic::Diagnostics,
    tenant::Tenant,
};

/// What a tenant lacks for an application: networks, and file servers and tiers for volumes that are to be made.
///
/// Nothing is asked of a back end: how much room is left, and whether environments are there, shows when it is deployed.
///
/// ```
/// use paas_core::{
///     application::{Application, Container, Network, Service},
///     tenant::{Tenant, TenantNetwork},
/// };
/// use paas_platform::tenants;
///
/// let mut application = Application::new("shop");
/// application.networks.push(Network::new("dmz"));
/// application.services.push(Service::new("web", "dmz", Container::new("r.test/web:1")));
///
/// let mut tenant = Tenant::new("meridian");
/// let lacks = tenants::lacks(&tenant, &application);
/// assert_eq!(lacks.iter().next().unwrap().message, "the tenant `meridian` has no network `dmz`");
///
/// tenant.networks.push(TenantNetwork::new("dmz", "meridian-dmz"));
/// assert!(tenants::lacks(&tenant, &application).is_empty());
/// ```
pub fn lacks(tenant: &Tenant, application: &Application) -> Diagnostics {
    let mut problems = Vec::new();
    let is_used = |name: &str| application.services.iter().any(|service| service.network == name);
    for network in application.networks.iter().filter(|network| is_used(&network.name)) {
        let _ = networks::of_tenant(network, tenant, &mut problems);
    }
    let routes = application.services.iter().flat_map(|service| match &service.kind {
        ServiceKind::LoadBalancer(load_balancer) => load_balancer.routes.as_slice(),
        _ => &[],
    });
    for route in routes {
        let selected = route.selector.as_ref().and_then(|selector| selector.network.as_deref());
        if let Some(name) = selected.filter(|name| tenant.network(name).is_none()) {
            problems.push(networks::unknown(name, tenant).at(route.origin.place()));
        }
    }
    for volume in application.volumes.iter().filter(|volume| !volume.existing) {
        if volumes::servers(volume, tenant).next().is_none() {
            problems.push(volumes::no_server(volume, tenant).at(volume.origin.place()));
        }
    }
    let mut problems = Diagnostics::from_iter(problems);
    problems.sort();
    problems
}
