//! From application to release.

mod beside;
mod facts;
mod files;
mod findings;
mod flows;
mod hosts;
mod names;
mod networks;
mod parts;
mod placement;
mod ports;
mod routes;
mod secrets;
mod sidekicks;
mod staging;
mod strategy;
mod survey;
mod volumes;

use super::{Backend, Rancher, Release, Target};
use crate::{
    application::{Application, ServiceKind},
    diagnostic::{Code, Diagnostic, Diagnostics},
    scaling,
};
use findings::Findings;
use survey::Survey;

/// What [`Release::plan`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Planned {
    /// The release, unless there were errors.
    pub release: Option<Release>,
    /// All problems, sorted.
    pub diagnostics: Diagnostics,
}

impl Release {
    /// Splits an application by network, links it across networks, orders it into stages, and gathers what others need
    /// to know of it. All problems are found at once; with an error among them there is no release.
    ///
    /// ```
    /// use paas_core::{
    ///     application::{Application, Container, Link, Network, Service},
    ///     release::{Release, Target},
    /// };
    ///
    /// let mut bank = Application::new("bank");
    /// bank.networks = vec![Network::new("dmz"), Network::new("core")];
    /// bank.services = vec![
    ///     Service::new("web", "dmz", Container::new("registry.example/web:1")),
    ///     Service::new("ledger", "core", Container::new("registry.example/ledger:1")),
    /// ];
    /// bank.services[0].links.push(Link::dependency("ledger"));
    ///
    /// let planned = Release::plan(bank, &Target::default());
    /// let release = planned.release.unwrap();
    /// assert_eq!(release.parts.len(), 2);
    /// assert_eq!(release.stages[0].activations[0].service, "ledger");
    /// assert_eq!(release.stages[1].activations[0].service, "web");
    /// ```
    pub fn plan(application: Application, target: &Target) -> Planned {
        let mut findings = Findings::default();
        let stack = names::stack(&application.name, target, &mut findings);
        let survey = Survey::new(&application, &mut findings);
        names::check(&survey, &mut findings);
        networks::check(&survey, target, &mut findings);
        sidekicks::check(&survey, &mut findings);
        beside::check(&survey, &mut findings);
        placement::check(&survey, &mut findings);
        files::check(&survey, &mut findings);
        hosts::check(&survey, &mut findings);
        routes::check(&survey, target, &mut findings);
        ports::check(&survey, &mut findings);
        volumes::check(&survey, &mut findings);
        check_policies(&survey, &mut findings);
        check_scales(&survey, &mut findings);
        let link_strategy = strategy::choose(&survey, target, &mut findings);
        let stages = staging::stages(&survey, &mut findings);
        let flows = flows::between_networks(&survey, &mut findings);
        let environment_links = flows::environment_links(&survey);
        let diagnostics = findings.sorted();
        if diagnostics.has_errors() {
            return Planned { release: None, diagnostics };
        }
        let ports = ports::published(&survey);
        let images = facts::images(&survey, target);
        let log_sources = facts::log_sources(&survey);
        let secrets = secrets::answers(&application.secrets);
        let stand_ins = strategy::stand_ins(&survey, target, link_strategy);
        let mut parts = parts::split(application.networks, application.services, target);
        strategy::place(stand_ins, &mut parts);
        let release = Self {
            format: Self::FORMAT,
            application: application.name,
            description: application.description,
            stack,
            backend: Backend::Rancher(Rancher {
                version: target.rancher,
                link_strategy,
                load_balancer_image: target.load_balancer_image.clone(),
            }),
            stages,
            environment_links,
            flows,
            volumes: volumes::mounted(application.volumes, &parts),
            parts,
            ports,
            images,
            log_sources,
            policies: application.policies,
            secrets,
            outputs: application.outputs,
        };
        Planned { release: Some(release), diagnostics }
    }
}

fn check_policies(survey: &Survey, findings: &mut Findings) {
    for policy in &survey.application.policies {
        if survey.service(&policy.service).is_none() {
            let service = &policy.service;
            let diagnostic = Diagnostic::new(
                Code::UnknownNode,
                format!("a scaling plan is for `{service}`, which is no service of the application"),
            )
            .at(policy.origin.place())
            .maybe_help(findings.did_you_mean(service, survey.service_names()));
            findings.push(diagnostic);
        }
        findings.extend(scaling::check(policy));
    }
}

/// Rancher's executor reads a scale of 0 as 1.
fn check_scales(survey: &Survey, findings: &mut Findings) {
    for service in &survey.application.services {
        let scale = match &service.kind {
            ServiceKind::Container(container) if !container.everywhere => container.scale,
            ServiceKind::LoadBalancer(load_balancer) => load_balancer.scale,
            _ => continue,
        };
        if scale == 0 {
            let message = format!(
                "the files say 0 containers of `{}`, but Rancher's executor starts one",
                service.name
            );
            let diagnostic = Diagnostic::new(Code::ScaleZero, message).at(service.origin.place());
            findings.push(diagnostic.help("scale the service to 0 after it was created"));
        }
    }
}
