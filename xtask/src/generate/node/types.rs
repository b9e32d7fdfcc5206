//! The types of documents in TypeScript.

use super::{HEADER, text::comment};
use crate::generate::interface::{Directions, Field, Interface, Of, Shape, Type};

/// The file with the types of all documents.
pub(super) fn types(interface: &Interface) -> String {
    let directions = Directions::new(interface);
    let declared = |named: &Type| {
        let style = Style { space: "", is_taken: directions.is_taken(&named.name) };
        format!("\n{}", declaration(named, style))
    };
    let types: String = interface.types.iter().map(declared).collect();
    format!("{HEADER}{types}")
}

/// How a type is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// The namespace of named types, such as `types.`.
    pub(super) space: &'static str,
    /// It is passed to the library, and not given by it.
    pub(super) is_taken: bool,
}

fn declaration(named: &Type, style: Style) -> String {
    let Type { name, description, shape } = named;
    let comment = comment(0, description, &[]);
    match shape {
        Shape::Object(fields) if fields.is_empty() => {
            format!("{comment}export type {name} = Record<string, never>\n")
        }
        Shape::Object(fields) => {
            format!("{comment}export interface {name} {{\n{}}}\n", members(fields, style))
        }
        Shape::Words(words) => format!("{comment}export type {name} =\n{}", self::words(words)),
        Shape::Alias(Of::Union(arms)) => {
            let arms: String = different(arms.iter().map(|arm| aliased(arm, style)))
                .iter()
                .map(|arm| format!("  | {arm}\n"))
                .collect();
            format!("{comment}export type {name} =\n{arms}")
        }
        Shape::Alias(other) => format!("{comment}export type {name} = {}\n", aliased(other, style)),
    }
}

fn members(fields: &[Field], style: Style) -> String {
    fields
        .iter()
        .map(|Field { name, description, is_required, of: field }| {
            // What may be left out may be undefined, as in JSON.
            let (mark, or) = if *is_required { ("", "") } else { ("?", " | undefined") };
            format!("{}  {}{mark}: {}{or}\n", comment(2, description, &[]), key(name), of(field, style))
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
fn aliased(other: &Of, style: Style) -> String {
    match other {
        Of::Map(inner) => format!("{{ [name: string]: {} }}", of(inner, style)),
        other => of(other, style),
    }
}

/// A type where it is used.
pub(super) fn of(of: &Of, style: Style) -> String {
    match of {
        Of::Any => "unknown".to_owned(),
        Of::Null => "null".to_owned(),
        Of::Boolean => "boolean".to_owned(),
        Of::Integer | Of::Number => "number".to_owned(),
        Of::Instant if style.is_taken => "string | Date".to_owned(),
        Of::String | Of::Instant => "string".to_owned(),
        Of::Bytes => "Uint8Array".to_owned(),
        Of::Word(word) => quoted(word),
        Of::List(inner) => match &**inner {
            Of::Union(_) => format!("({})[]", self::of(inner, style)),
            Of::Instant if style.is_taken => format!("({})[]", self::of(inner, style)),
            _ => format!("{}[]", self::of(inner, style)),
        },
        Of::Map(inner) => format!("Record<string, {}>", self::of(inner, style)),
        Of::Named(name) => format!("{}{name}", style.space),
        Of::Union(arms) => different(arms.iter().map(|arm| self::of(arm, style))).join(" | "),
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

#[cfg(test)]
mod tests {
    use super::{Style, of};
    use crate::generate::interface::Of;

    #[test]
    fn an_instant_is_a_text_when_it_is_given_and_can_be_passed_as_a_date() {
        let (taken, given) = (Style { space: "", is_taken: true }, Style { space: "", is_taken: false });
        let instants = Of::List(Box::new(Of::Instant));
        assert_eq!(of(&Of::Instant, taken), "string | Date");
        assert_eq!(of(&instants, taken), "(string | Date)[]");
        assert_eq!(of(&instants, given), "string[]");
        assert_eq!(of(&Of::Bytes, taken), "Uint8Array");
    }
}
