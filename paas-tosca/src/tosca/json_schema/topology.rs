//! The template and its topology.

use super::{
    Definitions,
    definitions::{output, sections},
    parts::{any_of, named, one_entry, or_nothing, reference, with},
    types::by_type,
    words::words,
};
use crate::tosca::{builtin::PROFILE, directives::DIRECTIVES, keywords, library::Kind, versions::VERSIONS};
use serde_json::{Value, json};

pub(super) fn define(all: &mut Definitions) {
    all.insert("import".to_owned(), import());
    all.insert("repository".to_owned(), repository());
    all.insert("topology".to_owned(), topology());
    all.insert("output".to_owned(), output());
    all.insert("node".to_owned(), node());
    // What other types say of requirements is not known.
    all.insert("relationship".to_owned(), relationship());
    all.insert("group".to_owned(), group());
    all.insert("policy".to_owned(), policy());
}

/// A whole template.
pub(super) fn template() -> Value {
    let versions: Vec<&str> = VERSIONS.iter().map(|(version, _)| *version).collect();
    let spelt: Vec<String> = versions.iter().map(|version| version.replace('.', r"\.")).collect();
    let version = any_of([
        json!({ "enum": versions }),
        json!({ "type": "string", "pattern": format!("^(?:{})/*$", spelt.join("|")) }),
    ]);
    let metadata = with(
        named(reference("text")),
        [(
            "properties",
            json!({
                "template_name": { "allOf": [reference("text")], "description": "Name of the application; without it that of the file." },
                "template_author": { "allOf": [reference("text")], "description": "Who wrote it." },
                "template_version": { "allOf": [reference("text")], "description": "Version of the template." },
                "secret_inputs": {
                    "allOf": [reference("text")],
                    "description": "Names of inputs whose values are secret, in one text: 'a, b'. They stay references to the last.",
                },
            }),
        )],
    );
    let given = [
        ("tosca_definitions_version", version),
        ("metadata", metadata),
        ("repositories", named(reference("repository"))),
        ("imports", json!({ "type": ["array", "null"], "items": reference("import") })),
        ("topology_template", reference("topology")),
    ];
    let template = words("template", keywords::TEMPLATE, given.into_iter().chain(sections()));
    with(template, [("required", json!(["tosca_definitions_version"]))])
}

/// A file, in any of the ways to import one. What is in it, editors do not see.
fn import() -> Value {
    let file = json!({ "allOf": [reference("name")], "examples": [PROFILE] });
    let prefix = json!({ "type": ["string", "number", "null"], "pattern": "^[^:]+$" });
    let given =
        [("file", file.clone()), ("repository", or_nothing(reference("name"))), ("namespace_prefix", prefix)];
    let long = with(words("import", keywords::IMPORT, given), [("required", json!(["file"]))]);
    let own: Vec<&str> = keywords::IMPORT.iter().map(|word| word.name).collect();
    let mut with_name = one_entry();
    with_name.insert("propertyNames".to_owned(), json!({ "not": { "enum": own } }));
    with_name.insert("additionalProperties".to_owned(), any_of([file.clone(), long.clone()]));
    any_of([file, long, Value::Object(with_name)])
}

/// Its URL, or a map with it.
fn repository() -> Value {
    let credential = words("credential", keywords::CREDENTIAL, []);
    let credential = with(credential, [("required", json!(["token"])), ("type", json!(["object", "null"]))]);
    let given = [("url", reference("name")), ("credential", credential)];
    let long = with(words("repository", keywords::REPOSITORY, given), [("required", json!(["url"]))]);
    any_of([reference("name"), long])
}

fn topology() -> Value {
    let mut one_policy = one_entry();
    one_policy.insert("additionalProperties".to_owned(), reference("policy"));
    // A map of policies is read too, with a warning.
    let policies = json!({
        "type": ["array", "object", "null"],
        "items": one_policy,
        "additionalProperties": reference("policy"),
    });
    let given = [
        ("inputs", named(reference("input"))),
        ("node_templates", named(reference("node"))),
        ("relationship_templates", named(reference("relationship"))),
        ("groups", named(reference("group"))),
        ("policies", policies),
        ("outputs", named(reference("output"))),
        ("substitution_mappings", substitution()),
    ];
    with(words("topology", keywords::TOPOLOGY, given), [("type", json!(["object", "null"]))])
}

/// What has a type, and for each built-in type what its definition adds.
fn typed(kind: Kind, schema: Value) -> Value {
    let rules = by_type(kind);
    if !matches!(kind, Kind::Node | Kind::Relationship) {
        return with(schema, [("required", json!(["type"])), ("allOf", json!(rules))]);
    }
    // What a copy lacks it may have from what it copies.
    let named = with(json!({}), [("required", json!(["type"])), ("allOf", json!(rules))]);
    with(schema, [("if", json!({ "required": ["copy"] })), ("then", json!({})), ("else", named)])
}

/// What a template stands for in others.
fn substitution() -> Value {
    let given = [("node_type", reference("node_name"))];
    let mappings = words("substitution mappings", keywords::SUBSTITUTION, given);
    with(mappings, [("type", json!(["object", "null"])), ("required", json!(["node_type"]))])
}

/// What properties must be, of nodes that are chosen.
pub(super) fn node_filter() -> Value {
    with(words("node filter", keywords::NODE_FILTER, []), [("type", json!(["object", "null"]))])
}

/// Triggers of a policy or a policy type.
pub(super) fn triggers() -> Value {
    let given = [
        ("schedule", or_nothing(words("schedule", keywords::SCHEDULE, []))),
        ("target_filter", or_nothing(words("target filter", keywords::TARGET_FILTER, []))),
    ];
    named(words("trigger", keywords::TRIGGER, given))
}

fn node() -> Value {
    let mut requirement = one_entry();
    requirement.insert("additionalProperties".to_owned(), json!({ "type": ["string", "number", "object"] }));
    let given = [
        ("type", reference("node_name")),
        ("properties", named(json!({}))),
        ("capabilities", named(json!({ "type": ["object", "null"] }))),
        ("requirements", json!({ "type": ["array", "null"], "items": requirement })),
        (
            "directives",
            json!({ "type": ["array", "null"], "items": any_of([json!({ "enum": DIRECTIVES }), reference("text")]) }),
        ),
        ("node_filter", node_filter()),
    ];
    typed(Kind::Node, words("node", keywords::NODE, given))
}

fn relationship() -> Value {
    let given = [("type", reference("relationship_name")), ("properties", named(json!({})))];
    typed(Kind::Relationship, words("relationship", keywords::RELATIONSHIP, given))
}

fn group() -> Value {
    let given = [
        ("type", reference("group_name")),
        ("properties", named(json!({}))),
        ("members", reference("names")),
    ];
    typed(Kind::Group, words("group", keywords::GROUP, given))
}

fn policy() -> Value {
    let given = [
        ("type", reference("policy_name")),
        ("properties", named(json!({}))),
        ("targets", reference("names")),
        ("triggers", triggers()),
    ];
    typed(Kind::Policy, words("policy", keywords::POLICY, given))
}
