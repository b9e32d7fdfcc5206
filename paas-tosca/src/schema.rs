//! The JSON Schema with which editors complete and check templates.
//!
//! It is made from what the reader itself goes by: the built-in types with their constraints, the words of each place,
//! the units, the functions. What it cannot see, [`check`](crate::check()) does.

use crate::{
    profile,
    tosca::{self, Narrowed},
};

/// The text of the schema, in draft-07 of JSON Schema, which editors of YAML understand best.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&paas_tosca::schema::template()).unwrap();
/// assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
/// ```
pub fn template() -> String {
    let narrowed = Narrowed { is_abstract: profile::is_abstract, words: profile::words };
    let schema = tosca::template_schema(&narrowed);
    // The alternate form is that of `to_string_pretty`, which cannot fail here.
    format!("{schema:#}\n")
}
