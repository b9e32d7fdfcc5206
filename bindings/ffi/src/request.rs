//! From the text of a request to what a function takes.

use crate::envelope::{ErrorEnvelope, Result};
use serde::de::DeserializeOwned;

/// Reads a request. What is wrong is told with the field and without its value, which could be a secret.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let request: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let reason = without_value(&without_position(&error.inner().to_string()));
        let is_field = !matches!(field.as_str(), "" | "." | "?");
        // An unknown field is named by the reason; of the path, what it is in remains to be told.
        let within = match field.rsplit_once('.') {
            _ if !reason.starts_with("unknown field ") => field.as_str(),
            Some((within, _)) => within,
            None => "",
        };
        let message = match within {
            within if !is_field || within.is_empty() => reason,
            within => format!("`{within}`: {reason}"),
        };
        let mut envelope = ErrorEnvelope::invalid(message);
        envelope.details.field = is_field.then_some(field);
        envelope
    })?;
    reader.end().map_err(|_| ErrorEnvelope::invalid("the request is more than one document"))?;
    Ok(request)
}

/// `… at line 1 column 17` tells nothing to somebody who did not write the text.
fn without_position(reason: &str) -> String {
    reason.split(" at line ").next().unwrap_or(reason).to_owned()
}

/// `invalid type: string "hunter2", expected a map` becomes `a map is expected, not a string`.
fn without_value(reason: &str) -> String {
    let given = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|start| reason.strip_prefix(start));
    let Some((given, expected)) = given.and_then(|given| given.rsplit_once(", expected ")) else {
        return reason.to_owned();
    };
    let given = match given.split_whitespace().next().unwrap_or_default() {
        "string" | "character" => "a text",
        "integer" | "floating" | "number" => "this number",
        "boolean" => "true or false",
        "map" => "a map",
        "sequence" => "a list",
        // A length: of the list that has it.
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => "a list",
        "null" | "unit" | "Option" => "nothing",
        _ => "this",
    };
    format!("{} is expected, not {given}", wanted(expected))
}

/// What is expected, without names of Rust's types.
fn wanted(expected: &str) -> String {
    let most = match expected {
        "u8" => Some(u8::MAX.into()),
        "u16" => Some(u16::MAX.into()),
        "u32" => Some(u32::MAX.into()),
        "u64" | "usize" => Some(u64::MAX),
        _ => None,
    };
    match (most, expected) {
        (Some(most), _) => format!("a whole number from 0 to {most}"),
        (None, "a sequence") => "a list".to_owned(),
        (None, "a string") => "a text".to_owned(),
        (None, "a boolean") => "true or false".to_owned(),
        (None, expected) if expected.contains("struct ") || expected.contains("enum ") => "a map".to_owned(),
        (None, expected) => expected.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is read matters")]
    struct Request {
        secrets: BTreeMap<String, String>,
        count: u32,
    }

    fn message(text: &str) -> String {
        read::<Request>(text).unwrap_err().message.clone()
    }

    #[test]
    fn the_field_is_named_and_its_value_is_not() {
        assert_eq!(
            message(r#"{"secrets": "hunter2", "count": 1}"#),
            "`secrets`: a map is expected, not a text"
        );
        assert_eq!(
            message(r#"{"secrets": {"a": 5}, "count": 1}"#),
            "`secrets.a`: a text is expected, not this number"
        );
        assert_eq!(
            message(r#"{"secrets": {}, "count": -1}"#),
            "`count`: a whole number from 0 to 4294967295 is expected, not this number"
        );
        assert_eq!(message(r#"{"secrets": {}, "count": 1e400}"#), "`count`: number out of range");
        assert_eq!(message(r#"{"secrets": {}}"#), "missing field `count`");
        assert_eq!(
            message(r#"{"secrets": {}, "count": 1, "cuont": 2}"#),
            "unknown field `cuont`, expected `secrets` or `count`"
        );
        assert_eq!(message("[]"), "a map is expected, not a list");
        assert_eq!(message("3"), "a map is expected, not this number");
        assert_eq!(message("{"), "EOF while parsing an object");
        assert_eq!(message(r#"{"secrets": {}, "count": 1} 2"#), "the request is more than one document");
    }

    #[test]
    fn half_a_character_is_an_error() {
        assert_eq!(
            message(r#"{"secrets": {"a": "\ud800"}, "count": 1}"#),
            "`secrets.a`: unexpected end of hex escape"
        );
    }
}
