use super::{
    Place, Reading,
    interpolate::Answers,
    launch::{camel, launch_config},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What is to be made of two compose files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Composition {
    /// Volume templates by name.
    pub(crate) volumes: Vec<(String, Map<String, Value>)>,
    pub(crate) services: Vec<PlannedService>,
}

/// One service to be made.
#[derive(Clone, Debug)]
pub(crate) struct PlannedService {
    pub(crate) name: String,
    /// The type of the API.
    pub(crate) kind: &'static str,
    pub(crate) body: Map<String, Value>,
    pub(crate) links: Vec<LinkText>,
    /// The services that start first.
    pub(crate) after: Vec<String>,
    /// The rules of a load balancer, each with the name of the service that it leads to.
    pub(crate) rules: Vec<(Map<String, Value>, Option<String>)>,
    /// What else the configuration of a load balancer says.
    pub(crate) balancer: Map<String, Value>,
    pub(crate) certificates: Vec<String>,
    pub(crate) default_certificate: Option<String>,
}

/// A link as the file writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct LinkText {
    pub(crate) target: String,
    pub(crate) alias: Option<String>,
    /// Whether it stands under `external_links`, where a target may be missing.
    pub(crate) external: bool,
}

pub(super) fn plan(reading: &Reading, answers: &Answers, place: &Place) -> Result<Composition, String> {
    let sidekicks: BTreeSet<&str> = reading.services.values().flat_map(sidekicks_of).collect();
    let mut composition = Composition::default();
    for (name, volume) in &reading.volumes {
        composition.volumes.push((name.clone(), template(volume)));
    }
    for (name, service) in &reading.services {
        if !sidekicks.contains(name.as_str()) {
            composition.services.push(planned(name, service, reading, answers, place)?);
        }
    }
    Ok(composition)
}

fn planned(
    name: &str,
    service: &Map<String, Value>,
    reading: &Reading,
    answers: &Answers,
    place: &Place,
) -> Result<PlannedService, String> {
    let kind = kind_of(service);
    let mut image = text(service, "image").unwrap_or_default();
    if image == "rancher/load-balancer-service" {
        image = &place.balancer_image;
    }
    let mut body = Map::new();
    let launch = launch_config(service, answers, image);
    body.insert("name".to_owned(), name.into());
    body.insert("launchConfig".to_owned(), launch.into());
    body.insert("metadata".to_owned(), service.get("metadata").cloned().unwrap_or_else(|| json!({})));
    let scale = service.get("scale").and_then(Value::as_i64).filter(|scale| *scale > 0).unwrap_or(1);
    body.insert("scale".to_owned(), scale.into());
    for (key, field) in
        [("retain_ip", "retainIp"), ("external_ips", "externalIpAddresses"), ("hostname", "hostname")]
    {
        body.extend(service.get(key).map(|value| (field.to_owned(), value.clone())));
    }
    for (key, field) in [("scale_policy", "scalePolicy"), ("health_check", "healthCheck")] {
        body.extend(service.get(key).map(|value| (field.to_owned(), camel(value))));
    }
    for (label, field) in [
        ("io.rancher.service.selector.link", "selectorLink"),
        ("io.rancher.service.selector.container", "selectorContainer"),
    ] {
        let value = service.get("labels").and_then(|labels| labels.get(label));
        body.extend(value.map(|value| (field.to_owned(), value.clone())));
    }
    let mut secondary = Vec::new();
    for sidekick in sidekicks_of(service) {
        let config =
            reading.services.get(sidekick).ok_or_else(|| format!("Failed to find sidekick: {sidekick}"))?;
        let mut launch = launch_config(config, answers, text(config, "image").unwrap_or_default());
        launch.insert("name".to_owned(), sidekick.into());
        secondary.push(Value::Object(launch));
    }
    if !secondary.is_empty() {
        body.insert("secondaryLaunchConfigs".to_owned(), secondary.into());
    }
    if kind == "service" && service.contains_key("lb_config") {
        let rules: Vec<Value> =
            rules_of(service).map(|rule| Value::Object(kept(rule, TARGET_RULE))).collect();
        body.insert("lbConfig".to_owned(), json!({ "portRules": rules }));
    }
    let links = links_of(name, service, reading)?;
    let mut planned = PlannedService {
        name: name.to_owned(),
        kind,
        body,
        after: after(service, &links, reading),
        links,
        rules: Vec::new(),
        balancer: Map::new(),
        certificates: Vec::new(),
        default_certificate: None,
    };
    if kind == "loadBalancerService" {
        balance(service, &mut planned);
    }
    Ok(planned)
}

fn balance(service: &Map<String, Value>, planned: &mut PlannedService) {
    let Some(config) = service.get("lb_config") else { return };
    for rule in rules_of(service) {
        let target = rule.get("service").and_then(Value::as_str).map(str::to_owned);
        planned.rules.push((kept(rule, RULE), target));
    }
    if let Some(text) = config.get("config") {
        planned.balancer.insert("config".to_owned(), text.clone());
    }
    if let Some(policy) = config.get("stickiness_policy") {
        planned.balancer.insert("stickinessPolicy".to_owned(), camel(policy));
    }
    let certificates = config.get("certs").and_then(Value::as_array);
    planned.certificates =
        certificates.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    planned.default_certificate = config.get("default_cert").and_then(Value::as_str).map(str::to_owned);
}

/// The type of the API that the executor takes for a service.
fn kind_of(service: &Map<String, Value>) -> &'static str {
    let has_source_port = rules_of(service).any(|rule| rule.contains_key("source_port"));
    match text(service, "image").unwrap_or_default() {
        "rancher/external-service" => "externalService",
        "rancher/dns-service" => "dnsService",
        "rancher/load-balancer-service" => "loadBalancerService",
        _ if has_source_port => "loadBalancerService",
        _ => "service",
    }
}

/// `target:alias`, split at the first colon. A link to a service of the same file must lead somewhere.
fn links_of(name: &str, service: &Map<String, Value>, reading: &Reading) -> Result<Vec<LinkText>, String> {
    let mut links = Vec::new();
    for (key, external) in [("links", false), ("external_links", true)] {
        for link in texts(service, key) {
            let (target, alias) = match link.split_once(':') {
                Some((target, alias)) => (target.trim(), Some(alias.trim().to_owned())),
                None => (link.trim(), None),
            };
            let elsewhere = target.split('/').count() > 2;
            if !external && !elsewhere && !reading.services.contains_key(target) {
                return Err(format!("Service '{name}' has a link to service '{target}' which is undefined"));
            }
            let link = LinkText { target: target.to_owned(), alias, external };
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    Ok(links)
}

/// The services of the same files that start first: what a service links to, balances and depends on.
fn after(service: &Map<String, Value>, links: &[LinkText], reading: &Reading) -> Vec<String> {
    let linked = links.iter().map(|link| link.target.as_str());
    let balanced = rules_of(service).filter_map(|rule| rule.get("service").and_then(Value::as_str));
    let all = linked.chain(balanced).chain(texts(service, "depends_on"));
    all.filter(|name| reading.services.contains_key(*name)).map(str::to_owned).collect()
}

fn sidekicks_of(service: &Map<String, Value>) -> Vec<&str> {
    let label =
        service.get("labels").and_then(|labels| labels.get("io.rancher.sidekicks")).and_then(Value::as_str);
    label.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn rules_of(service: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let rules =
        service.get("lb_config").and_then(|config| config.get("port_rules")).and_then(Value::as_array);
    rules.into_iter().flatten().filter_map(Value::as_object)
}

fn kept(rule: &Map<String, Value>, fields: &[&str]) -> Map<String, Value> {
    let kept: Map<String, Value> = rule
        .iter()
        .filter(|(key, _)| fields.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    camel(&Value::Object(kept)).as_object().cloned().unwrap_or_default()
}

const TARGET_RULE: &[&str] = &["backend_name", "hostname", "path", "target_port"];
const RULE: &[&str] = &[
    "backend_name",
    "environment",
    "hostname",
    "path",
    "priority",
    "protocol",
    "region",
    "selector",
    "source_port",
    "target_port",
    "weight",
];

fn template(volume: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (key, field) in
        [("driver", "driver"), ("driver_opts", "driverOpts"), ("per_container", "perContainer")]
    {
        fields.extend(volume.get(key).map(|value| (field.to_owned(), value.clone())));
    }
    if volume.contains_key("external") {
        fields.insert("external".to_owned(), true.into());
    }
    fields
}

fn text<'a>(service: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    service.get(key).and_then(Value::as_str)
}

fn texts<'a>(service: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    service.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
