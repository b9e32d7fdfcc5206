//! Opening without waiting. To open a pipe waits until somebody writes into it; nobody may ever.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// `O_NONBLOCK`; nothing where its number is not known here.
#[cfg(unix)]
pub(super) const FLAG: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
    let is_usual = cfg!(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "arm",
        target_arch = "aarch64",
        target_arch = "riscv64",
        target_arch = "powerpc64",
        target_arch = "s390x",
        target_arch = "loongarch64",
    ));
    if is_usual { 0o4000 } else { 0 }
} else if cfg!(any(
    target_vendor = "apple",
    target_os = "freebsd",
    target_os = "netbsd",
    target_os = "openbsd"
)) {
    0x4
} else {
    0
};

/// Opens a file to read it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, FLAG);
    options.open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_pipe_without_a_writer_is_opened_at_once() {
        let folder = tempfile::tempdir().expect("folder");
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        let file = open(&pipe).expect("opened");
        assert!(!file.metadata().expect("metadata").is_file());
    }
}
