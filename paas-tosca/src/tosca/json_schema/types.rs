//! What the definition of each built-in type says of nodes, relationships, groups and policies of it.

use super::{
    Definitions, Narrowed,
    parts::{any_of, json as shown, named, one_entry, or_nothing, reference, with},
    values::{self, names, or_function},
    words::words,
};
use crate::tosca::{
    builtin, keywords,
    library::{CapabilityDef, Kind, PropertyDef, RequirementDef, TypeDef, TypeId},
    schema::Type,
};
use serde_json::{Map, Value, json};

/// Kinds of types, with the word for them in names of definitions.
pub(super) const KINDS: [(Kind, &str); 8] = [
    (Kind::Artifact, "artifact"),
    (Kind::Data, "data"),
    (Kind::Capability, "capability"),
    (Kind::Interface, "interface"),
    (Kind::Relationship, "relationship"),
    (Kind::Node, "node"),
    (Kind::Group, "group"),
    (Kind::Policy, "policy"),
];

/// A definition for each built-in type, and for each kind the names of its types.
pub(super) fn define(all: &mut Definitions, narrowed: &Narrowed) {
    for (kind, word) in KINDS {
        let types = names(kind);
        let reserved = types.iter().filter(|(ty, _)| ty.is_reserved());
        let every: Vec<&String> = reserved.flat_map(|(_, names)| names).collect();
        all.insert(format!("built_in_{word}"), json!({ "enum": every }));
        let is_offered = |ty: &TypeDef<'_>| kind != Kind::Policy || !is_abstract(ty, narrowed);
        let offered = types.iter().map(|(ty, _)| *ty).filter(|ty| is_offered(ty)).map(|ty| {
            with(json!({ "const": ty.name }), ty.description.map(|text| ("description", json!(text))))
        });
        let simple = Type::SIMPLE.into_iter().filter(|_| kind == Kind::Data);
        let simple = simple.map(|name| json!({ "const": name }));
        all.insert(format!("{word}_name"), any_of(simple.chain(offered).chain([reference("name")])));
        for (ty, _) in &types {
            let definition = match kind {
                Kind::Data => values::data_type(ty),
                Kind::Capability => capability(&ty.properties),
                Kind::Node => node(ty),
                Kind::Relationship | Kind::Group => given_properties(&ty.properties, |_| None),
                Kind::Policy => policy(all, ty, narrowed),
                Kind::Artifact | Kind::Interface => continue,
            };
            let described = with(definition, ty.description.map(|text| ("description", json!(text))));
            all.insert(ty.name.to_owned(), described);
        }
    }
    for definition in names(Kind::Node).iter().flat_map(|(ty, _)| &ty.requirements) {
        all.entry(assignment_name(definition)).or_insert_with(|| assignment(definition));
    }
}

/// For each built-in type an `if` with what its definition adds.
pub(super) fn by_type(kind: Kind) -> Vec<Value> {
    names(kind).iter().map(|(ty, names)| rule_of(ty, names)).collect()
}

fn rule_of(ty: &TypeDef<'_>, names: &[String]) -> Value {
    let is_it = json!({ "required": ["type"], "properties": { "type": { "enum": names } } });
    json!({ "if": is_it, "then": reference(ty.name) })
}

fn is_abstract(ty: &TypeDef<'_>, narrowed: &Narrowed) -> bool {
    ty.ancestors.first().is_some_and(|&id| (narrowed.is_abstract)(id))
}

/// A map of properties: those of a type and no others.
pub(super) fn properties(
    properties: &[PropertyDef<'_>],
    narrow: impl Fn(&PropertyDef<'_>) -> Option<Value>,
) -> Value {
    let schema = |property: &PropertyDef<'_>| {
        let value = narrow(property).unwrap_or_else(|| values::value(&property.schema));
        let value = with(value, property.description.map(|text| ("description", json!(text))));
        (property.name.to_owned(), with(value, property.default.map(|default| ("default", shown(default)))))
    };
    let all: Map<String, Value> = properties.iter().map(schema).collect();
    let required: Vec<_> = required(properties).collect();
    let ty = if required.is_empty() { json!(["object", "null"]) } else { json!("object") };
    let map = json!({ "type": ty, "properties": all, "additionalProperties": false });
    with(map, (!required.is_empty()).then(|| ("required", json!(required))))
}

fn required<'p>(properties: &'p [PropertyDef<'_>]) -> impl Iterator<Item = &'p str> {
    properties.iter().filter(|property| property.required && property.default.is_none()).map(|it| it.name)
}

/// What has `properties`, and must have them if one of them is required.
fn given_properties(all: &[PropertyDef<'_>], narrow: impl Fn(&PropertyDef<'_>) -> Option<Value>) -> Value {
    let needed = required(all).next().map(|_| ("required", json!(["properties"])));
    with(json!({ "properties": { "properties": properties(all, narrow) } }), needed)
}

/// A policy; of some properties only certain words are right.
fn policy(all: &mut Definitions, ty: &TypeDef<'_>, narrowed: &Narrowed) -> Value {
    let Some(&id) = ty.ancestors.first() else { return json!({}) };
    if (narrowed.is_abstract)(id) {
        return json!({ "not": {} });
    }
    for property in &ty.properties {
        if let Some(words) = (narrowed.words)(id, property.name) {
            all.insert(property.name.to_owned(), json!({ "type": "string", "enum": words }));
        }
    }
    given_properties(&ty.properties, |property| {
        (narrowed.words)(id, property.name)?;
        let word = reference(property.name);
        Some(match &property.schema.ty {
            Type::List(entry) => or_function(
                &property.schema.ty,
                json!({ "type": "array", "items": or_function(&entry.ty, word) }),
            ),
            ty => or_function(ty, word),
        })
    })
}

/// A capability that a node template gives properties to.
fn capability(properties: &[PropertyDef<'_>]) -> Value {
    let given = given_properties(properties, |_| None);
    let all = given.pointer("/properties/properties").cloned().unwrap_or_default();
    let words_given = [("properties", all), ("occurrences", reference("occurrences"))];
    let capability = words("capability", keywords::CAPABILITY, words_given);
    let capability = with(capability, given.get("required").map(|required| ("required", required.clone())));
    with(capability, [("type", json!(["object", "null"]))])
}

fn node(ty: &TypeDef<'_>) -> Value {
    let mut node = given_properties(&ty.properties, |_| None);
    let mut required: Vec<Value> =
        node.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    // What other nodes need may be chosen by whoever runs them.
    let is_ours = ty.name.starts_with("paas.");
    let needed = ty.requirements.iter().filter(|it| is_ours && it.least > 0);
    let needed: Vec<&str> = needed.map(|it| it.name).collect();
    if !needed.is_empty() {
        required.push(json!("requirements"));
    }
    if let Some(Value::Object(parts)) = node.get_mut("properties") {
        parts.insert("capabilities".to_owned(), capabilities(&ty.capabilities));
        parts.insert("requirements".to_owned(), requirements(&ty.requirements, &needed));
    }
    with(node, (!required.is_empty()).then(|| ("required", json!(required))))
}

fn capabilities(all: &[CapabilityDef<'_>]) -> Value {
    let one = |definition: &CapabilityDef<'_>| {
        let ty = definition.ty.and_then(|id| builtin().ty(id));
        let schema = match ty {
            Some(ty) if definition.refined.is_empty() => reference(ty.name),
            Some(ty) => {
                let inherited =
                    ty.properties.iter().filter(|p| !definition.refined.iter().any(|own| own.name == p.name));
                capability(&definition.refined.iter().chain(inherited).cloned().collect::<Vec<_>>())
            }
            None => json!({}),
        };
        (definition.name.to_owned(), schema)
    };
    let all: Map<String, Value> = all.iter().map(one).collect();
    json!({ "type": ["object", "null"], "properties": all, "additionalProperties": false })
}

/// A list of maps of one entry, in which what is needed is.
fn requirements(all: &[RequirementDef<'_>], needed: &[&str]) -> Value {
    let entries: Map<String, Value> = all
        .iter()
        .map(|definition| (definition.name.to_owned(), reference(&assignment_name(definition))))
        .collect();
    let mut item = one_entry();
    item.insert("properties".to_owned(), Value::Object(entries));
    item.insert("additionalProperties".to_owned(), json!(false));
    let ty = if needed.is_empty() { json!(["array", "null"]) } else { json!("array") };
    let list = json!({ "type": ty, "items": item });
    let contains: Vec<Value> =
        needed.iter().map(|name| json!({ "contains": { "type": "object", "required": [name] } })).collect();
    with(list, (!contains.is_empty()).then(|| ("allOf", json!(contains))))
}

/// Assignments differ by the relationship that their definition names.
fn assignment_name(definition: &RequirementDef<'_>) -> String {
    let relationship = definition.relationship.map_or("none", |id| builtin().name(id));
    format!("requirement_over_{relationship}")
}

/// The name of a node, or a map with it.
fn assignment(definition: &RequirementDef<'_>) -> Value {
    let ty = definition.relationship.and_then(|id| builtin().ty(id));
    let needs_more = ty.is_some_and(|ty| required(&ty.properties).next().is_some());
    let relationship = any_of([reference("name"), inline(definition.relationship)]);
    let relationship = if needs_more { relationship } else { or_nothing(relationship) };
    let given = [
        ("node", or_nothing(reference("name"))),
        ("capability", or_nothing(reference("name"))),
        ("relationship", relationship),
        ("node_filter", super::topology::node_filter()),
        ("occurrences", reference("occurrences")),
    ];
    let needed: &[&str] = if needs_more { &["relationship"] } else { &[] };
    let long = with(words("requirement", keywords::REQUIREMENT, given), [("required", json!(needed))]);
    if needs_more { long } else { any_of([reference("name"), long]) }
}

/// A relationship in its place: of a type that fits, or of that of the definition.
fn inline(wanted: Option<TypeId>) -> Value {
    let library = builtin();
    let fits = |ty: &TypeDef<'_>| wanted.is_none_or(|wanted| ty.ancestors.contains(&wanted));
    let types = names(Kind::Relationship);
    let others: Vec<&String> =
        types.iter().filter(|(ty, _)| !fits(ty)).flat_map(|(_, names)| names).collect();
    let fitting = types.iter().filter(|(ty, _)| fits(ty));
    let mut offered: Vec<Value> = fitting.clone().map(|(ty, _)| json!({ "const": ty.name })).collect();
    offered.push(reference("name"));
    let ty = with(any_of(offered), (!others.is_empty()).then(|| ("not", json!({ "enum": others }))));
    let mut rules: Vec<Value> = fitting.map(|(ty, names)| rule_of(ty, names)).collect();
    let untyped = json!({ "properties": { "type": { "type": "null" } } });
    let (ty, untyped) = match wanted.and_then(|id| library.ty(id)) {
        Some(wanted) => (or_nothing(ty), json!({ "if": untyped, "then": reference(wanted.name) })),
        None => (ty, json!({ "required": ["type"] })),
    };
    rules.push(untyped);
    let given = [("type", ty), ("properties", named(json!({})))];
    with(words("relationship", keywords::INLINE_RELATIONSHIP, given), [("allOf", json!(rules))])
}
