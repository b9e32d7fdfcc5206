//! A template with what it imports, from disk.

use super::{Folder, name, read::read_bytes};
use paas_core::diagnostic::Diagnostics;
use paas_tosca::{
    Limits, Source,
    csar::Csar,
    resolve::{Nothing, Resolver},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// A template, and where the files are that it imports.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Template {
    /// Its text.
    pub source: Source,
    /// For [`Options::resolver`](paas_tosca::Options::resolver).
    pub resolver: Arc<dyn Resolver>,
    /// The folder that its files are in, or the archive: what their names begin with.
    pub folder: PathBuf,
    /// The archive, if it is one.
    pub archive: Option<Arc<Csar>>,
}

/// Reads a template, or an archive with one (CSAR). Messages speak of it by the path as given.
///
/// A template imports local files below its own folder, or below `folder` if that is given; one of an archive the files
/// of the archive. The file is read as [`read_template`](super::read_template) does; an archive is what begins as one,
/// and may be as large as all files together ([`Limits::total_bytes`]).
///
/// # Errors
/// `file.unreadable`, `yaml.too_large`, `yaml.not_utf8` or `csar.…`.
///
/// ```
/// use paas_sdk::{Limits, Options, check, files};
///
/// let folder = tempfile::tempdir().unwrap();
/// let version = "tosca_definitions_version: tosca_simple_yaml_1_3\n";
/// std::fs::write(folder.path().join("types.yaml"), version).unwrap();
/// std::fs::write(folder.path().join("shop.yaml"), format!("{version}imports: [ types.yaml ]\n")).unwrap();
///
/// let mut options = Options::default();
/// let template = files::open_template(folder.path().join("shop.yaml"), None, &options.limits).unwrap();
/// options.resolver = template.resolver;
/// let checked = check(&template.source, &options);
/// assert!(checked.diagnostics.is_empty());
/// assert_eq!(checked.sources.iter().len(), 2);
/// ```
pub fn open_template(
    path: impl AsRef<Path>,
    folder: Option<&Path>,
    limits: &Limits,
) -> Result<Template, Diagnostics> {
    let path = path.as_ref();
    let one = |problem| Diagnostics::from_iter([problem]);
    let most = if is_named_as_archive(path) { limits.total_bytes } else { limits.bytes };
    let bytes = read_bytes(path, most).map_err(|problem| one(*problem))?;
    if Csar::is_archive(&bytes) || is_named_as_archive(path) {
        let csar = Csar::read(name(path), &bytes, limits)?;
        let csar = Arc::new(csar);
        return Ok(Template {
            source: csar.entry().clone(),
            resolver: csar.clone(),
            folder: path.to_owned(),
            archive: Some(csar),
        });
    }
    let source = Source::from_bytes(name(path), &bytes).map_err(|problem| one(*problem))?;
    let below = match folder {
        Some(folder) => Folder::with_template(folder, path, limits),
        None => Folder::of_template(path, limits),
    };
    // A folder that cannot be opened has nothing to import: an import says so.
    let resolver = below.map_or_else(|_| Arc::new(Nothing) as Arc<dyn Resolver>, |below| Arc::new(below));
    let folder = folder.or_else(|| path.parent()).unwrap_or_else(|| Path::new("")).to_owned();
    Ok(Template { source, resolver, folder, archive: None })
}

fn is_named_as_archive(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csar") || ending.eq_ignore_ascii_case("zip"))
}
