//! A registry of the distribution project that runs. The tests of several crates start it by this file.

use serde_json::{Value, json};
use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener as FreePort},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpStream;

/// The program, if the environment names it.
pub(crate) fn program() -> Option<PathBuf> {
    let found = env::var_os("PAAS_DOCKER_REGISTRY").map(PathBuf::from);
    if found.is_none() {
        eprintln!(
            "skipped: there is no `PAAS_DOCKER_REGISTRY`, the program `docker-registry`; `cargo xtask test` has it"
        );
    }
    found
}

/// What begins the program in this folder, up to its first word.
type Begin = Box<dyn Fn(&Path) -> Command + Send + Sync>;

/// A registry that runs; it ends with this value.
pub(crate) struct Server {
    begin: Begin,
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Server {
    /// Open to everybody, but for what this says of its configuration, which may lie in its folder. Nothing where there is
    /// no program.
    pub(crate) async fn start(more: impl FnOnce(&Path) -> Value) -> Option<Self> {
        let program = program()?;
        Some(Self::start_by(Box::new(move |_| Command::new(&program)), more).await)
    }

    /// The same, with the program begun by something else: it must end in the program itself, so that who kills the process
    /// kills the registry.
    pub(crate) async fn start_by(begin: Begin, more: impl FnOnce(&Path) -> Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = FreePort::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        // JSON is YAML.
        let mut configuration = json!({
            "version": "0.1",
            "log": { "level": "error", "accesslog": { "disabled": true } },
            "storage": { "filesystem": { "rootdirectory": data }, "delete": { "enabled": true } },
            "http": { "addr": format!("127.0.0.1:{port}"), "secret": "the same after a restart" },
        });
        configuration.as_object_mut().unwrap().extend(more(folder.path()).as_object().unwrap().clone());
        fs::write(folder.path().join("configuration.yml"), configuration.to_string()).unwrap();
        let process = run(&begin, folder.path());
        let mut this = Self { begin, process, folder, port };
        this.wait_until_it_answers().await;
        this
    }

    /// Ends it at once, as a power cut does, with what it has kept.
    pub(crate) fn kill(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// The same again, with what it kept.
    pub(crate) async fn start_again(&mut self) {
        self.process = run(&self.begin, self.folder.path());
        self.wait_until_it_answers().await;
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its process, as the system numbers it.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Where it keeps its contents, in `data`, and its configuration.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it keeps a blob, by the digest's digits.
    pub(crate) fn blob(&self, hex: &str) -> PathBuf {
        self.folder().join(format!("data/docker/registry/v2/blobs/sha256/{}/{hex}/data", &hex[..2]))
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
        fs::read_to_string(self.folder().join("log")).unwrap_or_default()
    }
}

fn run(begin: &Begin, folder: &Path) -> Child {
    let log = fs::File::options().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = begin(folder);
    command.arg("serve").arg(folder.join("configuration.yml"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
