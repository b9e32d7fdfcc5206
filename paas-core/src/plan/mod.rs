//! Plans: what is to be done to a back end, step by step, as a value to show before anything happens.
//!
//! A [`Plan`] is an ordered graph of [`Step`]s. Each step is one thing that can be repeated without harm, under a key
//! that stays the same; it begins when the steps that it comes after have ended. What carries plans out does nothing that
//! the plan does not show.

mod deploy;
mod remove;
mod scale;
mod step;

pub use deploy::{Deployment, StackFiles, deploy};
pub use remove::{RemovedStack, remove};
pub use scale::scale;
pub use step::{
    Action, ActivateService, AwaitServices, Awaited, CreateStack, EnsureVolume, Environment, Ready,
    RemoveStack, ScaleService, Stack, Step,
};

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is to be done, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plan {
    /// The operation that it becomes: a plan is carried out once, however often that is asked for.
    pub id: String,
    /// What it is for.
    pub kind: PlanKind,
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
    /// The steps, each after all that it comes after.
    pub steps: Vec<Step>,
}

/// What a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanKind {
    /// An application is deployed that was not there.
    Deploy,
    /// The count of one service's containers changes.
    Scale,
    /// An application goes; its volumes stay.
    Remove,
}

impl PlanKind {
    /// As a verb: `deploy`, `scale`, `remove`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Scale => "scale",
            Self::Remove => "remove",
        }
    }
}

impl Plan {
    /// The step of a key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// Whether each key is there once, and each step comes after steps that stand before it.
    pub fn is_ordered(&self) -> bool {
        let mut before = BTreeSet::new();
        self.steps.iter().all(|step| {
            step.after.iter().all(|key| before.contains(key.as_str())) && before.insert(step.key.as_str())
        })
    }
}

/// The key under which what belongs to an application is found again in the back end.
///
/// ```
/// assert_eq!(paas_core::plan::application_key("meridian", "bank"), "paas://meridian/bank/");
/// ```
pub fn application_key(tenant: &str, application: &str) -> String {
    format!("paas://{tenant}/{application}/")
}

/// The key of a stack that an operation makes for an application.
pub fn stack_key(tenant: &str, application: &str, operation: &str) -> String {
    format!("{}{operation}", application_key(tenant, application))
}

/// The key of a volume of a tenant.
pub fn volume_key(tenant: &str, volume: &str) -> String {
    format!("paas://{tenant}/-/volumes/{volume}")
}
