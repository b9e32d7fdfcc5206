//! The operations of a platform.

use super::Platform;
use crate::{
    envelope::Result,
    operation::{Operation, OperationDocument},
};
use serde::Deserialize;

/// Opens an operation by its id. Fails with kind `unknown_operation`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenOperationRequest {
    /// The operation's id.
    pub id: String,
}

/// The operations that there are, the latest first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListOperationsRequest {
    /// Only those of this tenant.
    #[serde(default)]
    pub tenant: Option<String>,
}

/// Resumes all operations that were left by their process. A program calls this when it starts. Fails if one of them could
/// not be resumed; the others are resumed all the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResumeInterruptedRequest {}

impl Platform {
    /// What [`OpenOperationRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_operation`; what the store says.
    pub async fn open(&self, request: OpenOperationRequest) -> Result<Operation> {
        let id = request.id.parse()?;
        Ok(Operation::new(self.acting.operations().open(&id).await?))
    }

    /// What [`ListOperationsRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn list_operations(&self, request: ListOperationsRequest) -> Result<Vec<OperationDocument>> {
        let all = self.acting.operations().list(request.tenant.as_deref()).await?;
        Ok(all.into_iter().map(Into::into).collect())
    }

    /// What [`ResumeInterruptedRequest`] tells.
    ///
    /// # Errors
    ///
    /// Why the first of those that could not be resumed could not; what the store says.
    pub async fn resume_interrupted(&self, _: ResumeInterruptedRequest) -> Result<Vec<Operation>> {
        let resumed = self.acting.operations().resume_interrupted().await?;
        Ok(resumed.into_iter().map(Operation::new).collect())
    }
}
