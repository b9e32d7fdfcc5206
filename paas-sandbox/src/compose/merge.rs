use serde_json::{Map, Value};

/// Puts what the second file says of a service over what the first said: scalars are replaced, maps are joined one level
/// deep, lists are appended.
pub(super) fn service(base: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match key.as_str() {
            "image" => drop(base.remove("build")),
            "build" => drop(base.remove("image")),
            _ => {}
        }
        match (base.get_mut(&key), value) {
            (Some(Value::Array(left)), Value::Array(right)) => left.extend(right),
            (Some(Value::Object(left)), Value::Object(right)) => left.extend(right),
            (_, value) => drop(base.insert(key, value)),
        }
    }
}
