//! What may be shown of a value that is a secret on one side of a change, and plainly written on the other.

use super::json::Json;
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands for a secret.
const HIDDEN: &str = "***";

/// Both sides of a change as they may be shown: what stands where the other side has a secret may be that secret.
pub(super) fn shown(old: Option<&Json>, new: Option<&Json>) -> (Option<Json>, Option<Json>) {
    let (Some(Json(before)), Some(Json(after))) = (old, new) else { return (old.cloned(), new.cloned()) };
    (Some(Json(beside(before, after))), Some(Json(beside(after, before))))
}

/// A value as it may be shown beside the other one.
fn beside(value: &Value, other: &Value) -> Value {
    if value == other || !has_secret(other) {
        return value.clone();
    }
    match (value, other) {
        _ if is_secret(value) => value.clone(),
        (Value::Object(map), Value::Object(others)) if !is_secret(other) => {
            let entry = |(key, value): (&String, &Value)| {
                let value = others.get(key).map_or_else(|| value.clone(), |other| beside(value, other));
                (key.clone(), value)
            };
            Value::Object(map.iter().map(entry).collect())
        }
        (Value::Array(items), Value::Array(others)) => Value::Array(items_beside(items, others)),
        (Value::Null, _) => Value::Null,
        _ => HIDDEN.into(),
    }
}

/// The items of a list that has no identity: those that the other list has too are no secrets; of the others it cannot be
/// told which became one.
fn items_beside(items: &[Value], others: &[Value]) -> Vec<Value> {
    let written = |items: &[Value]| -> BTreeSet<String> { items.iter().map(ToString::to_string).collect() };
    let (own, known) = (written(items), written(others));
    let mut came = others.iter().filter(|other| has_secret(other) && !own.contains(&other.to_string()));
    if came.next().is_none() {
        return items.to_vec();
    }
    let item = |(index, item): (usize, &Value)| match (item, others.get(index)) {
        _ if known.contains(&item.to_string()) || is_secret(item) => item.clone(),
        (Value::Object(_), Some(other @ Value::Object(_)))
        | (Value::Array(_), Some(other @ Value::Array(_))) => beside(item, other),
        _ => HIDDEN.into(),
    };
    items.iter().enumerate().map(item).collect()
}

/// Whether a secret is anywhere in a value.
fn has_secret(value: &Value) -> bool {
    match value {
        Value::Object(map) => is_secret(value) || map.values().any(has_secret),
        Value::Array(items) => items.iter().any(has_secret),
        _ => false,
    }
}

/// Whether a value is a secret, or a text with one: `{"secret": "password"}`,
/// `{"with_references": ["root:", {"secret": "password"}]}`.
fn is_secret(value: &Value) -> bool {
    let Some(map) = value.as_object().filter(|map| map.len() == 1) else { return false };
    match (map.get("secret"), map.get("with_references")) {
        (Some(secret), _) => secret.is_string(),
        (_, Some(Value::Array(pieces))) => pieces.iter().any(is_secret),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_may_be_the_secret_is_hidden() {
        let text = || json!({ "with_references": ["root:", { "secret": "p" }] });
        for (value, other, beside_it) in [
            (json!("hunter2"), text(), "***"),
            (json!(1234), text(), "***"),
            (json!(null), text(), "null"),
            (text(), json!("hunter2"), "root:***"),
            (json!({ "inline": "hunter2" }), json!({ "secret": "p" }), "***"),
            (json!({ "a": "hunter2", "b": "c" }), json!({ "a": text(), "b": "d" }), "{a: \"***\", b: c}"),
            (json!({ "a": "b" }), json!({ "c": text() }), "{a: b}"),
            (json!(["run", "hunter2"]), json!(["run", text()]), "[run, \"***\"]"),
            (json!(["run", text(), "-v"]), json!(["run", "hunter2"]), "[run, \"root:***\", \"-v\"]"),
            (json!(["run", text(), "-v"]), json!(["run", text()]), "[run, \"root:***\", \"-v\"]"),
            (json!([{ "a": "hunter2" }]), json!([{ "a": text() }]), "[{a: \"***\"}]"),
            (json!("run hunter2"), json!(["run", text()]), "***"),
        ] {
            assert_eq!(Json(beside(&value, &other)).to_string(), beside_it, "{value} {other}");
        }
    }

    #[test]
    fn deep_values_end() {
        let deep = |inner: Value| (0..100).fold(inner, |inner, _| json!([inner]));
        let shown = beside(&deep(json!("hunter2")), &deep(json!({ "secret": "p" })));
        assert_eq!(shown, deep(json!(HIDDEN)));
    }
}
