//! What is done to a schema so that it is plain.

use super::docs;
use crate::MAX_INTEGER;
use schemars::{Schema, generate::Contract, transform::Transform};
use serde_json::{Map, Value, json};

/// Makes a schema plain:
///
/// - an object that has a union beside its properties becomes a union of whole objects;
/// - what is only written when it is there is never null (for what is written);
/// - whole numbers end at [`MAX_INTEGER`], and have no `format`;
/// - descriptions are the first paragraph of the documentation, without links and examples.
#[derive(Debug, Clone)]
pub struct Plain {
    is_written: bool,
}

impl Plain {
    /// For schemas of what is written, or of what is read.
    pub fn new(contract: &Contract) -> Self {
        Self { is_written: contract.is_serialize() }
    }
}

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(schema) = schema.as_object_mut() {
            self.plain(schema);
        }
    }
}

impl Plain {
    fn plain(&self, schema: &mut Map<String, Value>) {
        if self.is_written {
            never_null(schema);
        }
        for key in ["properties", "$defs"] {
            each(schema.get_mut(key).and_then(Value::as_object_mut).map(Map::values_mut), |inner| {
                self.plain(inner);
            });
        }
        for key in UNIONS {
            each(schema.get_mut(key).and_then(Value::as_array_mut).map(|all| all.iter_mut()), |inner| {
                self.plain(inner);
            });
        }
        for key in ["items", "additionalProperties"] {
            each(schema.get_mut(key).map(std::iter::once), |inner| self.plain(inner));
        }
        distribute(schema);
        number(schema);
        docs::clean(schema);
    }
}

const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

fn each<'a>(
    schemas: Option<impl Iterator<Item = &'a mut Value>>,
    mut with: impl FnMut(&mut Map<String, Value>),
) {
    schemas.into_iter().flatten().filter_map(Value::as_object_mut).for_each(&mut with);
}

/// Takes null away from what may be left out.
fn never_null(schema: &mut Map<String, Value>) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required =
        |name: &str| required.as_array().is_some_and(|all| all.iter().any(|other| other == name));
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        let Some(property) = property.as_object_mut() else { continue };
        docs::rename_none(property);
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|one| one != "null");
            if let [one] = types.as_slice() {
                let one = one.clone();
                property.insert("type".to_owned(), one);
            }
        }
        let Some(Value::Array(members)) = property.get_mut("anyOf") else { continue };
        members.retain(|member| member != &json!({"type": "null"}));
        if let [Value::Object(one)] = members.as_mut_slice() {
            let one = std::mem::take(one);
            property.remove("anyOf");
            for (key, value) in one {
                property.entry(key).or_insert(value);
            }
        }
    }
}

/// Makes properties beside a union part of each of its members.
fn distribute(schema: &mut Map<String, Value>) {
    if !schema.contains_key("properties") {
        return;
    }
    let Some((union, Value::Array(members))) =
        UNIONS.into_iter().find_map(|key| Some((key, schema.remove(key)?)))
    else {
        return;
    };
    let shared: Map<String, Value> =
        SHARED.into_iter().filter_map(|key| Some((key.to_owned(), schema.remove(key)?))).collect();
    let mut whole = Vec::new();
    for member in members {
        match member {
            // A member that is a union itself: its members take its place. They are whole already.
            Value::Object(mut member) if !member.contains_key("properties") => {
                let inner = UNIONS.into_iter().find_map(|key| member.remove(key));
                whole.extend(inner.and_then(|inner| inner.as_array().cloned()).into_iter().flatten());
            }
            member => whole.push(member),
        }
    }
    each(Some(whole.iter_mut()), |member| merge(member, &shared));
    schema.insert(union.to_owned(), whole.into());
}

const SHARED: [&str; 4] = ["type", "properties", "required", "additionalProperties"];

fn merge(member: &mut Map<String, Value>, shared: &Map<String, Value>) {
    for (key, value) in shared {
        match (member.get_mut(key), value) {
            (Some(Value::Object(own)), Value::Object(more)) => {
                own.extend(more.iter().map(|(name, property)| (name.clone(), property.clone())));
            }
            (Some(Value::Array(own)), Value::Array(more)) => own.extend(more.iter().cloned()),
            (Some(_), _) => {}
            (None, _) => {
                member.insert(key.clone(), value.clone());
            }
        }
    }
}

fn number(schema: &mut Map<String, Value>) {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
    let max = json!(MAX_INTEGER);
    match format.as_str() {
        "uint64" | "int64" | "uint" | "int" => {
            schema.entry("maximum").or_insert(max);
            if format.starts_with("int") {
                schema.entry("minimum").or_insert(json!(-9_007_199_254_740_991_i64));
            }
        }
        "uint32" => {
            schema.entry("maximum").or_insert(json!(u32::MAX));
        }
        "int32" => {
            schema.entry("maximum").or_insert(json!(i32::MAX));
            schema.entry("minimum").or_insert(json!(i32::MIN));
        }
        "uint8" | "uint16" | "int8" | "int16" | "double" | "float" => {}
        _ => return,
    }
    schema.remove("format");
}
