//! From the text of a request to what a function takes.

use crate::envelope::{ErrorEnvelope, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, de::DeserializeOwned, de::Error as _};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fmt};

/// A request: a document in JSON, and texts beside it.
///
/// ```
/// use paas_ffi::{Handle, Request};
///
/// let request = Request::from("{}").with_text("template", "tosca_definitions_version: tosca_simple_yaml_1_3");
/// assert!(Handle::library().call("check", request).is_ok());
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Request {
    json: String,
    texts: BTreeMap<String, String>,
}

impl Request {
    /// Gives a field of the document as it is: a long text need not be written as JSON and read from it.
    #[must_use]
    pub fn with_text(mut self, field: impl Into<String>, text: impl Into<String>) -> Self {
        self.texts.insert(field.into(), text.into());
        self
    }
}

impl From<String> for Request {
    fn from(json: String) -> Self {
        Self { json, texts: BTreeMap::new() }
    }
}

impl From<&str> for Request {
    fn from(json: &str) -> Self {
        json.to_owned().into()
    }
}

impl From<&String> for Request {
    fn from(json: &String) -> Self {
        json.as_str().into()
    }
}

/// Without what is in it, which could be a secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").finish_non_exhaustive()
    }
}

/// Bytes in a request: a text in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(|_| D::Error::custom("bytes are expected, in base64"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Bytes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Bytes".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "contentEncoding": "base64" })
    }
}

/// Reads a request. What is wrong is told with the field and without its value, which could be a secret.
pub(crate) fn read<T: DeserializeOwned>(request: Request) -> Result<T> {
    let Request { json, texts } = request;
    if texts.is_empty() {
        return whole(&json);
    }
    let mut document: Map<String, Value> = whole(&json)?;
    for (field, text) in texts {
        if document.insert(field.clone(), Value::String(text)).is_some() {
            let mut envelope = ErrorEnvelope::invalid(format!("`{field}` is given twice"));
            envelope.details.field = Some(field);
            return Err(envelope);
        }
    }
    typed(Value::Object(document))
}

/// Reads one document that is all of a text.
fn whole<T: DeserializeOwned>(json: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let document = typed(&mut reader)?;
    reader.end().map_err(|_| ErrorEnvelope::invalid("the request is more than one document"))?;
    Ok(document)
}

fn typed<'de, T: DeserializeOwned>(document: impl Deserializer<'de, Error = serde_json::Error>) -> Result<T> {
    serde_path_to_error::deserialize(document).map_err(|error| {
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
    })
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
    use super::{Request, read};
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is read matters")]
    struct Shape {
        secrets: BTreeMap<String, String>,
        count: u32,
    }

    fn message(text: &str) -> String {
        refused(text.into())
    }

    fn refused(request: Request) -> String {
        read::<Shape>(request).unwrap_err().message.clone()
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
    fn a_text_beside_the_document_is_a_field_of_it() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Named {
            name: String,
        }
        let text = "a \"line\"\nand another";
        assert_eq!(
            read::<Named>(Request::from("{}").with_text("name", text)).unwrap(),
            Named { name: text.to_owned() }
        );
        assert_eq!(
            refused(Request::from(r#"{"count": 1}"#).with_text("secrets", "hunter2")),
            "`secrets`: a map is expected, not a text"
        );
        assert_eq!(
            refused(Request::from(r#"{"count": 1, "secrets": {}}"#).with_text("nmae", "hunter2")),
            "unknown field `nmae`, expected `secrets` or `count`"
        );
        assert_eq!(refused(Request::from(r#"{"name": ""}"#).with_text("name", "")), "`name` is given twice");
        assert_eq!(refused(Request::from("3").with_text("name", "")), "a map is expected, not this number");
        assert_eq!(
            refused(Request::from("{} {}").with_text("name", "")),
            "the request is more than one document"
        );
    }

    #[test]
    fn nothing_of_a_request_is_shown() {
        let request = Request::from(r#"{"secrets": {"a": "hunter2"}}"#).with_text("template", "hunter3");
        assert_eq!(format!("{request:?}"), "Request { .. }");
    }

    #[test]
    fn half_a_character_is_an_error() {
        assert_eq!(
            message(r#"{"secrets": {"a": "\ud800"}, "count": 1}"#),
            "`secrets.a`: unexpected end of hex escape"
        );
    }
}
