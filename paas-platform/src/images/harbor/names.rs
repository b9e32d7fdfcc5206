//! Images, as Harbor names them.

use crate::images::ImageTrouble;
use paas_client::harbor::{Digest, RepositoryKey, TagName};
use paas_core::images::{self, ImageName, promotion::FailureKind};

/// An image, as Harbor names it.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) repository: RepositoryKey,
    pub(super) tag: TagName,
}

impl Names {
    pub(super) fn of(image: &ImageName) -> Result<Self, ImageTrouble> {
        Ok(Self { repository: image.repository.as_str().parse()?, tag: image.tag.as_str().parse()? })
    }
}

/// A digest that Harbor has told, by our own grammar.
pub(super) fn digest(told: &Digest) -> Result<images::Digest, ImageTrouble> {
    told.as_str().parse().map_err(|error| ImageTrouble::new(FailureKind::Unexpected, format!("{error}")))
}
