//! Scaling policies: looked through, tried out, carried out.

mod engine;
mod input;
mod output;
mod timeline;

pub use engine::{
    AdvanceEngineRequest, AlarmRequest, AlarmsRequest, CountRequest, EngineStatusRequest,
    ExplainServiceRequest, LoadScalingEngineRequest, NewScalingEngineRequest, NextDeadlineRequest,
    ObserveCountRequest, ObserveCountsRequest, RemoveServiceRequest, ScalingEngine, SetEnabledRequest,
    SnapshotRequest, TakeOverRequest, UpsertAllRequest, UpsertRequest,
};
pub use input::{CountInput, PersonsCount, ScaledServiceInput, ScalingAlarm};
pub use output::{ScalingAdvance, ScalingEngineStatus, ScalingExplained, ScalingVerdict};
pub use timeline::{
    CompareRequest, DecisionsRequest, RowsRequest, SimulateScalingRequest, SummaryRequest, SvgRequest,
    Timeline, TimelineDocumentRequest, TimelineTextRequest, TimelinesCompared,
};

use crate::{envelope::Result, library::Library};
use paas_sdk::{
    Diagnostics,
    core::scaling::{self, AlarmRule, ScalingPolicy},
};
use serde::{Deserialize, Serialize};

/// Looks through a scaling policy: all that is wrong with it; and if nothing is, what it can hardly mean, such as
/// windows that never act and thresholds that flap, as warnings with the numbers. A policy with problems is no error of the
/// call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LintScalingPolicyRequest {
    /// The policy, as it stands in `release.json`.
    pub policy: ScalingPolicy,
}

/// The alarm rules of a policy: what monitoring is to watch for the service, with the id that comes back in each alarm. The
/// same rule has the same id always.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingAlarmRulesRequest {
    /// The policy, as it stands in `release.json`.
    pub policy: ScalingPolicy,
}

/// What looking through a scaling policy tells.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScalingPolicyLinted {
    /// Whether there are no errors; there may be warnings.
    pub accepted: bool,
    /// All problems, without places: they name the windows.
    pub diagnostics: Diagnostics,
}

impl Library {
    /// What [`LintScalingPolicyRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn lint_scaling_policy(&self, request: LintScalingPolicyRequest) -> Result<ScalingPolicyLinted> {
        let diagnostics = scaling::check(&request.policy);
        Ok(ScalingPolicyLinted { accepted: !diagnostics.has_errors(), diagnostics })
    }

    /// What [`ScalingAlarmRulesRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn scaling_alarm_rules(&self, request: ScalingAlarmRulesRequest) -> Result<Vec<AlarmRule>> {
        Ok(request.policy.alarm_rules().collect())
    }
}
