//! A JSON Schema of its own for each document that a function gives, so that other tools can check what they are sent.

use super::{
    Generated,
    interface::{Answer, Interface, Of, snake},
};
use crate::Result;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A schema for each type that a function gives as a document, and for that of a failed call.
pub(crate) fn schemas(description: &Value, interface: &Interface) -> Result<Vec<Generated>> {
    let definitions =
        description.get("$defs").and_then(Value::as_object).ok_or("the description has no `$defs`")?;
    let mut names = BTreeSet::from([interface.error.as_str()]);
    for function in interface.handles.iter().flat_map(|handle| &handle.functions) {
        if let Answer::Document(of) = &function.answer {
            named(of, &mut names);
        }
    }
    names
        .into_iter()
        .map(|name| {
            let schema = schema(name, definitions)?;
            let path = format!("schema/{}.json", snake(name));
            Ok(Generated::new(path, format!("{}\n", serde_json::to_string_pretty(&schema)?)))
        })
        .collect()
}

/// The types that are named in a type.
fn named<'a>(of: &'a Of, names: &mut BTreeSet<&'a str>) {
    match of {
        Of::Named(name) => {
            names.insert(name);
        }
        Of::List(inner) | Of::Map(inner) => named(inner, names),
        Of::Union(arms) => arms.iter().for_each(|arm| named(arm, names)),
        _ => {}
    }
}

/// A type's schema with all that it refers to.
fn schema(name: &str, definitions: &Map<String, Value>) -> Result<Value> {
    let mut found = BTreeMap::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if found.contains_key(&name) {
            continue;
        }
        let definition =
            definitions.get(&name).ok_or_else(|| format!("the description has no type `{name}`"))?;
        references(definition, &mut open);
        found.insert(name, definition.clone());
    }
    let root = found.remove(name).unwrap_or_default();
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": name });
    if let (Some(schema), Value::Object(root)) = (schema.as_object_mut(), root) {
        schema.extend(root);
        if !found.is_empty() {
            schema.insert("$defs".to_owned(), json!(found));
        }
    }
    Ok(schema)
}

fn references(schema: &Value, open: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
                open.extend(target.strip_prefix("#/$defs/").map(ToOwned::to_owned));
            }
            fields.values().for_each(|inner| references(inner, open));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, open)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::schema;
    use serde_json::json;

    #[test]
    fn a_schema_has_what_it_refers_to_and_nothing_else() {
        let definitions = json!({
            "A": { "type": "object", "properties": { "b": { "$ref": "#/$defs/B" } } },
            "B": { "type": "array", "items": { "$ref": "#/$defs/C" } },
            "C": { "type": "string" },
            "D": { "type": "null" },
        });
        let schema = schema("A", definitions.as_object().unwrap()).unwrap();
        assert_eq!(schema["title"], "A");
        assert_eq!(schema["properties"]["b"]["$ref"], "#/$defs/B");
        let defined: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
        assert_eq!(defined, ["B", "C"]);
    }
}
