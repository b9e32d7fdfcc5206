//! Writing a clone: all of its files or none.

mod folder;
mod one;

use super::{Template, disk::RealDisk, name, reason, write::Overwrite};
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use paas_tosca::{Source, clone::Cloned};
use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

/// Writes the template of a clone to a file: what is there is left alone, unless [`Overwrite::Any`] is said. Then the file
/// keeps its permissions, and where a link leads is written.
///
/// `template` is what the clone was made of. The file is there with all of its text, or not at all.
///
/// # Errors
/// `file.not_ours` if something is there, `file.unwritable`: also if imported files had to be changed too, or would not be
/// where the clone looks for them, which is so in another folder than the template's, and with archives.
///
/// ```
/// use paas_sdk::{Limits, Options, clone_template, files, tosca::clone::Mapping};
///
/// let folder = tempfile::tempdir().unwrap();
/// let old = folder.path().join("shop.yaml");
/// std::fs::write(&old, "tosca_definitions_version: tosca_simple_yaml_1_3\n").unwrap();
/// let template = files::open_template(&old, None, &Limits::default()).unwrap();
/// let mut mapping = Mapping::default();
/// mapping.name = Some("shop-b".into());
/// let cloned = clone_template(&template.source, &mapping, &Options::default());
///
/// let path = folder.path().join("shop-b.yaml");
/// files::write_clone(&path, &cloned, &template, files::Overwrite::OwnOnly).unwrap();
/// assert!(std::fs::read_to_string(&path).unwrap().contains("template_name: shop-b"));
/// assert!(files::write_clone(&path, &cloned, &template, files::Overwrite::OwnOnly).is_err());
/// ```
pub fn write_clone(
    path: impl AsRef<Path>,
    cloned: &Cloned,
    template: &Template,
    overwrite: Overwrite,
) -> Result<(), Diagnostics> {
    one::write(&RealDisk, path.as_ref(), (cloned, template), overwrite)
        .map_err(|problem| Diagnostics::from_iter([*problem]))
}

/// Writes a clone with all files that it imports, changed or not, to a new folder, and gives their paths in it.
///
/// `template` is what the clone was made of: its files lie in the new folder as they do in the old one. Of an archive all
/// other files are there too, as they are. The folder is there with all files, or not at all; an empty one may be there
/// before.
///
/// # Errors
/// `file.not_ours` if something is there, `file.unwritable`.
///
/// ```
/// use paas_sdk::{Limits, Options, clone_template, files, tosca::clone::Mapping};
///
/// let folder = tempfile::tempdir().unwrap();
/// let old = folder.path().join("shop.yaml");
/// std::fs::write(&old, "tosca_definitions_version: tosca_simple_yaml_1_3\n").unwrap();
/// let template = files::open_template(&old, None, &Limits::default()).unwrap();
/// let cloned = clone_template(&template.source, &Mapping::default(), &Options::default());
///
/// let written = files::write_clone_folder(folder.path().join("b"), &cloned, &template).unwrap();
/// assert_eq!(written, ["shop.yaml"]);
/// assert_eq!(std::fs::read_to_string(folder.path().join("b/shop.yaml")).unwrap(), template.source.text());
/// ```
pub fn write_clone_folder(
    dir: impl AsRef<Path>,
    cloned: &Cloned,
    template: &Template,
) -> Result<Vec<String>, Diagnostics> {
    let written = folder::write(&RealDisk, dir.as_ref(), cloned, template);
    written.map_err(|problem| Diagnostics::from_iter([*problem]))
}

/// The files that a clone imports from beside it; what comes from elsewhere is imported from there by the clone too.
fn imported(cloned: &Cloned) -> impl Iterator<Item = &Source> {
    cloned.sources.iter().skip(1).filter(|source| !source.name().contains("://"))
}

/// Where a file or folder waits until all of it is there.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".paas-new");
    path.with_file_name(name)
}

/// Why nothing could be made where a file or folder waits.
fn not_staged(path: &Path, staged: &Path, error: &io::Error) -> Box<Diagnostic> {
    if error.kind() != io::ErrorKind::AlreadyExists {
        return Box::new(unwritable(path, &reason(error)));
    }
    let staged = staged.display();
    let why = format!("`{staged}` is there, which another run is writing, or left when it was interrupted");
    Box::new(unwritable(path, &why).help(format!("if no other run is writing, delete `{staged}`")))
}

fn in_the_way(path: &Path) -> Diagnostic {
    let message = format!("`{}` is there already", path.display());
    Diagnostic::new(Code::FileNotOurs, message).at(Place::start_of(name(path)))
}

fn unwritable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnwritable, format!("`{}` cannot be written: {why}", path.display()))
}

#[cfg(test)]
mod tests;
