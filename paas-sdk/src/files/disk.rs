//! The few things that writing a translation does to a disk, so that tests can make each of them fail.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// What changes a disk.
pub(super) trait Disk {
    /// Makes one folder, which must not exist.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a file, which must not exist, and waits until it is on the disk.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Moves a file, link or folder within the file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it. Links in it are removed, not followed.
    fn remove_tree(&self, path: &Path) -> io::Result<()>;
}

/// The real one.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
