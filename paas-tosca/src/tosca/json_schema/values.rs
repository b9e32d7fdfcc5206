//! Values by their types and constraints.

use super::parts::{any_of, reference, with};
use crate::tosca::{
    builtin,
    constraint::{Constraint, Rule},
    convert::TIMESTAMP,
    function::holds_text,
    library::{Kind, TypeDef},
    schema::{Schema, Type},
    unit,
    value::Data,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A value, or a function in its place.
pub(super) fn value(schema: &Schema<'_>) -> Value {
    or_function(&schema.ty, literal(schema))
}

/// The schema of a literal, or a function in its place.
pub(super) fn or_function(ty: &Type<'_>, literal: Value) -> Value {
    let function = if holds_text(builtin(), ty) { "function" } else { "function_without_text" };
    // Of a map an editor must be told which it is, or it tells of the wrong one.
    let call = match ty {
        Type::Any => "call",
        Type::Map(..) | Type::Data(_) if is_map(ty) => "call_in_map",
        _ => return any_of([literal, reference(function)]),
    };
    json!({ "if": reference(call), "then": reference(function), "else": literal })
}

pub(super) fn is_map(ty: &Type<'_>) -> bool {
    match ty {
        Type::Map(..) => true,
        Type::Data(id) => {
            let base = builtin().ty(*id).and_then(|ty| ty.base.as_ref());
            base.is_none_or(|base| is_map(&base.ty))
        }
        _ => false,
    }
}

/// A value that is no function, though functions may be in it.
pub(super) fn literal(schema: &Schema<'_>) -> Value {
    let ty = of_type(&schema.ty);
    let rules: Vec<_> = schema.constraints.iter().map(Constraint::rule).collect();
    if matches!(schema.ty, Type::Range) {
        return range(&rules);
    }
    let constraints: Vec<Value> = rules.into_iter().filter_map(|rule| constraint(rule, &schema.ty)).collect();
    // Nothing stands beside a reference, and a word may be there once.
    let is_beside = |all: &Value, own: &Value| match (all, own) {
        (Value::Object(all), Value::Object(own)) => {
            !all.contains_key("$ref") && own.keys().all(|key| !all.contains_key(key))
        }
        _ => false,
    };
    constraints.into_iter().fold(ty, |all, own| match own {
        Value::Object(own) if is_beside(&all, &Value::Object(own.clone())) => {
            with(all, own.iter().map(|(key, value)| (key.as_str(), value.clone())))
        }
        own => combined(all, own),
    })
}

/// Anything of a type.
pub(super) fn of_type(ty: &Type<'_>) -> Value {
    match ty {
        Type::String => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer" }),
        Type::Float => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Timestamp => json!({ "type": "string", "pattern": TIMESTAMP, "examples": ["2026-01-31"] }),
        // `1.10` without quotes is a number to editors.
        Type::Version => {
            json!({ "type": ["string", "number"], "pattern": VERSION, "minimum": 0, "examples": ["1.0.0"] })
        }
        Type::Range => range(&[]),
        Type::Size => quantity(ty, &["512 MiB", "10 GB"]),
        Type::Time => quantity(ty, &["30 s", "5 m"]),
        Type::Frequency => quantity(ty, &["2.4 GHz"]),
        Type::Bitrate => quantity(ty, &["100 Mbps"]),
        Type::List(entry) => json!({ "type": "array", "items": value(entry) }),
        Type::Map(entry, _) => json!({ "type": "object", "additionalProperties": value(entry) }),
        Type::Data(id) => builtin().ty(*id).map_or(json!({}), |ty| reference(ty.name)),
        Type::Null => json!({ "type": "null" }),
        Type::Any => json!({}),
    }
}

/// What [`is_version`](crate::tosca::convert::scalar::is_version) takes.
pub(super) const VERSION: &str = r"^[0-9]+(\.[0-9]+(\.[0-9]+(\.[A-Za-z0-9_]+)?)?)?(-[0-9]+)?$";

/// A number and a unit, in small or large letters.
fn quantity(ty: &Type<'_>, examples: &[&str]) -> Value {
    json!({ "type": "string", "pattern": quantity_pattern(ty), "examples": examples })
}

pub(super) fn quantity_pattern(ty: &Type<'_>) -> String {
    let mut units: Vec<String> = unit::units(ty).iter().map(|(unit, _)| unit.to_ascii_lowercase()).collect();
    units.sort_unstable();
    units.dedup();
    let either = |letter: char| format!("[{}{letter}]", letter.to_ascii_uppercase());
    let units: Vec<String> = units.iter().map(|unit| unit.chars().map(either).collect()).collect();
    format!(r"^\s*([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\s*({})\s*$", units.join("|"))
}

/// Two integers, or one and no end; constraints hold for both.
fn range(rules: &[&Rule<'_>]) -> Value {
    let all =
        |kind: Value| rules.iter().filter_map(|rule| constraint(rule, &Type::Integer)).fold(kind, combined);
    let end = all(json!({ "type": "integer" }));
    let is_bound_above = |rule: &&Rule<'_>| {
        matches!(rule, Rule::LessThan(_) | Rule::LessOrEqual(_) | Rule::InRange(_, Some(_)))
    };
    let high = if rules.iter().any(is_bound_above) {
        end.clone()
    } else {
        any_of([end.clone(), json!({ "const": "UNBOUNDED" })])
    };
    json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": [end, high] })
}

fn combined(all: Value, own: Value) -> Value {
    with(json!({}), [("allOf", Value::Array(vec![all, own]))])
}

/// What a constraint says to an editor; `None`: it cannot be said.
fn constraint(rule: &Rule<'_>, ty: &Type<'_>) -> Option<Value> {
    let number = |bound: &Data<'_>| match bound {
        Data::Integer(value) => Some(json!(value)),
        Data::Float(value, _) => Some(json!(value)),
        _ => None,
    };
    let one = |key: &str, value: Value| Value::Object(Map::from_iter([(key.to_owned(), value)]));
    Some(match rule {
        Rule::Equal(wanted) => one("const", constant(wanted)?),
        Rule::GreaterThan(bound) => one("exclusiveMinimum", number(bound)?),
        Rule::GreaterOrEqual(bound) => one("minimum", number(bound)?),
        Rule::LessThan(bound) => one("exclusiveMaximum", number(bound)?),
        Rule::LessOrEqual(bound) => one("maximum", number(bound)?),
        Rule::InRange(low, high) => {
            let bound = |key: &str, bound: &Option<Data<'_>>| {
                bound.as_ref().and_then(number).map(|bound| (key.to_owned(), bound))
            };
            Value::Object(bound("minimum", low).into_iter().chain(bound("maximum", high)).collect())
        }
        Rule::ValidValues(valid) => one("enum", valid.iter().map(constant).collect::<Option<_>>()?),
        Rule::Length(length) => {
            let (least, most) = lengths(ty)?;
            Value::Object([least, most].into_iter().map(|key| (key.to_owned(), json!(length))).collect())
        }
        Rule::MinLength(length) => one(lengths(ty)?.0, json!(length)),
        Rule::MaxLength(length) => one(lengths(ty)?.1, json!(length)),
        Rule::Pattern(_, text) => one("pattern", json!(format!("^(?:{text})$"))),
    })
}

/// A value that is written in one way only.
fn constant(data: &Data<'_>) -> Option<Value> {
    Some(match data {
        Data::Boolean(value) => json!(value),
        Data::Integer(value) => json!(value),
        Data::Float(value, _) => json!(value),
        Data::String(text) => json!(text),
        Data::Null => Value::Null,
        Data::List(items) => items.iter().map(|item| constant(&item.data)).collect::<Option<_>>()?,
        _ => return None,
    })
}

/// The words for the least and the most length.
fn lengths(ty: &Type<'_>) -> Option<(&'static str, &'static str)> {
    Some(match ty {
        Type::String => ("minLength", "maxLength"),
        Type::List(_) => ("minItems", "maxItems"),
        Type::Map(..) => ("minProperties", "maxProperties"),
        Type::Data(id) => {
            let base = builtin().ty(*id).and_then(|ty| ty.base.as_ref());
            return base.map_or(Some(("minProperties", "maxProperties")), |base| lengths(&base.ty));
        }
        _ => return None,
    })
}

/// The definition of a data type, but for its description.
pub(super) fn data_type(ty: &TypeDef<'_>) -> Value {
    match &ty.base {
        Some(base) => literal(base),
        None => with(super::types::properties(&ty.properties, |_| None), [("type", json!("object"))]),
    }
}

/// The names under which built-in types of a kind can be used: each with its own name first.
pub(super) fn names(kind: Kind) -> Vec<(&'static TypeDef<'static>, Vec<String>)> {
    let library = builtin();
    let mut all = BTreeMap::new();
    for name in library.names(kind) {
        let found = library.find(kind, name).and_then(|id| library.ty(id));
        if let Some(ty) = found {
            let (_, names) = all.entry(ty.name).or_insert_with(|| (ty, Vec::new()));
            names.extend([name.to_owned(), format!("tosca:{name}")]);
        }
    }
    let in_order = |(ty, mut names): (&'static TypeDef<'static>, Vec<String>)| {
        names.sort_unstable();
        (ty, names)
    };
    all.into_values().map(in_order).collect()
}
