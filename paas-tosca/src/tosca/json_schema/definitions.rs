//! Definitions that templates make themselves: inputs, properties, types.

use super::{
    Definitions,
    parts::{any_of, named, one_entry, or_nothing, reference, with},
    types::KINDS,
    values::{is_map, names, of_type, or_function},
    words::words,
};
use crate::tosca::{
    constraint::OPERATORS,
    keywords::{self, Word},
    library::Kind,
    schema::{Schema, Type},
};
use serde_json::{Map, Value, json};

pub(super) fn define(all: &mut Definitions) {
    all.insert("constraints".to_owned(), constraints());
    let entry = with(
        words("entry schema", keywords::ENTRY_SCHEMA, of_values()),
        [("allOf", json!(without_entries()))],
    );
    all.insert("entry_schema".to_owned(), any_of([reference("data_name"), entry]));
    let property = || words("property", keywords::PROPERTY, of_values());
    // Defaults of properties may hold functions, those of inputs may not; others are not looked at.
    let default = |ty: &Type<'_>| json!({ "default": or_nothing(or_function(ty, of_type(ty))) });
    all.insert("attribute".to_owned(), with(property(), [("allOf", json!(without_entries()))]));
    all.insert("property".to_owned(), with(property(), [("allOf", json!(by_type(default)))]));
    all.insert("input".to_owned(), input());
    for (kind, word) in KINDS {
        all.insert(format!("{word}_type"), type_definition(kind, word));
    }
}

/// The sections of types.
pub(super) fn sections() -> impl Iterator<Item = (&'static str, Value)> {
    KINDS.into_iter().map(|(kind, word)| {
        let section = named(reference(&format!("{word}_type")));
        let is_own = json!({ "not": reference(&format!("built_in_{word}")) });
        (kind.section(), with(section, [("propertyNames", is_own)]))
    })
}

/// The words that say what a value is.
fn of_values() -> Vec<(&'static str, Value)> {
    vec![
        ("type", reference("data_name")),
        ("required", reference("flag")),
        ("constraints", reference("constraints")),
        ("entry_schema", reference("entry_schema")),
        ("key_schema", reference("entry_schema")),
    ]
}

fn input() -> Value {
    let metadata = with(named(reference("text")), [("properties", json!({ "secret": reference("flag") }))]);
    let input = words("input", keywords::INPUT, of_values().into_iter().chain([("metadata", metadata)]));
    let values = |ty: &Type<'_>| json!({ "default": or_nothing(of_literal(ty)), "value": of_literal(ty) });
    with(input, [("allOf", json!(by_type(values)))])
}

/// What `value` or `default` may be where no function can be.
fn of_literal(ty: &Type<'_>) -> Value {
    let literal = of_type(ty);
    if is_map(ty) { json!({ "allOf": [literal, { "not": reference("call_in_map") }] }) } else { literal }
}

/// An output shows a value.
pub(super) fn output() -> Value {
    let output =
        words("output", keywords::OUTPUT, of_values().into_iter().filter(|(word, _)| *word != "required"));
    let value = |ty: &Type<'_>| json!({ "value": or_function(ty, of_type(ty)) });
    with(output, [("required", json!(["value"])), ("allOf", json!(by_type(value)))])
}

/// For each type of values an `if` with the schemas of words that hold such values.
fn by_type(schemas: impl Fn(&Type<'_>) -> Value) -> Vec<Value> {
    let mut rules = without_entries();
    let mut rule = |names: Value, ty: &Type<'_>| {
        let is_it = json!({ "required": ["type"], "properties": { "type": names } });
        rules.push(json!({ "if": is_it, "then": { "properties": schemas(ty) } }));
    };
    for name in Type::SIMPLE {
        let ty = match name {
            "list" => Type::List(Box::new(Schema::ANY)),
            "map" => Type::Map(Box::new(Schema::ANY), None),
            _ => Type::simple(name).unwrap_or(Type::Any),
        };
        rule(json!({ "const": name }), &ty);
    }
    for (ty, names) in names(Kind::Data) {
        if let Some(&id) = ty.ancestors.first() {
            rule(json!({ "enum": names }), &Type::Data(id));
        }
    }
    rules
}

/// Only lists and maps have entries.
fn without_entries() -> Vec<Value> {
    let single: Vec<_> = Type::SIMPLE.into_iter().filter(|name| Type::simple(name).is_some()).collect();
    let is_single = json!({ "required": ["type"], "properties": { "type": { "enum": single } } });
    let nothing = json!({ "entry_schema": false, "key_schema": false });
    vec![json!({ "if": is_single, "then": { "properties": nothing } })]
}

/// A list of maps of one operator.
fn constraints() -> Value {
    let operand = |operator: &str| {
        let length = || reference("count");
        match operator {
            "in_range" => json!({ "type": "array", "minItems": 2, "maxItems": 2 }),
            "valid_values" => json!({ "type": "array", "minItems": 1 }),
            "length" | "min_length" | "max_length" => length(),
            "pattern" => reference("text"),
            _ => json!({}),
        }
    };
    let operators: Map<String, Value> =
        OPERATORS.iter().map(|operator| ((*operator).to_owned(), operand(operator))).collect();
    let mut one = one_entry();
    one.insert("properties".to_owned(), Value::Object(operators));
    one.insert("additionalProperties".to_owned(), json!(false));
    json!({ "type": ["array", "null"], "items": one })
}

/// A type that the template defines.
fn type_definition(kind: Kind, word: &str) -> Value {
    let Some(table) = keywords::of_type(kind) else { return json!({ "type": ["object", "null"] }) };
    let parent = reference(&format!("{word}_name"));
    let given = table.iter().filter_map(|word| Some((word.name, of_type_word(kind, word)?)));
    let definition = words("type", table, [("derived_from", parent)].into_iter().chain(given));
    with(definition, [("type", json!(["object", "null"]))])
}

fn of_type_word(kind: Kind, word: &Word) -> Option<Value> {
    Some(match word.name {
        "properties" => named(reference("property")),
        "attributes" => named(reference("attribute")),
        "constraints" => reference("constraints"),
        "entry_schema" | "key_schema" => reference("entry_schema"),
        "capabilities" => named(any_of([reference("capability_name"), capability()])),
        "requirements" => {
            let mut one = one_entry();
            one.insert(
                "additionalProperties".to_owned(),
                any_of([reference("capability_name"), requirement()]),
            );
            json!({ "type": ["array", "null"], "items": one })
        }
        "members" | "targets" => reference("names"),
        "triggers" if kind == Kind::Policy => super::topology::triggers(),
        _ => return None,
    })
}

fn capability() -> Value {
    let given = [
        ("type", reference("capability_name")),
        ("properties", named(reference("attribute"))),
        ("attributes", json!({})),
        ("occurrences", reference("occurrences")),
    ];
    with(
        words("capability definition", keywords::CAPABILITY_DEFINITION, given),
        [("required", json!(["type"]))],
    )
}

fn requirement() -> Value {
    let relationship = json!({ "type": "object", "required": ["type"], "properties": { "type": reference("relationship_name") } });
    let given = [
        ("capability", reference("capability_name")),
        ("node", reference("node_name")),
        ("relationship", any_of([reference("relationship_name"), relationship])),
        ("occurrences", reference("occurrences")),
        ("node_filter", super::topology::node_filter()),
    ];
    words("requirement definition", keywords::REQUIREMENT_DEFINITION, given)
}
