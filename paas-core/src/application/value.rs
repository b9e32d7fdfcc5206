//! Values of outputs.

use super::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value of an output: what JSON can say, with secrets as references.
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
