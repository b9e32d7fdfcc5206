//! Values of any shape.

use super::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What JSON can say, with secrets as references: a value of an output, or of a key that only a back end knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number, from -[`MAX_INTEGER`](crate::MAX_INTEGER) to that; larger ones are a [`Value::Text`] of their digits.
    Integer(i64),
    /// A finite number.
    Float(f64),
    /// A string; scalar units (`5 s`, `10 GB`) are written as the template has them.
    Text(Text),
    /// Values in order.
    List(Vec<Value>),
    // After `Text`, so that a text with secrets is not read as a map.
    /// Values by name.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// All texts in it, in order.
    ///
    /// ```
    /// use paas_core::application::Value;
    ///
    /// let value = Value::List(vec![Value::Text("a".into()), Value::Null, Value::Text("b".into())]);
    /// assert_eq!(value.texts().map(ToString::to_string).collect::<Vec<_>>(), ["a", "b"]);
    /// ```
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let mut left = vec![self];
        std::iter::from_fn(move || {
            while let Some(value) = left.pop() {
                match value {
                    Self::Text(text) => return Some(text),
                    Self::List(items) => left.extend(items.iter().rev()),
                    Self::Map(entries) => left.extend(entries.values().rev()),
                    Self::Null | Self::Boolean(_) | Self::Integer(_) | Self::Float(_) => {}
                }
            }
            None
        })
    }
}
