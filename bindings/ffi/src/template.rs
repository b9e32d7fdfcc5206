//! Checking and translating templates.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    library::Library,
    release::Release,
};
use paas_sdk::{
    Diagnostics, Limits, LinkStrategy, Options, Source, Target, TemplatePolicy, check, policy_file, report,
    translate,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Checks a TOSCA template: all problems in one pass, each with its place. A template with problems is no error of the
/// call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckRequest {
    /// The text of the template.
    pub template: String,
    /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
    /// Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here.
    #[serde(default)]
    pub inputs: BTreeMap<String, Value>,
    /// What the template may cost at most.
    #[serde(default)]
    pub limits: Option<LimitsDocument>,
    /// The application's name where the template gives none; the file's name if not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The text of a policy file: what templates may do; the default policy if not given.
    #[serde(default)]
    pub policy: Option<String>,
    /// Tell the problems as text too, in this style.
    #[serde(default)]
    pub report: Option<ReportStyle>,
}

/// What a template may cost at most.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LimitsDocument {
    /// Bytes of text; 16 MiB if not given.
    #[serde(default)]
    pub bytes: Option<u32>,
    /// Depth of lists and maps; 64 if not given.
    #[serde(default)]
    pub depth: Option<u32>,
    /// Values in the text; 2,000,000 if not given.
    #[serde(default)]
    pub nodes: Option<u32>,
    /// Values after aliases are followed; 4,000,000 if not given.
    #[serde(default)]
    pub expanded_nodes: Option<u32>,
}

/// How problems are told as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ReportStyle {
    /// With the lines that they are in, and help.
    Human,
    /// One line each.
    Short,
}

/// What checking a template tells.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// Whether there are no errors; there may be warnings.
    pub accepted: bool,
    /// All problems, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The problems as text, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// Translates a TOSCA template to a release: the files for each network, stages, links, ports. Fails with kind `rejected`
/// and all problems if there are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TranslateRequest {
    /// The text of the template.
    pub template: String,
    /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
    /// Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here.
    #[serde(default)]
    pub inputs: BTreeMap<String, Value>,
    /// What the template may cost at most.
    #[serde(default)]
    pub limits: Option<LimitsDocument>,
    /// The application's name where the template gives none; the file's name if not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The text of a policy file: what templates may do; the default policy if not given.
    #[serde(default)]
    pub policy: Option<String>,
    /// Where the release goes.
    #[serde(default)]
    pub target: Option<TargetDocument>,
}

/// Where a release goes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetDocument {
    /// The version of the Rancher server, such as `1.6.15`; `1.6.30` if not given.
    #[serde(default)]
    pub rancher: Option<String>,
    /// Environments of networks whose environment has another name than the network.
    #[serde(default)]
    pub environments: BTreeMap<String, String>,
    /// The name of the stacks; the application's if not given.
    #[serde(default)]
    pub stack: Option<String>,
    /// How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
    #[serde(default)]
    pub link_strategy: Option<LinkStrategy>,
    /// Where the hosts of networks are reached from others: host names or IP addresses.
    #[serde(default)]
    pub addresses: BTreeMap<String, Vec<String>>,
    /// The image that load balancers run.
    #[serde(default)]
    pub load_balancer_image: Option<String>,
}

impl Library {
    /// What [`CheckRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn check(&self, request: CheckRequest) -> Result<Checked> {
        let CheckRequest { template, file, inputs, limits, name, policy, report } = request;
        let mut options = options(inputs, limits, name);
        let (source, diagnostics) = match set_policy(&mut options, policy) {
            Ok(()) => {
                let source = source(file, template);
                let diagnostics = check(&source, &options).diagnostics;
                (source, diagnostics)
            }
            Err(problems) => *problems,
        };
        let report = report.map(|style| match style {
            ReportStyle::Human => report::human(&diagnostics, &source, &report::ReportStyle::default()),
            ReportStyle::Short => report::short(&diagnostics),
        });
        Ok(Checked { accepted: !diagnostics.has_errors(), diagnostics, report })
    }

    /// What [`TranslateRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems.
    pub fn translate(&self, request: TranslateRequest) -> Result<Release> {
        let TranslateRequest { template, file, inputs, limits, name, policy, target } = request;
        let (source, mut options) = (source(file, template), options(inputs, limits, name));
        if let Err(problems) = set_policy(&mut options, policy) {
            return Err(ErrorEnvelope::rejected(&problems.1, Kind::REJECTED));
        }
        let translation = translate(
            &source,
            &options,
            &target.map_or_else(|| Ok(Target::default()), TargetDocument::read)?,
        );
        match translation.release {
            Some(release) => Ok(Release::new(release, translation.diagnostics)),
            None => Err(ErrorEnvelope::rejected(&translation.diagnostics, Kind::REJECTED)),
        }
    }
}

impl TargetDocument {
    fn read(self) -> Result<Target> {
        let mut target = Target::default();
        if let Some(version) = self.rancher {
            let invalid = |why| ErrorEnvelope::invalid_field("target.rancher", why);
            target.rancher = version.parse().map_err(invalid)?;
        }
        target.environments = self.environments;
        target.stack = self.stack;
        target.link_strategy = self.link_strategy;
        for (network, hosts) in &self.addresses {
            hosts.iter().for_each(|host| target.add_address(network, host));
        }
        if let Some(image) = self.load_balancer_image {
            target.load_balancer_image = image;
        }
        Ok(target)
    }
}

/// A template with the name that it has in places.
pub(crate) fn source(file: Option<String>, text: String) -> Source {
    Source::new(file.unwrap_or_else(|| "template.yaml".to_owned()), text)
}

/// The name of a policy in the places of problems.
const POLICY: &str = "policy.yaml";

/// Reads a policy, if one is given. It fails with the text and all its problems.
fn set_policy(
    options: &mut Options,
    policy: Option<String>,
) -> std::result::Result<(), Box<(Source, Diagnostics)>> {
    let Some(text) = policy else { return Ok(()) };
    let source = Source::new(POLICY, text);
    let file = policy_file::read(&source);
    match file.policy {
        Some(policy) => {
            options.policy = policy;
            Ok(())
        }
        None => Err(Box::new((source, file.diagnostics))),
    }
}

/// A policy that is given as text; it fails with kind `rejected` and all problems.
pub(crate) fn policy(text: Option<String>) -> Result<TemplatePolicy> {
    let mut options = Options::default();
    match set_policy(&mut options, text) {
        Ok(()) => Ok(options.policy),
        Err(problems) => Err(ErrorEnvelope::rejected(&problems.1, Kind::REJECTED)),
    }
}

/// What is said to a template.
pub(crate) fn options(
    inputs: BTreeMap<String, Value>,
    limits: Option<LimitsDocument>,
    name: Option<String>,
) -> Options {
    let mut options = Options::default();
    options.inputs = inputs
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => (name, text),
            // JSON is YAML.
            other => (name, other.to_string()),
        })
        .collect();
    options.limits = limits.map(LimitsDocument::read).unwrap_or_default();
    options.name = name;
    options
}

impl LimitsDocument {
    fn read(self) -> Limits {
        let mut limits = Limits::default();
        let set = |limit: &mut usize, given: Option<u32>| {
            if let Some(given) = given {
                *limit = usize::try_from(given).unwrap_or(usize::MAX);
            }
        };
        set(&mut limits.bytes, self.bytes);
        set(&mut limits.depth, self.depth);
        set(&mut limits.nodes, self.nodes);
        set(&mut limits.expanded_nodes, self.expanded_nodes);
        limits
    }
}
