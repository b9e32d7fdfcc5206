//! A clone with all that it imports.

use super::{
    super::{Template, disk::Disk, reason},
    beside, imported, in_the_way, not_staged, unwritable,
};
use paas_core::diagnostic::Diagnostic;
use paas_tosca::clone::Cloned;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind},
    path::{Component, Path, PathBuf},
};

pub(super) fn write(
    disk: &impl Disk,
    dir: &Path,
    cloned: &Cloned,
    template: &Template,
) -> Result<Vec<String>, Box<Diagnostic>> {
    let dir: PathBuf = dir.components().collect();
    let files = places(cloned, template);
    if files.is_empty() {
        return Err(Box::new(unwritable(&dir, "there is no clone")));
    }
    let is_empty = fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_none());
    if fs::symlink_metadata(&dir).is_ok() && !is_empty {
        return Err(Box::new(in_the_way(&dir).help("name a folder that is not there yet")));
    }
    let staged = beside(&dir);
    disk.create_folder(&staged).map_err(|error| not_staged(&dir, &staged, &error))?;
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

fn fill(disk: &impl Disk, staged: &Path, files: &BTreeMap<String, &[u8]>) -> io::Result<()> {
    for (path, bytes) in files {
        let mut folder = staged.to_owned();
        let mut steps = path.split('/').peekable();
        while let (Some(step), true) = (steps.next(), steps.peek().is_some()) {
            folder.push(step);
            match disk.create_folder(&folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        disk.write_new(&staged.join(path), bytes)?;
    }
    Ok(())
}

/// The files of a clone by their paths in its folder: those of an archive, then the templates over them.
fn places<'c>(cloned: &'c Cloned, template: &'c Template) -> BTreeMap<String, &'c [u8]> {
    let mut places = BTreeMap::new();
    if cloned.files.is_empty() {
        return places;
    }
    if let Some(archive) = &template.archive {
        let files = archive.paths().filter_map(|path| Some((path.to_owned(), archive.file(path)?)));
        places.extend(files);
    }
    for (index, source) in cloned.sources.iter().take(1).chain(imported(cloned)).enumerate() {
        let path = Path::new(&**source.name());
        let inside = path.strip_prefix(&template.folder).ok();
        let inside = inside.or_else(|| path.file_name().filter(|_| index == 0).map(Path::new));
        let steps: Option<Vec<_>> = inside.and_then(|inside| {
            let step = |step: Component<'_>| match step {
                Component::Normal(step) => step.to_str().map(str::to_owned),
                _ => None,
            };
            inside.components().map(step).collect()
        });
        if let Some(steps) = steps.filter(|steps| !steps.is_empty()) {
            places.insert(steps.join("/"), source.text().as_bytes());
        }
    }
    places
}
