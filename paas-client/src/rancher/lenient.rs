//! Reading what servers of many versions send: `null` for nothing, numbers as texts, texts as numbers.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `null` is what a missing value is.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A whole number, also as a text or with `.0` behind it. Anything else counts as missing.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(match Option::deserialize(deserializer)? {
        Some(Value::Number(number)) => number.to_string().trim_end_matches(".0").parse().ok(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    })
}

/// An id that may be empty or `null` where there is none.
pub(crate) fn id<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    match Option::deserialize(deserializer)? {
        Some(Value::String(text)) if !text.is_empty() => text.parse().map(Some).map_err(de::Error::custom),
        Some(Value::Number(number)) => number.to_string().parse().map(Some).map_err(de::Error::custom),
        _ => Ok(None),
    }
}

/// A map of texts; other values become their JSON, `null` goes.
pub(crate) fn texts<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let map: BTreeMap<String, Value> = or_default(deserializer)?;
    Ok(map
        .into_iter()
        .filter_map(|(key, value)| match value {
            Value::Null => None,
            Value::String(text) => Some((key, text)),
            other => Some((key, other.to_string())),
        })
        .collect())
}

/// The names of the actions that a resource offers; their addresses are not wanted.
pub(crate) fn actions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<String>, D::Error> {
    let map: BTreeMap<String, de::IgnoredAny> = or_default(deserializer)?;
    Ok(map.into_keys().collect())
}

/// The type of a resource, which tells it from an error that came with a good status.
pub(crate) fn resource_type<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name == "error" { Err(de::Error::custom("an error in place of a resource")) } else { Ok(name) }
}
