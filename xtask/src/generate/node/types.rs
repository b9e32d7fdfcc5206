//! The types of documents in TypeScript.

use super::{HEADER, text::comment};
use crate::generate::interface::{Field, Interface, Of, Shape, Type};

/// The file with the types of all documents.
pub(super) fn types(interface: &Interface) -> String {
    let types: String = interface.types.iter().map(|named| format!("\n{}", declaration(named))).collect();
    format!("{HEADER}{types}")
}

fn declaration(named: &Type) -> String {
    let Type { name, description, shape } = named;
    let comment = comment(0, description, &[]);
    match shape {
        Shape::Object(fields) if fields.is_empty() => {
            format!("{comment}export type {name} = Record<string, never>\n")
        }
        Shape::Object(fields) => format!("{comment}export interface {name} {{\n{}}}\n", members(fields)),
        Shape::Words(words) => format!("{comment}export type {name} =\n{}", self::words(words)),
        Shape::Alias(Of::Union(arms)) => {
            let arms: String =
                different(arms.iter().map(aliased)).iter().map(|arm| format!("  | {arm}\n")).collect();
            format!("{comment}export type {name} =\n{arms}")
        }
        Shape::Alias(other) => format!("{comment}export type {name} = {}\n", aliased(other)),
    }
}

fn members(fields: &[Field]) -> String {
    fields
        .iter()
        .map(|Field { name, description, is_required, of: field }| {
            // What may be left out may be undefined, as in JSON.
            let (mark, or) = if *is_required { ("", "") } else { ("?", " | undefined") };
            format!("{}  {}{mark}: {}{or}\n", comment(2, description, &[]), key(name), of(field, ""))
        })
        .collect()
}

fn words(words: &[(String, String)]) -> String {
    words
        .iter()
        .map(|(word, description)| format!("{}  | {}\n", comment(2, description, &[]), quoted(word)))
        .collect()
}

/// A type that has another name. It may hold itself: TypeScript knows what that means in an index, but not in a `Record`.
fn aliased(other: &Of) -> String {
    match other {
        Of::Map(inner) => format!("{{ [name: string]: {} }}", of(inner, "")),
        other => of(other, ""),
    }
}

/// A type where it is used; named types are in the namespace `space`, such as `types.`.
pub(super) fn of(of: &Of, space: &str) -> String {
    match of {
        Of::Any => "unknown".to_owned(),
        Of::Null => "null".to_owned(),
        Of::Boolean => "boolean".to_owned(),
        Of::Integer | Of::Number => "number".to_owned(),
        Of::String => "string".to_owned(),
        Of::Word(word) => quoted(word),
        Of::List(inner) => match &**inner {
            Of::Union(_) => format!("({})[]", self::of(inner, space)),
            _ => format!("{}[]", self::of(inner, space)),
        },
        Of::Map(inner) => format!("Record<string, {}>", self::of(inner, space)),
        Of::Named(name) => format!("{space}{name}"),
        Of::Union(arms) => different(arms.iter().map(|arm| self::of(arm, space))).join(" | "),
    }
}

/// The arms of a union without those that TypeScript has one type for, such as integers and other numbers.
fn different(arms: impl Iterator<Item = String>) -> Vec<String> {
    let mut different = Vec::new();
    for arm in arms {
        if !different.contains(&arm) {
            different.push(arm);
        }
    }
    different
}

fn key(name: &str) -> String {
    let is_identifier = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_identifier { name.to_owned() } else { quoted(name) }
}

pub(super) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "\\'"))
}
