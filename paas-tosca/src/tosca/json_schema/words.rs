//! The words of a place, from the table that the reader holds them against.

use super::{
    meanings::meaning,
    parts::{named, reference},
};
use crate::tosca::keywords::{Shape, Word};
use serde_json::{Map, Value, json};

/// A map of these words and no others. What stands behind words that are used elsewhere is given; of words that are
/// refused wherever they stand it is `false`.
pub(super) fn words<'k>(
    place: &str,
    words: &[Word],
    given: impl IntoIterator<Item = (&'k str, Value)>,
) -> Value {
    let mut given: Map<String, Value> =
        given.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut properties = Map::new();
    for word in words {
        let schema = given.remove(word.name).unwrap_or_else(|| shape(&word.shape));
        let described = match (schema, meaning(place, word.name)) {
            (Value::Object(mut schema), Some(meaning)) => {
                if schema.contains_key("$ref") {
                    schema = Map::from_iter([("allOf".to_owned(), json!([schema]))]);
                }
                schema.insert("description".to_owned(), json!(meaning));
                Value::Object(schema)
            }
            (schema, _) => schema,
        };
        properties.insert(word.name.to_owned(), described);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// What stands behind a word; what is left out is of no shape.
fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Used => json!({}),
        Shape::Text => reference("text"),
        Shape::Map => json!({ "type": ["object", "null"] }),
        Shape::Texts => named(reference("text")),
        Shape::List => json!({ "type": ["array", "null"] }),
    }
}
