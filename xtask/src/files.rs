//! Files and folders, with errors that name them.

use crate::Result;
use std::{
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
};

/// Reads a text.
pub(crate) fn read(path: &Path) -> Result<String> {
    named(path, fs::read_to_string(path))
}

/// Reads bytes.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    named(path, fs::read(path))
}

/// Writes a file.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    named(path, fs::write(path, bytes))
}

/// Copies a file's bytes; the copy can be written whatever the original was.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, read_bytes(from)?)
}

/// Copies a file, or a folder with all that is in it; folders above are made.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        make_folder(to)?;
        return entries(from)?.iter().try_for_each(|entry| copy_all(entry, &to.join(name(entry))));
    }
    to.parent().map_or(Ok(()), make_folder)?;
    copy(from, to)
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    named(path, fs::create_dir_all(path))
}

/// An empty folder, whatever was there before.
pub(crate) fn fresh_folder(path: &Path) -> Result<()> {
    if path.exists() {
        named(path, fs::remove_dir_all(path))?;
    }
    make_folder(path)
}

/// What lies in a folder, sorted.
pub(crate) fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in named(path, fs::read_dir(path))? {
        entries.push(named(path, entry)?.path());
    }
    entries.sort();
    Ok(entries)
}

/// Every file in a folder and the folders below it, sorted.
pub(crate) fn all_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() {
            files.extend(all_below(&entry)?);
        } else {
            files.push(entry);
        }
    }
    Ok(files)
}

fn named<T>(path: &Path, result: io::Result<T>) -> Result<T> {
    result.map_err(|error| about(path, &error).into())
}

fn about(path: &Path, error: &impl Display) -> String {
    format!("{}: {error}", path.display())
}
