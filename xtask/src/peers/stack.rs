//! The two files of a stack as one.

use crate::Result;
use serde_json::{Map, Value};

/// The names of the two files.
pub(super) const DOCKER_COMPOSE: &str = "docker-compose.yml";
pub(super) const RANCHER_COMPOSE: &str = "rancher-compose.yml";

/// The services of the two files of a stack.
pub(super) struct Stack {
    pub(super) services: Map<String, Value>,
}

impl Stack {
    /// Merges the two files as Rancher does: key by key, lists one after the other, maps one level deep, else the
    /// second wins.
    pub(super) fn merge(docker: Value, rancher: Value) -> Result<Self> {
        let mut services = services_of(docker, DOCKER_COMPOSE)?;
        for (name, added) in services_of(rancher, RANCHER_COMPOSE)? {
            match (services.get_mut(&name), added) {
                (Some(Value::Object(service)), Value::Object(added)) => merge_service(service, added),
                (Some(_), _) => return Err(format!("service `{name}` is no map").into()),
                (None, added) => {
                    services.insert(name, added);
                }
            }
        }
        Ok(Self { services })
    }
}

fn merge_service(service: &mut Map<String, Value>, added: Map<String, Value>) {
    for (key, value) in added {
        match (service.get_mut(&key), value) {
            (Some(Value::Array(items)), Value::Array(more)) => items.extend(more),
            (Some(Value::Object(map)), Value::Object(more)) => map.extend(more),
            (_, value) => {
                service.insert(key, value);
            }
        }
    }
}

fn services_of(file: Value, name: &str) -> Result<Map<String, Value>> {
    let Value::Object(mut file) = file else { return Err(format!("{name} is no map").into()) };
    if file.get("version") != Some(&Value::from("2")) {
        return Err(format!("{name} is not of version \"2\"").into());
    }
    match file.remove("services") {
        None => Ok(Map::new()),
        Some(Value::Object(services)) => Ok(services),
        Some(_) => Err(format!("the services of {name} are no map").into()),
    }
}
