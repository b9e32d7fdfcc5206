//! Rules about the hosts that containers may run on.

use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// A rule about the hosts that containers may run on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Affinity {
    /// Whether it must hold.
    pub rule: AffinityRule,
    /// What is looked at.
    pub to: AffinityTo,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Affinity {
    /// A rule of its parts.
    pub fn new(rule: AffinityRule, to: AffinityTo) -> Self {
        Self { rule, to, origin: Origin::default() }
    }
}

/// What an [`Affinity`] looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AffinityTo {
    /// Labels of the host.
    Host {
        /// The label's name.
        label: String,
        /// Its value.
        value: String,
    },
    /// Labels of the containers that run on the host.
    Container {
        /// The label's name.
        label: String,
        /// Its value.
        value: String,
    },
    /// The containers of a service of the same network.
    Service(String),
}

/// Whether an [`Affinity`] must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AffinityRule {
    /// Only hosts with such a one.
    Must,
    /// Rather hosts with such a one.
    Should,
    /// Only hosts without one.
    MustNot,
    /// Rather hosts without one.
    ShouldNot,
}
