//! Copying as it goes on.

use crate::{
    Error, ErrorKind, Result,
    body::{Expected, describe},
    harbor::{ExecutionId, ReplicationPolicyId, TaskId, lenient, word::words},
    list::{Query, pairs},
    redact::Redactor,
    transport::Response,
};
use serde::Deserialize;
use std::time::SystemTime;

words! {
    /// How an execution or a task of it is.
    ///
    /// ```
    /// use paas_client::harbor::ReplicationState;
    /// assert_eq!(ReplicationState::from("Succeed"), ReplicationState::Succeeded);
    /// assert!(ReplicationState::Failed.is_over() && !ReplicationState::from("Paused").is_over());
    /// ```
    ReplicationState {
        /// It has not begun.
        Pending "Pending",
        /// It is under way.
        InProgress "InProgress" | "Running" | "Scheduled",
        /// It is over, and nothing failed. What was left alone because it is another at the destination counts as nothing
        /// failed.
        Succeeded "Succeed" | "Success",
        /// It is over, and something failed.
        Failed "Failed" | "Error",
        /// Somebody stopped it.
        Stopped "Stopped",
    }
}

impl ReplicationState {
    /// Whether nothing more will happen. Of a word that is not known nobody can tell: not yet.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Stopped)
    }
}

/// A policy that is or was carried out.
///
/// Harbor is known to leave executions in progress for ever when a message of its workers is lost: do not wait without end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ReplicationExecution {
    /// The id.
    pub id: ExecutionId,
    /// The policy.
    #[serde(default, deserialize_with = "lenient::id")]
    pub policy_id: Option<ReplicationPolicyId>,
    /// How it is.
    #[serde(rename = "status")]
    pub state: ReplicationState,
    /// Why it is so, in Harbor's words.
    #[serde(rename = "status_text", default, deserialize_with = "lenient::text")]
    pub message: Option<String>,
    /// What it was begun by: `manual`, `scheduled`, `event_based`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub trigger: Option<String>,
    /// How many tasks it has.
    #[serde(default, deserialize_with = "lenient::count")]
    pub total: Option<u64>,
    /// How many of them failed.
    #[serde(default, deserialize_with = "lenient::count")]
    pub failed: Option<u64>,
    /// How many are done.
    #[serde(rename = "succeed", default, deserialize_with = "lenient::count")]
    pub succeeded: Option<u64>,
    /// How many are under way or to come.
    #[serde(default, deserialize_with = "lenient::count")]
    pub in_progress: Option<u64>,
    /// How many were stopped.
    #[serde(default, deserialize_with = "lenient::count")]
    pub stopped: Option<u64>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::time")]
    pub start_time: Option<SystemTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::time")]
    pub end_time: Option<SystemTime>,
}

/// The part of an execution that is about one repository.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ReplicationTask {
    /// The id.
    pub id: TaskId,
    /// How it is.
    #[serde(rename = "status")]
    pub state: ReplicationState,
    /// What it does: `copy`, `deletion`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub operation: Option<String>,
    /// With what: `image`, `artifact`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub resource_type: Option<String>,
    /// From what, in Harbor's words: `retail/web [2 item(s) in total]`.
    #[serde(rename = "src_resource", default, deserialize_with = "lenient::text")]
    pub source: Option<String>,
    /// To what, in Harbor's words.
    #[serde(rename = "dst_resource", default, deserialize_with = "lenient::text")]
    pub destination: Option<String>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::time")]
    pub start_time: Option<SystemTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::time")]
    pub end_time: Option<SystemTime>,
}

/// Which executions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExecutionQuery {
    policy: Option<ReplicationPolicyId>,
    state: Option<ReplicationState>,
}

impl ExecutionQuery {
    /// Only those of this policy.
    #[must_use]
    pub fn policy(mut self, policy: ReplicationPolicyId) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Only those that are so.
    #[must_use]
    pub fn state(mut self, state: ReplicationState) -> Self {
        self.state = Some(state);
        self
    }

    pub(super) fn pairs(&self) -> Query {
        let policy = self.policy.map(|policy| policy.to_string());
        pairs([
            ("policy_id", policy.as_deref()),
            ("status", self.state.as_ref().map(ReplicationState::as_str)),
        ])
    }
}

/// What a task has written down, line by line, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskLog {
    /// The text, or its beginning.
    pub text: String,
    /// Whether there is more of it.
    pub is_cut: bool,
}

impl TaskLog {
    /// How many bytes of a log are kept: 1 MiB. What is told first is what was tried; a log of a large copy has no end.
    pub const LONGEST: usize = 1 << 20;
}

impl Expected for TaskLog {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        let is_page = answer.first("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if is_page {
            let what = describe(&answer.body, redactor);
            return Err(Error::new(ErrorKind::Protocol, format!("the answer is not a log but {what}")));
        }
        let kept = answer.body.get(..limit.min(Self::LONGEST)).unwrap_or(&answer.body);
        let is_cut = answer.is_cut || kept.len() < answer.body.len();
        let mut text = String::from_utf8_lossy(kept).into_owned();
        if is_cut && text.ends_with('\u{FFFD}') {
            text.pop();
        }
        Ok(Self { text, is_cut })
    }
}
