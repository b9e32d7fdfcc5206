//! What we read of `release.json`. Read by hand and not with the library's types: an independent check shares nothing
//! with what it checks.

use crate::{Result, files};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, path::Path};

/// A release.
#[derive(Debug, Deserialize)]
pub(super) struct Release {
    pub(super) stack: String,
    pub(super) parts: Vec<Part>,
    #[serde(default)]
    pub(super) secrets: Vec<Secret>,
}

/// What runs in one network.
#[derive(Debug, Deserialize)]
pub(super) struct Part {
    pub(super) environment: String,
    pub(super) services: Vec<Service>,
}

/// A service of any kind; fields of other kinds are empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Service {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) image: String,
    pub(super) command: Vec<Text>,
    pub(super) entrypoint: Vec<Text>,
    pub(super) environment: BTreeMap<String, Text>,
    pub(super) labels: BTreeMap<String, Text>,
    pub(super) links: Vec<Link>,
    pub(super) routes: Vec<Route>,
    pub(super) host: Option<String>,
    pub(super) addresses: Vec<String>,
    pub(super) sidekick: Option<Sidekick>,
    pub(super) hostname: Option<String>,
    pub(super) working_dir: Option<String>,
    pub(super) tty: bool,
    pub(super) stdin_open: bool,
    pub(super) volumes_from: Vec<String>,
    pub(super) anonymous_volumes: Vec<String>,
    pub(super) security: Security,
    pub(super) rancher: BTreeMap<String, Value>,
}

/// What a container may do to its host.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Security {
    pub(super) host_mounts: Vec<HostMount>,
}

/// A folder of hosts in containers.
#[derive(Debug, Deserialize)]
pub(super) struct HostMount {
    pub(super) host_path: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) read_only: bool,
    pub(super) propagation: Option<String>,
}

/// A string that may hold references.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Text {
    Plain(String),
    WithReferences { with_references: Vec<Segment> },
}

/// A piece of a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Segment {
    Literal(String),
    Secret { secret: String },
    Host { host_of: String },
}

/// That a service needs another.
#[derive(Debug, Deserialize)]
pub(super) struct Link {
    pub(super) to: String,
    pub(super) kind: String,
    pub(super) alias: Option<String>,
}

/// What a service runs beside.
#[derive(Debug, Deserialize)]
pub(super) struct Sidekick {
    pub(super) of: String,
}

/// Services of any application, by their labels.
#[derive(Debug, Deserialize)]
pub(super) struct Selector {
    pub(super) labels: BTreeMap<String, String>,
    pub(super) environment: Option<String>,
}

/// A rule of a load balancer.
#[derive(Debug, Deserialize)]
pub(super) struct Route {
    pub(super) listen: u16,
    pub(super) protocol: String,
    pub(super) host: Option<String>,
    pub(super) path: Option<String>,
    #[serde(default)]
    pub(super) service: String,
    pub(super) selector: Option<Selector>,
    pub(super) port: u16,
}

/// A secret input and the answer with its value.
#[derive(Debug, Deserialize)]
pub(super) struct Secret {
    pub(super) input: String,
    pub(super) answer: String,
}

/// Reads a release.
pub(super) fn read(path: &Path) -> Result<Release> {
    serde_json::from_str(&files::read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

impl Text {
    /// The text with `‹name›` for each secret input, and each host name as the services that share their links know it.
    pub(super) fn marked(&self, sharing: &[&Service]) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::WithReferences { with_references } => with_references
                .iter()
                .map(|segment| match segment {
                    Segment::Literal(literal) => literal.clone(),
                    Segment::Secret { secret } => mark(secret),
                    Segment::Host { host_of } => {
                        let is_beside = sharing.iter().any(|service| service.name == *host_of);
                        let mut links =
                            sharing.iter().filter(|_| !is_beside).flat_map(|service| &service.links);
                        let link = links.find(|link| link.kind == "connection" && link.to == *host_of);
                        link.and_then(|link| link.alias.clone()).unwrap_or_else(|| host_of.clone())
                    }
                })
                .collect(),
        }
    }
}

/// A value of any shape with its texts [marked](Text::marked).
pub(super) fn marked(value: &Value, sharing: &[&Service]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| marked(item, sharing)).collect(),
        Value::Object(map) if map.len() == 1 && map.contains_key("with_references") => {
            Text::deserialize(value).map_or_else(|_| value.clone(), |text| text.marked(sharing).into())
        }
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), marked(value, sharing))).collect::<Map<_, _>>().into()
        }
        _ => value.clone(),
    }
}

/// Stands for the value of a secret input.
pub(super) fn mark(secret: &str) -> String {
    format!("‹{secret}›")
}
