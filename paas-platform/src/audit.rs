//! What the audit is told of. It waits in the outbox until it is told elsewhere.

use crate::{
    members::MembersNote,
    operations::OperationId,
    records::OperationRecord,
    seam::Timestamp,
    store::{Batch, Document, Result, encode, topics},
};
use paas_core::actor::Actor;
use serde::Serialize;

/// Who did what, and when.
#[derive(Serialize)]
pub(crate) struct AuditRecord<'a> {
    at: Timestamp,
    by: &'a Actor,
    action: String,
    tenant: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'a OperationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "<[MembersNote]>::is_empty")]
    members: &'a [MembersNote],
}

impl Document for AuditRecord<'_> {
    const NAME: &'static str = "audit record";
    const FORMAT: u64 = 1;
}

impl<'a> AuditRecord<'a> {
    pub(crate) fn new(at: Timestamp, by: &'a Actor, action: impl Into<String>, tenant: &'a str) -> Self {
        Self {
            at,
            by,
            action: action.into(),
            tenant,
            application: None,
            operation: None,
            namespace: None,
            image: None,
            members: &[],
        }
    }

    /// About an operation.
    pub(crate) fn of(mut self, operation: &'a OperationRecord) -> Self {
        self.application = Some(&operation.application);
        self.operation = Some(&operation.id);
        self
    }

    /// About an image namespace.
    pub(crate) fn about(mut self, namespace: &'a str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// About an image.
    pub(crate) fn about_image(mut self, image: &'a str) -> Self {
        self.image = Some(image);
        self
    }

    /// About members.
    pub(crate) fn with(mut self, members: &'a [MembersNote]) -> Self {
        self.members = members;
        self
    }

    /// Adds it to a batch: it is told if the batch is written, and only then.
    pub(crate) fn enqueue(&self, batch: Batch) -> Result<Batch> {
        Ok(batch.enqueue(topics::AUDIT, encode(self)?))
    }
}
