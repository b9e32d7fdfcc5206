//! How services reach services in other environments.

use super::{
    findings::Findings,
    flows,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::{External, ServiceKind},
    diagnostic::{Code, Diagnostic},
    release::{LinkStrategy, Part, RancherVersion, StandIn, StandInBy, Target},
};
use std::collections::{BTreeMap, BTreeSet};

/// How connections between networks are made; `None`: there are none.
pub(super) fn choose(survey: &Survey, target: &Target, findings: &mut Findings) -> Option<LinkStrategy> {
    let is_crossed = survey.crossing_connections().next().is_some();
    let selects = flows::selected(survey).next().is_some();
    if !is_crossed && !selects {
        return None;
    }
    let strategy = target.link_strategy.unwrap_or_else(|| by_version(survey, target));
    let first = match strategy {
        LinkStrategy::RegionName => RancherVersion::REGIONS,
        LinkStrategy::EnvironmentLinks => RancherVersion::ENVIRONMENT_LINKS,
        LinkStrategy::ExternalService => RancherVersion::new(0, 0, 0),
    };
    if is_crossed && target.rancher < first {
        push_too_old(strategy, first, survey, target, findings);
    }
    if selects && (target.rancher < RancherVersion::REGIONS || strategy != LinkStrategy::RegionName) {
        push_selectors(strategy, survey, target, findings);
    }
    if strategy == LinkStrategy::ExternalService {
        check_addresses(survey, target, findings);
    }
    Some(strategy)
}

/// By name where the version can; else as external services, if all addresses are known.
fn by_version(survey: &Survey, target: &Target) -> LinkStrategy {
    let knows = |reach: &Reach<'_>| {
        reach.target.is_external() || target.addresses.contains_key(&reach.target.network)
    };
    if target.rancher < RancherVersion::REGIONS && survey.crossing_connections().all(knows) {
        LinkStrategy::ExternalService
    } else {
        LinkStrategy::RegionName
    }
}

fn push_too_old(
    strategy: LinkStrategy,
    first: RancherVersion,
    survey: &Survey,
    target: &Target,
    findings: &mut Findings,
) {
    const PLACES: usize = 3;
    let how = if strategy == LinkStrategy::RegionName { "by name" } else { "by links of environments" };
    let message = format!(
        "connections between networks {how} need Rancher {first} or later, and the target is {}",
        target.rancher
    );
    let mut diagnostic = Diagnostic::new(Code::LinksNeedRegion, message);
    let mut crossing = survey.crossing_connections();
    for reach in crossing.by_ref().take(PLACES) {
        let (from, to) = (&reach.source.network, &reach.target.network);
        diagnostic = diagnostic.label(
            nearest(&reach.link.origin, &reach.source.origin),
            format!("{}, from `{from}` to `{to}`", reach.said()),
        );
    }
    let ways =
        "deploy to a later version, give the addresses of the networks, or put the services into one network";
    findings.push(diagnostic.help(match crossing.count() {
        0 => ways.to_owned(),
        more => format!("{ways}; {more} more connections cross"),
    }));
}

/// A rule that selects says in which environment, which came with regions.
fn push_selectors(strategy: LinkStrategy, survey: &Survey, target: &Target, findings: &mut Findings) {
    let (first, word) = (RancherVersion::REGIONS, strategy.as_str());
    for (service, network, route, _) in flows::selected(survey) {
        let name = &service.name;
        let message = if target.rancher < first {
            format!("to select services in `{network}`, `{name}` needs Rancher {first} or later")
        } else {
            format!("`{name}` selects services in `{network}`, which links by `{word}` do not reach")
        };
        findings.push(
            Diagnostic::new(Code::LinksNeedRegion, message)
                .at(nearest(&route.origin, &service.origin))
                .help("select services of its own network, or link by `region_name`"),
        );
    }
}

/// An external service leads to published ports, at an address.
fn check_addresses(survey: &Survey, target: &Target, findings: &mut Findings) {
    let mut without_address = BTreeSet::new();
    let mut without_port = BTreeSet::new();
    for reach in survey.crossing_connections().filter(|reach| !reach.target.is_external()) {
        let (name, network) = (&reach.target.name, &reach.target.network);
        let place = nearest(&reach.link.origin, &reach.source.origin);
        if !target.addresses.contains_key(network) && without_address.insert(network) {
            let message = format!("{}, but nobody says where `{network}` is reached", reach.said());
            let help = format!("give the address of the hosts of `{network}`, or of what stands before them");
            findings.push(Diagnostic::new(Code::LinkAddress, message).at(place.clone()).help(help));
        }
        let ServiceKind::Container(container) = &reach.target.kind else { continue };
        let hidden = container.ports.iter().find(|port| port.external != External::Given(port.container));
        let hidden = hidden.map(|port| port.container);
        if (hidden.is_some() || container.ports.is_empty()) && without_port.insert(name) {
            let what =
                hidden.map_or("no port".to_owned(), |port| format!("its port {port} not under that number"));
            let message = format!("{}, which publishes {what}", reach.said());
            findings.push(
                Diagnostic::new(Code::LinkAddress, message)
                    .at(place)
                    .label(reach.target.origin.place(), format!("`{name}` is defined here"))
                    .help("an external service leads to ports of hosts: give each port `external` with its own number"),
            );
        }
    }
}

/// What stands in each network for services of others, by network and service.
pub(super) fn stand_ins(
    survey: &Survey,
    target: &Target,
    strategy: Option<LinkStrategy>,
) -> BTreeMap<String, BTreeMap<String, StandInBy>> {
    let mut all: BTreeMap<String, BTreeMap<String, StandInBy>> = BTreeMap::new();
    if !matches!(strategy, Some(LinkStrategy::EnvironmentLinks | LinkStrategy::ExternalService)) {
        return all;
    }
    for reach in survey.crossing_connections() {
        let by = match (&reach.target.kind, strategy) {
            (ServiceKind::External(outside), _) => StandInBy::Address(outside.clone()),
            (_, Some(LinkStrategy::ExternalService)) => match target.addresses.get(&reach.target.network) {
                Some(address) => StandInBy::Address(address.clone()),
                None => continue,
            },
            _ => StandInBy::Labels,
        };
        all.entry(reach.source.network.clone()).or_default().insert(reach.target.name.clone(), by);
    }
    all
}

/// Puts them into their parts.
pub(super) fn place(mut all: BTreeMap<String, BTreeMap<String, StandInBy>>, parts: &mut [Part]) {
    for part in parts {
        let here = all.remove(&part.network.name).unwrap_or_default();
        part.stand_ins = here.into_iter().map(|(service, by)| StandIn { service, by }).collect();
    }
}
