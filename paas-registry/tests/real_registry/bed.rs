//! Registries that run, and images in them.

use super::server::Server;
use crate::support::images::{CONFIG, LAYER, bytes};
use paas_client::{
    RegistryClient, RetryPolicy,
    registry::{Content, Descriptor, Digest, Manifest, Reference, RepositoryName, UploadBody, media_type},
};
use paas_registry::{CopyOrder, Place};
use serde_json::{Value, json};
use std::{fs, time::Duration};

/// A registry that runs; it ends with this value.
pub(super) struct Registry(Server);

impl Registry {
    /// Two of them; nothing where there is no program.
    pub(super) async fn pair() -> Option<(Self, Self)> {
        Some((Self::start().await?, Self::start().await?))
    }

    pub(super) async fn start() -> Option<Self> {
        // Without it, manifests with foreign layers are refused.
        let foreign = json!({ "manifests": { "urls": { "allow": ["^https://vendor\\.bank\\.test/"] } } });
        Server::start(|_| json!({ "validation": foreign })).await.map(Self)
    }

    /// It is gone, with what it has.
    pub(super) fn stop(&mut self) {
        self.0.kill();
    }

    pub(super) async fn restart(&mut self) {
        self.0.start_again().await;
    }

    /// Cuts what it keeps of a blob.
    pub(super) fn cut(&self, digest: &Digest, bytes: u64) {
        let kept = self.0.blob(digest.hex());
        fs::File::options().write(true).open(kept).unwrap().set_len(bytes).unwrap();
    }

    /// Removes what it keeps of a blob.
    pub(super) fn remove(&self, digest: &Digest) {
        fs::remove_file(self.0.blob(digest.hex())).unwrap();
    }

    /// Removes the manifests of a repository.
    pub(super) fn forget_images(&self, repository: &str) {
        let path = format!("data/docker/registry/v2/repositories/{repository}/_manifests");
        fs::remove_dir_all(self.0.folder().join(path)).unwrap();
    }

    pub(super) fn url(&self) -> String {
        self.0.url()
    }

    pub(super) fn client(&self) -> RegistryClient {
        client(&self.url())
    }
}

/// A client that does not wait long.
pub(super) fn client(url: &str) -> RegistryClient {
    let retry = RetryPolicy { first_pause: Duration::from_millis(20), ..RetryPolicy::default() };
    RegistryClient::builder().url(url).retry(retry).build().unwrap()
}

pub(super) fn repository(name: &str) -> RepositoryName {
    name.parse().unwrap()
}

pub(super) fn place(client: &RegistryClient, name: &str) -> Place {
    let (repository, tag) = name.rsplit_once(':').unwrap();
    Place::new(client.clone(), repository.parse().unwrap(), tag.parse().unwrap())
}

pub(super) fn order(from: &RegistryClient, to: &RegistryClient, name: &str) -> CopyOrder {
    CopyOrder::new(place(from, name), place(to, name))
}

/// Pushes a blob; what points at it.
pub(super) async fn blob(client: &RegistryClient, name: &str, kind: &str, content: Vec<u8>) -> Descriptor {
    let descriptor = Descriptor::new(kind, Digest::of(&content), content.len() as u64);
    client.upload_whole(&repository(name), &descriptor.digest, UploadBody::whole(content)).await.unwrap();
    descriptor
}

/// Pushes layers of these sizes.
pub(super) async fn layers(
    client: &RegistryClient,
    name: &str,
    seed: u64,
    sizes: &[usize],
) -> Vec<Descriptor> {
    let mut all = Vec::new();
    for (size, number) in sizes.iter().zip(0_u64..) {
        all.push(blob(client, name, LAYER, bytes(seed * 1_000 + number, *size)).await);
    }
    all
}

/// Pushes an image of these layers, under its digest.
pub(super) async fn image(
    client: &RegistryClient,
    name: &str,
    kind: &str,
    layers: &[Descriptor],
    more: &Value,
) -> Manifest {
    let config = json!({ "architecture": "amd64", "os": "linux", "layers": layers }).to_string();
    let config = blob(client, name, CONFIG, config.into()).await;
    let mut manifest = json!({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": layers});
    manifest.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let manifest = Manifest::new(kind, format!(" {manifest:#}\n")).unwrap();
    put(client, name, &Reference::from(manifest.digest()), &manifest).await;
    manifest
}

pub(super) async fn oci_image(client: &RegistryClient, name: &str, layers: &[Descriptor]) -> Manifest {
    image(client, name, media_type::OCI_MANIFEST, layers, &json!({})).await
}

pub(super) async fn index(client: &RegistryClient, name: &str, children: &[Descriptor]) -> Manifest {
    let index = json!({"schemaVersion": 2, "mediaType": media_type::OCI_INDEX, "manifests": children});
    let index = Manifest::new(media_type::OCI_INDEX, format!("{index:#}")).unwrap();
    put(client, name, &Reference::from(index.digest()), &index).await;
    index
}

pub(super) async fn put(client: &RegistryClient, name: &str, reference: &Reference, manifest: &Manifest) {
    client.put_manifest(&repository(name), reference, manifest).await.unwrap();
}

pub(super) async fn tag(client: &RegistryClient, name: &str, tag: &str, manifest: &Manifest) {
    put(client, name, &tag.parse().unwrap(), manifest).await;
}

/// The registry has this under the reference, and all that it points at.
pub(super) async fn is_whole(
    client: &RegistryClient,
    name: &str,
    reference: &Reference,
    manifest: &Manifest,
) {
    let there = client.manifest(&repository(name), reference).await.unwrap().unwrap();
    assert_eq!((there.digest(), there.bytes()), (manifest.digest(), manifest.bytes()));
    match manifest.content().unwrap() {
        Content::Image { config, layers, .. } => {
            for blob in layers.iter().chain([&config]).filter(|blob| blob.urls.is_empty()) {
                let size = client.blob_size(&repository(name), &blob.digest).await.unwrap();
                assert_eq!(size, Some(blob.size));
            }
        }
        Content::Index { manifests, .. } => {
            for child in manifests {
                let reference = Reference::from(&child.digest);
                let child = client.manifest(&repository(name), &reference).await.unwrap().unwrap();
                Box::pin(is_whole(client, name, &reference, &child)).await;
            }
        }
        _ => panic!("another kind of manifest"),
    }
}
