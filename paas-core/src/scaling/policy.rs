//! A service's plan and its windows.

use super::{Cycle, TimeOfDay};
use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// All scaling rules of one service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScalingPolicy {
    /// The service.
    pub service: String,
    /// Whether it counts at all.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// The IANA time zone of all its windows.
    pub time_zone: String,
    /// The count never leaves these by the plan's own act.
    pub bounds: Bounds,
    /// The windows, in the order of the template.
    pub windows: Vec<Window>,
    /// Where the service was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl ScalingPolicy {
    /// A plan without windows.
    pub fn new(service: impl Into<String>, time_zone: impl Into<String>, bounds: Bounds) -> Self {
        Self {
            service: service.into(),
            enabled: true,
            time_zone: time_zone.into(),
            bounds,
            windows: Vec::new(),
            origin: Origin::default(),
        }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_yes(enabled: &bool) -> bool {
    *enabled
}

/// A half-open span `[from, to)` of local time in a cycle, with one rule. `from > to` crosses midnight, `from == to` is
/// the whole day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Window {
    /// The policy's name in the template.
    pub name: String,
    /// Whether it counts.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The days.
    #[serde(default)]
    pub cycle: Cycle,
    /// When it begins.
    pub from: TimeOfDay,
    /// When it ends.
    pub to: TimeOfDay,
    /// What holds inside it.
    pub rule: Rule,
    /// After an action alarms cause none for this long, in milliseconds.
    #[serde(default = "retrigger_ms")]
    pub retrigger_ms: u64,
    /// On scale-in: time between "take no new traffic" and "stop", in milliseconds.
    #[serde(default)]
    pub grace_ms: u64,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Window {
    /// The time without further actions when nothing else is said: five minutes.
    pub const DEFAULT_RETRIGGER_MS: u64 = 300_000;

    /// A daily window.
    pub fn daily(name: impl Into<String>, from: TimeOfDay, to: TimeOfDay, rule: Rule) -> Self {
        Self {
            name: name.into(),
            enabled: true,
            cycle: Cycle::Daily,
            from,
            to,
            rule,
            retrigger_ms: Self::DEFAULT_RETRIGGER_MS,
            grace_ms: 0,
            origin: Origin::default(),
        }
    }
}

fn retrigger_ms() -> u64 {
    Window::DEFAULT_RETRIGGER_MS
}

/// What holds inside a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", from = "stored::Rule")]
#[non_exhaustive]
pub enum Rule {
    /// The count follows a metric.
    Metric {
        /// `cpu`, `memory` or any monitored name.
        metric: String,
        /// Above this it scales out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upper: Option<Threshold>,
        /// Below this it scales in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lower: Option<Threshold>,
        /// The count stays within these.
        bounds: Bounds,
    },
    /// The count is fixed.
    Fixed {
        /// At what.
        count: FixedCount,
    },
}

/// What a metric must pass, for how long, and how far the count goes then.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Threshold {
    /// The value to pass; of `cpu` and `memory` a share of what the service may use, from 0 to 1.
    pub value: f64,
    /// For so long it must be passed, in milliseconds.
    #[serde(default = "stored::sustained_for_ms")]
    pub sustained_for_ms: u64,
    /// By so many at a time.
    #[serde(default = "stored::step")]
    pub step: u32,
}

impl Threshold {
    /// The time that a threshold must be passed when nothing else is said: a minute.
    pub const DEFAULT_SUSTAINED_MS: u64 = 60_000;

    /// A value that must be passed for a minute, and moves the count by one.
    pub const fn new(value: f64) -> Self {
        Self { value, sustained_for_ms: Self::DEFAULT_SUSTAINED_MS, step: 1 }
    }

    /// By so many at a time.
    #[must_use]
    pub const fn by(mut self, step: u32) -> Self {
        self.step = step;
        self
    }

    /// For so long it must be passed.
    #[must_use]
    pub const fn for_ms(mut self, sustained_for_ms: u64) -> Self {
        self.sustained_for_ms = sustained_for_ms;
        self
    }
}

/// Rules as they are read: thresholds can be bare numbers, with one time and one step for both.
mod stored {
    use super::{Bounds, FixedCount, Threshold};
    use serde::Deserialize;

    /// What holds inside a window.
    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub(super) enum Rule {
        /// The count follows a metric.
        Metric {
            /// `cpu`, `memory` or any monitored name.
            metric: String,
            /// Above this it scales out.
            #[serde(default)]
            upper: Option<Limit>,
            /// Below this it scales in.
            #[serde(default)]
            lower: Option<Limit>,
            /// For so long a threshold that is a bare number must be passed, in milliseconds.
            #[serde(default = "sustained_for_ms")]
            sustained_for_ms: u64,
            /// By so many at a time, where the threshold is a bare number.
            #[serde(default = "step")]
            step: u32,
            /// The count stays within these.
            bounds: Bounds,
        },
        /// The count is fixed.
        Fixed {
            /// At what.
            count: FixedCount,
        },
    }

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
    #[serde(untagged)]
    pub(super) enum Limit {
        Value(f64),
        Whole(Threshold),
    }

    pub(super) fn sustained_for_ms() -> u64 {
        Threshold::DEFAULT_SUSTAINED_MS
    }

    pub(super) fn step() -> u32 {
        1
    }

    impl From<Rule> for super::Rule {
        fn from(rule: Rule) -> Self {
            match rule {
                Rule::Metric { metric, upper, lower, sustained_for_ms, step, bounds } => {
                    let whole = |limit| match limit {
                        Limit::Value(value) => Threshold { value, sustained_for_ms, step },
                        Limit::Whole(threshold) => threshold,
                    };
                    Self::Metric { metric, upper: upper.map(whole), lower: lower.map(whole), bounds }
                }
                Rule::Fixed { count } => Self::Fixed { count },
            }
        }
    }
}

/// The count of a fixed window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FixedCount {
    /// The least that the policy's bounds allow.
    Min,
    /// The most that the policy's bounds allow.
    Max,
    /// Just this.
    Count(u32),
}

/// The least and the most count, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bounds {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Bounds {
    /// What both have in common, if anything.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self { min: self.min.max(other.min), max: self.max.min(other.max) };
        (both.min <= both.max).then_some(both)
    }

    /// The least span that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Whether a count is within.
    pub fn contains(self, count: u32) -> bool {
        (self.min..=self.max).contains(&count)
    }
}
