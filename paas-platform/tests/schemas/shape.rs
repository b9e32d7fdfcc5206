//! The part of JSON Schema that schemas keep to: what types of other languages are made from.

use super::visit;
use paas_core::{MAX_INTEGER, schema::settings};
use paas_sandbox::{Fault, RequestRecord};
use schemars::generate::Contract;
use serde_json::{Map, Value};

/// All definitions there are.
fn definitions(contract: Contract) -> Map<String, Value> {
    let mut generator = settings(contract).into_generator();
    paas_core::schema::register(&mut generator);
    paas_platform::schema::register(&mut generator);
    generator.subschema_for::<Fault>();
    generator.subschema_for::<RequestRecord>();
    generator.take_definitions(true)
}

fn each(mut visited: impl FnMut(&str, &Map<String, Value>)) {
    for (name, mut schema) in definitions(Contract::Serialize) {
        visit(&mut schema, &mut |schema| visited(&name, schema));
    }
}

#[test]
fn schemas_are_of_a_few_words() {
    const WORDS: [&str; 21] = [
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "format",
        "items",
        "maxLength",
        "maximum",
        "minLength",
        "minimum",
        "oneOf",
        "pattern",
        "properties",
        "required",
        "title",
        "type",
        "uniqueItems",
        "$defs",
    ];
    each(|name, schema| {
        for word in schema.keys() {
            assert!(WORDS.contains(&word.as_str()), "{name}: {word}");
        }
        // Of instants; languages have a type for them.
        assert!(schema.get("format").is_none_or(|format| format == "date-time"), "{name}: {schema:?}");
        let has = |word: &str| schema.contains_key(word);
        assert!(!has("$ref") || !has("properties"), "{name}: a reference with properties beside it");
        let is_union = has("oneOf") || has("anyOf");
        assert!(
            !is_union || !(has("properties") || has("$ref")),
            "{name}: a union with properties beside it"
        );
    });
}

#[test]
fn no_two_types_have_one_name() {
    let definitions = definitions(Contract::Serialize);
    // The second of two gets a number.
    let numbered = |name: &&String| name.ends_with(|c: char| c.is_ascii_digit());
    assert_eq!(definitions.keys().find(numbered), None);
    for name in [
        "Release",
        "Plan",
        "Event",
        "JournalEntry",
        "StepFailure",
        "OperationStatus",
        "Fault",
        "RequestRecord",
    ] {
        assert!(definitions.contains_key(name), "{name}");
    }
}

#[test]
fn references_lead_somewhere() {
    let known = definitions(Contract::Serialize);
    each(|name, schema| {
        let Some(reference) = schema.get("$ref") else { return };
        let to = reference.as_str().and_then(|to| to.strip_prefix("#/$defs/")).unwrap();
        assert!(known.contains_key(to), "{name}: {to}");
    });
}

#[test]
fn whole_numbers_can_be_held_by_javascript() {
    let max = i64::try_from(MAX_INTEGER).unwrap();
    each(|name, schema| {
        let is_whole = schema.get("type").is_some_and(|one| one.to_string().contains("integer"));
        if is_whole {
            let (least, most) = (schema["minimum"].as_i64().unwrap(), schema["maximum"].as_i64().unwrap());
            assert!(least >= -max && most <= max, "{name}: {schema:?}");
        }
    });
}

#[test]
fn everything_is_described_in_one_line_without_links() {
    for (name, schema) in definitions(Contract::Serialize) {
        assert!(schema["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
    each(|name, schema| {
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        assert!(!text.contains(['\n']) && !text.contains("[`") && !text.contains("`None`"), "{name}: {text}");
    });
}

#[test]
fn what_is_read_has_a_schema_too() {
    let read = definitions(Contract::Deserialize);
    let fault = &read["Fault"]["oneOf"][0];
    assert_eq!(fault["properties"]["fault"]["const"], "conflict");
    assert_eq!(fault["required"], serde_json::json!(["fault"]));
}
