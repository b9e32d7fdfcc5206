//! A registry that runs, open to everybody, on a disk that can be small.

use serde_json::{Value, json};
use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener as FreePort},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpStream;

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
    program: PathBuf,
    process: Child,
    folder: TempDir,
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
        let folder = tempfile::tempdir().unwrap();
        let port = FreePort::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        // JSON is YAML.
        let configuration = json!({
            "version": "0.1",
            "log": { "level": "error", "accesslog": { "disabled": true } },
            "storage": { "filesystem": { "rootdirectory": data }, "delete": { "enabled": true } },
            "http": { "addr": format!("127.0.0.1:{port}"), "secret": "the same after a restart" },
            "notifications": notifications,
        });
        fs::write(folder.path().join("configuration.yml"), configuration.to_string()).unwrap();
        let process = run(&program, &folder, disk);
        let mut this = Self { program, process, folder, disk, port };
        this.wait_until_it_answers().await;
        this
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it at once, as a power cut does.
    pub(super) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// The same again, with what it kept.
    pub(super) async fn start_again(&mut self) {
        self.process = run(&self.program, &self.folder, self.disk);
        self.wait_until_it_answers().await;
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
        let process = self.process.id();
        match self.disk {
            Disk::Large => {}
            Disk::Small(_) => {
                let seen_by_it = format!("/proc/{process}/root{}", self.folder.path().display());
                fs::remove_file(PathBuf::from(seen_by_it).join("data/filler")).unwrap();
            }
            Disk::SmallFiles(_) => {
                let mut command = Command::new("prlimit");
                command.args(["--pid", &process.to_string(), "--fsize=unlimited"]);
                assert!(command.status().unwrap().success());
            }
        }
    }

    async fn wait_until_it_answers(&mut self) {
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() {
                return;
            }
            assert_eq!(self.process.try_wait().unwrap(), None, "the registry ended: {}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the registry does not answer: {}", self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

/// Each way ends in the registry itself, by `exec`: who kills the process kills it.
fn run(program: &PathBuf, folder: &TempDir, disk: Disk) -> Child {
    let log = fs::File::options().create(true).append(true).open(folder.path().join("log")).unwrap();
    let mut command = match disk {
        Disk::Large => Command::new(program),
        Disk::Small(bytes) => {
            let mut command = Command::new("unshare");
            command.args(["--user", "--map-root-user", "--mount", "sh", "-c", IN_SMALL_FILE_SYSTEM, "sh"]);
            command.arg(bytes.to_string()).arg(folder.path().join("data")).arg((bytes / 4 * 3).to_string());
            command.arg(program);
            command
        }
        Disk::SmallFiles(bytes) => {
            let mut command = Command::new("prlimit");
            command.arg(format!("--fsize={bytes}:unlimited")).arg(program);
            command
        }
    };
    command.arg("serve").arg(folder.path().join("configuration.yml"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.kill();
    }
}
