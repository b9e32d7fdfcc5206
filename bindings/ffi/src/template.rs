//! Checking and translating templates.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    library::Library,
    release::Release,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use paas_sdk::{
    Diagnostics, Limits, LinkStrategy, Options, Source, Sources, Target, TemplatePolicy, check, export,
    files::Folder,
    policy_file, report,
    tosca::{csar::Csar, resolve::InMemory},
    translate,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// Checks a TOSCA template: all problems in one pass, each with its place. A template with problems is no error of the
/// call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckRequest {
    /// The text of the template; with `csar`, the archive.
    pub template: String,
    /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
    /// Texts of files that can be imported, by their paths from the template's folder.
    #[serde(default)]
    pub imports: BTreeMap<String, String>,
    /// The local folder below which imported files may lie; no local file is read if it is not given. Not with
    /// `imports`.
    #[serde(default)]
    pub folder: Option<String>,
    /// Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive.
    #[serde(default)]
    pub csar: bool,
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
    /// Bytes of the text of one file; 16 MiB if not given.
    #[serde(default)]
    pub bytes: Option<u32>,
    /// Depth of lists and maps; 64 if not given.
    #[serde(default)]
    pub depth: Option<u32>,
    /// Values in one file; 2,000,000 if not given.
    #[serde(default)]
    pub nodes: Option<u32>,
    /// Values after aliases are followed, in all files together; 4,000,000 if not given.
    #[serde(default)]
    pub expanded_nodes: Option<u32>,
    /// Files, with the template and all that is imported; 256 if not given.
    #[serde(default)]
    pub files: Option<u32>,
    /// Files that import each other in one line; 32 if not given.
    #[serde(default)]
    pub import_depth: Option<u32>,
    /// Bytes of text in all files together, and what an archive may unpack to; 32 MiB if not given.
    #[serde(default)]
    pub total_bytes: Option<u32>,
    /// Values in all files together; 4,000,000 if not given.
    #[serde(default)]
    pub total_nodes: Option<u32>,
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
    /// The text of the template; with `csar`, the archive.
    pub template: String,
    /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
    /// Texts of files that can be imported, by their paths from the template's folder.
    #[serde(default)]
    pub imports: BTreeMap<String, String>,
    /// The local folder below which imported files may lie; no local file is read if it is not given. Not with
    /// `imports`.
    #[serde(default)]
    pub folder: Option<String>,
    /// Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive.
    #[serde(default)]
    pub csar: bool,
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

/// Writes what a TOSCA template says as one template in the profile, for people to read: imports, functions and other
/// types resolved, secrets as inputs. Fails with kind `rejected` and all problems if there are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportTemplateRequest {
    /// The text of the template; with `csar`, the archive.
    pub template: String,
    /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
    #[serde(default)]
    pub file: Option<String>,
    /// Texts of files that can be imported, by their paths from the template's folder.
    #[serde(default)]
    pub imports: BTreeMap<String, String>,
    /// The local folder below which imported files may lie; no local file is read if it is not given. Not with
    /// `imports`.
    #[serde(default)]
    pub folder: Option<String>,
    /// Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive.
    #[serde(default)]
    pub csar: bool,
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
        let CheckRequest { template, file, imports, folder, csar, inputs, limits, name, policy, report } =
            request;
        let said = Said { template, file, imports, folder, csar, inputs, limits, name, policy };
        let (diagnostics, sources) = match said.read()? {
            Ok((source, options)) => {
                let checked = check(&source, &options);
                (checked.diagnostics, Some(checked.sources))
            }
            Err(unread) => (unread.diagnostics, unread.sources),
        };
        Ok(Checked::new(diagnostics, report, || sources))
    }

    /// What [`TranslateRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems.
    pub fn translate(&self, request: TranslateRequest) -> Result<Release> {
        let TranslateRequest { template, file, imports, folder, csar, inputs, limits, name, policy, target } =
            request;
        let said = Said { template, file, imports, folder, csar, inputs, limits, name, policy };
        let (source, options) =
            said.read()?.map_err(|unread| ErrorEnvelope::rejected(&unread.diagnostics, Kind::REJECTED))?;
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

impl Library {
    /// What [`ExportTemplateRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems.
    pub fn export_template(&self, request: ExportTemplateRequest) -> Result<String> {
        let ExportTemplateRequest { template, file, imports, folder, csar, inputs, limits, name, policy } =
            request;
        let said = Said { template, file, imports, folder, csar, inputs, limits, name, policy };
        let (source, options) =
            said.read()?.map_err(|unread| ErrorEnvelope::rejected(&unread.diagnostics, Kind::REJECTED))?;
        let rewritten = export::rewrite(&source, &options);
        rewritten.template.ok_or_else(|| ErrorEnvelope::rejected(&rewritten.diagnostics, Kind::REJECTED))
    }
}

impl Checked {
    /// The problems, told as text if that was asked for.
    pub(crate) fn new(
        diagnostics: Diagnostics,
        report: Option<ReportStyle>,
        sources: impl FnOnce() -> Option<Sources>,
    ) -> Self {
        let report = report.map(|style| match style {
            ReportStyle::Human => {
                let sources = sources();
                let sources = sources.as_ref().map_or(&[][..], AsRef::as_ref);
                report::human(&diagnostics, sources, &report::ReportStyle::default())
            }
            ReportStyle::Short => report::short(&diagnostics),
        });
        Self { accepted: !diagnostics.has_errors(), diagnostics, report }
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

/// What requests say of a template.
pub(crate) struct Said {
    pub(crate) template: String,
    pub(crate) file: Option<String>,
    pub(crate) imports: BTreeMap<String, String>,
    pub(crate) folder: Option<String>,
    pub(crate) csar: bool,
    pub(crate) inputs: BTreeMap<String, Value>,
    pub(crate) limits: Option<LimitsDocument>,
    pub(crate) name: Option<String>,
    pub(crate) policy: Option<String>,
}

/// What is wrong with what stands beside a template, and the texts of that.
pub(crate) struct Unread {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: Option<Sources>,
}

/// The name of a policy in the places of problems.
const POLICY: &str = "policy.yaml";

fn read_policy(text: String) -> std::result::Result<TemplatePolicy, Unread> {
    let source = Source::new(POLICY, text);
    let file = policy_file::read(&source);
    file.policy.ok_or(Unread { diagnostics: file.diagnostics, sources: Some(source.into()) })
}

/// A policy that is given as text; it fails with kind `rejected` and all problems.
pub(crate) fn policy(text: Option<String>) -> Result<TemplatePolicy> {
    let Some(text) = text else { return Ok(TemplatePolicy::default()) };
    read_policy(text).map_err(|unread| ErrorEnvelope::rejected(&unread.diagnostics, Kind::REJECTED))
}

/// Values as they are given to inputs.
pub(crate) fn as_texts(values: BTreeMap<String, Value>) -> BTreeMap<String, String> {
    let text = |value| match value {
        Value::String(text) => text,
        // JSON is YAML.
        other => other.to_string(),
    };
    values.into_iter().map(|(name, value)| (name, text(value))).collect()
}

impl Said {
    /// The template and what is said to it; or what is wrong with the policy, or with the archive that it is in.
    ///
    /// # Errors
    ///
    /// `bindings.invalid_request` if the archive is not in base64, or imports are given in two ways.
    pub(crate) fn read(self) -> Result<std::result::Result<(Source, Options), Unread>> {
        let mut options = Options::default();
        options.inputs = as_texts(self.inputs);
        options.limits = self.limits.map(LimitsDocument::read).unwrap_or_default();
        options.name = self.name;
        if let Some(text) = self.policy {
            match read_policy(text) {
                Ok(policy) => options.policy = policy,
                Err(unread) => return Ok(Err(unread)),
            }
        }
        let has_imports = !self.imports.is_empty();
        if self.csar {
            if has_imports || self.folder.is_some() {
                let why = "what an archive imports is in the archive: give neither `imports` nor `folder`";
                return Err(ErrorEnvelope::invalid_field("csar", why));
            }
            let name = self.file.unwrap_or_else(|| "template.csar".to_owned());
            let bytes = BASE64_STANDARD.decode(&self.template);
            let bytes = bytes.map_err(|why| ErrorEnvelope::invalid_field("template", why))?;
            return Ok(match Csar::read(name, &bytes, &options.limits) {
                Ok(csar) => {
                    let source = csar.entry().clone();
                    options.resolver = Arc::new(csar);
                    Ok((source, options))
                }
                Err(diagnostics) => Err(Unread { diagnostics, sources: None }),
            });
        }
        let name = self.file.unwrap_or_else(|| "template.yaml".to_owned());
        if let Some(folder) = self.folder {
            if has_imports {
                return Err(ErrorEnvelope::invalid_field("folder", "give either `imports` or `folder`"));
            }
            let folder = Folder::with_template(folder, &name, &options.limits)
                .map_err(|why| ErrorEnvelope::invalid_field("folder", why))?;
            options.resolver = Arc::new(folder);
        } else if has_imports {
            options.resolver = Arc::new(InMemory::from_iter(self.imports));
        }
        Ok(Ok((Source::new(name, self.template), options)))
    }
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
        set(&mut limits.files, self.files);
        set(&mut limits.import_depth, self.import_depth);
        set(&mut limits.total_bytes, self.total_bytes);
        set(&mut limits.total_nodes, self.total_nodes);
        limits
    }
}
