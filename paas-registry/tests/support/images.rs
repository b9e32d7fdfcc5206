//! Images to copy.

use super::registry::Registry;
use paas_client::registry::{Descriptor, Digest, Manifest, media_type};
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
pub(crate) const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(crate) const FOREIGN: &str = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

/// Bytes that are not those of another seed.
pub(crate) fn bytes(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    let mut all = Vec::with_capacity(size + 8);
    while all.len() < size {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.extend((state >> 11).to_le_bytes());
    }
    all.truncate(size);
    all
}

/// A layer of this content, which is put into the repository.
pub(crate) fn layer(registry: &Registry, repository: &str, content: Vec<u8>) -> Descriptor {
    blob(registry, repository, LAYER, content)
}

pub(crate) fn blob(registry: &Registry, repository: &str, kind: &str, content: Vec<u8>) -> Descriptor {
    let descriptor = Descriptor::new(kind, Digest::of(&content), content.len() as u64);
    registry.state().repository(repository).blobs.insert(descriptor.digest.clone(), Arc::new(content));
    descriptor
}

/// An image of these layers, which is put into the repository under its digest.
pub(crate) fn image(registry: &Registry, repository: &str, layers: &[Descriptor]) -> Manifest {
    image_of(registry, repository, media_type::OCI_MANIFEST, layers, &json!({}))
}

/// The same of a kind, and with further fields.
pub(crate) fn image_of(
    registry: &Registry,
    repository: &str,
    kind: &str,
    layers: &[Descriptor],
    more: &Value,
) -> Manifest {
    let config = json!({ "architecture": "amd64", "layers": layers });
    let config = blob(registry, repository, CONFIG, config.to_string().into());
    let mut manifest = json!({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": layers});
    manifest.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    // Spaces that nobody would write a second time.
    put(registry, repository, kind, format!(" {manifest:#}\n"))
}

pub(crate) fn index(registry: &Registry, repository: &str, children: &[Descriptor]) -> Manifest {
    let index = json!({"schemaVersion": 2, "mediaType": media_type::OCI_INDEX, "manifests": children});
    put(registry, repository, media_type::OCI_INDEX, format!("{index:#}"))
}

fn put(registry: &Registry, repository: &str, kind: &str, text: String) -> Manifest {
    let manifest = Manifest::new(kind, text).unwrap();
    registry.state().repository(repository).manifests.insert(manifest.digest().clone(), manifest.clone());
    manifest
}

/// Puts a tag.
pub(crate) fn tag(registry: &Registry, repository: &str, tag: &str, manifest: &Manifest) {
    registry.state().repository(repository).tags.insert(tag.to_owned(), manifest.digest().clone());
}

/// An image of random layers of these sizes under `team/web:1`.
pub(crate) fn tagged(registry: &Registry, name: &str, seed: u64, sizes: &[usize]) -> Manifest {
    let (repository, label) = name.rsplit_once(':').unwrap();
    let layers = sizes
        .iter()
        .zip(0_u64..)
        .map(|(size, number)| layer(registry, repository, bytes(seed * 1_000 + number, *size)));
    let layers: Vec<Descriptor> = layers.collect();
    let manifest = image(registry, repository, &layers);
    tag(registry, repository, label, &manifest);
    manifest
}
