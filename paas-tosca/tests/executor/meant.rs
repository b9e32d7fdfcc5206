//! What a release says of its services, as plain values.

use paas_core::{
    application::{
        Container, External, ExternalService, HealthCheck, LinkKind, LoadBalancer, OnFailure, Segment,
        Service, ServiceKind, Text,
    },
    release::{Backend, Part, Release},
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

type Answers = BTreeMap<String, String>;

/// The volumes that must be there before the part.
pub(super) fn volumes(part: &Part) -> BTreeSet<String> {
    part.volumes.iter().cloned().collect()
}

pub(super) fn service(release: &Release, service: &Service, answers: &Answers) -> Value {
    match &service.kind {
        ServiceKind::Container(it) => container(release, service, it, answers),
        ServiceKind::LoadBalancer(it) => load_balancer(release, service, it),
        // It does not run here, so it waits for nothing and reaches nothing.
        ServiceKind::External(ExternalService::Host(host)) => json!({ "external": host }),
        ServiceKind::External(ExternalService::Addresses(addresses)) => json!({ "external": addresses }),
        _ => panic!("what is {service:?}?"),
    }
}

fn container(release: &Release, service: &Service, it: &Container, answers: &Answers) -> Value {
    let text = |text: &Text| in_clear(release, text, answers);
    let texts = |texts: &[Text]| texts.iter().map(text).collect::<Vec<_>>();
    let environment: Map<_, _> =
        it.environment.iter().map(|(name, value)| (name.clone(), json!(text(value)))).collect();
    let ports: BTreeSet<_> = it
        .ports
        .iter()
        .map(|port| {
            let outside = match port.external {
                External::Given(outside) => outside.to_string(),
                External::Allocated => "any".to_owned(),
                _ => "none".to_owned(),
            };
            format!("{outside} to {}/{}", port.container, port.protocol.as_str())
        })
        .collect();
    let mounts: BTreeSet<_> =
        it.mounts.iter().map(|mount| (mount.path.clone(), mount.volume.clone(), mount.read_only)).collect();
    let plans = release.policies.iter().filter(|plan| plan.service == service.name);
    json!({
        "image": it.image,
        // No count can be 0 (docs/rancher-compose.md); where one runs on every host, none is said.
        "scale": if it.everywhere { 1 } else { it.scale.max(1) },
        "command": texts(&it.command),
        "entrypoint": texts(&it.entrypoint),
        "environment": environment,
        "labels": it.labels,
        "ports": ports,
        "reaches": reached(release, service),
        "mounts": mounts,
        "health": it.health_check.as_ref().map(health),
        "cpu limit, thousandths": it.resources.cpu_limit_millis,
        "cpu reserved, thousandths": it.resources.cpu_reservation_millis,
        "memory limit, bytes": it.resources.memory_limit_bytes,
        "memory reserved, bytes": it.resources.memory_reservation_bytes,
        "starts first": it.update.as_ref().is_some_and(|update| update.start_first),
        "everywhere": it.everywhere,
        "hosts": it.host_affinity,
        "once": it.run_once,
        // Whole seconds, and 0 cannot be said.
        "stops in, seconds": it.stop_grace_ms.map(|ms| ms.div_ceil(1_000).max(1)),
        "drains in, milliseconds": plans.flat_map(|plan| &plan.windows).map(|window| window.grace_ms).max().unwrap_or(0),
    })
}

/// What it connects to: environment, stack, service, and the name by which it is known here.
fn reached(release: &Release, service: &Service) -> BTreeSet<[String; 4]> {
    let connections = service.links.iter().filter(|link| link.kind == LinkKind::Connection);
    connections
        .map(|link| {
            let (part, _) = release.service(&link.to).unwrap();
            [part.environment.clone(), release.stack.clone(), link.to.clone(), link.name().to_owned()]
        })
        .collect()
}

fn health(check: &HealthCheck) -> Value {
    json!({
        "port": check.port,
        "path": check.path,
        // What Rancher's pages fill in where nothing is said.
        "interval": check.interval_ms.unwrap_or(2_000),
        "timeout": check.timeout_ms.unwrap_or(2_000),
        "healthy": check.healthy_threshold,
        "unhealthy": check.unhealthy_threshold,
        "initializing": check.initializing_ms,
        "strategy": match check.on_failure {
            OnFailure::None => "none",
            OnFailure::Recreate => "recreate",
            OnFailure::RecreateOnQuorum => "recreateOnQuorum 1",
            _ => "?",
        },
    })
}

fn load_balancer(release: &Release, service: &Service, it: &LoadBalancer) -> Value {
    let Backend::Rancher(rancher) = &release.backend else { panic!("another back end") };
    let (here, _) = release.service(&service.name).unwrap();
    let routes: BTreeSet<_> = it
        .routes
        .iter()
        .map(|route| {
            let (part, _) = release.service(&route.service).unwrap();
            let crosses = part.environment != here.environment;
            json!({
                "listen": route.listen,
                "protocol": route.protocol.as_str(),
                "host": route.host,
                "path": route.path,
                "environment": part.environment,
                "service": route.service,
                "port": route.port,
                // Rancher knows no order of rules that cross (docs/rancher-compose.md).
                "priority": route.priority.filter(|_| !crosses),
            })
            .to_string()
        })
        .collect();
    let listening: BTreeSet<_> = it.routes.iter().map(|route| route.listen).collect();
    json!({
        "image": rancher.load_balancer_image,
        "scale": it.scale,
        "certificate": it.certificate,
        "listening": listening,
        "routes": routes,
    })
}

/// The string with the answers in the places of its secrets.
fn in_clear(release: &Release, text: &Text, answers: &Answers) -> String {
    match text {
        Text::Plain(text) => text.clone(),
        Text::WithSecrets { with_secrets } => with_secrets
            .iter()
            .map(|segment| match segment {
                Segment::Literal(literal) => literal.as_str(),
                Segment::Secret { secret } => {
                    let known = release.secrets.iter().find(|known| known.input == *secret).unwrap();
                    answers[&known.answer].as_str()
                }
            })
            .collect(),
    }
}
