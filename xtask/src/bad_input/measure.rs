//! Running one check in a process of its own and seeing what it takes.

use crate::{Result, files};
use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use wait4::Wait4;

/// Seconds of processor time after which a check that hangs is killed.
const KILLED_AFTER_SECONDS: u32 = 20;

/// Kilobytes of address space, so that a check that runs wild does not take the machine with it. Far above what is
/// allowed: that is measured.
const ADDRESS_SPACE_KILOBYTES: u32 = 2 << 20;

/// What a check did and took.
pub(super) struct Run {
    /// The exit code, unless a signal ended it.
    pub(super) code: Option<i32>,
    /// How it ended, in words.
    pub(super) status: String,
    /// All that it said.
    pub(super) output: String,
    /// Processor time.
    pub(super) time: Duration,
    /// The most memory that it held at once, in bytes.
    pub(super) memory: u64,
}

/// Runs `paas check PATH`.
pub(super) fn run(paas: &Path, path: &Path, workshop: &Path) -> Result<Run> {
    let said = workshop.join("said.txt");
    let file = File::create(&said)?;
    let limits =
        format!("ulimit -t {KILLED_AFTER_SECONDS}; ulimit -v {ADDRESS_SPACE_KILOBYTES}; exec \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &limits, "sh"])
        .arg(paas)
        .arg("check")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .map_err(|error| format!("could not start a shell: {error}"))?;
    let end = child.wait4()?;
    Ok(Run {
        code: end.status.code(),
        status: end.status.to_string(),
        output: String::from_utf8_lossy(&files::read_bytes(&said)?).into_owned(),
        time: end.rusage.utime + end.rusage.stime,
        memory: end.rusage.maxrss,
    })
}
