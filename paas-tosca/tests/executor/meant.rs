//! What a release says of its services, as plain values.

use paas_core::{
    application::{
        self, AffinityTo, Container, External, ExternalService, FileContent, HealthCheck, LinkKind,
        LoadBalancer, OnFailure, Propagation, Segment, Service, ServiceKind, Text,
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
    let text = |text: &Text| in_clear(release, service, text, answers);
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
    let mounts = it.mounts.iter().map(|mount| (&*mount.path, &*mount.volume, mount.read_only, ""));
    let of_hosts = it.security.host_mounts.iter().map(|mount| {
        let propagation = mount.propagation.map_or("", Propagation::as_str);
        (&*mount.path, &*mount.host_path, mount.read_only, propagation)
    });
    let nameless = it.anonymous_volumes.iter().map(|path| (path.as_str(), "", false, ""));
    let mounts: BTreeSet<_> = mounts.chain(of_hosts).chain(nameless).collect();
    let passed = |key: &str| it.rancher.get(key).map(|value| passed_on(value, &text));
    let network: Option<String> = passed("network_mode").map(|mode| mode.as_str().unwrap().to_owned());
    let main = it.sidekick.as_ref().filter(|it| it.share_network).map(|it| it.of.as_str());
    let volumes_from = it.sidekick.iter().filter(|it| it.volumes_from).map(|it| &it.of);
    let mut labels: Map<_, _> =
        it.labels.iter().map(|(name, value)| (name.clone(), json!(text(value)))).collect();
    if let Some(Value::Object(passed)) = passed("labels") {
        labels.extend(passed);
    }
    let plans = release.policies.iter().filter(|plan| plan.service == service.name);
    let besides = json!({
        "other network": network.as_deref().filter(|mode| !mode.starts_with("container:")),
        "other stacks": other_stacks(release, service),
        "restart": passed("restart"),
        "takes": passed("lb_config"),
        "calls itself": it.hostname,
        "begins in": it.working_dir,
        "terminal": [it.tty, it.stdin_open],
        "passed on": others_passed_on(it, &text),
    });
    json!({
        "image": it.image,
        // No count can be 0 (docs/rancher-compose.md); where one runs on every host, none is said.
        // Nor is one said of what runs beside another.
        "scale": if it.everywhere || it.sidekick.is_some() { 1 } else { it.scale.max(1) },
        "command": texts(&it.command),
        "entrypoint": texts(&it.entrypoint),
        "environment": environment,
        "labels": labels,
        "ports": ports,
        "reaches": reached(release, service),
        "mounts": mounts,
        "privileged": it.security.privileged,
        "of the host": [it.security.host_network, it.security.host_pid, it.security.host_ipc],
        "finds names on the host's network": it.security.host_network,
        "devices": it.security.devices,
        "capabilities": [it.security.add_capabilities, it.security.drop_capabilities],
        "reads only": it.security.read_only_root,
        "user": it.security.user,
        "security options": it.security.security_opt,
        "health": it.health_check.as_ref().map(health),
        "cpu limit, thousandths": it.resources.cpu_limit_millis,
        "cpu reserved, thousandths": it.resources.cpu_reservation_millis,
        "memory limit, bytes": it.resources.memory_limit_bytes,
        "memory reserved, bytes": it.resources.memory_reservation_bytes,
        "starts first": it.update.as_ref().is_some_and(|update| update.start_first),
        "at a time": it.update.as_ref().map_or(1, |update| update.batch_size),
        "between, milliseconds": it.update.as_ref().and_then(|update| update.interval_ms),
        "everywhere": it.everywhere && it.sidekick.is_none(),
        "hosts": hosts(release, it),
        "once": it.run_once,
        "again after failures": it.restart_on_failure,
        "logs": it.log_files.iter().map(|files| json!([files.directory, files.extensions])).collect::<Vec<_>>(),
        "secrets": secrets(it),
        "sidekicks": sidekicks(release, service).map(|sidekick| &sidekick.name).collect::<Vec<_>>(),
        "volumes from": volumes_from.chain(&it.volumes_from).collect::<Vec<_>>(),
        "besides": besides,
        "network of": main.or(network.as_deref().and_then(|mode| mode.strip_prefix("container:"))),
        // Whole seconds, and 0 cannot be said.
        "stops in, seconds": it.stop_grace_ms.map(|ms| ms.div_ceil(1_000).max(1)),
        "drains in, milliseconds": plans.flat_map(|plan| &plan.windows).map(|window| window.grace_ms).max().unwrap_or(0),
    })
}

/// What a service links to in other stacks; what runs beside it has no links.
fn other_stacks(release: &Release, service: &Service) -> Vec<Value> {
    let own = std::iter::once(service).filter(|service| service.sidekick().is_none());
    let all = own.chain(sidekicks(release, service)).filter_map(Service::container);
    let links = all.filter_map(|it| it.rancher.get("external_links"));
    links.flat_map(|links| passed_on(links, &ToString::to_string).as_array().unwrap().clone()).collect()
}

/// A value as it is.
fn passed_on(value: &application::Value, text: &impl Fn(&Text) -> String) -> Value {
    match value {
        application::Value::Text(it) => json!(text(it)),
        application::Value::List(items) => items.iter().map(|item| passed_on(item, text)).collect(),
        application::Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), passed_on(value, text))).collect()
        }
        value => serde_json::to_value(value).unwrap(),
    }
}

/// What has no meaning but Rancher's, in the executor's types. What is not true and what is 0 it does not tell from what
/// is not said; and two keys it does not read.
fn others_passed_on(it: &Container, text: &impl Fn(&Text) -> String) -> Map<String, Value> {
    let mut passed = Map::new();
    for (key, value) in &it.rancher {
        let value = passed_on(value, text);
        let value = match (key.as_str(), value) {
            ("network_mode" | "restart" | "lb_config" | "external_links" | "labels", _) => continue,
            ("description" | "start_on_create", _) => continue,
            (_, Value::Bool(false)) => continue,
            (_, value) if value == json!(0) => continue,
            ("dns" | "dns_search" | "tmpfs", Value::String(one)) => json!([one]),
            ("memswap_limit", Value::String(size)) => {
                json!(size.strip_suffix('g').unwrap().parse::<u64>().unwrap() << 30)
            }
            ("scale_policy", Value::Object(bounds)) => bounds
                .into_iter()
                .map(|(name, bound)| match bound {
                    Value::String(digits) => (name, json!(digits.parse::<i64>().unwrap())),
                    bound => (name, bound),
                })
                .collect(),
            ("logging", mut value) => {
                for (_, option) in value["options"].as_object_mut().unwrap() {
                    *option = json!(option.as_str().map_or_else(|| option.to_string(), str::to_owned));
                }
                value
            }
            ("ulimits", Value::Object(limits)) => limits
                .into_iter()
                .map(|(name, limit)| match limit {
                    Value::Number(both) => (name, json!({ "soft": both, "hard": both })),
                    limit => (name, limit),
                })
                .collect(),
            (_, value) => value,
        };
        passed.insert(key.clone(), value);
    }
    passed
}

fn sidekicks<'a>(release: &'a Release, service: &'a Service) -> impl Iterator<Item = &'a Service> {
    let services = release.parts.iter().flat_map(|part| &part.services);
    services.filter(|other| other.sidekick().is_some_and(|sidekick| sidekick.of == service.name))
}

/// Each rule: whether it must hold, what it is about, and label and value.
fn hosts(release: &Release, it: &Container) -> BTreeSet<[String; 4]> {
    let named = it.host_affinity.iter().map(|(key, value)| ["must", "host", key, value].map(str::to_owned));
    let rules = it.affinities.iter().map(|affinity| {
        let rule = serde_json::to_value(affinity.rule).unwrap();
        let (to, label, value) = match &affinity.to {
            AffinityTo::Host { label, value } => ("host", label.as_str(), value.clone()),
            AffinityTo::Container { label, value } => ("container", label.as_str(), value.clone()),
            AffinityTo::Service(name) => {
                ("container", "io.rancher.stack_service.name", format!("{}/{name}", release.stack))
            }
            other => panic!("what is {other:?}?"),
        };
        [rule.as_str().unwrap(), to, label, &value].map(str::to_owned)
    });
    named.chain(rules).collect()
}

/// Source, file, and user, group and rights as texts.
fn secrets(it: &Container) -> Vec<Value> {
    let named = it.secret_files.iter().map(|secret| {
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let mode = secret.mode.as_deref().map(|mode| mode.trim_start_matches('0').to_owned());
        json!([secret.secret, secret.file, number(secret.user), number(secret.group), mode])
    });
    let files = it.configuration_files.iter().map(|file| {
        let FileContent::Secret(secret) = &file.content else { panic!("{file:?} cannot be delivered") };
        json!([secret, file.path.strip_prefix("/run/secrets/").unwrap(), null, null, null])
    });
    named.chain(files).collect()
}

/// What it connects to: environment, stack, service, and the name by which it is known here. What runs beside it counts,
/// and has nothing of its own.
fn reached(release: &Release, service: &Service) -> BTreeSet<[String; 4]> {
    if service.sidekick().is_some() {
        return BTreeSet::new();
    }
    let beside: BTreeSet<&str> = sidekicks(release, service).map(|other| other.name.as_str()).collect();
    let services = std::iter::once(service).chain(sidekicks(release, service));
    let connections = services.flat_map(|service| &service.links).filter(|link| {
        link.kind == LinkKind::Connection && link.to != service.name && !beside.contains(link.to.as_str())
    });
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
            let selector = route.selector.as_ref();
            let environment = match selector {
                Some(selector) => selector.environment.as_ref().unwrap_or(&here.environment),
                None => &release.service(&route.service).unwrap().0.environment,
            };
            let crosses = *environment != here.environment;
            json!({
                "listen": route.listen,
                "protocol": route.protocol.as_str(),
                "host": route.host,
                "path": route.path,
                "environment": environment,
                "service": selector.map_or(route.service.clone(), ToString::to_string),
                "port": route.port,
                // Rancher knows no order of rules that cross (docs/rancher-compose.md).
                "priority": route.priority.filter(|_| !crosses && selector.is_none()),
            })
            .to_string()
        })
        .collect();
    let listening: BTreeSet<_> = it.routes.iter().map(|route| route.listen).collect();
    json!({
        "image": rancher.load_balancer_image,
        "scale": it.scale,
        "certificate": it.certificate,
        "certificates": it.certificates,
        "sticks": it.stickiness.as_ref().map(|by| json!({
            "cookie": by.cookie,
            "mode": by.mode.as_str(),
            "domain": by.domain.clone().unwrap_or_default(),
            "flags": [by.indirect, by.no_cache, by.post_only],
        })),
        "listening": listening,
        "routes": routes,
    })
}

/// The string with the answers in the places of its secrets, and the names of what is reached in those of hosts.
fn in_clear(release: &Release, service: &Service, text: &Text, answers: &Answers) -> String {
    match text {
        Text::Plain(text) => text.clone(),
        Text::WithReferences { with_references } => with_references
            .iter()
            .map(|segment| match segment {
                Segment::Literal(literal) => literal.clone(),
                Segment::Secret { secret } => {
                    let known = release.secrets.iter().find(|known| known.input == *secret).unwrap();
                    answers[&known.answer].clone()
                }
                Segment::Host { host_of, .. } => {
                    let reached = reached(release, service);
                    let link = reached.iter().find(|[_, _, to, _]| to == host_of);
                    link.map_or(host_of, |[_, _, _, name]| name).clone()
                }
            })
            .collect(),
    }
}
