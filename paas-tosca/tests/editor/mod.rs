//! The JSON Schema of templates, held against the reader: what editors show must be so.

mod codes;
mod spellings;
mod templates;
mod types;
mod values;
mod words;

use jsonschema::Validator;
use serde_json::Value;
use std::sync::OnceLock;

/// The schema that lies in the project's folder comes of this text: `cargo xtask generate --check` holds that.
pub(crate) fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(&paas_tosca::schema::template()).unwrap())
}

fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| jsonschema::draft7::new(schema()).unwrap())
}

/// What an editor would underline.
fn marks(document: &Value) -> Vec<String> {
    validator().iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// A text as editors read it: YAML 1.2, merges followed. `None`: the text is no such YAML, and the editor says that.
fn as_json(text: &str) -> Option<Value> {
    let mut value: yaml_serde::Value = yaml_serde::from_str(text).ok()?;
    value.apply_merge().ok()?;
    convert(value)
}

fn convert(value: yaml_serde::Value) -> Option<Value> {
    Some(match value {
        yaml_serde::Value::Null => Value::Null,
        yaml_serde::Value::Bool(value) => value.into(),
        yaml_serde::Value::Number(number) => serde_json::to_value(number).ok()?,
        yaml_serde::Value::String(text) => text.into(),
        yaml_serde::Value::Sequence(items) => {
            Value::Array(items.into_iter().map(convert).collect::<Option<_>>()?)
        }
        yaml_serde::Value::Mapping(entries) => {
            let entry = |(key, value)| {
                let key = match convert(key)? {
                    Value::String(key) => key,
                    key => key.to_string(),
                };
                Some((key, convert(value)?))
            };
            Value::Object(entries.into_iter().map(entry).collect::<Option<_>>()?)
        }
        yaml_serde::Value::Tagged(tagged) => convert(tagged.value)?,
    })
}

#[test]
fn the_schema_is_one_of_draft_07() {
    let faults: Vec<_> = jsonschema::meta::validator_for(schema())
        .unwrap()
        .iter_errors(schema())
        .map(|e| e.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(schema()["$schema"], "http://json-schema.org/draft-07/schema#");
}

#[test]
fn every_reference_leads_to_a_definition_and_every_definition_is_used() {
    let definitions = schema()["definitions"].as_object().unwrap();
    let mut used = std::collections::BTreeSet::new();
    references(schema(), &mut used);
    let there: std::collections::BTreeSet<_> =
        definitions.keys().map(|name| format!("#/definitions/{name}")).collect();
    assert_eq!(used, there);
}

fn references(value: &Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            found.extend(entries.get("$ref").and_then(Value::as_str).map(str::to_owned));
            // Editors of draft-07 look at nothing beside a reference.
            assert!(!entries.contains_key("$ref") || entries.len() == 1, "{value}");
            entries.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
