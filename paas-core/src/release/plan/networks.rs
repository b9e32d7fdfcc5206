//! Networks and the environments that they are.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::Network,
    diagnostic::{Code, Diagnostic},
    release::Target,
};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Checks that the networks of services and of the target exist, and that each has an environment of its own.
pub(super) fn check(survey: &Survey, target: &Target, findings: &mut Findings) {
    let networks = distinct(survey, findings);
    for service in &survey.application.services {
        if !networks.contains_key(service.network.as_str()) {
            let (name, network) = (&service.name, &service.network);
            let diagnostic = Diagnostic::new(
                Code::UnknownNetwork,
                format!("`{name}` is on the network `{network}`, which the application does not have"),
            )
            .at(service.origin.place())
            .maybe_help(findings.did_you_mean(network, names(survey)).or_else(|| known(survey)));
            findings.push(diagnostic);
        }
    }
    for (network, environment) in &target.environments {
        if !networks.contains_key(network.as_str()) {
            let diagnostic = Diagnostic::new(
                Code::UnknownNetwork,
                format!(
                    "the target has the environment `{environment}` for the network `{network}`, which the application does not have"
                ),
            )
            .maybe_help(findings.did_you_mean(network, names(survey)).or_else(|| known(survey)));
            findings.push(diagnostic);
        }
    }
    check_environments(survey, target, findings);
    check_linked_environments(survey, target, &networks, findings);
}

/// The networks by name; a second one of a name is a problem.
fn distinct<'a>(survey: &Survey<'a>, findings: &mut Findings) -> FxHashMap<&'a str, &'a Network> {
    let mut distinct = FxHashMap::default();
    for network in &survey.application.networks {
        match distinct.entry(network.name.as_str()) {
            Entry::Vacant(entry) => {
                entry.insert(network);
            }
            Entry::Occupied(entry) => findings.push(
                Diagnostic::new(Code::NetworkTwice, format!("two networks are called `{}`", network.name))
                    .label(network.origin.place(), "here again")
                    .label(entry.get().origin.place(), "first here")
                    .help("keep one of them, and put the services of both on it"),
            ),
        }
    }
    distinct
}

fn check_environments(survey: &Survey, target: &Target, findings: &mut Findings) {
    let mut environments: FxHashMap<&str, &Network> = FxHashMap::default();
    for network in &survey.application.networks {
        let environment = target.environment(&network.name);
        if environment.is_empty() || environment.contains(char::is_control) {
            let (name, shown) = (network.name.escape_debug(), environment.escape_debug());
            let diagnostic = Diagnostic::new(
                Code::EnvironmentNames,
                format!("the network `{name}` cannot be the environment `{shown}`"),
            );
            findings.push(
                diagnostic
                    .at(network.origin.place())
                    .help("a name is not empty and holds no control characters"),
            );
        }
        let first = *environments.entry(environment).or_insert(network);
        if first.name != network.name {
            findings.push(
                Diagnostic::new(
                    Code::EnvironmentNames,
                    format!(
                        "the networks `{}` and `{}` are both the environment `{environment}`",
                        first.name, network.name
                    ),
                )
                .at(network.origin.place())
                .label(first.origin.place(), "the other network")
                .help("give each network an environment of its own"),
            );
        }
    }
}

/// An environment that is linked to is written `environment/stack/service:alias`.
fn check_linked_environments(
    survey: &Survey,
    target: &Target,
    networks: &FxHashMap<&str, &Network>,
    findings: &mut Findings,
) {
    let mut linked: FxHashMap<&str, &Reach> = FxHashMap::default();
    for reach in survey.crossing_connections() {
        linked.entry(&reach.target.network).or_insert(reach);
    }
    for network in &survey.application.networks {
        let name = network.name.as_str();
        let is_first = networks.get(name).is_some_and(|first| std::ptr::eq(*first, network));
        let (Some(reach), true) = (linked.get(name), is_first) else { continue };
        let environment = target.environment(name);
        // That an environment has no possible name at all was said already.
        if environment.is_empty() || environment.contains(char::is_control) {
            continue;
        }
        let message = if let Some(wrong) = environment.chars().find(|&c| !is_linkable(c)) {
            format!(
                "the environment `{environment}` cannot be linked to: it has `{}` in its name",
                wrong.escape_debug()
            )
        } else if is_number(environment) {
            format!("the environment `{environment}` cannot be linked to: Rancher reads its name as a number")
        } else {
            continue;
        };
        findings.push(
            Diagnostic::new(Code::EnvironmentNames, message)
                .at(network.origin.place())
                .label(nearest(&reach.link.origin, &reach.source.origin), reach.said())
                .help("rename the environment, or name another one for this network in the target"),
        );
    }
}

/// Whether Rancher finds an environment by this name from another.
pub(super) fn can_be_linked(environment: &str) -> bool {
    !environment.is_empty() && environment.chars().all(is_linkable) && !is_number(environment)
}

/// Rancher puts the name into a URL as it is.
fn is_linkable(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn names<'a>(survey: &Survey<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    survey.application.networks.iter().map(|network| network.name.as_str())
}

/// Which networks there are, if they are few.
fn known(survey: &Survey) -> Option<String> {
    const FEW: usize = 5;
    let all: Vec<String> = names(survey).take(FEW + 1).map(|name| format!("`{name}`")).collect();
    (1..=FEW).contains(&all.len()).then(|| format!("its networks: {}", all.join(", ")))
}

/// What Rancher reads as a number, and writes in another way.
fn is_number(name: &str) -> bool {
    name.strip_prefix('-').unwrap_or(name).bytes().all(|byte| byte.is_ascii_digit())
}
