//! What a simulation shows.

use crate::engine::{ActionDocument, Hold};
use paas_core::scaling::{Bounds, RuleId, Side, Timestamp};
use serde::{Deserialize, Serialize};

/// A plan over a stretch of time: counts, decisions with their causes, load, and what it comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Timeline {
    /// The service.
    pub service: String,
    /// The time zone of its windows.
    pub time_zone: String,
    /// The first instant.
    pub from: Timestamp,
    /// The instant after the last.
    pub until: Timestamp,
    /// What the policy allows.
    pub bounds: Bounds,
    /// When windows are open, in the order of the policy, each by time.
    pub windows: Vec<Band>,
    /// The count from the beginning on, and each time that it changes.
    pub counts: Vec<Step>,
    /// Each minute.
    pub minutes: Vec<Minute>,
    /// What the engine decided; rules that are armed are not listed.
    pub decisions: Vec<ActionDocument>,
    /// Alarms that moved nothing, with the reason, each time that the reason changes.
    pub held: Vec<Held>,
    /// What it comes to.
    pub summary: Summary,
}

/// A window that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineBand"))]
#[non_exhaustive]
pub struct Band {
    /// Its name.
    pub window: String,
    /// The count that it holds, if it is a fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Where the count stays, if it is a metric one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
    /// Since when, in the time that is shown.
    pub from: Timestamp,
    /// Until when, in the time that is shown.
    pub until: Timestamp,
}

/// The count from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineStep"))]
#[non_exhaustive]
pub struct Step {
    /// The instant.
    pub at: Timestamp,
    /// How many containers there are.
    pub count: u32,
    /// How many of them take no new requests.
    pub draining: u32,
}

/// How it stood at the beginning of a minute.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineMinute"))]
#[non_exhaustive]
pub struct Minute {
    /// The minute.
    pub at: Timestamp,
    /// How many containers there were.
    pub count: u32,
    /// How many of them served.
    pub serving: u32,
    /// What there was to do, in containers that it keeps busy, if the load tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<f64>,
    /// The metrics that rules look at, in the order of the summary's; none: not measured.
    pub metrics: Vec<Option<f64>>,
}

/// An alarm that moved nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineHeld"))]
#[non_exhaustive]
pub struct Held {
    /// When.
    pub at: Timestamp,
    /// The rule.
    pub rule: RuleId,
    /// Its window.
    pub window: String,
    /// Why it moved nothing.
    pub hold: Hold,
    /// The same as a sentence.
    pub reason: String,
}

/// What a time-line comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineSummary"))]
#[non_exhaustive]
pub struct Summary {
    /// The metrics that rules look at.
    pub metrics: Vec<String>,
    /// The lowest count.
    pub least: u32,
    /// The highest count.
    pub most: u32,
    /// Containers, draining ones too, times hours.
    pub container_hours: f64,
    /// How often the count was raised.
    pub scaled_out: u32,
    /// How often the count was lowered.
    pub scaled_in: u32,
    /// For how long each upper threshold was passed while its window was open.
    pub above: Vec<Passed>,
    /// What was lost because nobody could serve it; nothing if the load tells no demand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Lost>,
}

/// For how long a threshold was passed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelinePassed"))]
#[non_exhaustive]
pub struct Passed {
    /// The window.
    pub window: String,
    /// The metric.
    pub metric: String,
    /// The threshold.
    pub threshold: f64,
    /// Upper or lower.
    pub side: Side,
    /// For so many seconds.
    pub seconds: u32,
}

/// What was lost because nobody could serve it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineLost"))]
#[non_exhaustive]
pub struct Lost {
    /// In hours of one container.
    pub container_hours: f64,
    /// Of all that there was to do, from 0 to 1.
    pub share: f64,
}
