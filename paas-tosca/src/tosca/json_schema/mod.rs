//! The JSON Schema of templates, from the tables that the reader goes by.
//!
//! ```text
//! keywords ─▶ words ─┐
//! library ──▶ types ─┼─▶ definitions ─▶ one schema
//! schema, constraint ▶ values ─┘
//! ```
//! Draft-07. A node, relationship, group or policy has its words for all types, and for each built-in type an `if` that
//! adds what its definition says. Other types are the template's own, of which nothing is said.

mod definitions;
mod functions;
mod meanings;
mod parts;
#[cfg(test)]
mod tests;
mod topology;
mod types;
mod values;
mod words;

use super::library::TypeId;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is known of built-in types beyond their definitions.
pub(crate) struct Narrowed {
    /// Whether a policy type cannot be used itself.
    pub(crate) is_abstract: fn(TypeId) -> bool,
    /// The only words that a property of a policy, or an entry of it, may be.
    pub(crate) words: fn(TypeId, &str) -> Option<Vec<String>>,
}

/// The definitions that the schema's parts name, each made where it belongs.
type Definitions = BTreeMap<String, Value>;

/// The schema of a whole template.
pub(crate) fn template_schema(narrowed: &Narrowed) -> Value {
    let mut all = Definitions::new();
    parts::define(&mut all);
    functions::define(&mut all);
    definitions::define(&mut all);
    types::define(&mut all, narrowed);
    topology::define(&mut all);
    let mut schema = topology::template();
    let mut used = BTreeMap::new();
    keep(&schema, &mut all, &mut used);
    if let Value::Object(schema) = &mut schema {
        schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("title".to_owned(), json!("TOSCA template in the paas profile"));
        schema.insert("definitions".to_owned(), Value::Object(used.into_iter().collect()));
    }
    sorted(schema)
}

/// Keeps the definitions that a schema names, and those that they name.
fn keep(schema: &Value, all: &mut Definitions, used: &mut Definitions) {
    match schema {
        Value::Object(entries) => {
            let name = entries.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
            if let Some((name, definition)) = name.and_then(|name| all.remove_entry(name)) {
                keep(&definition, all, used);
                used.insert(name, definition);
            }
            entries.values().for_each(|value| keep(value, all, used));
        }
        Value::Array(items) => items.iter().for_each(|item| keep(item, all, used)),
        _ => {}
    }
}

/// The same with all keys in order, whatever order the maps of this build keep.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries: BTreeMap<String, Value> =
                entries.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        value => value,
    }
}
