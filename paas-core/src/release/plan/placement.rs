//! What the networks of services must be, and which hosts their containers.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{Affinity, AffinityRule, AffinityTo, Network, Placement, Service},
    diagnostic::{Code, Diagnostic},
};
use rustc_hash::FxHashMap;

/// Checks services against the placement policies that are for them, and rules about hosts.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let placements = &survey.application.placements;
    if !placements.is_empty() {
        let networks: FxHashMap<&str, &Network> =
            survey.application.networks.iter().map(|network| (network.name.as_str(), network)).collect();
        for placement in placements {
            for service in placement.services.iter().filter_map(|name| survey.service(name)) {
                if let Some(network) = networks.get(service.network.as_str()) {
                    check_network(placement, service, network, findings);
                }
            }
        }
    }
    for service in &survey.application.services {
        let affinities = service.container().into_iter().flat_map(|container| &container.affinities);
        affinities.for_each(|affinity| check_affinity(affinity, service, survey, findings));
    }
}

fn check_network(placement: &Placement, service: &Service, network: &Network, findings: &mut Findings) {
    let checks = [
        ("security_level", "security level", &placement.security_level, &network.security_level),
        ("security_domain", "security domain", &placement.security_domain, &network.security_domain),
    ];
    for (word, words, wanted, found) in checks {
        let Some(wanted) = wanted.as_deref().filter(|wanted| found.as_deref() != Some(*wanted)) else {
            continue;
        };
        let (name, at) = (&service.name, &network.name);
        let (message, help) = match found {
            Some(found) => (
                format!(
                    "`{name}` must be on a network of the {words} `{wanted}`, but `{at}` is of `{found}`"
                ),
                format!("put `{name}` on another network, or take it out of `{}`", placement.name),
            ),
            None => (
                format!(
                    "`{name}` must be on a network of the {words} `{wanted}`, but `{at}` does not say its own"
                ),
                format!("give the network its `{word}`"),
            ),
        };
        findings.push(
            Diagnostic::new(Code::Placement, message)
                .at(service.origin.place())
                .label(placement.origin.place(), "by this policy")
                .label(network.origin.place(), "the network that it is on")
                .help(help),
        );
    }
}

fn check_affinity(affinity: &Affinity, service: &Service, survey: &Survey, findings: &mut Findings) {
    let AffinityTo::Service(to) = &affinity.to else { return };
    let (name, place) = (&service.name, nearest(&affinity.origin, &service.origin));
    let Some(other) = survey.service(to) else {
        let message = format!("`{name}` has an affinity to `{to}`, which is no service of the application");
        let help = findings.did_you_mean(to, survey.service_names());
        findings.push(Diagnostic::new(Code::UnknownNode, message).at(place).maybe_help(help));
        return;
    };
    let (message, help) = if let Some(sidekick) = other.sidekick() {
        let help = format!("name `{}`, which is on the same hosts", sidekick.of);
        (format!("`{name}` has an affinity to `{to}`, which is a sidekick"), help)
    } else if other.is_external() {
        let help = "only services have containers on hosts".to_owned();
        (format!("`{name}` has an affinity to `{to}`, which is outside the platform"), help)
    } else if other.network != service.network {
        let help = "hosts belong to one network: remove the rule".to_owned();
        (format!("`{name}` and `{to}` are on different networks, and so never on the same host"), help)
    } else if other.name == service.name && affinity.rule == AffinityRule::Must {
        let help = "with `rule: must_not` each host has one of them at most".to_owned();
        (format!("`{name}` would wait for a host that has a container of `{name}` already"), help)
    } else {
        return;
    };
    findings.push(Diagnostic::new(Code::Affinity, message).at(place).help(help));
}
