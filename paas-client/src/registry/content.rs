//! What a manifest points at.

use super::{Descriptor, descriptor::or_default, media_type, registry_error};
use crate::{ErrorKind, Result};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// What a manifest points at.
///
/// ```
/// use paas_client::registry::{Content, Manifest, media_type};
///
/// let index = Manifest::new(media_type::OCI_INDEX, r#"{"schemaVersion":2,"manifests":[]}"#).unwrap();
/// assert!(matches!(index.content().unwrap(), Content::Index { manifests, .. } if manifests.is_empty()));
///
/// let both = r#"{"schemaVersion":2,"manifests":[],"layers":[]}"#;
/// let ambiguous = Manifest::new(media_type::OCI_INDEX, both).unwrap();
/// assert!(ambiguous.content().unwrap_err().to_string().contains("both an image and an index"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "few are there at once, and their lists are larger than they")]
#[non_exhaustive]
pub enum Content {
    /// An image, or another artifact.
    #[non_exhaustive]
    Image {
        /// The blob that configures it.
        config: Descriptor,
        /// The blobs that it is made of, the lowest first.
        layers: Vec<Descriptor>,
        /// The manifest that this one is about, if it is a signature or the like.
        subject: Option<Descriptor>,
        /// What kind of artifact it is: as it says, else the kind of its configuration.
        artifact_type: String,
    },
    /// Several manifests under one name.
    #[non_exhaustive]
    Index {
        /// The manifests.
        manifests: Vec<Descriptor>,
        /// The manifest that this one is about.
        subject: Option<Descriptor>,
        /// What kind of artifact it is, if it says so.
        artifact_type: Option<String>,
        /// What people or programs have noted on it.
        annotations: BTreeMap<String, String>,
    },
}

/// The fields of all kinds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    schema_version: u64,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
    subject: Option<Descriptor>,
    #[serde(default, deserialize_with = "or_default")]
    annotations: BTreeMap<String, String>,
    /// The layers of schema 1.
    fs_layers: Option<IgnoredAny>,
}

impl Content {
    pub(super) fn read(kind: &str, bytes: &[u8]) -> Result<Self> {
        let fields: Fields = serde_json::from_slice(bytes).map_err(|error| {
            wrong(format!(
                "the manifest is not one of the type `{kind}`: line {} column {}",
                error.line(),
                error.column()
            ))
        })?;
        fields.check(kind)?;
        let artifact_type = fields.artifact_type.filter(|artifact_type| !artifact_type.is_empty());
        match kind {
            media_type::OCI_INDEX | media_type::DOCKER_LIST => Ok(Self::Index {
                manifests: fields.manifests.ok_or_else(|| wrong("the index has no manifests"))?,
                subject: fields.subject,
                artifact_type,
                annotations: fields.annotations,
            }),
            media_type::OCI_MANIFEST | media_type::DOCKER_MANIFEST => {
                let config = fields.config.ok_or_else(|| wrong("the manifest has no configuration"))?;
                Ok(Self::Image {
                    artifact_type: artifact_type.unwrap_or_else(|| config.media_type.clone()),
                    config,
                    layers: fields.layers.unwrap_or_default(),
                    subject: fields.subject,
                })
            }
            _ => Err(wrong(format!("the manifest has the type `{kind}`, which is not known"))),
        }
    }
}

impl Fields {
    /// Refuses what one reader takes for an image and another for an index: a digest then says nothing of what runs.
    fn check(&self, kind: &str) -> Result<()> {
        if self.schema_version != 2 {
            return Err(wrong("the manifest has not `schemaVersion` 2"));
        }
        if self.media_type.as_deref().is_some_and(|own| !own.is_empty() && own != kind) {
            return Err(wrong("the manifest says another type of itself than the registry"));
        }
        let is_image = self.config.is_some() || self.layers.is_some() || self.fs_layers.is_some();
        if is_image && self.manifests.is_some() {
            return Err(wrong("the manifest is both an image and an index"));
        }
        Ok(())
    }
}

fn wrong(message: impl Into<String>) -> crate::Error {
    registry_error(ErrorKind::Protocol, message)
}
