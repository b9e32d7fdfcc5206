//! A real Keystone on this machine: `cargo xtask keystone`, and for the tests that need one.
//!
//! It is the one that the package index has, at pinned versions, with SQLite, under gunicorn. Its database and keys are
//! made once and copied for each start.

mod prepare;

use crate::{
    Result, files,
    report::Outcome,
    shell::{Shell, shown},
    test::Counts,
    tools, venv,
};
use std::{
    fs::File,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const REQUIREMENTS: &str = "testdata/keystone/requirements.txt";
const CONFIGURATION: &str = "testdata/keystone/keystone.conf";
const SERVER: &str = "testdata/keystone/gunicorn.conf.py";

/// The password of `admin`, whose own project and the system are open to it. It guards nothing but tests.
const PASSWORD: &str = "password-of-the-tests";

/// The tests that need one, by how their names begin.
const TESTS: &str = "real_keystone::";

/// For a start: a loaded machine takes 10 s.
const START: Duration = Duration::from_secs(120);

/// For one look whether it answers: while its worker dies again and again, it takes connections and never answers.
const LOOK: Duration = Duration::from_secs(5);

/// For an orderly end.
const END: Duration = Duration::from_secs(10);

/// Makes the virtual environment, unless it is there and has what is asked for; gives its Python.
pub(crate) fn python(shell: &Shell) -> Result<PathBuf> {
    venv::ensure_exactly(shell, "keystone-venv", REQUIREMENTS)
}

/// Starts one and waits until it ends, or until the command ends that is to be run with it.
pub(crate) fn run(shell: &Shell, command: &[&str]) -> Result<bool> {
    let python = python(shell)?;
    let mut keystone = Keystone::start(shell, &python)?;
    let Some((program, arguments)) = command.split_first() else {
        println!("Keystone runs at {} until this command is ended; in another terminal:\n", keystone.url());
        for (name, value) in keystone.variables() {
            println!("export {name}={value}");
        }
        std::io::stdout().flush()?;
        keystone.process.wait()?;
        return Ok(true);
    };
    let mut command = Command::new(program);
    command.args(arguments).envs(keystone.variables());
    let status = command.status().map_err(|error| format!("could not start {}: {error}", shown(&command)))?;
    Ok(status.success())
}

/// The step of the test command. All of the workspace is asked for, though only some crates have such tests: else cargo
/// would build it anew with fewer features. Those of the token endpoint and of images start registries, by the
/// program that they are told.
pub(crate) fn test(shell: &Shell, python: Result<PathBuf>) -> Result<Outcome> {
    tools::REGISTRY.ensure(shell)?;
    tools::SKOPEO.ensure(shell)?;
    let keystone = Keystone::start(shell, &python?)?;
    let mut cargo = shell.cargo(&[
        "test",
        "--workspace",
        "--test",
        "client",
        "--test",
        "gateway",
        "--test",
        "main",
        "--test",
        "registry",
        "--",
    ]);
    cargo.arg(TESTS).envs(keystone.variables());
    cargo.env("PAAS_DOCKER_REGISTRY", "docker-registry").env("PAAS_SKOPEO", "skopeo");
    let output = shell.run("keystone-tests", &mut cargo)?;
    let counts = Counts::of(&output);
    if counts.passed == 0 {
        return Err("no test was run".into());
    }
    Ok(Outcome::Passed(format!("{} tests", counts.passed)))
}

/// One that runs; it ends with this value.
struct Keystone {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Keystone {
    fn start(shell: &Shell, python: &Path) -> Result<Self> {
        let prepared = prepare::ensure(shell, python)?;
        let folder = shell.workshop().join("keystone").join(format!("run-{}", process::id()));
        files::fresh_folder(&folder)?;
        files::copy_all(&prepared, &folder)?;
        prepare::close_to_others(shell, &folder)?;
        prepare::configure(shell, &folder)?;
        let path = folder.join("output.log");
        let log = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut command = prepare::in_folder(shell, python, &folder);
        command.arg(python.with_file_name("gunicorn")).stdout(log.try_clone()?).stderr(log);
        let process = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", shown(&command)))?;
        let mut keystone = Self { process, folder, port: 0 };
        keystone.wait_until_it_answers()?;
        Ok(keystone)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v3", self.port)
    }

    /// What the tests look for, and what clients of OpenStack read.
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("PAAS_KEYSTONE_URL", self.url()),
            ("PAAS_KEYSTONE_PASSWORD", PASSWORD.to_owned()),
            ("OS_AUTH_URL", self.url()),
            ("OS_IDENTITY_API_VERSION", "3".to_owned()),
            ("OS_USERNAME", "admin".to_owned()),
            ("OS_PASSWORD", PASSWORD.to_owned()),
            ("OS_USER_DOMAIN_ID", "default".to_owned()),
            ("OS_PROJECT_NAME", "admin".to_owned()),
            ("OS_PROJECT_DOMAIN_ID", "default".to_owned()),
        ]
    }

    fn wait_until_it_answers(&mut self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            if let Some(status) = self.process.try_wait()? {
                return Err(format!("Keystone ended with {status}\n{}", self.said()).into());
            }
            if let Some(port) = files::read(&self.folder.join("port")).ok().and_then(|port| port.parse().ok())
            {
                self.port = port;
                if answers(port) {
                    return Ok(());
                }
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(format!("Keystone did not answer within {START:?}\n{}", self.said()).into())
    }

    /// The ends of its logs.
    fn said(&self) -> String {
        let end = |name| {
            let text = files::read(&self.folder.join(name)).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            lines.get(lines.len().saturating_sub(30)..).unwrap_or_default().join("\n")
        };
        format!("{}\n{}", end("output.log"), end("keystone.log"))
    }
}

/// Ends it in order, by its own number: the server ends its workers.
impl Drop for Keystone {
    fn drop(&mut self) {
        let number = self.process.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &number]).status();
        let begun = Instant::now();
        while begun.elapsed() < END {
            if !matches!(self.process.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        // It has ended already, or does not listen.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Whether somebody says something sensible there.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, LOOK)?;
        stream.set_read_timeout(Some(LOOK))?;
        stream.set_write_timeout(Some(LOOK))?;
        stream.write_all(b"GET /v3/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.ends_with(" 200"))
}
