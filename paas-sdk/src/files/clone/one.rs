//! A clone of one file.

use super::{
    super::{Template, disk::Disk, reason, write::Overwrite},
    beside, imported, in_the_way, not_staged, unwritable,
};
use paas_core::diagnostic::Diagnostic;
use paas_tosca::clone::Cloned;
use std::{
    fs::{self, Permissions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// What to say where one file is not enough.
const HELP: &str = "say `--out-dir` and a folder for all of them";

pub(super) fn write(
    disk: &impl Disk,
    path: &Path,
    (cloned, template): (&Cloned, &Template),
    overwrite: Overwrite,
) -> Result<(), Box<Diagnostic>> {
    let [text] = cloned.files.as_slice() else {
        let count = cloned.files.len();
        let why =
            if count == 0 { "there is no clone".to_owned() } else { format!("the clone has {count} files") };
        return Err(Box::new(unwritable(path, &why).help(HELP)));
    };
    if let Some(why) = missing(path, cloned, template) {
        return Err(Box::new(unwritable(path, &why).help(HELP)));
    }
    let failed = |error: io::Error| Box::new(unwritable(path, &reason(&error)));
    let Target { path: to, permissions } = match overwrite {
        Overwrite::Any => target(path)?,
        Overwrite::OwnOnly => Target { path: path.to_owned(), permissions: None },
    };
    let staged = beside(&to);
    if let Err(error) = disk.write_new(&staged, text.text().as_bytes()) {
        // What somebody else is writing is theirs.
        if error.kind() != ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&staged);
        }
        return Err(not_staged(path, &staged, &error));
    }
    let kept = permissions.map_or(Ok(()), |permissions| fs::set_permissions(&staged, permissions));
    let done = kept.map_err(failed).and_then(|()| match overwrite {
        Overwrite::Any => disk.rename(&staged, &to).map_err(failed),
        Overwrite::OwnOnly => match fs::symlink_metadata(&to) {
            // Nobody can put anything there in between.
            Err(error) if error.kind() == ErrorKind::NotFound => link(disk, &staged, &to).map_err(|error| {
                if error.kind() == ErrorKind::AlreadyExists {
                    Box::new(in_the_way(path))
                } else {
                    failed(error)
                }
            }),
            Err(error) => Err(failed(error)),
            Ok(_) => Err(Box::new(in_the_way(path).help("choose another name, or say `--force`"))),
        },
    });
    // Where it was moved there is nothing left.
    let _ = fs::remove_file(&staged);
    done
}

/// What a clone would look for in vain beside itself.
fn missing(path: &Path, cloned: &Cloned, template: &Template) -> Option<String> {
    let old = Path::new(&**template.source.name());
    if let Some(archive) = &template.archive {
        let own = old.strip_prefix(&template.folder).ok().and_then(Path::to_str);
        let is_needed = |path: &&str| Some(*path) != own && !path.starts_with("TOSCA-Metadata/");
        let other = archive.paths().find(is_needed)?;
        return Some(format!("`{other}` of the archive would not be beside it"));
    }
    let folder = |path: &Path| -> PathBuf {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
    };
    if folder(path) == folder(old) {
        return None;
    }
    let name = imported(cloned).next()?.name();
    Some(format!("it imports `{name}`, which would not be where it looks for it"))
}

/// What is written over, and what it is allowed to whom.
struct Target {
    path: PathBuf,
    permissions: Option<Permissions>,
}

fn target(path: &Path) -> Result<Target, Box<Diagnostic>> {
    let refused = |why: &str| Box::new(unwritable(path, why));
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Target { path: path.to_owned(), permissions: None });
        }
        Err(error) => return Err(refused(&reason(&error))),
        Ok(_) => {}
    }
    let to = match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(refused("it is a link that leads nowhere"));
        }
        found => found.map_err(|error| refused(&reason(&error)))?,
    };
    match fs::metadata(&to) {
        Err(error) => Err(refused(&reason(&error))),
        Ok(found) if !found.is_file() => Err(refused("it is no regular file")),
        Ok(found) => Ok(Target { path: to, permissions: Some(found.permissions()) }),
    }
}

/// Gives a file a name where there is none; not all file systems can do so without moving it.
fn link(disk: &impl Disk, staged: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(staged, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) => disk.rename(staged, path),
        Ok(()) => Ok(()),
    }
}
