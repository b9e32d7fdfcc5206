use super::{Caller, Request, show};
use crate::{
    schema::{Field, Kind, Type},
    world::{Resource, World},
};
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// The filters of a list, as the query gives them.
pub(super) struct Filters<'a> {
    conditions: Vec<Condition<'a>>,
    fields: Vec<&'a Field>,
}

struct Condition<'a> {
    field: &'a Field,
    modifier: &'static str,
    value: &'a str,
}

impl<'a> Filters<'a> {
    /// Reads the query. What names no field that the caller may read is no filter.
    pub(super) fn read(request: &'a Request, kind: &'a Type, caller: &Caller) -> Self {
        let scalar = |field: &&Field| {
            !matches!(field.kind, Kind::List(_) | Kind::Map(_) | Kind::Value(_) | Kind::Json)
        };
        let fields: Vec<&Field> =
            kind.fields.values().filter(|field| field.may(caller.key.role, 'r')).filter(scalar).collect();
        let field = |name: &str| fields.iter().find(|field| field.name == name).copied();
        let condition = |(key, value): &'a (String, String)| {
            if let Some(field) = field(key) {
                return Some(Condition { field, modifier: "eq", value });
            }
            let (name, modifier) = key.rsplit_once('_')?;
            let modifier = MODIFIERS.iter().find(|known| **known == modifier)?;
            Some(Condition { field: field(name)?, modifier, value })
        };
        Self { conditions: request.query.iter().filter_map(condition).collect(), fields }
    }

    /// Whether a resource passes. Removed ones do only where a filter asks for them.
    pub(super) fn pass(&self, world: &World, resource: &Resource) -> bool {
        let asks_removed = self.conditions.iter().any(|condition| condition.field.name == "removed");
        (asks_removed || resource.removed.is_none())
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(&show::value(world, resource, condition.field)))
    }

    /// The filters as the answer repeats them.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let of = |field: &Field| {
            let conditions = self.conditions.iter().filter(|condition| condition.field.name == field.name);
            let shown: Vec<Value> = conditions
                .map(|condition| {
                    let null = condition.modifier.ends_with("null");
                    json!({"value": (!null).then_some(condition.value), "modifier": condition.modifier})
                })
                .collect();
            if shown.is_empty() { Value::Null } else { Value::Array(shown) }
        };
        self.fields.iter().map(|field| (field.name.to_owned(), of(field))).collect()
    }

    /// The field that a list is sorted by, if it can be.
    pub(super) fn sort_field(&self, name: &str) -> Option<&'a Field> {
        self.fields.iter().find(|field| field.name == name).copied()
    }
}

impl Condition<'_> {
    fn holds(&self, value: &Value) -> bool {
        // Text is compared without case, as the server's database does it.
        let text = match value {
            Value::Null => None,
            Value::String(text) => Some(text.to_lowercase()),
            other => Some(other.to_string()),
        };
        let wanted = self.value.to_lowercase();
        let order = || compare(value, self.value);
        match (self.modifier, text) {
            ("null", text) => text.is_none(),
            ("notnull", text) => text.is_some(),
            (_, None) => false,
            ("eq", Some(text)) => text == wanted,
            ("ne", Some(text)) => text != wanted,
            ("prefix", Some(text)) => text.starts_with(&wanted),
            ("like", Some(text)) => like(&wanted, &text),
            ("notlike", Some(text)) => !like(&wanted, &text),
            ("lt", _) => order() == Ordering::Less,
            ("lte", _) => order() != Ordering::Greater,
            ("gt", _) => order() == Ordering::Greater,
            ("gte", _) => order() != Ordering::Less,
            _ => false,
        }
    }
}

const MODIFIERS: &[&str] =
    &["eq", "ne", "lt", "lte", "gt", "gte", "prefix", "like", "notlike", "null", "notnull"];

fn compare(value: &Value, wanted: &str) -> Ordering {
    match (value.as_i64(), wanted.parse::<i64>()) {
        (Some(number), Ok(wanted)) => number.cmp(&wanted),
        _ => value.as_str().unwrap_or_default().cmp(wanted),
    }
}

/// Whether a text fits a pattern in which `%` stands for any text.
fn like(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('%') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('%').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.split_once(part) {
            Some((_, after)) => text = after,
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_percent_sign_stands_for_any_text() {
        for (pattern, text) in
            [("a%", "abc"), ("%c", "abc"), ("%b%", "abc"), ("a%c", "abc"), ("abc", "abc"), ("%", "")]
        {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("b%", "abc"), ("%b", "abc"), ("ab", "abc"), ("a%b", "abc")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }
}
