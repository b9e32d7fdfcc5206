//! JSON in texts of a template.

use paas_core::{MAX_INTEGER, application::Value};
use std::collections::BTreeSet;

/// More values inside each other stand in no file of Rancher's.
const DEEPEST: usize = 32;

/// The value that a text says as JSON, or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    if let Some(key) = repeated(text) {
        return Err(format!("has the key `{}` twice", key.escape_debug()));
    }
    convert(value, DEEPEST)
}

fn convert(value: serde_json::Value, depth: usize) -> Result<Value, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(format!("has more than {DEEPEST} values inside each other"));
    };
    Ok(match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Boolean(value),
        serde_json::Value::Number(number) => return self::number(&number),
        serde_json::Value::String(text) => Value::Text(printable(text)?.into()),
        serde_json::Value::Array(items) => {
            Value::List(items.into_iter().map(|item| convert(item, depth)).collect::<Result<_, _>>()?)
        }
        serde_json::Value::Object(entries) => {
            let entry = |(key, value)| Ok::<_, String>((printable(key)?, convert(value, depth)?));
            Value::Map(entries.into_iter().map(entry).collect::<Result<_, _>>()?)
        }
    })
}

/// NUL ends strings in what runs below.
fn printable(text: String) -> Result<String, String> {
    if text.contains('\0') {
        Err("holds a NUL character, which cannot be passed on".to_owned())
    } else {
        Ok(text)
    }
}

/// A number that nobody who reads it loses digits of.
fn number(number: &serde_json::Number) -> Result<Value, String> {
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    const LARGEST: f64 = MAX_INTEGER as f64;
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) if whole.unsigned_abs() <= MAX_INTEGER => Ok(Value::Integer(whole)),
        (None, Some(float)) if float.abs() <= LARGEST => Ok(Value::Float(float)),
        _ => Err(format!("has the number {number}, which is too large to be exact: put it in quotes")),
    }
}

/// A key that a map of a JSON text has twice: readers keep one of them, each its own.
fn repeated(text: &str) -> Option<String> {
    let mut maps: Vec<BTreeSet<String>> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '{', '}']) {
        let (_, after) = rest.split_at(start);
        match after.as_bytes().first() {
            Some(b'{') => maps.push(BTreeSet::new()),
            Some(b'}') => drop(maps.pop()),
            _ => {
                let length = string_length(after);
                let (string, behind) = after.split_at_checked(length)?;
                rest = behind;
                if behind.trim_start().starts_with(':') {
                    // Escaped or not, the same key is the same key.
                    let key: String = serde_json::from_str(string).ok()?;
                    if maps.last_mut().is_some_and(|keys| !keys.insert(key.clone())) {
                        return Some(key);
                    }
                }
                continue;
            }
        }
        rest = after.get(1..)?;
    }
    None
}

/// How many bytes the string takes that the text begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (position, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return position + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_of_all_kinds() {
        let text = r#" { "a": [ null, true, -1, 1.50, 1e2, "x\"\u00e9" ], "b": {} } "#;
        let items = [
            Value::Null,
            Value::Boolean(true),
            Value::Integer(-1),
            Value::Float(1.5),
            Value::Float(100.0),
            Value::Text("x\"é".into()),
        ];
        let map = [("a".to_owned(), Value::List(items.into())), ("b".to_owned(), Value::Map([].into()))];
        assert_eq!(parse(text), Ok(Value::Map(map.into())));
    }

    #[test]
    fn what_is_no_value() {
        for (text, problem) in [
            ("yes", "is not JSON: expected value at line 1 column 1"),
            ("", "is not JSON: EOF while parsing a value at line 1 column 0"),
            ("{ a: 1 }", "is not JSON: key must be a string at line 1 column 3"),
            (r#"{ "a": { "b": 1 }, "c": { "b": ":{", "\u0062" : 2 } }"#, "has the key `b` twice"),
            (r#"["\u0000"]"#, "holds a NUL character, which cannot be passed on"),
            (
                "[9007199254740992]",
                "has the number 9007199254740992, which is too large to be exact: put it in quotes",
            ),
            (
                "12345678901234567890123",
                "has the number 1.2345678901234568e+22, which is too large to be exact: put it in quotes",
            ),
        ] {
            assert_eq!(parse(text), Err(problem.to_owned()), "{text}");
        }
        let deep = |count| format!("{}{}", "[".repeat(count), "]".repeat(count));
        assert!(parse(&deep(DEEPEST)).is_ok());
        for count in [DEEPEST + 1, 100_000] {
            assert!(parse(&deep(count)).is_err(), "{count}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in r#"[{}\[\]":,\\ a0]{0,24}"#) {
            let read = parse(&text);
            if let Ok(whole) = serde_json::from_str::<serde_json::Value>(&text)
                && read.is_err()
            {
                // Only keys that are there twice are refused of so little JSON.
                prop_assert!(text.len() > serde_json::to_string(&whole).unwrap().len());
            }
        }
    }
}
