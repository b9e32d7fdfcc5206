//! Volumes.

use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// Storage that outlives containers: a folder on a file server.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Volume {
    /// Its name within the tenant.
    pub name: String,
    /// The server that holds it; without one the tier decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The class of storage, such as `gold`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// Who may write; `None`: whatever the storage allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Whether the tenant has it already.
    #[serde(default)]
    pub existing: bool,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Volume {
    /// A volume of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// How a volume may be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Access {
    /// One container, reading and writing.
    OneWriter,
    /// Any number of containers, reading.
    ManyReaders,
    /// Any number of containers, reading and writing.
    ManyWriters,
}
