//! Where load balancers lead.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{LinkKind, LoadBalancer, Route, Service},
    diagnostic::{Code, Diagnostic},
};
use rustc_hash::FxHashSet;

/// Checks that routes lead to connected services and have the certificates that they need.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    for (service, load_balancer) in survey.load_balancers() {
        let connected: FxHashSet<&str> = connected(service).collect();
        for route in &load_balancer.routes {
            if !connected.contains(route.service.as_str()) {
                push_not_connected(service, route, survey, findings);
            } else if survey.service(&route.service).is_some_and(Service::is_external) {
                findings.push(
                    Diagnostic::new(
                        Code::RouteTarget,
                        format!(
                            "`{}` routes to `{}`, which is outside the platform",
                            service.name, route.service
                        ),
                    )
                    .at(nearest(&route.origin, &service.origin))
                    .help("routes lead to services; put a proxy in between, as a service of its own"),
                );
            }
            check_certificate(service, load_balancer, route, findings);
        }
    }
}

fn connected(service: &Service) -> impl Iterator<Item = &str> {
    service.links.iter().filter(|link| link.kind == LinkKind::Connection).map(|link| link.to.as_str())
}

fn push_not_connected(service: &Service, route: &Route, survey: &Survey, findings: &mut Findings) {
    let (name, to) = (&service.name, &route.service);
    let (message, help) = if survey.service(to).is_some() {
        (
            format!("`{name}` routes to `{to}`, but has no connection to it"),
            Some(format!("give `{name}` the requirement `connection: {to}`")),
        )
    } else {
        (
            format!("`{name}` routes to `{to}`, which is no service of the application"),
            findings.did_you_mean(to, connected(service)),
        )
    };
    findings.push(
        Diagnostic::new(Code::RouteTarget, message)
            .at(nearest(&route.origin, &service.origin))
            .maybe_help(help),
    );
}

fn check_certificate(
    service: &Service,
    load_balancer: &LoadBalancer,
    route: &Route,
    findings: &mut Findings,
) {
    if route.protocol.needs_certificate() && load_balancer.certificate.is_none() {
        let (name, protocol, listen) = (&service.name, route.protocol.as_str(), route.listen);
        findings.push(
            Diagnostic::new(
                Code::RouteCertificate,
                format!("`{name}` ends `{protocol}` on port {listen}, but has no certificate"),
            )
            .at(nearest(&route.origin, &service.origin))
            .help(format!("name a `certificate` for `{name}`, or pass TLS on unopened with `sni`")),
        );
    }
}
