//! The executor's own readings, recorded, are what this module is held against.

use super::{Place, interpolate::Answers, merged};
use serde_json::{Map, Value};
use std::path::Path;

#[test]
fn two_files_are_read_as_the_executor_read_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/peers/executor/readings.jsonl");
    let recorded = std::fs::read_to_string(path).unwrap();
    let (mut same, mut unlike) = (0, Vec::new());
    for line in recorded.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let answers = case.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
        let text = |field: &str| case.get(field).and_then(Value::as_str).unwrap_or_default();
        let read = read(text("docker_compose"), text("rancher_compose"), &answers);
        let difference = match (&read, case["error"].as_str()) {
            (Err(_), Some(_)) => None,
            (Ok(_), Some(error)) => Some(format!("taken, but the executor said: {error}")),
            (Err(error), None) => Some(format!("refused: {error}")),
            (Ok((services, _)), None) if *services != case["services"] => {
                Some(format!("\n  ours   {services}\n  theirs {}", case["services"]))
            }
            (Ok((_, volumes)), None) if *volumes != case["volumes"] => {
                Some(format!("\n  ours   {volumes}\n  theirs {}", case["volumes"]))
            }
            (Ok(_), None) => None,
        };
        match difference {
            None => same += 1,
            Some(difference) => unlike.push((name.to_owned(), difference)),
        }
    }
    let unexpected: Vec<_> = unlike.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())).collect();
    assert!(
        unexpected.is_empty(),
        "{} readings differ: {}",
        unexpected.len(),
        unexpected.iter().map(|(name, difference)| format!("\n- {name}: {difference}")).collect::<String>()
    );
    assert_eq!(unlike.len(), KNOWN.len(), "a case of the list of known differences is none any more");
    assert!(same > 300, "{same}");
}

/// YAML 1.1 words that are not quoted (`on`, `yes`, `no`) and octal numbers: the sandbox reads YAML 1.2 there.
const KNOWN: &[&str] = &[
    "env null value",
    "env typed values",
    "nested unquoted on: in metadata",
    "restart no",
    "stdin tty bools",
    "unquoted on: in environment",
    "unquoted on: in labels",
    "unquoted on: in metadata",
    "upgrade_strategy in yes",
];

fn read(docker: &str, rancher: &str, answers: &Map<String, Value>) -> Result<(Value, Value), String> {
    let answers = Answers::new(answers, rancher);
    let reading = merged(docker, rancher, &answers, &Place::default())?;
    let mut services = serde_json::to_value(&reading.services).unwrap();
    for service in services.as_object_mut().unwrap().values_mut() {
        if let Some(environment) = service.get_mut("environment").and_then(Value::as_array_mut) {
            environment.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        }
    }
    Ok((services, serde_json::to_value(&reading.volumes).unwrap()))
}
