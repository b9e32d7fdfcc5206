//! Reads `docker-compose.yml` and `rancher-compose.yml` as Rancher's executor does, into the services to be made.
//!
//! What the executor does is written down in `docs/rancher-compose.md`; its recorded readings are the tests of this
//! module. The order is its order: template, YAML, interpolation, types, merging.

mod convert;
mod file;
mod interpolate;
mod keys;
mod launch;
mod merge;
mod node;
mod shape;
mod template;
mod typed;

pub(crate) use convert::{Composition, LinkText, PlannedService};

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where a stack is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) stack: String,
    pub(crate) environment: String,
    /// The image of load balancers that name none of their own.
    pub(crate) balancer_image: String,
}

/// What the two files say together, under the key names of the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) services: BTreeMap<String, Map<String, Value>>,
    pub(crate) volumes: BTreeMap<String, Map<String, Value>>,
}

/// What two compose files say together: services and volumes as a JSON document.
pub(crate) fn document(docker: &str, rancher: &str, answers: &Map<String, Value>) -> Result<Value, String> {
    let answers = interpolate::Answers::new(answers, rancher);
    let reading = merged(docker, rancher, &answers, &Place::default())?;
    let all = |entries: BTreeMap<String, Map<String, Value>>| -> Value {
        entries.into_iter().map(|(name, entry)| (name, Value::Object(entry))).collect::<Map<_, _>>().into()
    };
    Ok(serde_json::json!({ "services": all(reading.services), "volumes": all(reading.volumes) }))
}

/// What is to be made of two compose files; an error is the message that the stack shows.
pub(crate) fn read(
    docker: &str,
    rancher: &str,
    answers: &Map<String, Value>,
    place: &Place,
) -> Result<Composition, String> {
    let answers = interpolate::Answers::new(answers, rancher);
    let reading = merged(docker, rancher, &answers, place)?;
    convert::plan(&reading, &answers, place)
}

fn merged(
    docker: &str,
    rancher: &str,
    answers: &interpolate::Answers,
    place: &Place,
) -> Result<Reading, String> {
    let mut reading = Reading::default();
    for text in [docker, rancher] {
        let file = file::read(&template::apply(text, answers, place)?, answers)?;
        for (name, service) in file.services {
            merge::service(reading.services.entry(name).or_default(), service);
        }
        reading.volumes.extend(file.volumes);
    }
    Ok(reading)
}

#[cfg(test)]
mod tests;
