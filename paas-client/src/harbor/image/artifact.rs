//! Artifacts, and what goes with them.

use super::{Digest, RepositoryKey, TagName};
use crate::harbor::{AccessoryId, ArtifactId, Label, TagId, lenient};
use serde::Deserialize;
use std::time::SystemTime;

/// An artifact: an image, an index of images for several platforms, or anything else that can be pushed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Artifact {
    /// The id.
    pub id: ArtifactId,
    /// The digest of its manifest.
    pub digest: Digest,
    /// What it is: `IMAGE`, `CHART` and others.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// The media type of its configuration; of an index, that of the index.
    #[serde(default, deserialize_with = "lenient::text")]
    pub media_type: Option<String>,
    /// The media type of its manifest.
    #[serde(default, deserialize_with = "lenient::text")]
    pub manifest_media_type: Option<String>,
    /// The type that its manifest says, if it says one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub artifact_type: Option<String>,
    /// How many bytes it has, with all that belongs to it.
    #[serde(default, deserialize_with = "lenient::count")]
    pub size: Option<u64>,
    /// When it was pushed.
    #[serde(default, deserialize_with = "lenient::time")]
    pub push_time: Option<SystemTime>,
    /// When it was pulled last, if ever.
    #[serde(default, deserialize_with = "lenient::time")]
    pub pull_time: Option<SystemTime>,
    /// The repository.
    #[serde(rename = "repository_name", default, deserialize_with = "lenient::if_good")]
    pub repository: Option<RepositoryKey>,
    /// Its tags.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub tags: Vec<ArtifactTag>,
    /// Its labels, if they were [asked for](super::ArtifactParts::labels).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub labels: Vec<Label>,
    /// The artifacts of an index, one for each platform as a rule.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub references: Vec<ArtifactChild>,
    /// What is attached to it, if it was [asked for](super::ArtifactParts::accessories).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub accessories: Vec<Accessory>,
}

/// A tag of an artifact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ArtifactTag {
    /// The id. It is another when the tag is set to another artifact after it was removed.
    pub id: TagId,
    /// The name.
    pub name: TagName,
    /// The artifact.
    #[serde(default, deserialize_with = "lenient::id")]
    pub artifact_id: Option<ArtifactId>,
    /// When it was set.
    #[serde(default, deserialize_with = "lenient::time")]
    pub push_time: Option<SystemTime>,
    /// When something was pulled by it last, if ever.
    #[serde(default, deserialize_with = "lenient::time")]
    pub pull_time: Option<SystemTime>,
    /// Whether a rule keeps it as it is. It is `false` too where this was not
    /// [asked for](super::ArtifactParts::immutability).
    #[serde(default, deserialize_with = "lenient::flag")]
    pub immutable: bool,
}

/// One of the artifacts of an index.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ArtifactChild {
    /// Its digest.
    #[serde(rename = "child_digest")]
    pub digest: Digest,
    /// Its id.
    #[serde(rename = "child_id", default, deserialize_with = "lenient::id")]
    pub id: Option<ArtifactId>,
    /// What it runs on.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub platform: ArtifactPlatform,
}

/// What an image runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub struct ArtifactPlatform {
    /// The system: `linux`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub os: Option<String>,
    /// The processor: `amd64`, `arm64`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub architecture: Option<String>,
    /// Which of its kinds: `v8`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub variant: Option<String>,
}

/// What is attached to an artifact: a signature, a list of parts (SBOM).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Accessory {
    /// The id.
    pub id: AccessoryId,
    /// The digest of its own manifest.
    pub digest: Digest,
    /// What it is: `signature.cosign`, `signature.notation`, `sbom.harbor` and others.
    #[serde(rename = "type", default, deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// The artifact that it is itself.
    #[serde(default, deserialize_with = "lenient::id")]
    pub artifact_id: Option<ArtifactId>,
    /// The digest of what it is attached to.
    #[serde(rename = "subject_artifact_digest", default, deserialize_with = "lenient::if_good")]
    pub subject: Option<Digest>,
    /// How many bytes it has.
    #[serde(default, deserialize_with = "lenient::count")]
    pub size: Option<u64>,
    /// When it was attached.
    #[serde(default, deserialize_with = "lenient::time")]
    pub creation_time: Option<SystemTime>,
}
