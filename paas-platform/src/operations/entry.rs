//! What the journal of an operation is made of.

use crate::{
    error::{Failure, StepFailure},
    seam::Timestamp,
    store::{Document, FromDocument},
};
use paas_core::actor::Actor;
use serde::{Deserialize, Serialize};

/// One entry of an operation's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct JournalEntry {
    /// Its place in the journal: 1, 2, 3, …
    pub number: u64,
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    #[serde(flatten)]
    pub note: Note,
}

/// What an entry of the journal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "note", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// The operation has begun.
    Begun {
        /// Who asked for it.
        by: Actor,
    },
    /// It goes on.
    Resumed {
        /// Who asked for that.
        by: Actor,
    },
    /// A call that changes something is about to be made. Written before the call.
    Intent {
        /// The step.
        step: String,
        /// The call, in the client's words: `create_stack`.
        call: String,
        /// What it is about.
        target: String,
    },
    /// What came of an intent.
    Outcome {
        /// The step.
        step: String,
        /// The number of the intent's entry.
        intent: u64,
        /// What became of it.
        result: IntentResult,
        /// The back end's id of what was made or changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// How far a step is.
    Progress {
        /// The step.
        step: String,
        /// In words.
        message: String,
    },
    /// A step is tried again.
    Retry {
        /// The step.
        step: String,
        /// Why.
        failure: Failure,
        /// After so many milliseconds.
        pause_ms: u64,
    },
    /// A step has ended.
    Ended {
        /// The step.
        step: String,
        /// How.
        how: StepResult,
        /// The back end's id of what it was about, if it was about one thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// A step has failed for good.
    Failed {
        /// Which, and why.
        failure: StepFailure,
    },
    /// The operation has stopped before its end.
    Stopped,
    /// The operation has reached its end.
    Done,
    /// The operation was given up.
    Abandoned {
        /// Who decided that.
        by: Actor,
    },
}

/// What became of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IntentResult {
    /// The back end did it, and said so.
    Done,
    /// The back end did it, and was found to have: the answer was lost.
    Adopted,
    /// Nothing came of it: the call was not made, or did not arrive.
    NotSent,
    /// The back end refused, and nothing changed.
    Refused,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StepResult {
    /// It was done.
    Done,
    /// It had been done by a call whose answer was lost.
    Adopted,
    /// There was nothing to do.
    AlreadySo,
}

impl Note {
    /// The step that it is about.
    #[must_use]
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Intent { step, .. }
            | Self::Outcome { step, .. }
            | Self::Progress { step, .. }
            | Self::Retry { step, .. }
            | Self::Ended { step, .. }
            | Self::Failed { failure: StepFailure { step, .. } } => Some(step),
            Self::Begun { .. }
            | Self::Resumed { .. }
            | Self::Stopped
            | Self::Done
            | Self::Abandoned { .. } => None,
        }
    }
}

impl Document for Note {
    const NAME: &'static str = "journal entry";
    const FORMAT: u64 = 1;
}

impl FromDocument for Note {}
