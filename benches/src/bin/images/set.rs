//! The images: each one of two shared bases of 4 MiB, three layers of 64 KiB of its own, and a configuration.

use crate::{Failure, server::Server};
use flate2::{Compression, write::GzEncoder};
use paas_client::{
    RegistryClient,
    registry::{Descriptor, Digest, Manifest, Reference, RepositoryName, UploadBody, media_type},
};
use serde_json::json;
use std::io::Write as _;

/// Where the images are.
pub(crate) const NAMESPACE: &str = "bench";

/// The tag of each.
pub(crate) const TAG: &str = "v1";

const BASES: usize = 2;
const BASE: usize = 4 << 20;
const LAYERS: usize = 3;
const LAYER: usize = 64 << 10;

const LAYER_TYPE: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const CONFIG_TYPE: &str = "application/vnd.oci.image.config.v1+json";

pub(crate) fn repository(number: usize) -> String {
    format!("{NAMESPACE}/img-{number:03}")
}

/// Pushes so many images; how many bytes their contents have, each counted once.
pub(crate) fn push(to: &Server, count: usize) -> Result<u64, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = RegistryClient::builder().url(to.url()).build()?;
        let bases: Vec<Blob> =
            (0..BASES).map(|number| Blob::layer(number, BASE)).collect::<Result<_, _>>()?;
        let mut bytes = bases.iter().map(|base| base.descriptor.size).sum::<u64>();
        for number in 0..count {
            let repository: RepositoryName = repository(number).parse()?;
            let base = bases.get(number % BASES).ok_or("there is no base")?;
            let own = (0..LAYERS).map(|layer| Blob::layer(1_000 + number * LAYERS + layer, LAYER));
            let own: Vec<Blob> = own.collect::<Result<_, _>>()?;
            let layers: Vec<&Blob> = std::iter::once(base).chain(&own).collect();
            let config = Blob::config(&layers)?;
            for blob in layers.iter().copied().chain([&config]) {
                let body = UploadBody::whole(blob.content.clone());
                client.upload_whole(&repository, &blob.descriptor.digest, body).await?;
            }
            let manifest = json!({
                "schemaVersion": 2, "mediaType": media_type::OCI_MANIFEST, "config": config.descriptor,
                "layers": layers.iter().map(|layer| &layer.descriptor).collect::<Vec<_>>(),
            });
            let manifest = Manifest::new(media_type::OCI_MANIFEST, manifest.to_string())?;
            client.put_manifest(&repository, &TAG.parse::<Reference>()?, &manifest).await?;
            let sizes = own.iter().chain([&config]).map(|blob| blob.descriptor.size);
            bytes += sizes.sum::<u64>() + u64::try_from(manifest.bytes().len())?;
        }
        Ok(bytes)
    })
}

/// Whether two registries have the same images.
pub(crate) fn is_equal(one: &Server, other: &Server, count: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let one = RegistryClient::builder().url(one.url()).build()?;
        let other = RegistryClient::builder().url(other.url()).build()?;
        let tag: Reference = TAG.parse()?;
        for number in 0..count {
            let repository: RepositoryName = repository(number).parse()?;
            let there =
                one.manifest_descriptor(&repository, &tag).await?.ok_or("the source lost an image")?;
            let here = other.manifest_descriptor(&repository, &tag).await?;
            if here.is_none_or(|here| here.digest != there.digest) {
                return Err(format!("{repository} was not copied as it is").into());
            }
        }
        Ok(())
    })
}

struct Blob {
    descriptor: Descriptor,
    content: Vec<u8>,
    /// The digest of what is compressed in it.
    inner: Digest,
}

impl Blob {
    /// Random bytes, compressed as far as they can be.
    fn layer(seed: usize, size: usize) -> Result<Self, Failure> {
        let bytes = random(u64::try_from(seed)?, size);
        let mut zip = GzEncoder::new(Vec::new(), Compression::none());
        zip.write_all(&bytes)?;
        let content = zip.finish()?;
        let descriptor = Descriptor::new(LAYER_TYPE, Digest::of(&content), u64::try_from(content.len())?);
        Ok(Self { descriptor, content, inner: Digest::of(&bytes) })
    }

    fn config(layers: &[&Self]) -> Result<Self, Failure> {
        let inner: Vec<_> = layers.iter().map(|layer| &layer.inner).collect();
        let config = json!({
            "architecture": "amd64", "os": "linux", "config": {}, "rootfs": { "type": "layers", "diff_ids": inner },
        });
        let content = config.to_string().into_bytes();
        let digest = Digest::of(&content);
        let descriptor = Descriptor::new(CONFIG_TYPE, digest.clone(), u64::try_from(content.len())?);
        Ok(Self { descriptor, content, inner: digest })
    }
}

/// Bytes from a seed (SplitMix64).
fn random(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bytes.extend((word ^ (word >> 31)).to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}
