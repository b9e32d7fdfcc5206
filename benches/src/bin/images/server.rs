//! A registry in a process of its own.

use crate::{Failure, log::Log};
use std::{
    fs::{self, File},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a registry may take until it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// Docker's registry with a folder of its own. Dropped: it is ended.
pub(crate) struct Server {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let (config, log) = (folder.join("config.yml"), folder.join("log"));
        let data = folder.join("data");
        fs::write(
            &config,
            format!(
                "version: 0.1\nlog: {{level: error}}\nhttp: {{addr: '127.0.0.1:{port}'}}\n\
                 storage:\n  filesystem: {{rootdirectory: '{}'}}\n  cache: {{blobdescriptor: inmemory}}\n",
                data.display()
            ),
        )?;
        let output = File::create(&log)?;
        let errors = File::create(folder.join("errors"))?;
        let child = Command::new("docker-registry")
            .arg("serve")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("`docker-registry` does not start: {error}"))?;
        let server = Self { child, port, log };
        server.wait()?;
        Ok(server)
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// What it was asked so far.
    pub(crate) fn log(&self) -> Result<Log, Failure> {
        Ok(Log::read(&fs::read_to_string(&self.log)?))
    }

    fn wait(&self) -> Result<(), Failure> {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if begun.elapsed() > PATIENCE {
                return Err("the registry does not listen".into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
