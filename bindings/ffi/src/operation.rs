//! Operations and their events.

use crate::{envelope::Result, function::functions};
use paas_sdk::{Event, OperationStatus, core::plan, platform::JournalEntry};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Mutex;

/// An operation. It goes on whether or not anybody holds this handle, and can be opened again by its id.
#[derive(Debug, Clone)]
pub struct Operation {
    inner: paas_sdk::Operation,
}

/// The events of an operation, from its beginning on, and then as they happen.
#[derive(Debug, Clone)]
pub struct Events {
    inner: Arc<Mutex<paas_sdk::platform::Events>>,
}

/// The id of the operation, by which any process can open it again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperationIdRequest {}

/// How the operation stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperationStatusRequest {}

/// How an operation stands, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperationDocument {
    /// How it stands.
    #[serde(flatten)]
    pub status: OperationStatus,
    /// How many of its steps have ended, in percent.
    pub percent: u8,
}

impl From<OperationStatus> for OperationDocument {
    fn from(status: OperationStatus) -> Self {
        let percent = status.percent();
        Self { status, percent }
    }
}

/// What the operation is to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperationPlanRequest {}

/// All of the operation's journal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JournalRequest {}

/// Follows the events of the operation, from its beginning on. Nothing is missed, whenever one begins to follow.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperationEventsRequest {}

/// Waits for the operation's end. Fails with kind `operation_stopped` and what failed, or `operation_abandoned`; with
/// `operation_state` if nobody carries it out. If the call is given up, the operation goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitRequest {}

/// Goes on with the operation, after it stopped or its process ended. If it is under way here, nothing changes. Fails with
/// kind `operation_state` if it has ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResumeRequest {}

/// Gives the operation up: nothing more is done, and its application is free again. What it has made stays until the
/// application is removed. Fails with kind `operation_state` if it has ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AbandonRequest {}

/// The next event; waits for it. Nothing after the last one: when the operation has ended, stopped, or was left by its
/// process. If the call is given up, no event is lost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextEventRequest {}

functions!(Operation {
    instant "id" id(OperationIdRequest) -> text;
    waits "status" status(OperationStatusRequest) -> document (OperationDocument);
    waits "plan" plan(OperationPlanRequest) -> document (plan::Plan);
    waits "journal" journal(JournalRequest) -> document (Vec<JournalEntry>);
    waits "events" events(OperationEventsRequest) -> handle (Events);
    waits "wait" wait(WaitRequest) -> document (OperationDocument);
    waits "resume" resume(ResumeRequest) -> nothing;
    waits "abandon" abandon(AbandonRequest) -> nothing;
});

functions!(Events {
    waits "next" next(NextEventRequest) -> document (Option<Event>);
});

impl Operation {
    pub(crate) const fn new(inner: paas_sdk::Operation) -> Self {
        Self { inner }
    }

    /// What [`OperationIdRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn id(&self, _: OperationIdRequest) -> Result<String> {
        Ok(self.inner.id().to_string())
    }

    /// What [`OperationStatusRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn status(&self, _: OperationStatusRequest) -> Result<OperationDocument> {
        Ok(self.inner.status().await?.into())
    }

    /// What [`OperationPlanRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn plan(&self, _: OperationPlanRequest) -> Result<plan::Plan> {
        Ok(self.inner.plan().await?)
    }

    /// What [`JournalRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn journal(&self, _: JournalRequest) -> Result<Vec<JournalEntry>> {
        Ok(self.inner.journal().await?)
    }

    /// What [`OperationEventsRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn events(&self, _: OperationEventsRequest) -> Result<Events> {
        Ok(Events { inner: Arc::new(Mutex::new(self.inner.events().await?)) })
    }

    /// What [`WaitRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.operation_stopped`, `platform.operation_abandoned`, `platform.operation_state`; what the store says.
    pub async fn wait(&self, _: WaitRequest) -> Result<OperationDocument> {
        Ok(self.inner.wait().await?.into())
    }

    /// What [`ResumeRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.operation_state`, `store.lease_held`; what the store says.
    pub async fn resume(&self, _: ResumeRequest) -> Result<()> {
        Ok(self.inner.resume().await?)
    }

    /// What [`AbandonRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.operation_state`, `store.lease_held`; what the store says.
    pub async fn abandon(&self, _: AbandonRequest) -> Result<()> {
        Ok(self.inner.abandon().await?)
    }
}

impl Events {
    /// What [`NextEventRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn next(&self, _: NextEventRequest) -> Result<Option<Event>> {
        Ok(self.inner.lock().await.next().await?)
    }
}
