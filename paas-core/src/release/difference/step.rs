//! Steps of an update.

use crate::diagnostic::shown;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that an update does. Steps are to be shown; their order is the one in which they are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpgradeStep {
    /// When it is done.
    pub phase: Phase,
    /// The stage of the new release in which it is done, if it is done in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u32>,
    /// What is done.
    pub action: UpgradeAction,
    /// The network in which it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// To what: the name of a service, a volume, a stack, a flow.
    pub name: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// When a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Before anything that runs is touched, but for a stack that is in the place of a new one.
    Prepare,
    /// In a stage: it begins when all services of the stages before it are up.
    Stage,
    /// When all stages are up. Until then all can be rolled back.
    Finish,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UpgradeAction {
    /// People open a flow between networks.
    OpenFlow,
    /// People make sure that two environments are linked.
    LinkEnvironments,
    /// Makes a volume, if it is not there.
    CreateVolume,
    /// Makes a stack without starting it.
    CreateStack,
    /// Makes a service and starts it.
    CreateService,
    /// Stops the containers of a service.
    StopService,
    /// Puts new containers in the place of old ones.
    UpgradeService,
    /// Sets the links of a service.
    RelinkService,
    /// Sets the rules by which load balancers lead to services.
    RerouteService,
    /// Sets how many containers a service has.
    ScaleService,
    /// Removes the old containers of an upgraded service, which cannot be rolled back then.
    FinishUpgrade,
    /// Removes a service.
    RemoveService,
    /// Removes a stack with all that is in it; volumes stay.
    RemoveStack,
    /// Gives a scaling policy to what carries it out.
    SetPolicy,
    /// Takes a scaling policy away from what carries it out.
    RemovePolicy,
    /// Collects log files, or those that changed.
    CollectLogs,
    /// No longer collects log files.
    LeaveLogs,
    /// A port of hosts is free for others.
    FreePort,
    /// People can close a flow between networks.
    CloseFlow,
}

impl UpgradeAction {
    /// What is done, as words around the name.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenFlow => ("have the firewall opened for ", ""),
            Self::LinkEnvironments => ("make sure that environments are linked: ", ""),
            Self::CreateVolume => ("make the volume ", ""),
            Self::CreateStack => ("create the stack ", ""),
            Self::CreateService => ("create ", ""),
            Self::StopService => ("stop ", ""),
            Self::UpgradeService => ("upgrade ", ""),
            Self::RelinkService => ("set the links of ", ""),
            Self::RerouteService => ("set the rules of ", ""),
            Self::ScaleService => ("scale ", ""),
            Self::FinishUpgrade => ("finish the upgrade of ", ""),
            Self::RemoveService => ("remove ", ""),
            Self::RemoveStack => ("remove the stack ", ""),
            Self::SetPolicy => ("hand over the scaling policy of ", ""),
            Self::RemovePolicy => ("take back the scaling policy of ", ""),
            Self::CollectLogs => ("collect the log files ", ""),
            Self::LeaveLogs => ("leave the log files ", ""),
            Self::FreePort => ("the port ", " is free"),
            Self::CloseFlow => ("the firewall can be closed for ", ""),
        }
    }
}

/// What it does, in words: ``upgrade `web` in `dmz`: image``.
///
/// ```
/// # use paas_core::release::difference::UpgradeStep;
/// let step = r#"{"phase": "stage", "stage": 2, "action": "upgrade_service", "network": "dmz", "name": "web", "why": "image"}"#;
/// let step: UpgradeStep = serde_json::from_str(step)?;
/// assert_eq!(step.to_string(), "upgrade `web` in `dmz`: image");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl fmt::Display for UpgradeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.action.words();
        write!(f, "{before}{}{after}", shown(&self.name))?;
        if let Some(network) = &self.network {
            write!(f, " in {}", shown(network))?;
        }
        if !self.why.is_empty() {
            write!(f, ": {}", self.why)?;
        }
        Ok(())
    }
}
