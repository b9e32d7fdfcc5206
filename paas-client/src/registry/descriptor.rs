//! What points at content.

use super::Digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Points at content: by its digest, with its size and kind. What is not known here is left out.
///
/// ```
/// use paas_client::registry::{Descriptor, Digest, media_type};
///
/// let descriptor = Descriptor::new(media_type::OCI_MANIFEST, Digest::of("{}"), 2);
/// let written = serde_json::to_string(&descriptor).unwrap();
/// assert!(written.starts_with(r#"{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:"#));
/// assert_eq!(serde_json::from_str::<Descriptor>(&written).unwrap(), descriptor);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Descriptor {
    /// What kind of content it is.
    pub media_type: String,
    /// Its digest.
    pub digest: Digest,
    /// Its bytes.
    pub size: u64,
    /// Where else it can be had. Layers that a licence forbids to copy have such addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// What people or programs have noted on it.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What kind of artifact the manifest is that it points at, such as a signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// What an image of an index runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
}

impl Descriptor {
    /// One with the fields that each has.
    #[must_use]
    pub fn new(media_type: impl Into<String>, digest: Digest, size: u64) -> Self {
        Self {
            media_type: media_type.into(),
            digest,
            size,
            urls: Vec::new(),
            annotations: BTreeMap::new(),
            artifact_type: None,
            platform: None,
        }
    }

    /// Whether its content may lie elsewhere than in the registry (a foreign layer), which then does not have it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        !self.urls.is_empty()
            || self.media_type.starts_with("application/vnd.docker.image.rootfs.foreign.")
            || self.media_type.starts_with("application/vnd.oci.image.layer.nondistributable.")
    }
}

/// What an image runs on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Platform {
    /// The processor, as Go calls it: `amd64`, `arm64`.
    #[serde(default)]
    pub architecture: String,
    /// The system, as Go calls it: `linux`.
    #[serde(default)]
    pub os: String,
    /// The variant of the processor, such as `v7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The version of the system.
    #[serde(default, rename = "os.version", skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
}

/// Go writes `null` for what is empty.
pub(super) fn or_default<'de, T: Default + Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
