//! One process at a time.

use super::super::{Result, StoreError};
use super::fault::file_fault;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

/// A lock of the operating system on a file beside the store. It ends with this value, or with the process.
///
/// The file stays when the lock ends: removing it would let two processes lock two files of the same name.
#[derive(Debug)]
pub(super) struct ProcessLock {
    file: File,
}

impl ProcessLock {
    pub(super) fn take(store: &Path) -> Result<Self> {
        let path = beside(store);
        let mut file = private(OpenOptions::new().read(true).write(true).create(true))
            .open(&path)
            .map_err(|error| file_fault(&path, "opening", error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { path: store.to_path_buf(), pid: process(&mut file) });
            }
            Err(TryLockError::Error(error)) => return Err(file_fault(&path, "locking", error)),
        }
        let mut lock = Self { file };
        lock.write(&format!("{}\n", std::process::id()))
            .map_err(|error| file_fault(&path, "writing", error))?;
        Ok(lock)
    }

    fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        // So that nobody reads the id of a process that is gone.
        let _ = self.write("");
        // Closing the file would end it too, but only after a child that is being started has closed its copy.
        let _ = self.file.unlock();
    }
}

fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

fn process(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// For its owner only, where the system knows such a thing.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::ProcessLock;

    #[test]
    fn a_lock_ends_though_a_child_still_has_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("paas.db");
        let lock = ProcessLock::take(&store).unwrap();
        assert_eq!(ProcessLock::take(&store).unwrap_err().code(), "store.locked");
        // What a process has between its start and its own program.
        let inherited = lock.file.try_clone().unwrap();
        drop(lock);
        drop(ProcessLock::take(&store).unwrap());
        drop(inherited);
    }
}
