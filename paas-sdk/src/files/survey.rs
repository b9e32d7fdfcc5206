//! What stands where files are to be written. Changes nothing.

use super::{
    contents::NewFile,
    manifest::{Manifest, sha256_of_file},
    reason,
    write::Overwrite,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What is to be done.
#[derive(Default)]
pub(super) struct Survey {
    /// What stands where a folder is to be, and goes.
    pub(super) replaced_folders: Vec<PathBuf>,
    /// Folders to be made.
    pub(super) new_folders: Vec<PathBuf>,
    /// Indices of files where nothing is yet.
    pub(super) created: Vec<usize>,
    /// Indices of files that take the place of another.
    pub(super) replaced: Vec<usize>,
    /// Indices of files that are already as they should be.
    pub(super) unchanged: Vec<usize>,
    /// Files of an earlier translation that are no longer part of it.
    pub(super) removed: Vec<String>,
    /// What we wrote before.
    pub(super) before: Manifest,
    /// What stands at the manifest's place.
    pub(super) manifest: ManifestPlace,
}

/// What stands at the manifest's place.
#[derive(Default)]
pub(super) enum ManifestPlace {
    #[default]
    Nothing,
    /// A manifest: these bytes.
    Manifest(Vec<u8>),
    /// Something else, which goes.
    Other,
}

/// Something that we may not touch.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    /// Where.
    pub(super) path: PathBuf,
    /// `it …`, to be read after the path.
    pub(super) why: String,
}

/// Looks at the folder of a translation itself: it is a folder, or nothing yet.
pub(super) fn survey_folder(dir: &Path, overwrite: Overwrite) -> Result<(), Vec<Obstacle>> {
    match look(dir) {
        Found::Folder | Found::Nothing => Ok(()),
        // The caller said by name where to write, and insists.
        Found::Link if overwrite == Overwrite::Any && dir.is_dir() => Ok(()),
        other => Err(vec![Obstacle { path: dir.to_owned(), why: other.in_words() }]),
    }
}

/// Looks at every place below an existing folder that a translation would touch.
pub(super) fn survey(dir: &Path, files: &[NewFile], overwrite: Overwrite) -> Result<Survey, Vec<Obstacle>> {
    let mut surveyor = Surveyor { overwrite, obstacles: Vec::new(), survey: Survey::default() };
    surveyor.visit(dir, files);
    if surveyor.obstacles.is_empty() { Ok(surveyor.survey) } else { Err(surveyor.obstacles) }
}

struct Surveyor {
    overwrite: Overwrite,
    obstacles: Vec<Obstacle>,
    survey: Survey,
}

impl Surveyor {
    fn visit(&mut self, dir: &Path, files: &[NewFile]) {
        self.visit_manifest(&dir.join(Manifest::NAME));
        let mut missing = Vec::new();
        for folder in folders_of(files) {
            let path = dir.join(folder);
            match look(&path) {
                Found::Folder => continue,
                Found::Nothing => {}
                other => {
                    self.displace(&path, other.in_words(), |survey| {
                        survey.replaced_folders.push(path.clone());
                    });
                }
            }
            self.survey.new_folders.push(path);
            missing.push(folder);
        }
        for (index, file) in files.iter().enumerate() {
            if folder_of(&file.path).is_some_and(|folder| missing.contains(&folder)) {
                self.survey.created.push(index);
            } else {
                self.visit_target(dir, index, file);
            }
        }
        let vanished: Vec<String> = self.survey.before.paths().map(str::to_owned).collect();
        for path in vanished.iter().filter(|path| files.iter().all(|file| file.path != **path)) {
            self.visit_vanished(dir, path);
        }
    }

    fn visit_manifest(&mut self, path: &Path) {
        let read = match look(path) {
            Found::Nothing => return,
            Found::File => Manifest::bytes(path),
            Found::Folder => return self.refuse(path, Found::Folder.in_words()),
            other => {
                return self
                    .displace(path, other.in_words(), |survey| survey.manifest = ManifestPlace::Other);
            }
        };
        match read {
            Ok(bytes) => match Manifest::parse(&bytes) {
                Some(manifest) => {
                    self.survey.before = manifest;
                    self.survey.manifest = ManifestPlace::Manifest(bytes);
                }
                None => {
                    let why = "is not a list of files that this version understands";
                    self.displace(path, why.to_owned(), |survey| survey.manifest = ManifestPlace::Other);
                }
            },
            Err(error) => self.refuse(path, format!("cannot be read: {}", reason(&error))),
        }
    }

    fn visit_target(&mut self, dir: &Path, index: usize, file: &NewFile) {
        let path = dir.join(&file.path);
        match look(&path) {
            Found::Nothing => self.survey.created.push(index),
            Found::File => match self.sum(&path, &file.path, Some(file)) {
                Ok(Some(sum)) if sum == file.sum => self.survey.unchanged.push(index),
                Ok(Some(sum)) if self.survey.before.has(&file.path, &sum) => self.survey.replaced.push(index),
                Ok(_) => {
                    let why = self.not_ours(&file.path);
                    self.displace(&path, why, |survey| survey.replaced.push(index));
                }
                Err(error) => self.refuse(&path, format!("cannot be read: {}", reason(&error))),
            },
            // Whole folders are never removed.
            Found::Folder => self.refuse(&path, Found::Folder.in_words()),
            other => self.displace(&path, other.in_words(), |survey| survey.replaced.push(index)),
        }
    }

    fn visit_vanished(&mut self, dir: &Path, file: &str) {
        if let Some(folder) = folder_of(file) {
            match look(&dir.join(folder)) {
                Found::Folder => {}
                Found::Nothing => return,
                // What lies behind a link is not what we wrote.
                other => return self.displace(&dir.join(folder), other.in_words(), |_| ()),
            }
        }
        let path = dir.join(file);
        match look(&path) {
            Found::Nothing => {}
            Found::File => match self.sum(&path, file, None) {
                Ok(Some(sum)) if self.survey.before.has(file, &sum) => {
                    self.survey.removed.push(file.to_owned());
                }
                Ok(_) => {
                    let why = self.not_ours(file);
                    self.displace(&path, why, |survey| survey.removed.push(file.to_owned()));
                }
                Err(error) => self.refuse(&path, format!("cannot be read: {}", reason(&error))),
            },
            Found::Folder => self.displace(&path, Found::Folder.in_words(), |_| ()),
            other => self.displace(&path, other.in_words(), |survey| survey.removed.push(file.to_owned())),
        }
    }

    /// The check sum of a file, or `None` if it is certainly neither what we wrote nor what we would write.
    fn sum(&self, path: &Path, name: &str, new: Option<&NewFile>) -> io::Result<Option<String>> {
        let as_long = match new {
            Some(new) => fs::metadata(path)?.len() == new.bytes.len() as u64,
            None => false,
        };
        if as_long || self.survey.before.knows(name) { sha256_of_file(path).map(Some) } else { Ok(None) }
    }

    fn not_ours(&self, name: &str) -> String {
        let known = self.survey.before.knows(name);
        if known { "was changed since it was written" } else { "was not written by a translation" }.to_owned()
    }

    /// Notes something in the way, which only goes if the caller insists.
    fn displace(&mut self, path: &Path, why: String, insist: impl FnOnce(&mut Survey)) {
        match self.overwrite {
            Overwrite::Any => insist(&mut self.survey),
            Overwrite::OwnOnly => self.refuse(path, why),
        }
    }

    fn refuse(&mut self, path: &Path, why: String) {
        let obstacle = Obstacle { path: path.to_owned(), why };
        if !self.obstacles.contains(&obstacle) {
            self.obstacles.push(obstacle);
        }
    }
}

fn look(path: &Path) -> Found {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Found::Link,
        Ok(metadata) if metadata.is_dir() => Found::Folder,
        Ok(metadata) if metadata.is_file() => Found::File,
        Ok(_) => Found::Other,
        // `NotADirectory`: something else stands where a folder above it should be, which is found on its own.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Found::Nothing
        }
        Err(error) => Found::Hidden(reason(&error)),
    }
}

/// What stands at a path. Links are not followed.
enum Found {
    Nothing,
    File,
    Folder,
    Link,
    Other,
    Hidden(String),
}

impl Found {
    fn in_words(self) -> String {
        match self {
            Self::Nothing => "is not there".to_owned(),
            Self::File => "is a file".to_owned(),
            Self::Folder => "is a folder".to_owned(),
            Self::Link => "is a symbolic link".to_owned(),
            Self::Other => "is not a regular file".to_owned(),
            Self::Hidden(why) => format!("cannot be seen: {why}"),
        }
    }
}

/// The folder that a file of a translation is in.
pub(super) fn folder_of(path: &str) -> Option<&str> {
    path.split_once('/').map(|(folder, _)| folder)
}

/// The folders of files, each once.
fn folders_of(files: &[NewFile]) -> Vec<&str> {
    let mut folders: Vec<_> = files.iter().filter_map(|file| folder_of(&file.path)).collect();
    folders.dedup();
    folders
}
