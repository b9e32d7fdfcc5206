//! Services that run beside others.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::{Service, ServiceKind, Sidekick},
    diagnostic::{Code, Diagnostic},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Checks that sidekicks have a service to run beside, share what they must share with it, and are not reached from
/// elsewhere.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let mut chains = Chains::default();
    for service in &survey.application.services {
        let Some(sidekick) = service.sidekick() else { continue };
        match survey.service(&sidekick.of) {
            None => {
                let (name, of) = (&service.name, &sidekick.of);
                let message = format!("`{name}` runs beside `{of}`, which is no service of the application");
                let help = findings.did_you_mean(of, survey.service_names());
                findings.push(at(message, service, sidekick, Code::UnknownNode).maybe_help(help));
            }
            Some(other) if other.sidekick().is_some() => {
                push_chain(service, sidekick, survey, &mut chains, findings);
            }
            Some(other) => check_pair(service, sidekick, other, findings),
        }
        check_secrets(service, sidekick, findings);
    }
    if survey.has_sidekicks() {
        check_links(survey, findings);
        check_routes(survey, findings);
        check_policies(survey, findings);
    }
}

fn at(message: String, service: &Service, sidekick: &Sidekick, code: Code) -> Diagnostic {
    Diagnostic::new(code, message).at(nearest(&sidekick.origin, &service.origin))
}

/// Where chains of sidekicks end, by their members, so that each step is gone once.
#[derive(Default)]
struct Chains<'a> {
    in_circles: FxHashSet<&'a str>,
    /// `None`: nowhere.
    ends: FxHashMap<&'a str, Option<&'a Service>>,
}

impl<'a> Chains<'a> {
    /// The service that a chain ends at; a circle that it leads into is diagnosed.
    fn follow(
        &mut self,
        service: &'a Service,
        survey: &Survey<'a>,
        findings: &mut Findings,
    ) -> Option<&'a Service> {
        let mut passed: Vec<&Service> = Vec::new();
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut here = service;
        let end = loop {
            if let Some(end) = self.ends.get(here.name.as_str()) {
                break *end;
            }
            if let Some(first) = places.insert(&here.name, passed.len()) {
                let circle = passed.get(first..).unwrap_or_default();
                push_circle(circle, findings);
                self.in_circles.extend(circle.iter().map(|service| service.name.as_str()));
                break None;
            }
            passed.push(here);
            let Some(sidekick) = here.sidekick() else { break Some(here) };
            match survey.service(&sidekick.of) {
                Some(next) => here = next,
                None => break None,
            }
        };
        self.ends.extend(passed.iter().map(|service| (service.name.as_str(), end)));
        end
    }
}

/// A sidekick of a sidekick, or, if that leads back, all that run beside each other.
fn push_chain<'a>(
    service: &'a Service,
    sidekick: &Sidekick,
    survey: &Survey<'a>,
    chains: &mut Chains<'a>,
    findings: &mut Findings,
) {
    let end = chains.follow(service, survey, findings);
    if chains.in_circles.contains(service.name.as_str()) {
        return;
    }
    let (name, of) = (&service.name, &sidekick.of);
    let message = format!("`{name}` runs beside `{of}`, which is a sidekick itself");
    let help = end.map(|end| format!("let it run beside `{}`, as `{of}` does", end.name));
    let diagnostic = at(message, service, sidekick, Code::Sidekick);
    let label = survey.service(of).and_then(|of| of.sidekick().map(|sidekick| (of, sidekick)));
    let diagnostic = match label {
        Some((of, sidekick)) => diagnostic
            .label(nearest(&sidekick.origin, &of.origin), format!("`{}` is a sidekick by this", of.name)),
        None => diagnostic,
    };
    findings.push(diagnostic.maybe_help(help));
}

fn push_circle(passed: &[&Service], findings: &mut Findings) {
    const MOST: usize = 8;
    let first = passed.first().map(|service| service.name.as_str()).unwrap_or_default();
    let message = match passed {
        [_] => format!("`{first}` runs beside itself"),
        _ => {
            let mut names: Vec<String> =
                passed.iter().take(MOST).map(|service| format!("`{}`", service.name)).collect();
            if passed.len() > MOST {
                names.push(format!("{} more", passed.len() - MOST));
            }
            format!("services run beside each other: {} → `{first}`", names.join(" → "))
        }
    };
    let mut diagnostic = Diagnostic::new(Code::Sidekick, message);
    for service in passed.iter().take(MOST) {
        if let Some(sidekick) = service.sidekick() {
            let place = nearest(&sidekick.origin, &service.origin);
            diagnostic = diagnostic.label(place, format!("`{}` runs beside `{}`", service.name, sidekick.of));
        }
    }
    findings.push(diagnostic.help("one of them is the service, and the others are its sidekicks"));
}

fn check_pair(service: &Service, sidekick: &Sidekick, other: &Service, findings: &mut Findings) {
    let (name, of) = (&service.name, &other.name);
    let Some(theirs) = other.container() else {
        let what = if matches!(other.kind, ServiceKind::LoadBalancer(_)) {
            "a load balancer"
        } else {
            "outside the platform"
        };
        let message = format!("`{name}` cannot run beside `{of}`, which is {what}");
        findings.push(at(message, service, sidekick, Code::Sidekick));
        return;
    };
    if service.network != other.network {
        let (network, theirs) = (&service.network, &other.network);
        let message =
            format!("`{name}` is on the network `{network}`, but runs beside `{of}`, which is on `{theirs}`");
        findings.push(
            at(message, service, sidekick, Code::Sidekick)
                .label(other.origin.place(), format!("`{of}` is defined here"))
                .help("put both on the same network"),
        );
    }
    let Some(own) = service.container() else { return };
    if own.everywhere != theirs.everywhere || (!own.everywhere && own.scale != theirs.scale) {
        let message = format!("`{name}` has another count than `{of}`, beside which it runs");
        findings.push(
            Diagnostic::new(Code::ScaleConflict, message)
                .at(service.origin.place())
                .label(other.origin.place(), "the service beside which it runs")
                .help("a sidekick has no count of its own"),
        );
    }
}

/// Rancher's executor looks up the secrets of the service for all its sidekicks.
fn check_secrets(service: &Service, sidekick: &Sidekick, findings: &mut Findings) {
    let Some(container) = service.container() else { return };
    let secrets = container.secret_files.first().map(|secret| &secret.origin);
    let files = container.configuration_files.first().map(|file| &file.origin);
    if let Some(origin) = secrets.or(files) {
        let (name, of) = (&service.name, &sidekick.of);
        let message = format!("`{name}` is a sidekick, and Rancher gives sidekicks no secrets of their own");
        findings.push(
            Diagnostic::new(Code::Sidekick, message)
                .at(nearest(origin, &service.origin))
                .help(format!("give them to `{of}`: its sidekicks see them too")),
        );
    }
}

/// Nobody outside finds a sidekick: it has no name of its own in Rancher.
fn check_links(survey: &Survey, findings: &mut Findings) {
    for reach in survey.links.iter().filter(|reach| survey.unit(reach.from) != survey.unit(reach.to)) {
        let Some(sidekick) = reach.target.sidekick() else { continue };
        let Reach { source, target, link, .. } = reach;
        let message = format!("{}, which is a sidekick of `{}`", reach.said(), sidekick.of);
        findings.push(
            Diagnostic::new(Code::Sidekick, message)
                .at(nearest(&link.origin, &source.origin))
                .label(nearest(&sidekick.origin, &target.origin), "a sidekick by this")
                .help(format!("name `{}` instead: only services can be reached", sidekick.of)),
        );
    }
}

fn check_routes(survey: &Survey, findings: &mut Findings) {
    for (service, load_balancer) in survey.load_balancers() {
        for route in &load_balancer.routes {
            let target = survey.service(&route.service).and_then(Service::sidekick);
            let is_connected = service.links.iter().any(|link| link.to == route.service);
            // One that is connected was diagnosed by its connection.
            if let Some(sidekick) = target.filter(|_| !is_connected) {
                let message =
                    format!("`{}` routes to `{}`, which is a sidekick", service.name, route.service);
                findings.push(
                    Diagnostic::new(Code::Sidekick, message)
                        .at(nearest(&route.origin, &service.origin))
                        .help(format!("route to `{}` instead", sidekick.of)),
                );
            }
        }
    }
}

fn check_policies(survey: &Survey, findings: &mut Findings) {
    for policy in &survey.application.policies {
        if let Some(sidekick) = survey.service(&policy.service).and_then(Service::sidekick) {
            let (name, of) = (&policy.service, &sidekick.of);
            let message = format!("`{name}` runs beside `{of}`, so it has no count to scale");
            let diagnostic = Diagnostic::new(Code::ScalingTarget, message).at(policy.origin.place());
            findings.push(diagnostic.help(format!("scale `{of}`")));
        }
    }
}
