//! Reading a mapping file.

use super::{name, read};
use paas_core::diagnostic::Diagnostics;
use paas_tosca::{
    Limits, Source,
    clone::{self, Mapping},
};
use std::path::Path;

/// What [`read_mapping`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MappingSource {
    /// The text, which reports show lines of; empty if it could not be read.
    pub source: Source,
    /// The mapping, unless there are errors.
    pub mapping: Option<Mapping>,
    /// All problems of the file.
    pub diagnostics: Diagnostics,
}

/// Reads a mapping file, with [`clone::read_mapping`]. Like templates, only regular files are read.
///
/// ```
/// use paas_sdk::{Code, files};
///
/// let file = files::read_mapping("no/such.yaml");
/// assert!(file.mapping.is_none());
/// assert_eq!(file.diagnostics.iter().next().unwrap().code, Code::FileUnreadable);
/// ```
pub fn read_mapping(path: impl AsRef<Path>) -> MappingSource {
    let path = path.as_ref();
    match read::read(path, &Limits::default()) {
        Ok(source) => {
            let file = clone::read_mapping(&source);
            MappingSource { source, mapping: file.mapping, diagnostics: file.diagnostics }
        }
        Err(problem) => MappingSource {
            source: Source::new(name(path), ""),
            mapping: None,
            diagnostics: Diagnostics::from_iter([*problem]),
        },
    }
}
