//! The plan that deploys a release.

use super::{
    ActivateService, AwaitServices, Awaited, CreateStack, EnsureVolume, Environment, Plan, PlanKind, Ready,
    ScaleService, Stack, Step, application_key, stack_key, volume_key,
};
use crate::{
    application::{Container, HealthCheck, Service, ServiceKind},
    release::{Part, Release, Stage},
};
use std::collections::{BTreeMap, BTreeSet};

/// All that a deployment is planned from.
#[derive(Debug, Clone, Copy)]
pub struct Deployment<'a> {
    /// The id of the operation.
    pub id: &'a str,
    /// The tenant.
    pub tenant: &'a str,
    /// What is deployed.
    pub release: &'a Release,
    /// The files of each network, in the order of the release's parts.
    pub files: &'a [StackFiles],
    /// The environment of each network.
    pub environments: &'a BTreeMap<String, Environment>,
    /// Driver and options of the volumes that are made where they are not there yet.
    pub volumes: &'a BTreeMap<String, (String, BTreeMap<String, String>)>,
}

/// What a stack is created from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackFiles {
    /// The network.
    pub network: String,
    /// `docker-compose.yml`.
    pub docker_compose: String,
    /// `rancher-compose.yml`.
    pub rancher_compose: String,
}

/// Plans a deployment: volumes, then stacks without starting them, then one stage after the other.
///
/// Within a stage the services of an environment start in the order of the release, without waiting in between; a stage
/// begins when all services of the stage before are up.
pub fn deploy(deployment: Deployment<'_>) -> Plan {
    let mut planner =
        Planner { deployment, steps: Vec::new(), stacks: BTreeMap::new(), begun: BTreeSet::new() };
    for part in &deployment.release.parts {
        planner.stack(part);
    }
    let mut before: Vec<String> = planner.steps.iter().map(|step| step.key.clone()).collect();
    for stage in &deployment.release.stages {
        before = planner.stage(stage, &before);
    }
    let Planner { steps, .. } = planner;
    Plan {
        id: deployment.id.to_owned(),
        kind: PlanKind::Deploy,
        tenant: deployment.tenant.to_owned(),
        application: deployment.release.application.clone(),
        steps,
    }
}

struct Planner<'a> {
    deployment: Deployment<'a>,
    steps: Vec<Step>,
    stacks: BTreeMap<&'a str, Stack>,
    /// The networks in which a stage has activated something.
    begun: BTreeSet<&'a str>,
}

impl<'a> Planner<'a> {
    /// The volumes of a part, and its stack after them.
    fn stack(&mut self, part: &'a Part) {
        let Deployment { id, tenant, release, files, environments, volumes } = self.deployment;
        let network = part.network.name.as_str();
        let (Some(environment), Some(files)) =
            (environments.get(network), files.iter().find(|files| files.network == network))
        else {
            return;
        };
        let mut after = Vec::new();
        for name in &part.volumes {
            let Some((driver, options)) = volumes.get(name) else { continue };
            let key = format!("volume/{network}/{name}");
            let action = EnsureVolume {
                environment: environment.clone(),
                name: name.clone(),
                driver: driver.clone(),
                options: options.clone(),
                key: volume_key(tenant, name),
            };
            self.steps.push(Step::new(&key, action));
            after.push(key);
        }
        let stack =
            Stack::new(environment.clone(), &release.stack, application_key(tenant, &release.application));
        self.stacks.insert(network, stack.clone());
        let named = |secret: &&crate::release::Secret| {
            let text = format!("${{{}}}", secret.answer);
            files.docker_compose.contains(&text) || files.rancher_compose.contains(&text)
        };
        let action = CreateStack {
            stack: stack.clone(),
            external_id: stack_key(tenant, &release.application, id),
            docker_compose: files.docker_compose.clone(),
            rancher_compose: files.rancher_compose.clone(),
            secrets: release.secrets.iter().filter(named).cloned().collect(),
            services: services_of(part)
                .map(|service| &service.name)
                .chain(part.stand_ins.iter().map(|stand_in| &stand_in.service))
                .cloned()
                .collect(),
        };
        let key = format!("stack/{network}");
        self.steps.push(Step::new(&key, action).after(after));
        // The executor makes one container where the files say none.
        for service in services_of(part).filter(|service| scale_of(service) == Some(0)) {
            let action = ScaleService { stack: stack.clone(), service: service.name.clone(), scale: 0 };
            let scale = format!("scale/{network}/{}", service.name);
            self.steps.push(Step::new(scale, action).after([key.as_str()]));
        }
    }

    /// A stage; gives the keys of what the next one comes after.
    fn stage(&mut self, stage: &Stage, before: &[String]) -> Vec<String> {
        let mut ends = Vec::new();
        for part in &self.deployment.release.parts {
            let network = part.network.name.as_str();
            let Some(stack) = self.stacks.get(network).cloned() else { continue };
            let here = stage.activations.iter().filter(|activation| activation.network == network);
            let services: Vec<&Service> = here
                .filter_map(|activation| {
                    part.services.iter().find(|service| service.name == activation.service)
                })
                .collect();
            if services.is_empty() {
                continue;
            }
            // What stands for services elsewhere is there before the first service that reaches it.
            let stand_ins = if self.begun.insert(network) { part.stand_ins.as_slice() } else { &[] };
            let names = stand_ins.iter().map(|stand_in| &stand_in.service);
            let mut after = before.to_vec();
            for name in names.clone().chain(services.iter().map(|service| &service.name)) {
                let key = format!("activate/{network}/{name}");
                let action = ActivateService { stack: stack.clone(), service: name.clone() };
                self.steps.push(Step::new(&key, action).after(after).in_stage(stage.number));
                after = vec![key];
            }
            let key = format!("ready/{}/{network}", stage.number);
            let stand_ins = names.map(|name| Awaited::new(name, Ready::Active));
            let services = stand_ins.chain(services.into_iter().map(awaited)).collect();
            self.steps
                .push(Step::new(&key, AwaitServices { stack, services }).after(after).in_stage(stage.number));
            ends.push(key);
        }
        if ends.is_empty() { before.to_vec() } else { ends }
    }
}

/// The services of a part as Rancher counts them: sidekicks are parts of others.
fn services_of(part: &Part) -> impl Iterator<Item = &Service> {
    part.services.iter().filter(|service| service.sidekick().is_none())
}

/// How many containers a service shall have, if that is for it to say.
fn scale_of(service: &Service) -> Option<u32> {
    match &service.kind {
        ServiceKind::Container(container) if !container.everywhere => Some(container.scale),
        ServiceKind::LoadBalancer(load_balancer) => Some(load_balancer.scale),
        ServiceKind::Container(_) | ServiceKind::External(_) => None,
    }
}

/// What a service is waited for.
fn awaited(service: &Service) -> Awaited {
    if scale_of(service) == Some(0) { Awaited::new(&service.name, Ready::Created) } else { running(service) }
}

/// What a service that shall have containers is waited for.
pub(super) fn running(service: &Service) -> Awaited {
    let ready = match &service.kind {
        ServiceKind::Container(container) => container_ready(container),
        // Rancher checks its own load balancers.
        ServiceKind::LoadBalancer(_) => Ready::Healthy,
        ServiceKind::External(_) => Ready::Active,
    };
    let check = service.container().and_then(|container| container.health_check.as_ref()).map(words);
    Awaited { check, ..Awaited::new(&service.name, ready) }
}

fn container_ready(container: &Container) -> Ready {
    if container.run_once {
        Ready::StartedOnce
    } else if container.health_check.is_some() {
        Ready::Healthy
    } else {
        Ready::Active
    }
}

fn words(check: &HealthCheck) -> String {
    match &check.path {
        Some(path) => format!("GET {path} on port {}", check.port),
        None => format!("a connection to port {}", check.port),
    }
}
