//! Functions, which stand in place of values.

use super::{
    Definitions,
    parts::{one_entry, reference},
};
use crate::tosca::function::{FUNCTIONS, makes_text, takes_list};
use serde_json::{Map, Value, json};

/// What a function takes and what it is for.
pub(super) fn argument(function: &str) -> Option<(Value, &'static str)> {
    Some(match function {
        "get_input" => (
            json!({
                "anyOf": [
                    reference("name"),
                    { "type": "array", "minItems": 1, "items": reference("name") },
                ],
            }),
            "The value of an input: its name, or a list of its name and the keys into it.",
        ),
        "get_property" => (
            json!({ "type": "array", "minItems": 2, "items": reference("name") }),
            "The value of a property: a list of a node (or SELF, SOURCE, TARGET, HOST), perhaps a capability or requirement, the property, and the keys into it.",
        ),
        "concat" => (
            json!({
                "type": "array",
                "minItems": 1,
                "items": { "anyOf": [{ "type": ["string", "number"] }, reference("function")] },
            }),
            "One text of several pieces.",
        ),
        "get_attribute" => (
            json!({ "type": "array", "minItems": 2, "items": reference("name") }),
            "What shows when the application runs: a list of a node (or SELF, SOURCE, TARGET, HOST), perhaps a capability or requirement, the attribute, and the keys into it.",
        ),
        "token" => (
            json!({
                "type": "array",
                "minItems": 3,
                "maxItems": 3,
                "items": [
                    { "anyOf": [{ "type": "string" }, reference("function")] },
                    { "anyOf": [{ "type": "string", "minLength": 1 }, reference("function")] },
                    { "anyOf": [{ "type": "integer", "minimum": 0 }, reference("function")] },
                ],
            }),
            "One part of a text: a list of the text, the characters that separate its parts, and the index of the part, from 0 on.",
        ),
        "join" => (
            json!({
                "type": "array",
                "minItems": 1,
                "maxItems": 2,
                "items": [
                    {
                        "if": { "type": "array" },
                        "then": { "items": { "anyOf": [{ "type": ["string", "number"] }, reference("function")] } },
                        "else": reference("function"),
                    },
                    { "anyOf": [{ "type": "string" }, reference("function")] },
                ],
            }),
            "One text of a list of values, with a delimiter between them: a list of that list and the delimiter.",
        ),
        "get_artifact" => (
            json!({ "type": "array", "minItems": 2, "maxItems": 4 }),
            "Where the file of an artifact lies when the application runs: a list of a node and the artifact's name.",
        ),
        "get_operation_output" => (
            json!({ "type": "array", "minItems": 4, "maxItems": 4, "items": reference("name") }),
            "What an operation gave when it ran: a list of a node, the interface, the operation and the output.",
        ),
        "get_nodes_of_type" => (
            json!({
                "anyOf": [
                    reference("name"),
                    { "type": "array", "minItems": 1, "maxItems": 1, "items": reference("name") },
                ],
            }),
            "The nodes of a type when the application runs: the name of the type.",
        ),
        _ => return None,
    })
}

/// Functions, and what is taken for one.
pub(super) fn define(all: &mut Definitions) {
    let known = |name: &&str| {
        let (argument, meaning) = argument(name)?;
        Some(((*name).to_owned(), json!({ "description": meaning, "allOf": [argument] })))
    };
    let one_of = |functions: &[&'static str]| {
        let mut function = one_entry();
        function.insert("properties".to_owned(), Value::Object(functions.iter().filter_map(known).collect()));
        function.insert("additionalProperties".to_owned(), json!(false));
        Value::Object(function)
    };
    all.insert("function".to_owned(), one_of(&FUNCTIONS));
    // Where a list or a map must be, a text cannot.
    let others: Vec<_> = FUNCTIONS.into_iter().filter(|name| !makes_text(name)).collect();
    all.insert("function_without_text".to_owned(), one_of(&others));
    let mut call = one_entry();
    call.insert("propertyNames".to_owned(), json!({ "enum": FUNCTIONS }));
    all.insert("call".to_owned(), Value::Object(call.clone()));
    // In a map of texts `token: abc` is an entry, since these functions take lists.
    let lists: Map<String, Value> = FUNCTIONS
        .iter()
        .filter(|name| takes_list(name))
        .map(|name| ((*name).to_owned(), json!({ "type": ["array", "object"] })))
        .collect();
    call.insert("properties".to_owned(), Value::Object(lists));
    all.insert("call_in_map".to_owned(), Value::Object(call));
}
