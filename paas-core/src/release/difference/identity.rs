//! What the items of lists are known by.
//!
//! An item that is known by what it is *for*, not by where it stands, stays the same item when another is put before it.

use rustc_hash::FxHashSet;
use serde_json::Value;

/// The lists whose items are known by something: the list's name, what is between the words (the last as often as
/// there are more words), and the fields whose values are the words. Items that are no maps are known by themselves.
const LISTS: &[(&str, &[&str], &[&str])] = &[
    ("activations", &["/"], &["network", "service"]),
    ("configuration_files", &[], &["path"]),
    ("environment_links", &[" → "], &["from", "to"]),
    ("flows", &["/", " → ", "/"], &["from_network", "from_service", "to_network", "to_service"]),
    ("host_mounts", &[], &["path"]),
    ("images", &[], &["image"]),
    ("links", &[" "], &["kind", "to", "alias"]),
    ("log_files", &[], &["directory"]),
    ("log_sources", &[" "], &["network", "service", "directory"]),
    ("mounts", &[], &["path"]),
    ("outputs", &[], &["name"]),
    ("parts", &[], &["network"]),
    ("policies", &[], &["service"]),
    ("ports", &["/"], &["network", "service", "container", "port", "protocol"]),
    ("routes", &[" "], &["listen", "host", "path"]),
    ("secret_files", &[], &["file"]),
    ("secrets", &[], &["input"]),
    ("services", &[], &["name"]),
    ("stages", &[], &["number"]),
    ("stand_ins", &[], &["service"]),
    ("volumes", &[], &["name"]),
    ("windows", &[], &["name"]),
];

/// What the items of a list are known by, each by something else; `None` if the list is looked at as a whole.
pub(super) fn keys(list: &str, items: &[Value]) -> Option<Vec<String>> {
    let (_, between, fields) = LISTS.iter().find(|(name, ..)| *name == list)?;
    Some(unique(items.iter().map(|item| key(item, between, fields))))
}

/// The names, with a number behind those that are there already.
pub(super) fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    let mut number = 1_usize;
    let mut keys = Vec::new();
    for name in names {
        let mut key = name.clone();
        while !seen.insert(key.clone()) {
            // Never smaller than before: so the work is bounded by the number of names.
            number += 1;
            key = format!("{name} #{number}");
        }
        keys.push(key);
    }
    keys
}

fn key(item: &Value, between: &[&str], fields: &[&str]) -> String {
    let words: Vec<String> = match item {
        Value::Object(map) => fields.iter().filter_map(|field| map.get(*field)).map(word).collect(),
        _ => Vec::new(),
    };
    let mut words = words.into_iter();
    let Some(mut key) = words.next() else { return word(item) };
    let mut between = between.iter();
    let mut last = "";
    for word in words {
        last = between.next().copied().unwrap_or(last);
        key.push_str(last);
        key.push_str(&word);
    }
    key
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // A part is known by the name of its network.
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => name.clone(),
            _ => value.to_string(),
        },
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn items_are_known_by_what_they_are_for() {
        let ports =
            [json!({"container": 80, "protocol": "tcp"}), json!({"container": 53, "protocol": "udp"})];
        assert_eq!(keys("ports", &ports).unwrap(), ["80/tcp", "53/udp"]);
        assert_eq!(keys("volumes", &[json!("data"), json!({"name": "logs"})]).unwrap(), ["data", "logs"]);
        assert_eq!(keys("parts", &[json!({"network": {"name": "dmz"}})]).unwrap(), ["dmz"]);
        assert_eq!(keys("command", &ports), None);
    }

    #[test]
    fn no_two_items_are_known_by_the_same() {
        let names = ["a", "a", "a #2", "a"].map(str::to_owned);
        assert_eq!(unique(names), ["a", "a #2", "a #2 #3", "a #4"]);
    }
}
