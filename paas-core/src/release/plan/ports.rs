//! Ports on the hosts of a network.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{Container, External, LoadBalancer, Port, Protocol, Route, Service, ServiceKind},
    diagnostic::{Code, Diagnostic, Place},
    release::PublishedPort,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// Rancher asks its load balancers at this port whether they are healthy, and refuses to let it listen.
const RESERVED_IN_LOAD_BALANCERS: u16 = 42;

/// Checks that no port is taken twice.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let mut claims = Claims::default();
    for service in &survey.application.services {
        match &service.kind {
            ServiceKind::Container(container) => check_container(service, container, &mut claims, findings),
            ServiceKind::LoadBalancer(load_balancer) => {
                check_load_balancer(service, load_balancer, &mut claims, findings);
            }
            ServiceKind::External(_) => {}
        }
    }
}

/// All ports that are taken on hosts, in the order of the template.
pub(super) fn published(survey: &Survey) -> Vec<PublishedPort> {
    let mut published = Vec::new();
    for service in &survey.application.services {
        let port = |container, external, protocol| PublishedPort {
            network: service.network.clone(),
            service: service.name.clone(),
            container,
            external,
            protocol,
        };
        match &service.kind {
            ServiceKind::Container(container) => {
                let taken = container.ports.iter().filter(|port| !port.external.is_none());
                published.extend(taken.map(|taken| port(taken.container, taken.external, taken.protocol)));
            }
            ServiceKind::LoadBalancer(load_balancer) => published.extend(
                listening(load_balancer)
                    .map(|route| port(route.listen, External::Given(route.listen), Protocol::Tcp)),
            ),
            ServiceKind::External(_) => {}
        }
    }
    published
}

/// The first route of each port that a load balancer listens on.
fn listening(load_balancer: &LoadBalancer) -> impl Iterator<Item = &Route> {
    let mut seen = FxHashSet::default();
    load_balancer.routes.iter().filter(move |route| seen.insert(route.listen))
}

fn check_container<'a>(
    service: &'a Service,
    container: &'a Container,
    claims: &mut Claims<'a>,
    findings: &mut Findings,
) {
    let mut inside: FxHashMap<(u16, Protocol), &Port> = FxHashMap::default();
    for port in &container.ports {
        let place = nearest(&port.origin, &service.origin);
        let first = *inside.entry((port.container, port.protocol)).or_insert(port);
        if !std::ptr::eq(first, port) {
            let (name, number, protocol) = (&service.name, port.container, port.protocol.as_str());
            findings.push(
                Diagnostic::new(
                    Code::PortConflict,
                    format!("`{name}` lists the container port {number}/{protocol} twice"),
                )
                .label(place.clone(), "here again")
                .label(nearest(&first.origin, &service.origin), "first here")
                .help("keep one of them"),
            );
            if first.external == port.external {
                continue;
            }
        }
        let on_host = match port.external {
            External::Given(published) => Some(published),
            // Of a container with the network of its host each port is one of the host.
            _ if container.security.host_network => Some(port.container),
            _ => None,
        };
        if let Some(published) = on_host {
            claims.take(Claim { service, protocol: port.protocol, port: published, place }, findings);
        }
    }
}

fn check_load_balancer<'a>(
    service: &'a Service,
    load_balancer: &'a LoadBalancer,
    claims: &mut Claims<'a>,
    findings: &mut Findings,
) {
    let mut listening: FxHashMap<u16, &Route> = FxHashMap::default();
    for route in &load_balancer.routes {
        let (name, listen) = (&service.name, route.listen);
        let place = nearest(&route.origin, &service.origin);
        match listening.entry(listen) {
            Entry::Vacant(entry) => {
                entry.insert(route);
                if listen == RESERVED_IN_LOAD_BALANCERS {
                    findings.push(
                        Diagnostic::new(
                            Code::PortConflict,
                            format!(
                                "`{name}` cannot listen on port {listen}: Rancher asks its load balancers there whether they are healthy"
                            ),
                        )
                        .at(place.clone())
                        .help("let it listen on another port"),
                    );
                }
                claims.take(Claim { service, protocol: Protocol::Tcp, port: listen, place }, findings);
            }
            Entry::Occupied(entry) => {
                let first = entry.get();
                if first.protocol != route.protocol {
                    let (one, other) = (first.protocol.as_str(), route.protocol.as_str());
                    findings.push(
                        Diagnostic::new(
                            Code::PortConflict,
                            format!("`{name}` cannot speak both `{one}` and `{other}` on port {listen}"),
                        )
                        .label(place, format!("`{other}` here"))
                        .label(nearest(&first.origin, &service.origin), format!("`{one}` here"))
                        .help(
                            "routes of one port share its protocol; let one of them listen on another port",
                        ),
                    );
                }
            }
        }
    }
}

/// Who takes which port on the hosts of which network.
#[derive(Default)]
struct Claims<'a>(FxHashMap<(&'a str, Protocol, u16), Claim<'a>>);

struct Claim<'a> {
    service: &'a Service,
    protocol: Protocol,
    port: u16,
    place: Option<Place>,
}

impl<'a> Claims<'a> {
    fn take(&mut self, claim: Claim<'a>, findings: &mut Findings) {
        let network = claim.service.network.as_str();
        match self.0.entry((network, claim.protocol, claim.port)) {
            Entry::Vacant(entry) => {
                entry.insert(claim);
            }
            Entry::Occupied(entry) => {
                let first = entry.get();
                let (one, other) = (&first.service.name, &claim.service.name);
                let port = format!("{}/{}", claim.port, claim.protocol.as_str());
                let message = if std::ptr::eq(first.service, claim.service) {
                    format!("`{one}` takes port {port} of its hosts twice")
                } else {
                    format!("`{one}` and `{other}` both take port {port} on the hosts of `{network}`")
                };
                findings.push(
                    Diagnostic::new(Code::PortConflict, message)
                        .label(claim.place, format!("`{other}` takes it here"))
                        .label(first.place.clone(), format!("`{one}` takes it here"))
                        .help("publish one of them on another port, or let the platform allocate one"),
                );
            }
        }
    }
}
