//! What needs nothing but its request.

use crate::{
    access::{
        DecideAllRequest, DecideRequest, Decisions, GrantRolesRequest, Matrix, MatrixRequest,
        PlanMembersRequest,
    },
    clone::{CloneTemplateRequest, ClonedTemplate},
    difference::{DiffReleasesRequest, ReleasesCompared},
    envelope::{ErrorEnvelope, Result},
    function::functions,
    platform::{ConnectRequest, Platform},
    release::Release,
    sandbox::{Sandbox, StartSandboxRequest},
    scaling::{
        LintScalingPolicyRequest, LoadScalingEngineRequest, NewScalingEngineRequest,
        ScalingAlarmRulesRequest, ScalingEngine, ScalingPolicyLinted, SimulateScalingRequest, Timeline,
    },
    stack::{ImportStackRequest, ImportedStack, StackQuestions, StackQuestionsRequest},
    template::{CheckRequest, Checked, ExportTemplateRequest, TranslateRequest},
};
use paas_sdk::{
    Diagnostics, Source, Tenant,
    access::{Decision, Subject, membership::MembershipPlan},
    codes::{self, Found},
    core::scaling::AlarmRule,
    platform::tenants,
};
use serde::{Deserialize, Serialize};

/// The functions that need no handle, and those that give the first ones.
#[derive(Debug, Clone, Copy)]
pub struct Library;

/// Checks a tenant file: whose networks and file servers there are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantCheckRequest {
    /// The text of the file.
    pub text: String,
    /// The file's name in the places of problems; `tenant.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
}

/// What checking a tenant file tells.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantChecked {
    /// The tenant, unless there are errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<Tenant>,
    /// All problems, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// Explains a code, of a problem or of an error: what it means and what to do. Fails with kind `invalid_request` if there
/// is no such code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainRequest {
    /// The code, such as `tosca.unknown_type` or `platform.application_busy`.
    pub code: String,
}

/// What is to be known of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The code.
    pub code: String,
    /// What it means; for codes of problems also what to do.
    pub meaning: String,
    /// What to do, for codes of errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A file that gives it, for codes of problems.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<String>,
    /// The same file put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
}

/// The version of the library, such as `0.1.0`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionRequest {}

functions!(Library {
    computes "check" check(CheckRequest) -> document (Checked);
    computes "translate" translate(TranslateRequest) -> handle (Release);
    computes "import_stack" import_stack(ImportStackRequest) -> document (ImportedStack);
    computes "stack_questions" stack_questions(StackQuestionsRequest) -> document (StackQuestions);
    computes "export_template" export_template(ExportTemplateRequest) -> text;
    computes "clone_template" clone_template(CloneTemplateRequest) -> document (ClonedTemplate);
    computes "check_tenant" check_tenant(TenantCheckRequest) -> document (TenantChecked);
    computes "diff_releases" diff_releases(DiffReleasesRequest) -> document (ReleasesCompared);
    computes "lint_scaling_policy" lint_scaling_policy(LintScalingPolicyRequest) -> document (ScalingPolicyLinted);
    instant "scaling_alarm_rules" scaling_alarm_rules(ScalingAlarmRulesRequest) -> document (Vec<AlarmRule>);
    computes "simulate_scaling" simulate_scaling(SimulateScalingRequest) -> handle (Timeline);
    instant "new_scaling_engine" new_scaling_engine(NewScalingEngineRequest) -> handle (ScalingEngine);
    computes "load_scaling_engine" load_scaling_engine(LoadScalingEngineRequest) -> handle (ScalingEngine);
    instant "decide" decide(DecideRequest) -> document (Decision);
    computes "decide_all" decide_all(DecideAllRequest) -> document (Decisions);
    instant "matrix" matrix(MatrixRequest) -> document (Matrix);
    instant "grant_roles" grant_roles(GrantRolesRequest) -> document (Subject);
    computes "plan_members" plan_members(PlanMembersRequest) -> document (MembershipPlan);
    instant "explain" explain(ExplainRequest) -> document (Explanation);
    instant "version" version(VersionRequest) -> text;
    waits "connect" connect(ConnectRequest) -> handle (Platform);
    instant "start_sandbox" start_sandbox(StartSandboxRequest) -> handle (Sandbox);
});

impl Library {
    /// What [`TenantCheckRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn check_tenant(&self, request: TenantCheckRequest) -> Result<TenantChecked> {
        let file = request.file.unwrap_or_else(|| "tenant.yaml".to_owned());
        let tenants::TenantFile { tenant, diagnostics, .. } = tenants::read(&Source::new(file, request.text));
        Ok(TenantChecked { tenant, diagnostics })
    }

    /// What [`ExplainRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if there is no such code.
    pub fn explain(&self, request: ExplainRequest) -> Result<Explanation> {
        let code = request.code;
        match codes::find(&code) {
            Some(Found::Diagnostic(found)) => {
                let (meaning, example) = (found.meaning().to_owned(), found.example());
                let (wrong, right) = (Some(example.wrong.to_owned()), Some(example.right.to_owned()));
                Ok(Explanation { code, meaning, help: None, wrong, right })
            }
            Some(Found::Error(found)) => {
                let (meaning, help) = (found.meaning.to_owned(), Some(found.help.to_owned()));
                Ok(Explanation { code, meaning, help, wrong: None, right: None })
            }
            _ => {
                let shown: String = code.chars().filter(|c| !c.is_control()).take(80).collect();
                let mut error = ErrorEnvelope::invalid_field("code", format!("`{shown}` is no code"));
                if let Some(closest) = codes::closest(&code) {
                    error.help = Some(format!("did you mean `{closest}`?"));
                }
                Err(error)
            }
        }
    }

    /// What [`VersionRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn version(&self, _: VersionRequest) -> Result<String> {
        Ok(env!("CARGO_PKG_VERSION").to_owned())
    }
}
