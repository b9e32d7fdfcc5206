//! Keys that only Rancher knows: JSON, and the texts in it that hold references.

use super::text;
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{Container, Text, Value};
use serde_json::Value as Json;

/// Adds the properties `rancher` and `rancher_texts`.
pub(super) fn add(map: &mut Map, container: &Container) {
    let (mut keys, mut texts) = (Map::new(), Map::new());
    for (key, value) in &container.rancher {
        let json = json(value, &pointer("", key), &mut texts);
        // A text with references is whole in the texts.
        if !matches!(value, Value::Text(Text::WithReferences { .. })) {
            keys.add(key, Yaml::text(json.to_string()));
        }
    }
    map.unless_empty("rancher", keys);
    map.unless_empty("rancher_texts", texts);
}

/// The value as JSON, with an empty text for each with references, which goes to the texts.
fn json(value: &Value, at: &str, texts: &mut Map) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(flag) => (*flag).into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(Text::Plain(text)) => text.as_str().into(),
        Value::Text(with_references) => {
            texts.add(at, text::text(with_references));
            "".into()
        }
        Value::List(items) => {
            let indexed = items.iter().enumerate();
            indexed.map(|(index, item)| json(item, &pointer(at, &index.to_string()), texts)).collect()
        }
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), json(value, &pointer(at, key), texts))).collect()
        }
    }
}

/// A JSON pointer (RFC 6901), one step further.
fn pointer(at: &str, step: &str) -> String {
    format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"))
}
