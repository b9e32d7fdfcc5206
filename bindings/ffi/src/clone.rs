//! Templates for other tenants.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    library::Library,
    template::{LimitsDocument, Said, as_texts},
};
use paas_sdk::{Code, Diagnostic, Diagnostics, Mapping, Source, clone_template, platform::tenants};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Takes a template to another tenant: the same text, in which only what a mapping names is changed. The clone is read
/// again, and is the old application with other names, and nothing else. Fails with kind `rejected` and all problems if
/// there are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CloneTemplateRequest {
    /// The text of the template; with `csar`, the archive.
    pub template: String,
    /// What the template names, and what the clone shall name instead.
    pub mapping: MappingDocument,
    /// The text of the file of the other tenant, which must have all that the clone names; not asked if not given.
    #[serde(default)]
    pub tenant: Option<String>,
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
    /// The text of a policy file: what the clone may do; the default policy if not given.
    #[serde(default)]
    pub policy: Option<String>,
}

/// What a template names of a tenant's, and what its clone names instead.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MappingDocument {
    /// The new name of the application; it stays if not given.
    pub name: Option<String>,
    /// Names of networks, and the new ones.
    pub networks: BTreeMap<String, String>,
    /// Tiers of volumes, and the new ones.
    pub tiers: BTreeMap<String, String>,
    /// File servers that volumes name, and the new ones.
    pub servers: BTreeMap<String, String>,
    /// Registries of images, and the new ones: `host`, `host:port`, either with the beginning of a path. `docker.io` is
    /// where images without a registry come from.
    pub registries: BTreeMap<String, String>,
    /// Inputs, and their new defaults: texts as they are, anything else as YAML reads it.
    pub inputs: BTreeMap<String, Value>,
}

/// A template for another tenant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClonedTemplate {
    /// Its text.
    pub template: String,
    /// The texts of imported files that had to be changed too, by their names.
    pub imports: BTreeMap<String, String>,
    /// What checking the clone tells: warnings.
    pub diagnostics: Diagnostics,
}

impl Library {
    /// What [`CloneTemplateRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems.
    pub fn clone_template(&self, request: CloneTemplateRequest) -> Result<ClonedTemplate> {
        let CloneTemplateRequest {
            template,
            mapping,
            tenant,
            file,
            imports,
            folder,
            csar,
            inputs,
            limits,
            name,
            policy,
        } = request;
        let rejected = |diagnostics: &Diagnostics| ErrorEnvelope::rejected(diagnostics, Kind::REJECTED);
        let said = Said { template, file, imports, folder, csar, inputs, limits, name, policy };
        let (source, options) = said.read()?.map_err(|unread| rejected(&unread.diagnostics))?;
        let cloned = clone_template(&source, &mapping.read(), &options);
        let mut diagnostics = cloned.diagnostics;
        if let Some(text) = tenant {
            let file = tenants::read(&Source::new("tenant.yaml", text));
            diagnostics.extend(file.diagnostics);
            match (file.tenant, &cloned.application) {
                (Some(tenant), Some(application)) => diagnostics.extend(tenants::lacks(&tenant, application)),
                (Some(_), None) if !diagnostics.has_errors() => {
                    let message = "the clone cannot be held against the tenant while inputs have no value";
                    diagnostics.push(Diagnostic::new(Code::InputMissing, message));
                }
                _ => {}
            }
            diagnostics.sort();
        }
        if diagnostics.has_errors() {
            return Err(rejected(&diagnostics));
        }
        let mut files = cloned.files.iter();
        let template = files.next().map_or_else(String::new, |file| file.text().to_owned());
        let imports = files.map(|file| (file.name().to_string(), file.text().to_owned())).collect();
        Ok(ClonedTemplate { template, imports, diagnostics })
    }
}

impl MappingDocument {
    fn read(self) -> Mapping {
        let Self { name, networks, tiers, servers, registries, inputs } = self;
        let mut mapping = Mapping::default();
        mapping.name = name;
        mapping.networks = networks;
        mapping.tiers = tiers;
        mapping.servers = servers;
        mapping.registries = registries;
        mapping.inputs = as_texts(inputs);
        mapping
    }
}
