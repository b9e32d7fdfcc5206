//! What monitoring is asked to watch, and what it says.

use super::{Rule, ScalingPolicy, Threshold, Timestamp, Window};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The number of an alarm rule: the same for the same rule, in whatever policy, process and version.
///
/// It is made of the window's name, the side, the metric, the threshold and how long it must be passed. A rule that is
/// changed has another number, so that an alarm of the old one is not taken for one of the new. Services of one policy
/// share it: an alarm names its service too.
///
/// ```
/// use paas_core::scaling::{RuleId, Side, Threshold};
///
/// let id = RuleId::new("peak", "cpu", Side::Upper, &Threshold::new(0.75));
/// assert_eq!(id.to_string().parse(), Ok(id));
/// assert_ne!(id, RuleId::new("peak", "cpu", Side::Upper, &Threshold::new(0.8)));
/// // By how many the count moves is none of the alarm's business.
/// assert_eq!(id, RuleId::new("peak", "cpu", Side::Upper, &Threshold::new(0.75).by(3)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u64);

impl RuleId {
    /// The number of one side of a metric window.
    pub fn new(window: &str, metric: &str, side: Side, threshold: &Threshold) -> Self {
        // FNV-1a. What is not of a fixed length stands first and is closed by a byte that no UTF-8 has.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        for text in [window, metric] {
            eat(text.as_bytes());
            eat(&[0xff]);
        }
        eat(&[u8::from(side == Side::Upper)]);
        // The two zeros are one threshold.
        eat(&(threshold.value + 0.0).to_bits().to_le_bytes());
        eat(&threshold.sustained_for_ms.to_le_bytes());
        Self(hash)
    }

    /// The number itself.
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The text is not the number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRuleId;

impl fmt::Display for InvalidRuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of an alarm rule is sixteen hexadecimal digits, as the rule was given out with")
    }
}

impl std::error::Error for InvalidRuleId {}

impl FromStr for RuleId {
    type Err = InvalidRuleId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_written =
            text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = is_written.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number.map(Self).ok_or(InvalidRuleId)
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RuleId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RuleId".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::RuleId").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The number of an alarm rule.",
            "type": "string",
            "pattern": "^[0-9a-f]{16}$",
        })
    }
}

/// Which threshold of a metric window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Passed when the metric is above it: out.
    Upper,
    /// Passed when the metric is below it: in.
    Lower,
}

impl Side {
    /// The word for it in templates.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Lower => "lower",
        }
    }
}

/// What monitoring is to watch for a service: one side of a metric window.
///
/// The metric of a service is what all its containers use together over what they all may use; a container that drains
/// does not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AlarmRule {
    /// Its number, which comes back with each alarm.
    pub id: RuleId,
    /// The window that it is for.
    pub window: String,
    /// `cpu`, `memory` or any monitored name.
    pub metric: String,
    /// Above or below the threshold.
    pub side: Side,
    /// The threshold.
    pub threshold: f64,
    /// For so long the threshold must be passed before the alarm fires.
    pub sustained_for_ms: u64,
}

impl Window {
    /// What monitoring is to watch while this window is open: first the upper side, then the lower. Nothing for a fixed
    /// one.
    pub fn alarm_rules(&self) -> impl Iterator<Item = AlarmRule> {
        let sides = match &self.rule {
            Rule::Metric { metric, upper, lower, .. } => {
                [(metric.as_str(), Side::Upper, *upper), (metric, Side::Lower, *lower)]
            }
            Rule::Fixed { .. } => [("", Side::Upper, None), ("", Side::Lower, None)],
        };
        sides.into_iter().filter_map(|(metric, side, threshold)| {
            let threshold = threshold?;
            Some(AlarmRule {
                id: RuleId::new(&self.name, metric, side, &threshold),
                window: self.name.clone(),
                metric: metric.to_owned(),
                side,
                threshold: threshold.value,
                sustained_for_ms: threshold.sustained_for_ms,
            })
        })
    }
}

impl ScalingPolicy {
    /// What monitoring is to watch for the service at some time or other: the rules of all windows that are enabled, in
    /// their order.
    pub fn alarm_rules(&self) -> impl Iterator<Item = AlarmRule> {
        self.windows.iter().filter(|window| window.enabled).flat_map(Window::alarm_rules)
    }
}

/// What monitoring says of an alarm rule of a service.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Alarm {
    /// The rule.
    pub rule: RuleId,
    /// What it is.
    pub state: AlarmState,
    /// The measured value, to be shown; nothing is decided by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// When monitoring saw it.
    pub at: Timestamp,
    /// Whether its sender never says that an alarm has resolved (Bosun): one that is not repeated in time is over then,
    /// and else unknown.
    #[serde(default)]
    pub never_resolves: bool,
}

impl Alarm {
    /// An alarm without a value, of a sender that says when it has resolved.
    pub const fn new(rule: RuleId, state: AlarmState, at: Timestamp) -> Self {
        Self { rule, state, value: None, at, never_resolves: false }
    }
}

/// What an alarm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlarmState {
    /// The threshold has been passed for as long as it must be.
    Firing,
    /// It is not passed any more.
    Resolved,
    /// There is no measurement. That is not zero: nothing is scaled in because of it.
    NoData,
}
