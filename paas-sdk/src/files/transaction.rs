//! Changes files all or none.
//!
//! New files are first written in full to a folder of their own inside the folder of the translation, so on the same
//! file system. Then files move: what is in the way into that folder, new ones to their places. If a move fails, all
//! moves before it are taken back. The folder of its own is also the lock: who finds one there does not begin.

use super::{disk::Disk, reason};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder in which files wait, and in which those that they replace are kept until the end.
pub(super) const STAGING: &str = ".paas-staging";

/// Why nothing was changed.
#[derive(Debug)]
pub(super) struct Failure {
    /// What could not be written or moved.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) why: String,
    /// What to do about it.
    pub(super) help: Option<String>,
}

/// A change of the disk that can be taken back.
pub(super) struct Transaction<'d, D> {
    disk: &'d D,
    staging: PathBuf,
    /// Whether the folder in which files wait is ours.
    locked: bool,
    staged: usize,
    done: Vec<Done>,
}

/// Something done, in the words of how to take it back.
enum Done {
    MadeFolder(PathBuf),
    Moved {
        from: PathBuf,
        to: PathBuf,
    },
    /// A staged copy of what was there is to be moved over it.
    Overwritten {
        copy: PathBuf,
        path: PathBuf,
    },
}

impl<'d, D: Disk> Transaction<'d, D> {
    /// Begins: makes the folder and those above it if they are not there, and locks it.
    ///
    /// `insist`: what an earlier transaction left behind is removed.
    pub(super) fn begin(disk: &'d D, dir: &Path, insist: bool) -> Result<Self, Failure> {
        let staging = dir.join(STAGING);
        let mut transaction =
            Self { disk, staging: staging.clone(), locked: false, staged: 0, done: Vec::new() };
        transaction.make_folders(dir).or_else(|failure| transaction.fail(failure))?;
        if insist && fs::symlink_metadata(&staging).is_ok() {
            disk.remove_tree(&staging).map_err(|error| failed(&staging, &error))?;
        }
        match disk.create_folder(&staging) {
            Ok(()) => {
                transaction.locked = true;
                Ok(transaction)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure {
                path: staging,
                why: "another translation is writing here, or one was cut short".to_owned(),
                help: Some(format!(
                    "if none is running, remove `{STAGING}` (it holds the files that were being replaced) and try again"
                )),
            }),
            Err(error) => transaction.fail(failed(&staging, &error)),
        }
    }

    /// Writes a file to where files wait.
    pub(super) fn stage(&mut self, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.next_staged();
        match self.disk.write_new(&path, bytes) {
            Ok(()) => Ok(path),
            Err(error) => self.fail(failed(&path, &error)),
        }
    }

    /// Makes a folder.
    pub(super) fn make_folder(&mut self, path: &Path) -> Result<(), Failure> {
        match self.disk.create_folder(path) {
            Ok(()) => {
                self.done.push(Done::MadeFolder(path.to_owned()));
                Ok(())
            }
            Err(error) => self.fail(failed(path, &error)),
        }
    }

    /// Moves what stands at a path out of the way.
    pub(super) fn set_aside(&mut self, path: &Path) -> Result<(), Failure> {
        let aside = self.next_staged();
        self.rename(path, &aside).or_else(|error| self.fail(failed(path, &error)))
    }

    /// Moves a staged file to its place, where nothing stands.
    pub(super) fn install(&mut self, staged: &Path, path: &Path) -> Result<(), Failure> {
        self.rename(staged, path).or_else(|error| self.fail(failed(path, &error)))
    }

    /// Moves a staged file over another, of which there is a staged copy. At no moment is there none.
    pub(super) fn overwrite(&mut self, staged: &Path, path: &Path, copy: &Path) -> Result<(), Failure> {
        match self.disk.rename(staged, path) {
            Ok(()) => {
                self.done.push(Done::Overwritten { copy: copy.to_owned(), path: path.to_owned() });
                Ok(())
            }
            Err(error) => self.fail(failed(path, &error)),
        }
    }

    /// Ends without having done anything.
    pub(super) fn abort(mut self) {
        self.take_back();
    }

    /// Ends: what was set aside is gone, and so are these folders, as far as they are empty.
    pub(super) fn commit(self, emptied: impl IntoIterator<Item = PathBuf>) {
        // Everything is in place by now: a failure here leaves something to tidy up, no more.
        for folder in emptied {
            let _ = self.disk.remove_folder(&folder);
        }
        let _ = self.disk.remove_tree(&self.staging);
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)?;
        self.done.push(Done::Moved { from: from.to_owned(), to: to.to_owned() });
        Ok(())
    }

    fn make_folders(&mut self, dir: &Path) -> Result<(), Failure> {
        let missing: Vec<_> = dir
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && fs::symlink_metadata(path).is_err())
            .collect();
        for path in missing.into_iter().rev() {
            match self.disk.create_folder(path) {
                Ok(()) => self.done.push(Done::MadeFolder(path.to_owned())),
                // Somebody else was quicker.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(path, &error)),
            }
        }
        Ok(())
    }

    fn next_staged(&mut self) -> PathBuf {
        self.staged += 1;
        self.staging.join(self.staged.to_string())
    }

    fn fail<T>(&mut self, mut failure: Failure) -> Result<T, Failure> {
        if !self.take_back() {
            failure.help = Some(format!(
                "not everything could be put back either: `{}` holds the files that were being replaced",
                self.staging.display()
            ));
        }
        Err(failure)
    }

    /// Takes everything back, the last first. What cannot be put back is kept where it is, and the answer is `false`.
    fn take_back(&mut self) -> bool {
        let mut whole = true;
        let mut folders = Vec::new();
        while let Some(done) = self.done.pop() {
            match done {
                Done::Moved { from, to } => whole &= self.disk.rename(&to, &from).is_ok(),
                Done::Overwritten { copy, path } => whole &= self.disk.rename(&copy, &path).is_ok(),
                Done::MadeFolder(path) => folders.push(path),
            }
        }
        if whole {
            // The folder of the translation itself may be among those that were made, and the lock is inside it.
            if self.locked {
                let _ = self.disk.remove_tree(&self.staging);
            }
            for folder in folders {
                let _ = self.disk.remove_folder(&folder);
            }
        }
        whole
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure { path: path.to_owned(), why: reason(error), help: None }
}
