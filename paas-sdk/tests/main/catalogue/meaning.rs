//! Whether two pairs of files mean the same, key by key, but for what was told.

use paas_sdk::{core::loss::Loss, rancher::PartFiles, tosca::compose::Stack};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The sandbox takes words of YAML 1.1 that are not quoted (`n`) for what they are in YAML 1.2.
const YAML_1_1: &[(&str, &str)] = &[
    ("BATCH_INSTALL_ENFORCE_MODE=n", "BATCH_INSTALL_ENFORCE_MODE=false"),
    ("ACCEPT_EULA=Y", "ACCEPT_EULA=true"),
];

/// What is not the same and was not told.
pub(super) fn differences(
    stack: &Stack,
    files: &[PartFiles],
    answers: &BTreeMap<String, String>,
    losses: &[Loss],
) -> Vec<String> {
    let rancher = stack.rancher_compose.as_ref().map_or("", |source| source.text());
    let asked = as_json(answers);
    let original = match paas_sandbox::read_compose(stack.docker_compose.text(), rancher, &asked) {
        Ok(original) => original,
        // The sandbox runs no conditions of templates.
        Err(error) if error.contains("does not run") => return Vec::new(),
        Err(error) => return vec![format!("the sandbox refuses the stack: {error}")],
    };
    // Passwords are answers of the new stack too.
    let mut all = passwords(rancher);
    all.extend(answers.clone());
    let mut unlike = Vec::new();
    let told = Told::new(losses);
    for part in files {
        let ours = paas_sandbox::read_compose(&part.docker_compose, &part.rancher_compose, &as_json(&all));
        let ours = match ours {
            Ok(ours) => ours,
            Err(error) => return vec![format!("the sandbox refuses what was rendered: {error}")],
        };
        let (theirs, ours) = (services(&original), services(&ours));
        let names: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
        let nothing = Value::Object(Map::new());
        for name in names.into_iter().filter(|name| ours.contains_key(*name) || !told.is_gone(name)) {
            let (theirs, ours) = (theirs.get(name).unwrap_or(&nothing), ours.get(name).unwrap_or(&nothing));
            compare(name, theirs, ours, &told, &mut unlike);
        }
    }
    unlike
}

/// The defaults of questions for passwords: the new stack asks for these answers, and has no defaults of them.
fn passwords(rancher: &str) -> BTreeMap<String, String> {
    let file: Value = yaml_serde::from_str(rancher).unwrap_or_default();
    let catalog = file.get("catalog").or_else(|| file.get(".catalog"));
    let questions = catalog.and_then(|catalog| catalog["questions"].as_array());
    let passwords = questions.into_iter().flatten().filter(|question| question["type"] == "password");
    let default = |question: &Value| {
        let default = match &question["default"] {
            Value::String(text) => text.clone(),
            Value::Null => return None,
            other => other.to_string(),
        };
        Some((question["variable"].as_str()?.to_owned(), default))
    };
    passwords.filter_map(default).collect()
}

fn as_json(answers: &BTreeMap<String, String>) -> Map<String, Value> {
    answers.iter().map(|(name, answer)| (name.clone(), answer.as_str().into())).collect()
}

fn services(read: &Value) -> Map<String, Value> {
    read["services"].as_object().cloned().unwrap_or_default()
}

/// What was told of services and keys.
struct Told<'a>(BTreeSet<(&'a str, &'a str)>);

impl<'a> Told<'a> {
    fn new(losses: &'a [Loss]) -> Self {
        let losses = losses.iter().filter_map(|loss| Some((loss.service.as_deref()?, loss.key.as_str())));
        Self(losses.collect())
    }

    /// Whether a key was told of, or something in it.
    fn of(&self, service: &str, key: &str) -> bool {
        // Files without a version have other words.
        let word = |told: &str| match told.split('.').next() {
            Some("net") => "network_mode".to_owned(),
            Some("log_driver" | "log_opt") => "logging".to_owned(),
            first => first.unwrap_or_default().to_owned(),
        };
        self.0.iter().any(|(name, told)| *name == service && word(told) == key)
    }

    fn of_label(&self, service: &str, label: &str) -> bool {
        self.0.contains(&(service, format!("labels.{label}").as_str()))
    }

    /// Whether a whole service is left out: one without an image, or another name of services.
    fn is_gone(&self, service: &str) -> bool {
        self.0.contains(&(service, "image")) || self.0.contains(&(service, "links"))
    }
}

fn compare(name: &str, theirs: &Value, ours: &Value, told: &Told<'_>, unlike: &mut Vec<String>) {
    let keys: BTreeSet<&String> =
        [theirs, ours].iter().filter_map(|it| it.as_object()).flat_map(Map::keys).collect();
    for key in keys {
        let (left, right) = (normal(key, &theirs[key]), normal(key, &ours[key]));
        if left == right {
            continue;
        }
        if key != "labels" {
            if !told.of(name, key) {
                unlike.push(format!("{name}.{key}: {left} became {right}"));
            }
            continue;
        }
        let labels: BTreeSet<&String> =
            [&left, &right].iter().filter_map(|it| it.as_object()).flat_map(Map::keys).collect();
        for label in labels.into_iter().filter(|label| left[*label] != right[*label]) {
            if !told.of_label(name, label) {
                unlike.push(format!("{name}.labels.{label}: {} became {}", left[label], right[label]));
            }
        }
    }
}

/// A value in the one form that means the same to Rancher.
fn normal(key: &str, value: &Value) -> Value {
    let sorted = |change: fn(&str) -> String| {
        let items = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        let all: BTreeSet<String> = items.map(change).collect();
        json!(all)
    };
    match key {
        // One, if nothing is said.
        "scale" => value.as_i64().unwrap_or(1).into(),
        // The order of variables, ports and volumes has no meaning; TCP is what is meant unless it is said.
        "environment" => sorted(|item| {
            YAML_1_1.iter().find(|(one, _)| *one == item).map_or(item, |(_, other)| other).to_owned()
        }),
        "ports" | "expose" => sorted(|item| {
            let item = item.trim_start_matches(':');
            if item.contains('/') { item.to_owned() } else { format!("{item}/tcp") }
        }),
        // What has no source is a volume without a name.
        "volumes" => sorted(|item| item.strip_prefix(':').unwrap_or(item).to_owned()),
        // A link without another name has the service's own.
        "links" => sorted(|item| if item.contains(':') { item.to_owned() } else { format!("{item}:{item}") }),
        _ => value.clone(),
    }
}
