//! A registry that runs, and contents for it.

use super::{issuer::CERTIFICATE, server::Server};
use paas_client::{
    RegistryClient, RetryPolicy,
    registry::{
        Descriptor, Digest, Manifest, RegistryBuilder, RegistryLogin, RepositoryName, UploadBody, media_type,
    },
    transport::Chunk,
};
use serde_json::json;
use std::{fs, time::Duration};

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
    server: Server,
    pub(super) url: String,
}

impl Registry {
    /// Nothing where there is no program.
    pub(super) async fn start(auth: Auth<'_>) -> Option<Self> {
        let server = Server::start(|folder| match auth {
            Auth::All => json!({}),
            Auth::Passwords => {
                let path = folder.join("passwords");
                fs::write(&path, HASHED).unwrap();
                json!({ "auth": { "htpasswd": { "realm": "basic-realm", "path": path } } })
            }
            Auth::Tokens(realm) => {
                let bundle = folder.join("bundle.pem");
                fs::write(&bundle, CERTIFICATE).unwrap();
                json!({ "auth": { "token": {
                    "realm": realm, "service": SERVICE, "issuer": ISSUER, "rootcertbundle": bundle,
                } } })
            }
        });
        let server = server.await?;
        Some(Self { url: server.url(), server })
    }

    /// Spoils what it keeps of a blob.
    pub(super) fn spoil(&self, digest: &Digest) {
        let path = self.server.blob(digest.hex());
        let mut content = fs::read(&path).unwrap();
        content[0] ^= 1;
        fs::write(path, content).unwrap();
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
