//! What was planned.

use crate::{
    operations::OperationId,
    records::{ApplicationRecord, VolumeRecord},
    store::Version,
};
use paas_core::{diagnostic::Diagnostics, plan::Plan, release::Release};
use paas_tosca::Sources;

/// What came of planning: a plan unless there are errors, and what is to be known about the template.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Planning {
    /// The plan, unless there were errors.
    pub planned: Option<Planned>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems.
    pub sources: Sources,
}

/// A plan that can be begun, as long as nothing else has changed its application.
#[derive(Debug, Clone)]
pub struct Planned {
    pub(super) plan: Plan,
    pub(super) id: OperationId,
    /// The application's record as it is when the operation has begun.
    pub(super) application: ApplicationRecord,
    /// The version that the record must have until then; `None`: absent.
    pub(super) expects: Option<Version>,
    /// The version of the tenant's record that it was planned with, if it hangs on what the tenant has.
    pub(super) tenant: Option<Version>,
    pub(super) release: Option<Release>,
    pub(super) volumes: Vec<VolumeRecord>,
}

impl Planned {
    /// The id of the operation that it becomes.
    #[must_use]
    pub fn id(&self) -> &OperationId {
        &self.id
    }

    /// What will be done.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What will be deployed, if something is.
    #[must_use]
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }
}
