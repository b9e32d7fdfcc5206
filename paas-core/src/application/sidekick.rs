//! Services that run beside others.

use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// That a service runs beside each container of another: on the same host, in the same number, started and stopped with
/// it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sidekick {
    /// The name of the other service.
    pub of: String,
    /// Whether it sees the volumes of the other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub volumes_from: bool,
    /// Whether it has the address and the ports of the other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub share_network: bool,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Sidekick {
    /// Beside a service, with volumes and an address of its own.
    pub fn new(of: impl Into<String>) -> Self {
        Self { of: of.into(), volumes_from: false, share_network: false, origin: Origin::default() }
    }
}
