//! What has become of webhooks.

use super::WebhookEventKind;
use crate::harbor::{ExecutionId, lenient};
use serde::Deserialize;
use std::time::SystemTime;

/// When a policy last told of something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct LastTrigger {
    /// The name of the policy.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub policy_name: String,
    /// Of what.
    #[serde(rename = "event_type")]
    pub event: WebhookEventKind,
    /// Whether the policy is enabled.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub enabled: bool,
    /// When it last told of that, if ever.
    #[serde(rename = "last_trigger_time", default, deserialize_with = "lenient::time")]
    pub last: Option<SystemTime>,
}

/// Something that was told, or was to be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct WebhookExecution {
    /// The id.
    pub id: ExecutionId,
    /// How it is: `Running`, `Success`, `Error`, `Stopped`.
    #[serde(rename = "status", default, deserialize_with = "lenient::or_default")]
    pub state: String,
    /// Why it is so, in Harbor's words.
    #[serde(rename = "status_message", default, deserialize_with = "lenient::text")]
    pub message: Option<String>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::time")]
    pub start_time: Option<SystemTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::time")]
    pub end_time: Option<SystemTime>,
}
