//! Where load balancers lead.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{LinkKind, LoadBalancer, Route, Selector, Service, ServiceKind},
    diagnostic::{Code, Diagnostic},
    release::Target,
};
use rustc_hash::FxHashSet;

/// Checks that routes lead to connected services and have the certificates that they need.
pub(super) fn check(survey: &Survey, target: &Target, findings: &mut Findings) {
    for (service, load_balancer) in survey.load_balancers() {
        let connected: FxHashSet<&str> = connected(service).collect();
        for route in &load_balancer.routes {
            if let Some(selector) = &route.selector {
                check_selector(service, route, selector, target, findings);
            } else if !connected.contains(route.service.as_str()) {
                push_not_connected(service, route, survey, findings);
            } else if route.service.bytes().all(|byte| byte.is_ascii_digit()) {
                push_number(service, route, findings);
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
    check_balancers(survey, findings);
}

/// Between networks a load balancer selects its targets by a label, and of another load balancer it would take the
/// targets' ports for its own.
fn check_balancers(survey: &Survey, findings: &mut Findings) {
    let is_balancer = |service: &Service| matches!(service.kind, ServiceKind::LoadBalancer(_));
    let mut known = FxHashSet::default();
    for reach in survey.crossing_connections() {
        if is_balancer(reach.source) && is_balancer(reach.target) && known.insert((reach.from, reach.to)) {
            let (from, to) = (&reach.source.name, &reach.target.name);
            findings.push(
                Diagnostic::new(
                    Code::RouteTarget,
                    format!("`{from}` leads to `{to}`, a load balancer in another network"),
                )
                .at(nearest(&reach.link.origin, &reach.source.origin))
                .help(format!("let `{from}` lead to what `{to}` leads to")),
            );
        }
    }
}

/// Rancher knows `key=value` joined by commas, and the environment by its name.
fn check_selector(
    service: &Service,
    route: &Route,
    selector: &Selector,
    target: &Target,
    findings: &mut Findings,
) {
    let mut wrong = |message: String, help: &str| {
        findings.push(
            Diagnostic::new(Code::RouteTarget, message)
                .at(nearest(&route.origin, &service.origin))
                .help(help),
        );
    };
    let name = &service.name;
    for (key, value) in &selector.labels {
        let splits =
            |text: &str| text.is_empty() || text.contains([',', '=', '(', ')']) || text.trim() != text;
        if splits(key) || key.contains(char::is_whitespace) || splits(value) {
            let message =
                format!("`{name}` cannot select services by the label `{key}` with the value `{value}`");
            wrong(message, "neither is empty nor holds `,`, `=`, `(` or `)`, and the name no spaces");
        }
    }
    if selector.labels.is_empty() {
        wrong(format!("a selector of `{name}` has no labels"), "name at least one label");
    }
    let network = selector.network.as_deref().filter(|network| *network != service.network);
    let environment = network.map(|network| target.environment(network));
    if let Some(environment) = environment.filter(|environment| !super::networks::can_be_linked(environment))
    {
        let message = format!("`{name}` cannot select services in the environment `{environment}`");
        wrong(
            message,
            "a name of letters, digits, dots, dashes and underscores, and not of digits only, can be linked to",
        );
    }
}

/// Rancher's executor makes a number of such a name before it looks for the service.
fn push_number(service: &Service, route: &Route, findings: &mut Findings) {
    let (name, to) = (&service.name, &route.service);
    findings.push(
        Diagnostic::new(
            Code::ServiceName,
            format!("`{name}` cannot route to `{to}`: Rancher reads its name as a number"),
        )
        .at(nearest(&route.origin, &service.origin))
        .help("give the service a name with a letter"),
    );
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
