//! What a token lets its holder do, as a registry reads it.

use serde::Serialize;

/// Actions on one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Access {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<String>,
    pub(super) name: String,
    pub(super) actions: Vec<&'static str>,
}
