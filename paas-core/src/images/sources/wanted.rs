//! Images as templates name them.

use super::ImageSources;
use crate::{
    images::{Digest, RepositoryName, Tag, distribution::Zone},
    policy,
};

/// An image of the platform's registries, as a template names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Wanted {
    /// The repository, without the registry. It is in a namespace.
    pub repository: RepositoryName,
    /// The tag; where there is a digest, that counts. With neither it is `latest`.
    pub tag: Option<Tag>,
    /// Exactly this.
    pub digest: Option<Digest>,
}

impl Wanted {
    /// The image namespace that it is in.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.repository.namespace().unwrap_or_default()
    }
}

/// What a template names.
pub(super) enum Named<'s> {
    /// Nothing that Docker takes for an image: who knows what others make of it.
    Nothing,
    /// An image from elsewhere.
    Elsewhere,
    /// An image in the registry of a zone; `None`: it is in no namespace.
    Here(&'s Zone, Option<Wanted>),
}

impl ImageSources {
    /// What an image is, as it is written in a template.
    pub(super) fn named(&self, image: &str) -> Named<'_> {
        if !policy::is_image(image) {
            return Named::Nothing;
        }
        let found = self.zones.iter().find_map(|zone| Some((zone, policy::below(image, &zone.registry)?)));
        match found {
            None => Named::Elsewhere,
            Some((zone, path)) => Named::Here(zone, wanted(image, &path)),
        }
    }
}

fn wanted(image: &str, path: &str) -> Option<Wanted> {
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest.parse().ok()?)),
        None => (image, None),
    };
    // A `:` before a `/` is that of a port.
    let tag = match name.rsplit_once(':') {
        Some((_, tag)) if !tag.contains('/') => Some(tag.parse().ok()?),
        _ => None,
    };
    let repository: RepositoryName = path.parse().ok()?;
    repository.namespace()?;
    let tag = if digest.is_none() && tag.is_none() { Some("latest".parse().ok()?) } else { tag };
    Some(Wanted { repository, tag, digest })
}
