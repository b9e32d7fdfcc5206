//! Reading a policy file.

use super::{name, read};
use paas_core::{diagnostic::Diagnostics, policy::TemplatePolicy};
use paas_tosca::{Limits, Source, policy_file};
use std::path::Path;

/// What [`read_policy`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PolicySource {
    /// The text, which reports show lines of; empty if it could not be read.
    pub source: Source,
    /// The policy, unless there are errors.
    pub policy: Option<TemplatePolicy>,
    /// All problems of the file.
    pub diagnostics: Diagnostics,
}

/// Reads a policy file, with [`policy_file::read`]. Like templates, only regular files are read.
///
/// ```
/// use paas_sdk::{Code, files};
///
/// let file = files::read_policy("no/such.yaml");
/// assert!(file.policy.is_none());
/// assert_eq!(file.diagnostics.iter().next().unwrap().code, Code::FileUnreadable);
/// ```
pub fn read_policy(path: impl AsRef<Path>) -> PolicySource {
    let path = path.as_ref();
    match read::read(path, &Limits::default()) {
        Ok(source) => {
            let file = policy_file::read(&source);
            PolicySource { source, policy: file.policy, diagnostics: file.diagnostics }
        }
        Err(problem) => PolicySource {
            source: Source::new(name(path), ""),
            policy: None,
            diagnostics: Diagnostics::from_iter([*problem]),
        },
    }
}
