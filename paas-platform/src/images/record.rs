//! What is kept of images.

use crate::store::{Document, FromDocument};
use paas_core::images::{
    ImageName,
    promotion::{Change, Image},
};
use serde::{Deserialize, Serialize};

/// An image, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ImageRecord {
    pub(crate) image: Image,
    /// The number of the last entry of its journal.
    #[serde(default)]
    pub(crate) journal: u64,
    /// The [id](crate::Namespace::id) of its namespace.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) namespace: String,
}

impl Document for ImageRecord {
    const NAME: &'static str = "image";
    const FORMAT: u64 = 1;
}

impl FromDocument for ImageRecord {}

/// Says that something is to be done about an image of that name: it waits to be copied, or is being copied. Written and
/// taken away together with the image, so that whoever looks what is due reads these and not all images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WorkRecord {}

impl Document for WorkRecord {
    const NAME: &'static str = "mark of an image";
    const FORMAT: u64 = 1;
}

impl FromDocument for WorkRecord {}

/// An entry of the journal of an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageEntry {
    /// Its number; the first is 1.
    pub number: u64,
    /// What happened.
    #[serde(flatten)]
    pub change: Change,
}

/// An entry as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Note(pub(super) Change);

impl Document for Note {
    const NAME: &'static str = "entry about an image";
    const FORMAT: u64 = 1;
}

impl FromDocument for Note {}

/// The name of the journal of an image, in the namespace with this [id](crate::Namespace::id): what is in a namespace that
/// somebody makes anew has a journal of its own.
pub(super) fn stream(namespace: &str, image: &ImageName) -> String {
    // No name of an image has an `@` and no tag.
    format!("image/{image}@{namespace}")
}
