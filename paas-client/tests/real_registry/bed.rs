//! A registry that runs, and contents for it.

use super::issuer::CERTIFICATE;
use paas_client::{
    RegistryClient, RetryPolicy,
    registry::{
        Descriptor, Digest, Manifest, RegistryBuilder, RegistryLogin, RepositoryName, UploadBody, media_type,
    },
    transport::Chunk,
};
use serde_json::json;
use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener as FreePort},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpStream;

pub(super) const USER: &str = "anna";
pub(super) const PASSWORD: &str = "password-of-anna";
/// The same as a line of a file of passwords.
const HASHED: &str = "anna:$2y$05$abcdefghijklmnopqrstuumqmuCTRbscLMH1R4ypURWH4oR/0ypsa\n";
/// As the endpoint for tokens calls the registry.
pub(super) const SERVICE: &str = "registry-test";
pub(super) const ISSUER: &str = "tokens of the tests";

/// Who is let in.
pub(super) enum Auth<'a> {
    All,
    Passwords,
    /// Who has a token of this endpoint.
    Tokens(&'a str),
}

/// A registry that runs; it ends with this value.
pub(super) struct Registry {
    process: Child,
    folder: TempDir,
    pub(super) url: String,
}

impl Registry {
    /// Nothing where there is no program.
    pub(super) async fn start(auth: Auth<'_>) -> Option<Self> {
        let Some(program) = env::var_os("PAAS_DOCKER_REGISTRY").map(PathBuf::from) else {
            eprintln!(
                "skipped: there is no `PAAS_DOCKER_REGISTRY`, the program `docker-registry`; `cargo xtask test` has it"
            );
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let port = FreePort::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        // JSON is YAML.
        let mut configuration = json!({
            "version": "0.1",
            "log": { "level": "error", "accesslog": { "disabled": true } },
            "storage": { "filesystem": { "rootdirectory": folder.path().join("data") }, "delete": { "enabled": true } },
            "http": { "addr": format!("127.0.0.1:{port}") },
        });
        match auth {
            Auth::All => {}
            Auth::Passwords => {
                let path = folder.path().join("passwords");
                fs::write(&path, HASHED).unwrap();
                configuration["auth"] = json!({ "htpasswd": { "realm": "basic-realm", "path": path } });
            }
            Auth::Tokens(realm) => {
                let bundle = folder.path().join("bundle.pem");
                fs::write(&bundle, CERTIFICATE).unwrap();
                configuration["auth"] = json!({ "token": {
                    "realm": realm, "service": SERVICE, "issuer": ISSUER, "rootcertbundle": bundle,
                } });
            }
        }
        let path = folder.path().join("configuration.yml");
        fs::write(&path, configuration.to_string()).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(program);
        command.arg("serve").arg(&path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let mut this =
            Self { process: command.spawn().unwrap(), folder, url: format!("http://127.0.0.1:{port}") };
        for _ in 0..600 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
                return Some(this);
            }
            assert_eq!(this.process.try_wait().unwrap(), None, "the registry ended: {}", this.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the registry does not answer: {}", this.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Spoils what it keeps of a blob.
    pub(super) fn spoil(&self, digest: &Digest) {
        let hex = digest.hex();
        let path = format!("data/docker/registry/v2/blobs/sha256/{}/{hex}/data", &hex[..2]);
        let path = self.folder.path().join(path);
        let mut content = fs::read(&path).unwrap();
        content[0] ^= 1;
        fs::write(path, content).unwrap();
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sets up a client that does not wait long.
pub(super) fn builder(url: &str) -> RegistryBuilder {
    let retry = RetryPolicy { first_pause: Duration::from_millis(1), ..RetryPolicy::default() };
    RegistryClient::builder().url(url).retry(retry)
}

pub(super) fn client(url: &str) -> RegistryClient {
    builder(url).build().unwrap()
}

pub(super) fn anna(url: &str) -> RegistryClient {
    builder(url).login(RegistryLogin::user(USER, PASSWORD)).build().unwrap()
}

pub(super) fn name(name: &str) -> RepositoryName {
    name.parse().unwrap()
}

/// So many bytes that are the same each time, and do not repeat soon.
pub(super) fn bytes(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut content = Vec::with_capacity(length + 8);
    while content.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        content.extend_from_slice(&state.to_le_bytes());
    }
    content.truncate(length);
    content
}

/// Uploads a content in one go.
pub(super) async fn push(client: &RegistryClient, repository: &RepositoryName, content: &[u8]) -> Digest {
    let digest = Digest::of(content);
    let body = UploadBody::whole(content.to_vec());
    client.upload_whole(repository, &digest, body).await.unwrap();
    digest
}

/// All of a blob from a byte on.
pub(super) async fn fetch(
    client: &RegistryClient,
    repository: &RepositoryName,
    digest: &Digest,
    from: u64,
) -> Vec<u8> {
    let mut blob = client.blob(repository, digest, from).await.unwrap();
    let mut content = Vec::new();
    while let Some(chunk) = blob.next().await {
        content.extend_from_slice(&chunk.unwrap());
    }
    content
}

/// An image of one layer; its blobs are pushed, itself is not.
pub(super) async fn image(client: &RegistryClient, repository: &RepositoryName, layer: &[u8]) -> Manifest {
    let config = br#"{"architecture":"amd64","os":"linux"}"#;
    push(client, repository, config).await;
    push(client, repository, layer).await;
    let descriptor = |kind: &str, content: &[u8]| {
        Descriptor::new(kind, Digest::of(content), u64::try_from(content.len()).unwrap())
    };
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": media_type::OCI_MANIFEST,
        "config": descriptor("application/vnd.oci.image.config.v1+json", config),
        "layers": [descriptor("application/vnd.oci.image.layer.v1.tar", layer)],
    });
    Manifest::new(media_type::OCI_MANIFEST, Chunk::from(manifest.to_string())).unwrap()
}
