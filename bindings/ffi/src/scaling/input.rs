//! What an engine is told of many services at once.

use paas_sdk::{
    core::scaling::{Alarm, AlarmState, RuleId, ScalingPolicy, Timestamp},
    scaling::{CountSource, ObservedCount, Start},
};
use serde::Deserialize;

/// A service to be put into an engine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScaledServiceInput {
    /// The name of the service in the engine, such as `shop/web`.
    pub service: String,
    /// Its policy, as it stands in `release.json`.
    pub policy: ScalingPolicy,
    /// How many containers it has. Of a service that is there already nobody asks.
    pub count: u32,
    /// Whether its back end lets containers drain by itself, so that it is told the new count at once.
    #[serde(default)]
    pub drains_itself: bool,
}

/// What monitoring says of an alarm rule of a service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingAlarm {
    /// The service.
    pub service: String,
    /// The id of the rule.
    pub rule: RuleId,
    /// What it is.
    pub state: AlarmState,
    /// When monitoring saw it; now if not given.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// The measured value, to be shown; nothing is decided by it.
    #[serde(default)]
    pub value: Option<f64>,
    /// Whether its sender never says that an alarm has resolved: one that is not repeated in time is over then.
    #[serde(default)]
    pub never_resolves: bool,
}

impl ScalingAlarm {
    pub(super) fn alarm(&self, now: Timestamp) -> Alarm {
        let mut alarm = Alarm::new(self.rule, self.state, self.at.unwrap_or(now));
        alarm.value = self.value;
        alarm.never_resolves = self.never_resolves;
        alarm
    }
}

/// A count as the back end has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountInput {
    /// The service.
    pub service: String,
    /// How many containers there should be.
    pub desired: u32,
    /// How many there are.
    pub running: u32,
    /// Who set it. Only what a person or a template wants is intent.
    pub source: CountSource,
}

impl CountInput {
    pub(super) fn observed(&self) -> ObservedCount {
        ObservedCount { desired: self.desired, running: self.running, source: self.source }
    }
}

/// A count that a person set while no engine decided.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonsCount {
    /// The service.
    pub service: String,
    /// The count.
    pub count: u32,
}

pub(super) fn start(count: u32, drains_itself: bool) -> Start {
    if drains_itself { Start::draining_itself(count) } else { count.into() }
}
