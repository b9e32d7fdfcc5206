//! Small schemas that others are made of.

use super::Definitions;
use crate::yaml::{self, NodeRef, Plain, scalar_boolean, scalar_float, scalar_integer};
use serde_json::{Map, Value, json};

/// The definitions of what stands in many places.
pub(super) fn define(all: &mut Definitions) {
    // To the reader a name is the text of a value, and nobody need quote `8080`. (Nor `true`, but where that could be
    // right, editors would offer it.)
    let name = json!({ "type": ["string", "number"] });
    let text = json!({ "type": ["string", "number", "boolean", "null"] });
    let names = json!({ "type": ["array", "null"], "items": reference("name") });
    let booleans = ["true", "false", "yes", "no", "on", "off"];
    let spelt = |word: &str| {
        let (first, rest) = word.split_at(1);
        [word.to_owned(), first.to_uppercase() + rest, word.to_uppercase()]
    };
    let words: Vec<String> = booleans.into_iter().flat_map(spelt).collect();
    let flag = json!({ "anyOf": [{ "type": "boolean" }, { "enum": words }] });
    let count = json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^\\+?[0-9]+$" }] });
    let most = any_of([reference("count"), json!({ "const": "UNBOUNDED" })]);
    let occurrences =
        json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": [reference("count"), most] });
    let all_parts = [
        ("name", name),
        ("text", text),
        ("names", names),
        ("flag", flag),
        ("count", count),
        ("occurrences", occurrences),
    ];
    for (key, schema) in all_parts {
        all.insert(key.to_owned(), schema);
    }
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// Either of some.
pub(super) fn any_of(schemas: impl IntoIterator<Item = Value>) -> Value {
    json!({ "anyOf": schemas.into_iter().collect::<Vec<_>>() })
}

/// Nothing, or something.
pub(super) fn or_nothing(schema: Value) -> Value {
    any_of([schema, json!({ "type": "null" })])
}

/// A map of things that the template names.
pub(super) fn named(schema: Value) -> Value {
    with(json!({ "type": ["object", "null"] }), [("additionalProperties", schema)])
}

/// A map of one entry.
pub(super) fn one_entry() -> Map<String, Value> {
    let entry = [("type", json!("object")), ("minProperties", json!(1)), ("maxProperties", json!(1))];
    entry.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The schema with more keys.
pub(super) fn with<'k>(schema: Value, more: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let Value::Object(mut schema) = schema else { return schema };
    schema.extend(more.into_iter().map(|(key, value)| (key.to_owned(), value)));
    Value::Object(schema)
}

/// A value of a template as an editor sees it.
pub(super) fn json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        yaml::Kind::Sequence => node.items().map(json).collect(),
        yaml::Kind::Mapping => {
            let entry =
                |(key, value): (NodeRef<'_>, _)| (key.text().unwrap_or_default().to_owned(), json(value));
            Value::Object(node.entries().map(entry).collect())
        }
        yaml::Kind::Scalar => {
            let text = node.text().unwrap_or_default();
            match node.plain() {
                Some(Plain::Null) => Value::Null,
                Some(Plain::Boolean) => scalar_boolean(text).into(),
                Some(Plain::Integer) => scalar_integer(text).into(),
                Some(Plain::Float) => scalar_float(text).into(),
                _ => text.into(),
            }
        }
    }
}
