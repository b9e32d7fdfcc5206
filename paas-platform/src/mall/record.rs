//! What is kept of publications, and how they are shown.

use crate::store::{Document, FromDocument};
use paas_core::images::{
    Digest, ImageName,
    mall::{MallEntry, Publication, PublicationState, PublicationStateName, Verdict},
};
use serde::{Deserialize, Serialize};

/// A publication, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PublicationRecord {
    pub(crate) publication: Publication,
    /// The number of the last entry of its journal.
    #[serde(default)]
    pub(crate) journal: u64,
    /// The [id](crate::Namespace::id) of the namespace: what is of an older one of that name counts for nothing.
    pub(crate) namespace: String,
}

impl Document for PublicationRecord {
    const NAME: &'static str = "publication";
    const FORMAT: u64 = 1;
}

impl FromDocument for PublicationRecord {}

/// An entry of a journal as it is written: the publication as it was from then on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Note(pub(super) Publication);

impl Document for Note {
    const NAME: &'static str = "entry about a publication";
    const FORMAT: u64 = 1;
}

impl FromDocument for Note {}

/// The name of the journal of a publication, in the namespace with this [id](crate::Namespace::id).
pub(super) fn stream(namespace: &str, image: &ImageName, digest: &Digest) -> String {
    format!("publication/{image}@{digest}@{namespace}")
}

/// A publication, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PublicationStatus {
    /// The image.
    pub image: ImageName,
    /// What is to be shown: exactly this.
    pub digest: Digest,
    /// The tenant whose it is.
    pub tenant: String,
    /// How far it is, as a word.
    pub status: PublicationStateName,
    /// Who asked, when, and what was said to the auditor.
    pub requested: Verdict,
    /// What became of it.
    pub state: PublicationState,
}

impl PublicationStatus {
    pub(super) fn new(publication: Publication, tenant: &str) -> Self {
        let Publication { image, digest, requested, state, .. } = publication;
        Self { image, digest, tenant: tenant.to_owned(), status: state.name(), requested, state }
    }
}

/// An entry of the journal of a publication: how it was from then on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PublicationEntry {
    /// Its number; the first is 1.
    pub number: u64,
    /// The publication.
    #[serde(flatten)]
    pub publication: Publication,
}

/// An image of the mall, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MallImage {
    /// The image, and whom it is shown to.
    #[serde(flatten)]
    pub entry: MallEntry,
    /// The tenant whose it is.
    pub owner: String,
}
