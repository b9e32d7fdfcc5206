use super::{
    interpolate::{Answers, interpolate},
    node::{Key, Node},
    shape, typed,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What one of the two files says.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) services: BTreeMap<String, Map<String, Value>>,
    pub(super) volumes: BTreeMap<String, Map<String, Value>>,
}

pub(super) fn read(text: &str, answers: &Answers) -> Result<File, String> {
    let root = Node::read(text).map_err(|error| {
        format!("error parsing yaml, please check: yaml: {error}. (Note: Only version 1 and 2 are supported)")
    })?;
    let raw = sections(&root)?;
    let mut file = File::default();
    for (name, service) in &raw.services {
        let service = prepared(name, service, answers)?;
        shape::check(name, &service, raw.is_two)?;
        let service = if raw.is_two { service } else { modern(service) };
        file.services.insert(name.clone(), typed::service(&service)?);
    }
    for (name, volume) in &raw.volumes {
        let volume = interpolate(name, volume, answers)?.merged()?;
        file.volumes.insert(name.clone(), typed::volume(&volume)?);
    }
    Ok(file)
}

#[derive(Default)]
struct Raw {
    is_two: bool,
    services: BTreeMap<String, Node>,
    volumes: BTreeMap<String, Node>,
}

/// The services and volumes of a file of version 2, or the services of one without a version.
fn sections(root: &Node) -> Result<Raw, String> {
    let mut raw = Raw::default();
    let version = root.entries().iter().rev().find(|(key, _)| key.text == "version").map(|(_, value)| value);
    let is_two =
        matches!(version, Some(Node::Whole(2))) || matches!(version, Some(Node::Text(two)) if two == "2");
    if matches!(version, Some(Node::Text(three)) if three == "3") || matches!(version, Some(Node::Whole(3))) {
        return Err("version 3 is not supported".to_owned());
    }
    raw.is_two = is_two;
    for (key, value) in root.entries() {
        match (is_two, key.text.as_str()) {
            (false, ".catalog") => {}
            (false, name) => {
                raw.services.insert(name.to_owned(), as_service(value)?);
            }
            (true, "volumes") => {
                raw.volumes
                    .extend(value.entries().iter().map(|(name, volume)| (name.text.clone(), volume.clone())));
            }
            (true, section) => {
                let image = match section {
                    "services" | "containers" | "load_balancers" | "virtual_machines" => None,
                    "external_services" => Some("rancher/external-service"),
                    "aliases" => Some("rancher/dns-service"),
                    _ => continue,
                };
                for (name, service) in value.entries() {
                    let service = with_image(as_service(service)?, image);
                    raw.services.insert(name.text.clone(), service);
                }
            }
        }
    }
    Ok(raw)
}

/// A service of version 1 with the keys of version 2.
fn modern(service: Node) -> Node {
    let Node::Map(entries) = service else { return service };
    let mut logging = Vec::new();
    let mut done = Vec::new();
    for (mut key, value) in entries {
        let renamed = match key.text.as_str() {
            "net" => "network_mode",
            "log_driver" => "driver",
            "log_opt" => "options",
            _ => {
                done.push((key, value));
                continue;
            }
        };
        let is_mode = renamed == "network_mode";
        renamed.clone_into(&mut key.text);
        if is_mode { done.push((key, value)) } else { logging.push((key, value)) }
    }
    if !logging.is_empty() {
        done.push((Key { text: "logging".to_owned(), is_text: true }, Node::Map(logging)));
    }
    Node::Map(done)
}

fn as_service(node: &Node) -> Result<Node, String> {
    match node {
        Node::Map(_) => Ok(node.clone()),
        Node::Null => Ok(Node::Map(Vec::new())),
        other => {
            let shown = other.scalar().unwrap_or_else(|| "a list".to_owned());
            Err(format!("yaml: unmarshal errors:\n  cannot unmarshal `{shown}` into config.RawService"))
        }
    }
}

fn with_image(service: Node, image: Option<&str>) -> Node {
    let (Some(image), Node::Map(mut entries)) = (image, service.clone()) else { return service };
    entries.retain(|(key, _)| key.text != "image");
    for (key, _) in entries.iter_mut().filter(|(key, _)| key.text == "services") {
        "links".clone_into(&mut key.text);
    }
    entries.push((Key { text: "image".to_owned(), is_text: true }, Node::Text(image.to_owned())));
    Node::Map(entries)
}

/// A service with its answers put in and its scalars as the executor's two passes leave them.
fn prepared(name: &str, service: &Node, answers: &Answers) -> Result<Node, String> {
    let mut entries = Vec::new();
    for (key, value) in service.entries() {
        if !key.text.is_empty() && has_odd_key(value) {
            return Err(format!(
                "panic: interface conversion: a key of `{}` of service {name} is no string",
                key.text
            ));
        }
        if matches!(key.text.as_str(), "environment" | "labels") && value.get("<<").is_some() {
            let kind = if key.text == "labels" { "SliceorMap" } else { "MaporSlice" };
            return Err(format!("Failed to unmarshal {kind}"));
        }
        let mut value = interpolate(&key.text, value, answers)?.merged()?;
        match key.text.as_str() {
            "environment" | "labels" => {
                value = map_scalars(&value, &|scalar| scalar.scalar().map(Node::Text));
            }
            "certs"
            | "disks"
            | "external_ips"
            | "health_check"
            | "lb_config"
            | "load_balancer_config"
            | "network_driver"
            | "scale_policy"
            | "storage_driver"
            | "upgrade_strategy" => {
                value = map_scalars(&value, &|scalar| match scalar {
                    Node::Text(text) => text.parse().ok().map(Node::Whole),
                    _ => None,
                });
            }
            _ => {}
        }
        entries.push((key.clone(), value));
    }
    Ok(last_wins(entries))
}

fn map_scalars(node: &Node, change: &dyn Fn(&Node) -> Option<Node>) -> Node {
    match node {
        Node::List(items) => Node::List(items.iter().map(|item| map_scalars(item, change)).collect()),
        Node::Map(entries) => {
            Node::Map(entries.iter().map(|(key, value)| (key.clone(), map_scalars(value, change))).collect())
        }
        scalar => change(scalar).unwrap_or_else(|| scalar.clone()),
    }
}

fn has_odd_key(node: &Node) -> bool {
    node.entries().iter().any(|(key, value)| !key.is_text || has_odd_key(value))
        || node.items().iter().any(has_odd_key)
}

fn last_wins(entries: Vec<(Key, Node)>) -> Node {
    let mut kept: Vec<(Key, Node)> = Vec::new();
    for (key, value) in entries {
        kept.retain(|(each, _)| each.text != key.text);
        kept.push((key, value));
    }
    Node::Map(kept)
}
