//! Reading a template, and what else is YAML.

use super::{name, nonblocking, reason};
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use paas_tosca::{Limits, Source};
use std::{
    fs::{self, Metadata},
    io::Read,
    path::Path,
};

/// Reads a template. Messages speak of it by the path as given.
///
/// Only a regular file is read (or a link to one), so a pipe or a device can neither block nor fill the memory; never
/// more than [`Limits::bytes`] of it.
///
/// # Errors
/// `file.unreadable`, `yaml.too_large` or `yaml.not_utf8`.
///
/// ```
/// use paas_sdk::{Code, Limits, files};
///
/// let problems = files::read_template("no/such.yaml", &Limits::default()).unwrap_err();
/// let problem = problems.iter().next().unwrap();
/// assert_eq!(problem.code, Code::FileUnreadable);
/// assert_eq!(problem.message, "`no/such.yaml` cannot be read: no such file or directory");
/// ```
pub fn read_template(path: impl AsRef<Path>, limits: &Limits) -> Result<Source, Diagnostics> {
    read(path.as_ref(), limits).map_err(|problem| Diagnostics::from_iter([*problem]))
}

pub(super) fn read(path: &Path, limits: &Limits) -> Result<Source, Box<Diagnostic>> {
    Source::from_bytes(name(path), &read_bytes(path, limits.bytes)?)
}

/// The bytes of a regular file, so many at most.
pub(super) fn read_bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unreadable = |error| Box::new(unreadable(path, &reason(&error)));

    // Asked before the file is opened, since opening can have effects; and again of what was opened.
    examine(path, &fs::metadata(path).map_err(unreadable)?, limit)?;
    let file = nonblocking::open(path).map_err(unreadable)?;
    examine(path, &file.metadata().map_err(unreadable)?, limit)?;

    // The size can be wrong (the file may grow, and some file systems do not know it).
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(Box::new(too_large(path, "more", limit)));
    }
    Ok(bytes)
}

fn examine(path: &Path, metadata: &Metadata, limit: usize) -> Result<(), Box<Diagnostic>> {
    if metadata.is_dir() {
        return Err(Box::new(unreadable(path, "it is a folder").help("give the path of the file in it")));
    }
    if !metadata.is_file() {
        return Err(Box::new(
            unreadable(path, "it is not a regular file")
                .help("pipes and devices are not read: save the text to a file first"),
        ));
    }
    if metadata.len() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Box::new(too_large(path, &format!("{} bytes", metadata.len()), limit)));
    }
    Ok(())
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, format!("`{}` cannot be read: {why}", path.display()))
}

fn too_large(path: &Path, size: &str, limit: usize) -> Diagnostic {
    let message = format!("`{}` is too large: {size}, where {} are allowed", path.display(), limit);
    Diagnostic::new(Code::TooLarge, message).at(Place::start_of(name(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(bytes: usize) -> Limits {
        let mut limits = Limits::default();
        limits.bytes = bytes;
        limits
    }

    fn refused(path: &Path, limits: &Limits) -> (Code, String) {
        let problems = read_template(path, limits).expect_err("refused");
        assert_eq!(problems.len(), 1);
        let problem = problems.into_iter().next().expect("one");
        (problem.code, problem.message)
    }

    #[test]
    fn reads_up_to_the_limit_and_not_a_byte_more() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a.yaml");
        fs::write(&path, "12345678").expect("written");
        let source = read_template(&path, &limits(8)).expect("read");
        assert_eq!((source.text(), &**source.name()), ("12345678", path.to_str().expect("UTF-8")));
        let (code, message) = refused(&path, &limits(7));
        assert_eq!(code, Code::TooLarge);
        assert!(message.contains("8 bytes, where 7 are allowed"), "{message}");
    }

    #[test]
    fn follows_a_link_to_a_file() {
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join("a.yaml"), "a: b").expect("written");
        let link = folder.path().join("link.yaml");
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.yaml", &link).expect("linked");
        #[cfg(not(unix))]
        fs::copy(folder.path().join("a.yaml"), &link).expect("copied");
        assert_eq!(read_template(&link, &limits(8)).expect("read").text(), "a: b");
    }

    #[test]
    fn refuses_what_is_not_there_and_folders() {
        let folder = tempfile::tempdir().expect("folder");
        let (code, message) = refused(folder.path(), &limits(8));
        assert_eq!(code, Code::FileUnreadable);
        assert!(message.ends_with("cannot be read: it is a folder"), "{message}");
        assert_eq!(refused(&folder.path().join("none"), &limits(8)).0, Code::FileUnreadable);
        assert_eq!(refused(Path::new(""), &limits(8)).0, Code::FileUnreadable);
    }

    #[cfg(unix)]
    #[test]
    fn refuses_devices_without_reading_them() {
        for device in ["/dev/zero", "/dev/null"] {
            let (code, message) = refused(Path::new(device), &limits(8));
            assert_eq!(code, Code::FileUnreadable);
            assert!(message.ends_with("it is not a regular file"), "{message}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn bounds_a_file_whose_size_is_not_known() {
        let path = Path::new("/proc/self/status");
        assert_eq!(fs::metadata(path).expect("there").len(), 0);
        let (code, message) = refused(path, &limits(8));
        assert_eq!(code, Code::TooLarge);
        assert!(message.contains("more, where 8"), "{message}");
    }
}
