//! Stages.

use serde::{Deserialize, Serialize};

/// What is activated together. A stage begins when everything of the stages before it is active and healthy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Stage {
    /// From 1.
    pub number: u32,
    /// In this order, without waiting in between.
    pub activations: Vec<Activation>,
}

/// That a service is activated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activation {
    /// The network that it is in.
    pub network: String,
    /// The service.
    pub service: String,
}
