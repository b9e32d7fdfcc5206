//! Stages of services.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::{LinkKind, Service},
    diagnostic::{Code, Diagnostic},
    release::{Activation, Edge, Order, Stage, order},
};
use rustc_hash::FxHashMap;

/// The stages; without an order there are none, and each loop is a problem.
pub(super) fn stages(survey: &Survey, findings: &mut Findings) -> Vec<Stage> {
    // A service and its sidekicks start together; what one of them waits for, all wait for.
    let is_inside =
        |reach: &Reach| reach.from != reach.to && survey.unit(reach.from) == survey.unit(reach.to);
    let reaches: Vec<&Reach> =
        survey.links.iter().filter(|reach| !reach.target.is_external() && !is_inside(reach)).collect();
    let edges: Vec<Edge> = reaches.iter().map(|reach| edge(reach, survey)).collect();
    match order(survey.application.services.len(), &edges) {
        Ok(order) => arranged(survey, order),
        Err(loops) => {
            for found in loops {
                let links = found.edges.iter().filter_map(|&index| reaches.get(index).copied());
                findings.push(looped(&links.collect::<Vec<_>>()));
            }
            Vec::new()
        }
    }
}

fn edge(reach: &Reach, survey: &Survey) -> Edge {
    Edge {
        from: survey.unit(reach.from),
        to: survey.unit(reach.to),
        strict: reach.link.kind == LinkKind::Dependency,
        crosses: reach.crosses,
    }
}

/// Nothing orders external services: each moves to the first stage that needs it, and there before the others.
fn arranged(survey: &Survey, mut order: Order) -> Vec<Stage> {
    for (external, stage) in first_needs(survey, &order) {
        if let Some(at) = order.stage.get_mut(external) {
            *at = stage;
        }
    }
    let services = &survey.application.services;
    let activated: Vec<(usize, &Service)> = order
        .sequence
        .iter()
        .filter(|&&index| !survey.is_sidekick(index))
        .filter_map(|&index| Some((order.stage.get(index).copied()?, services.get(index)?)))
        .collect();
    let (external, running): (Vec<_>, Vec<_>) =
        activated.into_iter().partition(|(_, service)| service.is_external());
    let mut stages: Vec<Stage> = Vec::new();
    for (at, service) in external.into_iter().chain(running) {
        while stages.len() <= at {
            let number = u32::try_from(stages.len() + 1).unwrap_or(u32::MAX);
            stages.push(Stage { number, activations: Vec::new() });
        }
        if let Some(stage) = stages.get_mut(at) {
            let (network, service) = (service.network.clone(), service.name.clone());
            stage.activations.push(Activation { network, service });
        }
    }
    stages
}

/// The first stage with a link to it, for each external service that has one.
fn first_needs(survey: &Survey, order: &Order) -> FxHashMap<usize, usize> {
    let mut first = FxHashMap::default();
    for reach in survey.links.iter().filter(|reach| reach.target.is_external()) {
        if let Some(&stage) = order.stage.get(survey.unit(reach.from)) {
            first.entry(reach.to).and_modify(|first: &mut usize| *first = stage.min(*first)).or_insert(stage);
        }
    }
    first
}

/// How many services of a loop are named, and how many places shown.
const MOST_NAMED: usize = 8;

fn looped(links: &[&Reach]) -> Diagnostic {
    let name = |reach: &&Reach| format!("`{}`", reach.source.name);
    let first = links.first().map(name).unwrap_or_default();
    let message = match links {
        [_] => format!("{first} depends on itself"),
        _ => {
            let mut named: Vec<String> = links.iter().take(MOST_NAMED).map(name).collect();
            if links.len() > MOST_NAMED {
                named.push(format!("{} more", links.len() - MOST_NAMED));
            }
            format!("services wait for each other: {} → {first}", named.join(" → "))
        }
    };
    let mut diagnostic = Diagnostic::new(Code::DependencyLoop, message).help(way_out(links));
    for reach in links.iter().take(MOST_NAMED) {
        diagnostic = diagnostic.label(nearest(&reach.link.origin, &reach.source.origin), reach.said());
    }
    diagnostic
}

fn way_out(links: &[&Reach]) -> String {
    let mut dependencies = links.iter().filter(|reach| !reach.is_connection());
    match (links, dependencies.next(), dependencies.next()) {
        ([_], ..) => {
            "a service starts strictly after those that it depends on: remove the dependency".to_owned()
        }
        (_, Some(only), None) => {
            let (from, to) = (&only.source.name, &only.target.name);
            format!(
                "if `{from}` only needs to reach `{to}`, and not to start after it, make the dependency a `connection`"
            )
        }
        _ => "a service that only needs to reach another has a `connection` to it, not a `dependency`"
            .to_owned(),
    }
}
