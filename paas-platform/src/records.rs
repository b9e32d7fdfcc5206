//! What is kept of tenants, applications and operations.

use crate::{
    error::StepFailure,
    operations::{OperationId, OperationState},
    seam::Timestamp,
    store::{Document, FromDocument, Kind, Record, Result, Store, StoreError, Version, decode},
};
use paas_core::{
    actor::Actor,
    plan::{Environment, Plan, PlanKind},
    release::Release,
    tenant::Tenant,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! documents {
    ($($type:ty, $name:literal, $format:literal;)+) => {$(
        impl Document for $type {
            const NAME: &'static str = $name;
            const FORMAT: u64 = $format;
        }

        impl FromDocument for $type {}
    )+};
}

documents! {
    TenantRecord, "tenant", 1;
    ApplicationRecord, "application", 1;
    ReleaseRecord, "release", 1;
    OperationRecord, "operation", 1;
    PlanRecord, "plan", 1;
    VolumeRecord, "volume", 1;
}

/// A tenant as it was recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TenantRecord {
    pub(crate) tenant: Tenant,
}

/// An application of a tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ApplicationRecord {
    pub(crate) tenant: String,
    pub(crate) name: String,
    /// The name of its stacks.
    pub(crate) stack: String,
    pub(crate) state: ApplicationState,
    /// The operation that holds it until it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) holder: Option<OperationId>,
    /// The number of its latest release.
    pub(crate) release: u64,
    /// The environment of each of its networks, in the order of the release.
    pub(crate) environments: Vec<Environment>,
}

/// How an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ApplicationState {
    /// It is being deployed for the first time.
    Deploying,
    /// It is deployed.
    Deployed,
    /// An operation was abandoned, so a part of it may be there.
    Incomplete,
    /// It is being removed.
    Removing,
    /// It is gone.
    Removed,
}

impl ApplicationState {
    /// As a word: `deployed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deploying => "deploying",
            Self::Deployed => "deployed",
            Self::Incomplete => "incomplete",
            Self::Removing => "removing",
            Self::Removed => "removed",
        }
    }
}

/// A release of an application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReleaseRecord {
    pub(crate) number: u64,
    pub(crate) operation: OperationId,
    pub(crate) release: Release,
}

/// An operation, as it is now. Its journal tells how it came to that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OperationRecord {
    pub(crate) id: OperationId,
    pub(crate) kind: PlanKind,
    pub(crate) tenant: String,
    pub(crate) application: String,
    pub(crate) by: Actor,
    pub(crate) state: OperationState,
    pub(crate) steps: usize,
    pub(crate) begun_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) failures: Vec<StepFailure>,
}

/// What an operation is to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanRecord {
    pub(crate) plan: Plan,
}

/// A volume of a tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct VolumeRecord {
    pub(crate) name: String,
    /// The file server, unless the volume was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) server: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size_bytes: Option<u64>,
    pub(crate) driver: String,
    pub(crate) options: BTreeMap<String, String>,
}

/// The key of what belongs to a tenant.
pub(crate) fn key_in(tenant: &str, name: &str) -> String {
    format!("{tenant}/{name}")
}

/// The key of a release; numbers have so many digits that the store's order is theirs.
pub(crate) fn release_key(tenant: &str, application: &str, number: u64) -> String {
    format!("{tenant}/{application}/{number:010}")
}

/// A record that was read, to be given back when it is written again.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T> {
    pub(crate) version: Version,
    pub(crate) value: T,
}

/// Reads a record, if it is there.
pub(crate) async fn read<T: FromDocument>(
    store: &dyn Store,
    kind: Kind,
    key: &str,
) -> Result<Option<Kept<T>>> {
    match store.read(kind, key).await? {
        Some(record) => kept(&record).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn kept<T: FromDocument>(record: &Record) -> Result<Kept<T>> {
    let value = decode(&format!("the {} `{}`", record.kind, record.key), &record.bytes)?;
    Ok(Kept { version: record.version, value })
}

/// Whether a batch failed because somebody else was faster.
pub(crate) fn is_overtaken(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict { .. } | StoreError::OutOfTurn { .. })
}
