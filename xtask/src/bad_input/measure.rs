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

#[cfg(test)]
mod tests {
    use super::{Run, run};
    use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

    fn run_script(script: &str) -> Run {
        let folder = tempfile::tempdir().unwrap();
        let paas = folder.path().join("paas");
        fs::write(&paas, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&paas, fs::Permissions::from_mode(0o755)).unwrap();
        run(&paas, Path::new("template.yaml"), folder.path()).unwrap()
    }

    /// One test, so that no other thread starts a program while a script is still open for writing.
    #[test]
    fn a_run_tells_how_it_ended_and_what_it_took() {
        let spoke = run_script("echo \"$1 $2\"; echo error >&2; exit 3");
        assert_eq!((spoke.code, spoke.output.as_str()), (Some(3), "check template.yaml\nerror\n"));

        let aborted = run_script("kill -ABRT $$");
        assert_eq!(aborted.code, None);
        assert!(aborted.status.contains("signal: 6"), "{}", aborted.status);

        let idle = run_script("exit 0");
        assert!(idle.memory > 0 && idle.memory < 40 << 20, "{} bytes", idle.memory);
        let busy = run_script("x=$(head -c 60000000 /dev/zero | tr '\\0' x); [ ${#x} -gt 0 ]");
        assert!(busy.memory > 60_000_000, "{} bytes", busy.memory);
        assert!(busy.time > idle.time);
    }
}
