//! Plans that can be begun.

use crate::{envelope::Result, function::functions, operation::Operation, release::Release};
use paas_sdk::{
    Acting, Diagnostics, OperationId, Planned,
    report::{self},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A plan: what will be done, to be shown, and then begun. It can be begun as long as nothing else has changed its
/// application.
#[derive(Debug, Clone)]
pub struct Plan {
    acting: Acting,
    planned: Arc<Planned>,
    diagnostics: Arc<Diagnostics>,
}

/// The plan as a document: its steps, in their order, and the warnings of the template.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanDocumentRequest {}

/// A plan with what is to be known of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanDocument {
    /// The id of the operation that it becomes.
    pub id: OperationId,
    /// What will be done.
    pub plan: paas_sdk::core::plan::Plan,
    /// The warnings of the template.
    pub diagnostics: Diagnostics,
}

/// The plan as text: a line for each step, by stages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanTextRequest {}

/// The plan as a table in HTML, for notebooks and consoles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanHtmlRequest {}

/// What will be deployed. Fails with kind `invalid_request` for a plan that deploys nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanReleaseRequest {}

/// Begins what was planned. The same plan twice is the same operation. Fails with kind `stale_plan` if something has
/// changed since. If the call is given up, it may have begun.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BeginRequest {}

functions!(Plan {
    instant "document" document(PlanDocumentRequest) -> document (PlanDocument);
    instant "text" text(PlanTextRequest) -> text;
    instant "html" html(PlanHtmlRequest) -> text;
    computes "release" release(PlanReleaseRequest) -> handle (Release);
    waits "begin" begin(BeginRequest) -> handle (Operation);
});

impl Plan {
    pub(crate) fn new(acting: Acting, planned: Planned, diagnostics: Diagnostics) -> Self {
        Self { acting, planned: Arc::new(planned), diagnostics: Arc::new(diagnostics) }
    }

    /// What [`PlanDocumentRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn document(&self, _: PlanDocumentRequest) -> Result<PlanDocument> {
        Ok(PlanDocument {
            id: self.planned.id().clone(),
            plan: self.planned.plan().clone(),
            diagnostics: Diagnostics::clone(&self.diagnostics),
        })
    }

    /// What [`PlanTextRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn text(&self, _: PlanTextRequest) -> Result<String> {
        Ok(report::plan(self.planned.plan()))
    }

    /// What [`PlanHtmlRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn html(&self, _: PlanHtmlRequest) -> Result<String> {
        Ok(report::html::plan(self.planned.plan()))
    }

    /// What [`PlanReleaseRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` for a plan that deploys nothing.
    pub fn release(&self, _: PlanReleaseRequest) -> Result<Release> {
        let release = self.planned.release().ok_or_else(|| {
            crate::envelope::ErrorEnvelope::invalid("this plan deploys nothing, so it has no release")
        })?;
        Ok(Release::new(release.clone(), Diagnostics::clone(&self.diagnostics)))
    }

    /// What [`BeginRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.stale_plan`; what the store says.
    pub async fn begin(&self, _: BeginRequest) -> Result<Operation> {
        Ok(Operation::new(self.acting.applications().begin(&self.planned).await?))
    }
}
