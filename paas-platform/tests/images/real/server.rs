//! A registry that runs, open to everybody, on a disk that can be small.

use crate::server::Server;
use serde_json::{Value, json};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// On what the registry keeps its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// One that does not fill up.
    Large,
    /// A file system of so many bytes, three quarters of which something else takes.
    Small(u64),
    /// One that takes no file of more than so many bytes.
    SmallFiles(u64),
}

/// A registry that runs; it ends with this value.
pub(super) struct Registry {
    server: Server,
    disk: Disk,
    pub(super) port: u16,
}

/// Begins a program in a file system of its own, in memory; it goes with the program. Nobody need be root for it, where
/// the kernel lets users have namespaces.
const IN_SMALL_FILE_SYSTEM: &str = r#"
    mount -t tmpfs -o "size=$1" paas-test "$2" && head -c "$3" /dev/zero > "$2/filler" && shift 3 && exec "$@"
"#;

/// The program of registries, if the environment names one.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let found = env::var_os(name).map(PathBuf::from);
    if found.is_none() {
        eprintln!("skipped: there is no `{name}`; `cargo xtask test` has it");
    }
    found
}

impl Registry {
    /// `notifications`: whom it tells of what happens in it.
    pub(super) async fn start(program: PathBuf, disk: Disk, notifications: &Value) -> Self {
        let begin = Box::new(move |folder: &Path| begin(&program, folder, disk));
        let server = Server::start_by(begin, |_| json!({ "notifications": notifications })).await;
        Self { port: server.port(), server, disk }
    }

    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// Ends it at once, as a power cut does.
    pub(super) fn kill(&mut self) {
        self.server.kill();
    }

    /// The same again, with what it kept.
    pub(super) async fn start_again(&mut self) {
        self.server.start_again().await;
    }

    /// Whether file systems can be made here.
    pub(super) fn can_be_small() -> bool {
        let folder = tempfile::tempdir().unwrap();
        let words = ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none"];
        let output = Command::new("unshare").args(words).arg(folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    }

    /// Gives its disk more room, while it runs.
    pub(super) fn make_room(&self) {
        let process = self.server.id();
        match self.disk {
            Disk::Large => {}
            Disk::Small(_) => {
                let seen_by_it = format!("/proc/{process}/root{}", self.server.folder().display());
                fs::remove_file(PathBuf::from(seen_by_it).join("data/filler")).unwrap();
            }
            Disk::SmallFiles(_) => {
                let mut command = Command::new("prlimit");
                command.args(["--pid", &process.to_string(), "--fsize=unlimited"]);
                assert!(command.status().unwrap().success());
            }
        }
    }
}

/// Each way ends in the registry itself, by `exec`: who kills the process kills it.
fn begin(program: &Path, folder: &Path, disk: Disk) -> Command {
    match disk {
        Disk::Large => Command::new(program),
        Disk::Small(bytes) => {
            let mut command = Command::new("unshare");
            command.args(["--user", "--map-root-user", "--mount", "sh", "-c", IN_SMALL_FILE_SYSTEM, "sh"]);
            command.arg(bytes.to_string()).arg(folder.join("data")).arg((bytes / 4 * 3).to_string());
            command.arg(program);
            command
        }
        Disk::SmallFiles(bytes) => {
            let mut command = Command::new("prlimit");
            command.arg(format!("--fsize={bytes}:unlimited")).arg(program);
            command
        }
    }
}
