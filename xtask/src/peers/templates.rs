//! The project's own templates.

use crate::{Result, files, shell::Shell};
use std::path::PathBuf;

/// The profile that templates import.
pub(super) const PROFILE: &str = "paas-tosca/types/paas-profile-1.0.yaml";

/// The name under which they import it.
pub(super) const PROFILE_NAME: &str = "paas-profile-1.0.yaml";

/// Templates that are valid TOSCA and cannot be deployed all the same; nobody but us looks at that.
const NOT_DEPLOYABLE: &[&str] = &["dependency-loop", "profile-faults"];

/// Templates on which tosca-parser ends with a bare exception of Python, which says nothing of them: it looks for the node
/// type of a requirement that names a capability only.
const BREAK_TOSCA_PARSER: &[&str] = &["normative-containers"];

/// Templates that xOpera refuses: it reads no operations of older versions, which stand in an interface without `operations`.
const REFUSED_BY_XOPERA: &[&str] = &["normative-containers"];

/// What must be given to templates whose inputs have no default.
const INPUTS: &[(&str, &[(&str, &str)])] = &[
    ("passed-on", &[("join_token", "correct horse battery")]),
    ("bank", &[("database_password", "correct horse battery"), ("card_api_key", "4711")]),
    ("secrets", &[("api_key", "4711"), ("database-password", "correct horse battery")]),
];

/// A template that works.
pub(super) struct Template {
    /// What it is called here.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

impl Template {
    /// Whether `paas translate` takes it.
    pub(super) fn is_deployable(&self) -> bool {
        !NOT_DEPLOYABLE.contains(&self.name.as_str())
    }

    /// Whether tosca-parser crashes on it.
    pub(super) fn breaks_tosca_parser(&self) -> bool {
        BREAK_TOSCA_PARSER.contains(&self.name.as_str())
    }

    /// Whether xOpera refuses it.
    pub(super) fn is_refused_by_xopera(&self) -> bool {
        REFUSED_BY_XOPERA.contains(&self.name.as_str())
    }

    /// Values of its inputs that have no default. Ours are secret, so `paas translate` needs none.
    pub(super) fn inputs(&self) -> &'static [(&'static str, &'static str)] {
        INPUTS.iter().find(|(name, _)| *name == self.name).map_or(&[], |(_, inputs)| inputs)
    }
}

/// The bank's template and every case of `testdata/translate`.
///
/// # Errors
/// When one is missing, and when the copy of the profile beside the bank's template is no copy any more.
pub(super) fn all(shell: &Shell) -> Result<Vec<Template>> {
    let bank = shell.root.join("examples").join("bank");
    if files::read_bytes(&bank.join(PROFILE_NAME))? != files::read_bytes(&shell.root.join(PROFILE))? {
        return Err(format!("examples/bank/{PROFILE_NAME} differs from {PROFILE}: copy it").into());
    }
    let mut templates = vec![Template { name: "bank".to_owned(), path: bank.join("template.yaml") }];
    for folder in files::entries(&shell.root.join("testdata").join("translate"))? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        templates.push(Template { name, path: folder.join("input.yaml") });
    }
    let exceptions = NOT_DEPLOYABLE.iter().chain(BREAK_TOSCA_PARSER).chain(REFUSED_BY_XOPERA);
    for name in exceptions.chain(INPUTS.iter().map(|(name, _)| name)) {
        if !templates.iter().any(|template| template.name == *name) {
            return Err(format!("the chores know a template `{name}`, but there is none").into());
        }
    }
    Ok(templates)
}
