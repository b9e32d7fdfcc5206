//! Writing a clone: all of its files or none.

use super::{
    disk::{Disk, RealDisk},
    name, reason,
    write::Overwrite,
};
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use paas_tosca::{Source, clone::Cloned};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::{self, ErrorKind},
    path::{Component, Path, PathBuf},
};

/// Writes the template of a clone to a file: what is there is left alone, unless [`Overwrite::Any`] is said.
///
/// The file is there with all of its text, or not at all.
///
/// # Errors
/// `file.not_ours` if something is there, `file.unwritable`: also if imported files had to be changed too, which one file
/// cannot hold.
///
/// ```
/// use paas_sdk::{Options, Source, clone_template, files, tosca::clone::Mapping};
///
/// let mut mapping = Mapping::default();
/// mapping.name = Some("shop-b".into());
/// let template = Source::new("shop.yaml", "tosca_definitions_version: tosca_simple_yaml_1_3\n");
/// let cloned = clone_template(&template, &mapping, &Options::default());
///
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("shop-b.yaml");
/// files::write_clone(&path, &cloned, files::Overwrite::OwnOnly).unwrap();
/// assert!(std::fs::read_to_string(&path).unwrap().contains("template_name: shop-b"));
/// assert!(files::write_clone(&path, &cloned, files::Overwrite::OwnOnly).is_err());
/// ```
pub fn write_clone(path: impl AsRef<Path>, cloned: &Cloned, overwrite: Overwrite) -> Result<(), Diagnostics> {
    write_file(&RealDisk, path.as_ref(), cloned, overwrite)
        .map_err(|problem| Diagnostics::from_iter([*problem]))
}

/// Writes a clone with all files that it imports, changed or not, to a new folder, and gives their paths in it.
///
/// `below` is the folder that the old files are in ([`Template::folder`](super::Template::folder)): they lie in the new
/// one as they do there. The folder is there with all files, or not at all; an empty one may be there before.
///
/// # Errors
/// `file.not_ours` if something is there, `file.unwritable`.
///
/// ```
/// use paas_sdk::{Options, Source, clone_template, files, tosca::clone::Mapping};
///
/// let template = Source::new("bank/shop.yaml", "tosca_definitions_version: tosca_simple_yaml_1_3\n");
/// let cloned = clone_template(&template, &Mapping::default(), &Options::default());
///
/// let folder = tempfile::tempdir().unwrap();
/// let written = files::write_clone_folder(folder.path().join("b"), &cloned, "bank").unwrap();
/// assert_eq!(written, ["shop.yaml"]);
/// assert_eq!(std::fs::read_to_string(folder.path().join("b/shop.yaml")).unwrap(), template.text());
/// ```
pub fn write_clone_folder(
    dir: impl AsRef<Path>,
    cloned: &Cloned,
    below: impl AsRef<Path>,
) -> Result<Vec<String>, Diagnostics> {
    let written = write_folder(&RealDisk, dir.as_ref(), cloned, below.as_ref());
    written.map_err(|problem| Diagnostics::from_iter([*problem]))
}

fn write_file(
    disk: &impl Disk,
    path: &Path,
    cloned: &Cloned,
    overwrite: Overwrite,
) -> Result<(), Box<Diagnostic>> {
    let [template] = cloned.files.as_slice() else {
        let count = cloned.files.len();
        let why =
            if count == 0 { "there is no clone".to_owned() } else { format!("the clone has {count} files") };
        return Err(Box::new(unwritable(path, &why).help("say `--out-dir` and a folder for all of them")));
    };
    let staged = beside(path);
    let failed = |error: io::Error| Box::new(unwritable(path, &reason(&error)));
    if let Err(error) = disk.write_new(&staged, template.text().as_bytes()) {
        // What somebody else is writing is theirs.
        if error.kind() != ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&staged);
        }
        return Err(failed(error));
    }
    let done = match overwrite {
        Overwrite::Any => disk.rename(&staged, path).map_err(failed),
        Overwrite::OwnOnly => match fs::symlink_metadata(path) {
            // Nobody can put anything there in between.
            Err(error) if error.kind() == ErrorKind::NotFound => link(disk, &staged, path).map_err(|error| {
                if error.kind() == ErrorKind::AlreadyExists {
                    Box::new(in_the_way(path))
                } else {
                    failed(error)
                }
            }),
            Err(error) => Err(failed(error)),
            Ok(_) => Err(Box::new(in_the_way(path).help("choose another name, or say `--force`"))),
        },
    };
    // Where it was moved there is nothing left.
    let _ = fs::remove_file(&staged);
    done
}

/// Gives a file a name where there is none; not all file systems can do so without moving it.
fn link(disk: &impl Disk, staged: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(staged, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) => disk.rename(staged, path),
        Ok(()) => Ok(()),
    }
}

fn write_folder(
    disk: &impl Disk,
    dir: &Path,
    cloned: &Cloned,
    below: &Path,
) -> Result<Vec<String>, Box<Diagnostic>> {
    let dir: PathBuf = dir.components().collect();
    let files = places(cloned, below);
    if files.is_empty() {
        return Err(Box::new(unwritable(&dir, "there is no clone")));
    }
    let is_empty = fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_none());
    if fs::symlink_metadata(&dir).is_ok() && !is_empty {
        return Err(Box::new(in_the_way(&dir).help("name a folder that is not there yet")));
    }
    let staged = beside(&dir);
    disk.create_folder(&staged).map_err(|error| Box::new(unwritable(&dir, &reason(&error))))?;
    let done = fill(disk, &staged, &files).and_then(|()| {
        if is_empty {
            disk.remove_folder(&dir)?;
        }
        disk.rename(&staged, &dir)
    });
    if let Err(error) = done {
        let _ = disk.remove_tree(&staged);
        return Err(Box::new(unwritable(&dir, &reason(&error))));
    }
    Ok(files.into_keys().collect())
}

fn fill(disk: &impl Disk, staged: &Path, files: &BTreeMap<String, &Source>) -> io::Result<()> {
    for (path, source) in files {
        let mut folder = staged.to_owned();
        let mut steps = path.split('/').peekable();
        while let (Some(step), true) = (steps.next(), steps.peek().is_some()) {
            folder.push(step);
            match disk.create_folder(&folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        disk.write_new(&staged.join(path), source.text().as_bytes())?;
    }
    Ok(())
}

/// The files of a clone by their paths in its folder. What comes from elsewhere is imported from there by the clone too.
fn places<'c>(cloned: &'c Cloned, below: &Path) -> BTreeMap<String, &'c Source> {
    let mut places = BTreeMap::new();
    if cloned.files.is_empty() {
        return places;
    }
    for (index, source) in cloned.sources.iter().enumerate() {
        let path = Path::new(&**source.name());
        let inside =
            path.strip_prefix(below).ok().or_else(|| path.file_name().filter(|_| index == 0).map(Path::new));
        let steps: Option<Vec<_>> = inside.and_then(|inside| {
            let step = |step: Component<'_>| match step {
                Component::Normal(step) => step.to_str().map(str::to_owned),
                _ => None,
            };
            inside.components().map(step).collect()
        });
        if let Some(steps) = steps.filter(|steps| !steps.is_empty() && !source.name().contains("://")) {
            places.insert(steps.join("/"), source);
        }
    }
    places
}

/// Where a file or folder waits until all of it is there.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".paas-new");
    path.with_file_name(name)
}

fn in_the_way(path: &Path) -> Diagnostic {
    let message = format!("`{}` is there already", path.display());
    Diagnostic::new(Code::FileNotOurs, message).at(Place::start_of(name(path)))
}

fn unwritable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnwritable, format!("`{}` cannot be written: {why}", path.display()))
}

#[cfg(test)]
#[path = "clone/tests.rs"]
mod tests;
