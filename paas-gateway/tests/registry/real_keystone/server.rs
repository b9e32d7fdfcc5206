//! Servers of a test: the endpoint in this process, and a registry beside it.

use super::super::{CERTIFICATE, ISSUER};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use paas_gateway::registry::{PeerAddress, RegistryTokens};
use serde_json::Value;
use std::{
    fs,
    net::{Ipv4Addr, TcpListener as FreePort},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;

/// Serves the endpoint until the test ends; gives its address.
pub(super) async fn serve(tokens: RegistryTokens) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let realm = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, peer)) = listener.accept().await {
            let tokens = tokens.clone();
            let service = service_fn(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(PeerAddress(peer.ip()));
                tokens.clone().call(request)
            });
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    realm
}

/// A registry that runs; it ends with this value.
pub(super) struct Registry {
    process: Child,
    program: PathBuf,
    folder: TempDir,
    port: u16,
    pub(super) url: String,
}

impl Registry {
    pub(super) async fn start(program: &Path, service: &str, realm: &str) -> Self {
        Self::start_with(program, service, realm, &Value::Null).await
    }

    /// One that tells of what happens in it.
    pub(super) async fn start_with(
        program: &Path,
        service: &str,
        realm: &str,
        notifications: &Value,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = FreePort::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let bundle = folder.path().join("bundle.pem");
        fs::write(&bundle, CERTIFICATE).unwrap();
        // JSON is YAML.
        let configuration = serde_json::json!({
            "version": "0.1",
            "log": { "level": "error", "accesslog": { "disabled": true } },
            "storage": { "filesystem": { "rootdirectory": folder.path().join("data") }, "delete": { "enabled": true } },
            "http": { "addr": format!("127.0.0.1:{port}") },
            "auth": { "token": { "realm": realm, "service": service, "issuer": ISSUER, "rootcertbundle": bundle } },
            "notifications": notifications,
        });
        fs::write(folder.path().join("configuration.yml"), configuration.to_string()).unwrap();
        let (program, url) = (program.to_owned(), format!("http://127.0.0.1:{port}"));
        let process = run(&program, folder.path());
        let mut this = Self { process, program, folder, port, url };
        this.wait_until_it_answers().await;
        this
    }

    /// Ends it at once, as a power cut does.
    pub(super) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// The same again, with what it kept.
    pub(super) async fn start_again(&mut self) {
        self.process = run(&self.program, self.folder.path());
        self.wait_until_it_answers().await;
    }

    async fn wait_until_it_answers(&mut self) {
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() {
                return;
            }
            assert_eq!(self.process.try_wait().unwrap(), None, "the registry ended");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the registry does not answer");
    }
}

fn run(program: &Path, folder: &Path) -> Child {
    let mut command = Command::new(program);
    command.arg("serve").arg(folder.join("configuration.yml"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.kill();
    }
}
