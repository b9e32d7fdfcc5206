//! Values of outputs.

use super::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value of an output: what JSON can say, with secrets as references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A string; scalar units (`5 s`, `10 GB`) are written as the template has them.
    Text(Text),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name. (After [`Value::Text`], so that a text with secrets is not read as a map.)
    Map(BTreeMap<String, Value>),
}
