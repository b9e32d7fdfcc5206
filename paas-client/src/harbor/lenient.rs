//! Reading what servers of many versions send: `null` for nothing, and what is not known.

use crate::moment;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::{collections::BTreeMap, time::SystemTime};

/// `null` is what a missing value is.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A text; what is none counts as missing, and so does an empty one.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    })
}

/// Yes or no, also as a text. What is not said counts as no.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(flag) => flag,
        Value::String(text) => text == "true",
        _ => false,
    })
}

/// An id, where 0 is none.
pub(super) fn id<'de, D: Deserializer<'de>, T: From<u64>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let number = Value::deserialize(deserializer)?.as_u64();
    Ok(number.filter(|number| *number != 0).map(T::from))
}

/// A whole number; what is none counts as missing.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_i64())
}

/// A map of texts; other values become their JSON, `null` goes.
pub(super) fn texts<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let map: BTreeMap<String, Value> = or_default(deserializer)?;
    let text = |(key, value)| match value {
        Value::Null => None,
        Value::String(text) => Some((key, text)),
        other => Some((key, other.to_string())),
    };
    Ok(map.into_iter().filter_map(text).collect())
}

/// A number of things or bytes; what is none counts as missing.
pub(super) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_u64())
}

/// A time. The year 1, which stands for never, counts as missing, and so does what is none.
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SystemTime>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_str().and_then(moment::parse))
}

/// What is not as it should be counts as missing: for what is told besides.
pub(super) fn if_good<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: de::DeserializeOwned,
{
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}
