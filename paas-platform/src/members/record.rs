//! What the platform keeps of members: whom it put where, and what it did.

use crate::{
    seam::Timestamp,
    store::{Document, FromDocument},
};
use paas_core::{
    access::{
        RancherIdentity, Registry,
        membership::{EnvironmentChange, ProjectChange},
    },
    actor::Actor,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Whom the platform put where, for one tenant.
///
/// Before a call that makes somebody a member, it stands here already: a process that is killed in between leaves nobody
/// behind who would count as somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct MembersRecord {
    /// By the ids of environments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) environments: BTreeMap<String, BTreeSet<RancherIdentity>>,
    /// By `registry/project`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) projects: BTreeMap<String, BTreeSet<String>>,
    /// The number of the last entry of the journal.
    #[serde(default)]
    pub(crate) journal: u64,
}

impl Document for MembersRecord {
    const NAME: &'static str = "record of members";
    const FORMAT: u64 = 1;
}

impl FromDocument for MembersRecord {}

/// Where members are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MembersPlace"))]
#[serde(tag = "place", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// An environment of Rancher.
    Environment {
        /// Its id.
        environment: String,
    },
    /// A project of Harbor.
    Project {
        /// The registry that it is in.
        registry: Registry,
        /// Its name.
        project: String,
    },
    /// A network of the tenant that has no environment.
    Network {
        /// Its name.
        network: String,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment { environment } => write!(f, "environment `{environment}`"),
            Self::Project { registry, project } => write!(f, "`{project}` ({registry})"),
            Self::Network { network } => write!(f, "network `{network}`"),
        }
    }
}

/// An entry of the journal of a tenant's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MembersEntry {
    /// Its number; the first is 1.
    pub number: u64,
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    pub note: MembersNote,
}

/// What happens with the members of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "note", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MembersNote {
    /// Members are about to be changed: written before the call.
    Intent {
        /// Who asked for it.
        by: Actor,
        /// Where.
        place: Place,
        /// What is to become different, in the words of the backend.
        changes: Vec<String>,
    },
    /// The call has ended.
    Outcome {
        /// Where.
        place: Place,
        /// Why it failed; it may have had its effect all the same if that is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
    },
    /// The members there are now as they should be.
    Settled {
        /// Where.
        place: Place,
    },
}

impl Document for MembersNote {
    const NAME: &'static str = "entry about members";
    const FORMAT: u64 = 1;
}

impl FromDocument for MembersNote {}

/// A change of an environment's members, in words.
pub(crate) fn environment_words(change: &EnvironmentChange) -> String {
    match change {
        EnvironmentChange::Add { identity, role } => format!("add {identity} as {role}"),
        EnvironmentChange::Change { identity, from, to } => format!("make {identity} {to}, not {from}"),
        EnvironmentChange::Remove { identity, role } => format!("remove {identity}, who is {role}"),
        other => format!("{other:?}"),
    }
}

/// A change of a Harbor project's members, in words.
pub(crate) fn project_words(change: &ProjectChange) -> String {
    match change {
        ProjectChange::Add { name, role } => format!("add {name} as {role}"),
        ProjectChange::Change { name, from, to, .. } => format!("make {name} {to}, not role {from}"),
        ProjectChange::Remove { name, role_id, .. } => format!("remove {name}, who has role {role_id}"),
        other => format!("{other:?}"),
    }
}
