//! What is different between two applications, place by place.

use paas_core::application::Application;
use serde_json::{Map, Value, json};

/// A value that is not as it should be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    /// Where, from the outside in: `services`, `web`, `environment`, `REGION`.
    pub(super) path: Vec<String>,
    pub(super) wanted: Value,
    pub(super) found: Value,
}

/// All differences, so many at most.
pub(super) fn differences(wanted: &Application, found: &Application, most: usize) -> Vec<Difference> {
    let mut all = Vec::new();
    if wanted != found {
        let (wanted, found) = (document(wanted), document(found));
        compare(&wanted, &found, &mut Vec::new(), &mut all, most);
    }
    all
}

/// What is not there is nothing.
const NOTHING: Value = Value::Null;

fn compare(wanted: &Value, found: &Value, path: &mut Vec<String>, all: &mut Vec<Difference>, most: usize) {
    if wanted == found || all.len() >= most {
        return;
    }
    match (wanted, found) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                path.push(key.clone());
                compare(a.get(key).unwrap_or(&NOTHING), b.get(key).unwrap_or(&NOTHING), path, all, most);
                path.pop();
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                path.push(index.to_string());
                compare(a.get(index).unwrap_or(&NOTHING), b.get(index).unwrap_or(&NOTHING), path, all, most);
                path.pop();
            }
        }
        _ => all.push(Difference { path: path.clone(), wanted: wanted.clone(), found: found.clone() }),
    }
}

/// An application with its parts by their names.
fn document(application: &Application) -> Value {
    let Application {
        name,
        description,
        networks,
        services,
        volumes,
        policies,
        placements,
        outputs,
        secrets,
        ..
    } = application;
    let placements = placements.iter().map(|placement| {
        let rule = json!([placement.security_level, placement.security_domain, placement.services]);
        (placement.name.clone(), rule)
    });
    json!({
        "name": name,
        "description": description,
        "networks": networks,
        "services": by_name(services.iter().map(|service| (service.name.clone(), json!(service)))),
        "volumes": by_name(volumes.iter().map(|volume| (volume.name.clone(), json!(volume)))),
        "policies": policies,
        "placements": by_name(placements),
        "outputs": by_name(outputs.iter().map(|output| (output.name.clone(), json!(output)))),
        "secrets": secrets,
        "order": services.iter().map(|service| service.name.as_str()).collect::<Vec<_>>(),
    })
}

fn by_name(parts: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(parts.collect::<Map<_, _>>())
}
