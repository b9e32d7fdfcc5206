//! Steps.

use crate::release::Secret;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// One thing to do, under a key that is unique in its plan and stays the same however often it is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Step {
    /// Its key: `stack/dmz`, `activate/core/ledger`.
    pub key: String,
    /// The keys of the steps that must have ended before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The stage of the release that it belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u32>,
    /// What it does.
    pub action: Action,
}

impl Step {
    /// A step of no stage that comes after nothing.
    pub fn new(key: impl Into<String>, action: impl Into<Action>) -> Self {
        Self { key: key.into(), after: Vec::new(), stage: None, action: action.into() }
    }

    /// The same after others.
    #[must_use]
    pub fn after<K: Into<String>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.after.extend(keys.into_iter().map(Into::into));
        self
    }

    /// The same in a stage.
    #[must_use]
    pub fn in_stage(mut self, stage: u32) -> Self {
        self.stage = Some(stage);
        self
    }
}

/// What it does, in words: `create the stack bank in dmz`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.action.fmt(f)
    }
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Makes a volume that is not there yet.
    EnsureVolume(EnsureVolume),
    /// Makes a stack without starting it.
    CreateStack(CreateStack),
    /// Sets how many containers a service shall have.
    ScaleService(ScaleService),
    /// Starts a service.
    ActivateService(ActivateService),
    /// Waits until services are up.
    AwaitServices(AwaitServices),
    /// Removes a stack with its services; volumes of the environment stay.
    RemoveStack(RemoveStack),
}

macro_rules! actions {
    ($($name:ident)+) => {$(
        impl From<$name> for Action {
            fn from(action: $name) -> Self {
                Self::$name(action)
            }
        }
    )+};
}

actions! { EnsureVolume CreateStack ScaleService ActivateService AwaitServices RemoveStack }

impl Action {
    /// The environment in which it happens.
    pub fn environment(&self) -> &Environment {
        match self {
            Self::EnsureVolume(EnsureVolume { environment, .. }) => environment,
            Self::CreateStack(CreateStack { stack, .. })
            | Self::ScaleService(ScaleService { stack, .. })
            | Self::ActivateService(ActivateService { stack, .. })
            | Self::AwaitServices(AwaitServices { stack, .. })
            | Self::RemoveStack(RemoveStack { stack }) => &stack.environment,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let environment = &self.environment().name;
        match self {
            Self::EnsureVolume(step) => write!(f, "make the volume `{}` in `{environment}`", step.name),
            Self::CreateStack(step) => write!(f, "create the stack `{}` in `{environment}`", step.stack.name),
            Self::ScaleService(step) => {
                write!(f, "scale `{}` in `{environment}` to {}", step.service, step.scale)
            }
            Self::ActivateService(step) => write!(f, "start `{}` in `{environment}`", step.service),
            Self::AwaitServices(step) => {
                let names: Vec<&str> = step.services.iter().map(|awaited| awaited.service.as_str()).collect();
                write!(f, "wait for {} in `{environment}`", listed(&names))
            }
            Self::RemoveStack(step) => {
                write!(f, "remove the stack `{}` from `{environment}`", step.stack.name)
            }
        }
    }
}

/// The first few names; the rest are counted.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// An environment of the back end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Environment {
    /// The back end's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tenant's network that it is.
    pub network: String,
}

impl Environment {
    /// The environment of a network.
    pub fn new(id: impl Into<String>, name: impl Into<String>, network: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), network: network.into() }
    }
}

/// A stack of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Stack {
    /// Where it is.
    pub environment: Environment,
    /// Its name.
    pub name: String,
    /// What its key (`externalId`) begins with, so that one of somebody else is never taken for it.
    pub key: String,
}

impl Stack {
    /// A stack of this name, whose key begins so.
    pub fn new(environment: Environment, name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { environment, name: name.into(), key: key.into() }
    }
}

/// See [`Action::EnsureVolume`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct EnsureVolume {
    /// Where.
    pub environment: Environment,
    /// The volume's name.
    pub name: String,
    /// The driver.
    pub driver: String,
    /// The driver's options.
    pub options: BTreeMap<String, String>,
    /// By which it is found again.
    pub key: String,
}

/// See [`Action::CreateStack`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct CreateStack {
    /// The stack.
    pub stack: Stack,
    /// The whole key of this very one.
    pub external_id: String,
    /// `docker-compose.yml`.
    pub docker_compose: String,
    /// `rancher-compose.yml`.
    pub rancher_compose: String,
    /// The secrets that the files name. Their values are asked for when the stack is created, and kept nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Secret>,
    /// The services that must be there afterwards.
    pub services: Vec<String>,
}

/// See [`Action::ScaleService`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct ScaleService {
    /// The stack.
    pub stack: Stack,
    /// The service.
    pub service: String,
    /// How many containers.
    pub scale: u32,
}

/// See [`Action::ActivateService`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct ActivateService {
    /// The stack.
    pub stack: Stack,
    /// The service.
    pub service: String,
}

/// See [`Action::AwaitServices`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct AwaitServices {
    /// The stack.
    pub stack: Stack,
    /// The services, and what each is waited for.
    pub services: Vec<Awaited>,
}

/// A service, and what makes it count as up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Awaited {
    /// The service.
    pub service: String,
    /// When it is up.
    pub ready: Ready,
    /// How many containers it must have; `None`: not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// Its health check in words, for messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

impl Awaited {
    /// A service, and when it is up.
    pub fn new(service: impl Into<String>, ready: Ready) -> Self {
        Self { service: service.into(), ready, scale: None, check: None }
    }
}

/// When a service counts as up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ready {
    /// It is there. (It shall have no containers.)
    Created,
    /// It is active. (It has no health check.)
    Active,
    /// It is active, and its health check passes.
    Healthy,
    /// Its containers have run and ended. (It runs once.)
    StartedOnce,
}

/// See [`Action::RemoveStack`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct RemoveStack {
    /// The stack.
    pub stack: Stack,
}
