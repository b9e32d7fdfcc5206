//! Files that the caller has as texts.

use super::{Import, Refusal, Resolver, normalize};
use crate::Source;
use std::{collections::BTreeMap, sync::Arc};

/// Texts by their paths, for portals and editors.
///
/// Imports are relative to the importing file; the template's own place is the path in its name, or the root if its
/// name is an absolute path.
///
/// ```
/// use paas_tosca::{Options, Source, check, resolve::InMemory};
/// use std::sync::Arc;
///
/// let types = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// node_types:
///   shop.nodes.Web: { derived_from: paas.nodes.Service }
/// ";
/// let template = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// imports: [ types/web.yaml ]
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: shop.nodes.Web
///       properties: { image: 'nginx:1.27', resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
///       requirements: [ { network: dmz } ]
/// ";
/// let mut options = Options::default();
/// options.resolver = Arc::new(InMemory::from_iter([("types/web.yaml", types)]));
/// let checked = check(&Source::new("shop.yaml", template), &options);
/// assert!(checked.diagnostics.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct InMemory {
    files: BTreeMap<String, Arc<str>>,
}

impl InMemory {
    /// Without any files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts in a file, under its path from the root: relative, with `/`, without `.` and `..`.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        self.files.insert(path.into(), text.into());
    }

    /// The paths of its files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<Source> {
        self.files.get_key_value(path).map(|(path, text)| Source::new(path.as_str(), text.clone()))
    }
}

impl<P: Into<String>, T: Into<Arc<str>>> FromIterator<(P, T)> for InMemory {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.into(), text.into())).collect() }
    }
}

impl Resolver for InMemory {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        if let Some(repository) = import.repository {
            return Err(Refusal::no_repository(&repository));
        }
        let path = normalize(import.from, import.file)?;
        self.file(&path).ok_or_else(|| {
            let near = paas_core::diagnostic::did_you_mean(&path, self.paths());
            let refusal = Refusal::not_found();
            match near {
                Some(help) => refusal.help(help),
                None => refusal.help(format!("nothing was given under the path `{path}`")),
            }
        })
    }
}
