//! Scaling policies.

use crate::{envelope::Result, library::Library};
use paas_sdk::{
    Diagnostics,
    core::scaling::{self, ScalingPolicy},
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
}
