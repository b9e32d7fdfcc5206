//! What an engine says.

use paas_sdk::{
    core::scaling::Timestamp,
    scaling::{Action, ActionDocument, Advance, Engine, Explanation, Hold, Verdict},
};
use serde::Serialize;

/// What came due.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingAdvance {
    /// What is to be done, in the order of deadlines.
    pub actions: Vec<ActionDocument>,
    /// Whether all that was due has had its turn. If not, another call goes on.
    pub is_done: bool,
}

/// What an alarm leads to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingVerdict {
    /// What is to be done.
    pub actions: Vec<ActionDocument>,
    /// Why the alarm moves nothing, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The same as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What is open, armed and on hold for a service, until when, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingExplained {
    /// All of it.
    pub explanation: Explanation,
    /// The same for people.
    pub text: String,
}

/// What there is to be known of an engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingEngineStatus {
    /// How many services it has.
    pub services: usize,
    /// The latest time that it was told; the beginning of 1970 if it was told none.
    pub now: Timestamp,
    /// The version of its time zone database.
    pub time_zones: String,
    /// The version that its snapshot was made with, if that was another: edges may be others than before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zones_were: Option<String>,
}

/// Actions as documents, each with the name of its service.
pub(super) fn documents(engine: &Engine, actions: &[Action]) -> Vec<ActionDocument> {
    // Only a service that is removed has no name any more, and whoever removes it says which.
    actions.iter().map(|action| action.document(engine.name(action.service).unwrap_or_default())).collect()
}

impl ScalingAdvance {
    pub(super) fn new(engine: &Engine, advance: &Advance) -> Self {
        Self { actions: documents(engine, &advance.actions), is_done: advance.is_done }
    }
}

impl ScalingVerdict {
    pub(super) fn new(engine: &Engine, verdict: Verdict) -> Self {
        let reason = verdict.hold.as_ref().map(ToString::to_string);
        Self { actions: documents(engine, &verdict.actions), hold: verdict.hold, reason }
    }
}

impl From<Explanation> for ScalingExplained {
    fn from(explanation: Explanation) -> Self {
        Self { text: explanation.to_string(), explanation }
    }
}
