//! Values as `release.json` has them.

use crate::application::{Segment, Text};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt;

/// A value as `release.json` has it. Secrets in it are references.
///
/// ```
/// use paas_core::release::difference::Json;
///
/// let url: Json = serde_json::from_str(r#"{"with_references": ["root:", {"secret": "password"}, "@db"]}"#)?;
/// assert_eq!(url.to_string(), "root:***@db");
/// let ports: Json = serde_json::from_str(r#"[80, {"given": 443}]"#)?;
/// assert_eq!(ports.to_string(), "[80, {given: 443}]");
/// assert_eq!(ports.read::<Vec<u16>>(), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(transparent)]
pub struct Json(
    #[cfg_attr(feature = "schema", schemars(with = "crate::application::Value"))] pub(super) Value,
);

impl Json {
    /// The value as another type, if it is one.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }
}

/// For people: a string without quotes, `***` for each secret, the name of the service for each host name.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, &self.0, true)
    }
}

fn write(f: &mut fmt::Formatter<'_>, value: &Value, outermost: bool) -> fmt::Result {
    match value {
        Value::String(text) if outermost || is_word(text) => f.write_str(text),
        Value::String(text) => write!(f, "{text:?}"),
        Value::Array(items) => {
            f.write_str("[")?;
            for (index, item) in items.iter().enumerate() {
                f.write_str(if index > 0 { ", " } else { "" })?;
                write(f, item, false)?;
            }
            f.write_str("]")
        }
        Value::Object(map) => match references(value) {
            Some(text) if outermost => write!(f, "{text}"),
            Some(text) => write!(f, "{:?}", text.to_string()),
            None => {
                f.write_str("{")?;
                for (index, (key, value)) in map.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    write!(f, "{key}: ")?;
                    write(f, value, false)?;
                }
                f.write_str("}")
            }
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => write!(f, "{value}"),
    }
}

/// Whether a string cannot be taken for anything else inside a list.
fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || "._-/:".contains(c))
}

/// The text with references that a value is.
fn references(value: &Value) -> Option<Text> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    let pieces = map.get("with_references").filter(|pieces| pieces.is_array())?;
    let pieces = Vec::<Segment>::deserialize(pieces).ok()?;
    Some(Text::WithReferences { with_references: pieces })
}

/// Whether a value is looked at as a whole although it is a map.
pub(super) fn is_whole(value: &Value) -> bool {
    references(value).is_some()
}

/// A value of ours as JSON; what JSON cannot hold is null.
pub(super) fn of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Reads a field that is there, so that `null` is a value.
pub(super) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}
