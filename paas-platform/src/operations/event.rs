//! What happens in an operation, as it happens.

use super::{JournalEntry, Note, OperationId, OperationState, StepResult, journal, state::percent};
use crate::{
    error::{Failure, Result, StepFailure},
    platform::Inner,
    records::{self, OperationRecord},
    seam::Timestamp,
    store::kinds,
};
use paas_core::plan::Plan;
use serde::Serialize;
use std::{collections::VecDeque, fmt, sync::Arc, time::Duration};
use tokio::sync::watch;

/// How often the journal of an operation that another process carries out is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Something that happened in an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Event {
    /// The number of the journal's entry that it comes of: later ones are higher.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// The key of the step, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The stage of the step, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<u32>,
    /// The network of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// In words.
    pub message: String,
    /// How many steps have ended, in percent.
    pub percent: u8,
}

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// The operation has begun.
    Begun,
    /// It goes on.
    Resumed,
    /// A step does something.
    Doing,
    /// A step is further.
    Progress,
    /// A step is tried again.
    Retrying,
    /// A step has ended.
    Ended,
    /// A step has failed for good.
    Failed,
    /// The operation has stopped before its end.
    Stopped,
    /// The operation has reached its end.
    Done,
    /// The operation was abandoned.
    Abandoned,
}

impl EventKind {
    /// Whether nothing comes after it unless somebody resumes the operation.
    #[must_use]
    pub const fn is_last(self) -> bool {
        matches!(self, Self::Stopped | Self::Done | Self::Abandoned)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:3} % {}", self.percent, self.message)
    }
}

/// The events of an operation, from its beginning on, and then as they happen.
///
/// They come of the journal, so nothing is missed, whenever one begins to follow and from whichever process. Dropped:
/// the operation goes on.
#[derive(Debug)]
pub struct Events {
    inner: Arc<Inner>,
    id: OperationId,
    plan: Plan,
    ahead: VecDeque<JournalEntry>,
    next: u64,
    ended: usize,
    written: Option<watch::Receiver<u64>>,
}

impl Events {
    pub(super) fn new(
        inner: Arc<Inner>,
        id: OperationId,
        plan: Plan,
        written: Option<watch::Receiver<u64>>,
    ) -> Self {
        Self { inner, id, plan, ahead: VecDeque::new(), next: 1, ended: 0, written }
    }

    /// The next event; waits for it. `None` after the last one: when the operation has ended, stopped, or was left by
    /// its process. Dropped: nothing is lost.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn next(&mut self) -> Result<Option<Event>> {
        loop {
            while let Some(entry) = self.ahead.pop_front() {
                self.next = entry.number + 1;
                if let Some(event) = self.event(entry) {
                    return Ok(Some(event));
                }
            }
            // Marked before the look, so that what is written after it is not missed.
            if let Some(written) = &mut self.written {
                written.mark_unchanged();
            }
            let is_over = self.is_over().await?;
            let (entries, _) = journal::read(&*self.inner.store, &self.id, self.next).await?;
            self.ahead.extend(entries);
            if !self.ahead.is_empty() {
                continue;
            }
            if is_over {
                return Ok(None);
            }
            match &mut self.written {
                Some(written) => {
                    if written.changed().await.is_err() {
                        // Nobody here writes any more.
                        self.written = None;
                    }
                }
                None => self.inner.clock.sleep(LOOK).await,
            }
        }
    }

    /// Whether nobody writes any more.
    async fn is_over(&self) -> Result<bool> {
        let store = &*self.inner.store;
        let record = records::read::<OperationRecord>(store, kinds::OPERATION, self.id.as_str()).await?;
        if record.is_none_or(|record| record.value.state != OperationState::Running) {
            return Ok(true);
        }
        Ok(self.written.is_none() && self.inner.is_left(&self.id).await?)
    }

    fn event(&mut self, entry: JournalEntry) -> Option<Event> {
        let step = entry.note.step().and_then(|key| self.plan.step(key));
        let title = step.map(ToString::to_string).unwrap_or_default();
        let (kind, message) = match entry.note {
            Note::Begun { by } => (EventKind::Begun, format!("begun by {by}")),
            Note::Resumed { by } => (EventKind::Resumed, format!("resumed by {by}")),
            Note::Intent { .. } => (EventKind::Doing, title),
            Note::Outcome { .. } => return None,
            Note::Progress { message, .. } => (EventKind::Progress, format!("{title}: {message}")),
            Note::Retry { failure: Failure { message, .. }, pause_ms, .. } => {
                let seconds = Duration::from_millis(pause_ms).as_secs_f32();
                (EventKind::Retrying, format!("{title}: {message}; again in {seconds:.1} s"))
            }
            Note::Ended { how, .. } => {
                self.ended += 1;
                let how = match how {
                    StepResult::Done => "done",
                    StepResult::Adopted => "done; its answer was lost",
                    StepResult::AlreadySo => "there already",
                };
                (EventKind::Ended, format!("{title}: {how}"))
            }
            Note::Failed { failure: StepFailure { failure, .. } } => {
                (EventKind::Failed, format!("{title}: {}", failure.message))
            }
            Note::Stopped => (EventKind::Stopped, "stopped".to_owned()),
            Note::Done => (EventKind::Done, "done".to_owned()),
            Note::Abandoned { by } => (EventKind::Abandoned, format!("abandoned by {by}")),
        };
        Some(Event {
            number: entry.number,
            at: entry.at,
            kind,
            step: step.map(|step| step.key.clone()),
            stage: step.and_then(|step| step.stage),
            network: step.map(|step| step.action.environment().network.clone()),
            message,
            percent: percent(self.ended, self.plan.steps.len()),
        })
    }
}
