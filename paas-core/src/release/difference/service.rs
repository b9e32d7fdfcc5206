//! What became of a service.

use super::change::Change;
use crate::{application::Service, scaling::Bounds};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What became of one service that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServiceDifference {
    /// Its name.
    pub service: String,
    /// The network that it is in; of one that was removed, was in.
    pub network: String,
    /// What became of it.
    pub fate: Fate,
    /// Its stage, or that of the service that it runs beside, if the release has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u32>,
    /// The service that it runs beside: both are one unit, which is upgraded as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// The network that it was in before, if that was another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// Why it cannot be changed in place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The volumes because of which the old containers are stopped before the new ones start: both write to them, and
    /// they are not for several writers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stopped_first_for: Vec<String>,
    /// The number of its containers, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleChange>,
    /// What it reaches, and waits for, now and before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Change>,
    /// All else that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Where among the services of its network it is, from 0, if it was not in this network before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// All of it, if it was added, as it is, or removed, as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Box<Service>>,
}

impl ServiceDifference {
    pub(super) fn new(service: &str, network: &str, fate: Fate) -> Self {
        Self {
            service: service.to_owned(),
            network: network.to_owned(),
            fate,
            stage: None,
            beside: None,
            moved_from: None,
            reasons: Vec::new(),
            stopped_first_for: Vec::new(),
            scale: None,
            links: Vec::new(),
            changes: Vec::new(),
            position: None,
            whole: None,
        }
    }
}

/// What became of a service: what an update has to do for it. Each is just one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// It is new.
    Added,
    /// It is in another network: made there, then removed here.
    Moved,
    /// It cannot be changed in place: removed, then made anew.
    Recreated,
    /// New containers take the place of the old ones.
    Upgraded,
    /// It reaches other services; its containers stay.
    Relinked,
    /// Only the number of its containers is another.
    Scaled,
    /// What changed is for later: nothing that runs is touched.
    Recorded,
    /// It is no longer there.
    Removed,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Moved,
        Self::Recreated,
        Self::Upgraded,
        Self::Relinked,
        Self::Scaled,
        Self::Recorded,
        Self::Removed,
    ];

    /// The word for it: `upgraded`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Moved => "moved",
            Self::Recreated => "recreated",
            Self::Upgraded => "upgraded",
            Self::Relinked => "relinked",
            Self::Scaled => "scaled",
            Self::Recorded => "recorded",
            Self::Removed => "removed",
        }
    }
}

/// The number of containers, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScaleChange {
    /// How many there were to be.
    pub from: u32,
    /// How many there are to be.
    pub to: u32,
    /// The bounds of its scaling policy, if it has one: the count that this chose stays, unless they exclude it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elastic: Option<Bounds>,
}

impl ScaleChange {
    pub(super) fn new(from: u32, to: u32, elastic: Option<Bounds>) -> Self {
        Self { from, to, elastic }
    }
}

/// In words: `2 → 5 containers; the count that its scaling policy chose stays within 2 to 8`.
impl fmt::Display for ScaleChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, elastic } = self;
        write!(f, "{from} → {to} container{}", if *to == 1 { "" } else { "s" })?;
        match elastic {
            Some(Bounds { min, max }) => {
                write!(f, "; the count that its scaling policy chose stays within {min} to {max}")
            }
            None => Ok(()),
        }
    }
}

/// Why a service cannot be changed in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Containers, a load balancer and something outside are different things.
    KindChanged,
    /// From a number of containers to one on every host, or back: an upgrade is refused.
    EverywhereChanged,
    /// It became part of another service, or was one.
    UnitChanged,
    /// An upgrade does not touch something outside the platform.
    AddressChanged,
    /// Containers that keep their addresses cannot start before the old ones stop: an upgrade is refused.
    StartsFirstWithItsAddress,
}

/// Why, in words: `it runs beside another service now, or did`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KindChanged => "it is another kind of service",
            Self::EverywhereChanged => {
                "between a number of containers and one on every host there is no upgrade"
            }
            Self::UnitChanged => "it runs beside another service now, or did",
            Self::AddressChanged => "an upgrade does not change where something outside is",
            Self::StartsFirstWithItsAddress => {
                "it keeps its address, so its new containers cannot start before the old ones stop"
            }
        })
    }
}
