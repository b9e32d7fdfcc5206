//! What goes from network to network.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::{Container, LoadBalancer, Protocol, Route, Selector, Service, ServiceKind},
    diagnostic::{Code, Diagnostic},
    release::{EnvironmentLink, Flow, FlowPort},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// For each pair of connected services in different networks the ports between them, in the order of the template.
///
/// A load balancer reaches only what its routes lead to. Something outside the platform has no ports that are known here.
pub(super) fn between_networks(survey: &Survey, findings: &mut Findings) -> Vec<Flow> {
    let routes = routes(survey);
    let mut known = FxHashSet::default();
    let mut flows = Vec::new();
    for reach in survey.crossing_connections() {
        if !known.insert((reach.from, reach.to)) {
            continue;
        }
        let ports: BTreeSet<FlowPort> = match (&reach.source.kind, &reach.target.kind) {
            (_, ServiceKind::External(_)) => BTreeSet::new(),
            (ServiceKind::LoadBalancer(_), _) => {
                let ports = routes.get(&(reach.source.name.as_str(), reach.target.name.as_str()));
                ports.into_iter().flatten().map(|&port| tcp(port)).collect()
            }
            (_, ServiceKind::Container(container)) => declared(container),
            (_, ServiceKind::LoadBalancer(load_balancer)) => listening(load_balancer),
        };
        if ports.is_empty() && !reach.target.is_external() {
            findings.push(without_port(reach));
        }
        flows.push(Flow {
            from_network: reach.source.network.clone(),
            from_service: reach.source.name.clone(),
            to_network: reach.target.network.clone(),
            to_service: reach.target.name.clone(),
            ports: ports.into_iter().collect(),
        });
    }
    flows.extend(selected(survey).map(|(service, network, route, selector)| Flow {
        from_network: service.network.clone(),
        from_service: service.name.clone(),
        to_network: network.to_owned(),
        to_service: selector.to_string(),
        ports: vec![tcp(route.port)],
    }));
    flows
}

/// Routes to services of other applications in other networks.
pub(super) fn selected<'a>(
    survey: &Survey<'a>,
) -> impl Iterator<Item = (&'a Service, &'a str, &'a Route, &'a Selector)> + use<'a> {
    survey.load_balancers().flat_map(|(service, load_balancer)| {
        load_balancer.routes.iter().filter_map(move |route| {
            let selector = route.selector.as_ref()?;
            let network = selector.network.as_deref().filter(|network| *network != service.network)?;
            Some((service, network, route, selector))
        })
    })
}

/// Each pair of networks with a connection from one to the other, once, sorted.
pub(super) fn environment_links(survey: &Survey) -> Vec<EnvironmentLink> {
    let pairs: BTreeSet<(&str, &str)> = survey
        .crossing_connections()
        .map(|reach| (reach.source.network.as_str(), reach.target.network.as_str()))
        .chain(selected(survey).map(|(service, network, ..)| (service.network.as_str(), network)))
        .collect();
    pairs.into_iter().map(|(from, to)| EnvironmentLink { from: from.to_owned(), to: to.to_owned() }).collect()
}

/// The ports of targets, by load balancer and target.
fn routes<'a>(survey: &Survey<'a>) -> FxHashMap<(&'a str, &'a str), Vec<u16>> {
    let mut routes: FxHashMap<_, Vec<u16>> = FxHashMap::default();
    for (service, load_balancer) in survey.load_balancers() {
        for route in &load_balancer.routes {
            routes.entry((service.name.as_str(), route.service.as_str())).or_default().push(route.port);
        }
    }
    routes
}

fn declared(container: &Container) -> BTreeSet<FlowPort> {
    if container.ports.is_empty() {
        return container.health_check.iter().map(|check| tcp(check.port)).collect();
    }
    container.ports.iter().map(|port| FlowPort { port: port.container, protocol: port.protocol }).collect()
}

fn listening(load_balancer: &LoadBalancer) -> BTreeSet<FlowPort> {
    load_balancer.routes.iter().map(|route| tcp(route.listen)).collect()
}

fn tcp(port: u16) -> FlowPort {
    FlowPort { port, protocol: Protocol::Tcp }
}

fn without_port(reach: &Reach) -> Diagnostic {
    let (source, target) = (&reach.source.name, &reach.target.name);
    let (why, help) = match (&reach.source.kind, &reach.target.kind) {
        (ServiceKind::LoadBalancer(_), _) => (
            format!("but no route of `{source}` leads there"),
            format!("add a route to `{target}`, or remove the connection"),
        ),
        (_, ServiceKind::LoadBalancer(_)) => {
            (format!("but `{target}` listens on no port"), format!("add a route to `{target}`"))
        }
        _ => (
            format!("but `{target}` declares no port"),
            format!("list the `ports` of `{target}`, so that the firewall can be opened for them"),
        ),
    };
    let (from, to) = (&reach.source.network, &reach.target.network);
    Diagnostic::new(Code::FlowPort, format!("{} from `{from}` to `{to}`, {why}", reach.said()))
        .at(nearest(&reach.link.origin, &reach.source.origin))
        .help(help)
}
