//! What manifests point at: blobs, and other manifests.

use super::{Run, Trust, each::each};
use crate::{
    CopyErrorKind, Side,
    error::{CopyError, Result},
    limits::{CHILDREN, DEEPEST, LARGE_MANIFEST, MOST_MANIFESTS},
};
use paas_client::{
    BoxFuture,
    registry::{Content, Descriptor, Digest, Manifest, Reference, media_type},
};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::OnceCell;

impl Run {
    /// Brings all that a manifest points at. `depth` is how many indexes are above it.
    pub(super) fn content<'a>(
        &'a self,
        manifest: &'a Manifest,
        depth: usize,
        trust: Trust,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match self.read(manifest)? {
                Content::Image { config, layers, .. } => {
                    self.all_blobs(std::iter::once(config).chain(layers), trust).await
                }
                Content::Index { manifests, .. } => {
                    let children = unique(manifests);
                    each(CHILDREN, children.into_iter().map(|child| self.child(child, depth + 1, trust)))
                        .await
                }
                _ => Err(self.is_of_no_kind(manifest)),
            }
        })
    }

    /// What a manifest says.
    pub(super) fn read(&self, manifest: &Manifest) -> Result<Content> {
        manifest.content().map_err(|error| {
            let error = CopyError::from_client(error, Side::Source);
            let error = error.with_kind_if(CopyErrorKind::Unexpected, CopyErrorKind::Refused);
            self.at(Side::Source, error).of(manifest.digest())
        })
    }

    fn is_of_no_kind(&self, manifest: &Manifest) -> CopyError {
        let message = "the image is of a kind that cannot be copied";
        self.fails(Side::Source, CopyErrorKind::Refused, message).of(manifest.digest())
    }

    /// Brings what an index points at, and all below it.
    async fn child(&self, child: Descriptor, depth: usize, trust: Trust) -> Result<()> {
        if !is_manifest(&child.media_type) {
            // Caches of builds are indexes of layers.
            return self.all_blobs([child], trust).await;
        }
        self.is_not_too_deep(&child, depth)?;
        let once = self.note(&child.digest)?;
        match trust {
            Trust::Known => once.get_or_try_init(|| self.bring(&child, depth, trust)).await.copied(),
            // It was brought already, and is not there.
            Trust::Nothing => self.bring(&child, depth, trust).await,
        }
    }

    /// Notes what an index points at; whether it is an index again.
    pub(super) fn notes_child(&self, child: &Descriptor, depth: usize) -> Result<bool> {
        self.is_not_too_deep(child, depth)?;
        if is_manifest(&child.media_type) {
            self.note(&child.digest)?;
        }
        Ok(is_index(&child.media_type))
    }

    fn is_not_too_deep(&self, child: &Descriptor, depth: usize) -> Result<()> {
        if depth <= DEEPEST {
            return Ok(());
        }
        let message = format!("indexes lie more than {DEEPEST} deep in each other");
        Err(self.fails(Side::Source, CopyErrorKind::Refused, message).of(&child.digest))
    }

    /// Brings a manifest and all below it.
    async fn bring(&self, child: &Descriptor, depth: usize, trust: Trust) -> Result<()> {
        let reference = Reference::from(&child.digest);
        // An index is looked through in any case: what it holds may have attachments.
        if trust == Trust::Known && !is_index(&child.media_type) && self.has(&reference).await? {
            return Ok(());
        }
        // They could be too many at once for the memory that one after the other fits into. Images hold no others.
        let _alone = match child.size > LARGE_MANIFEST && !is_index(&child.media_type) {
            // The semaphore is never closed.
            true => self.large_manifests.acquire().await.ok(),
            false => None,
        };
        let manifest = self.fetch(&child.digest, CopyErrorKind::SourceBroken).await?;
        let _held = self.hold(manifest.bytes().len())?;
        self.content(&manifest, depth, trust).await?;
        self.put(&reference, &manifest, depth).await
    }

    /// Whether the destination has a manifest.
    async fn has(&self, reference: &Reference) -> Result<bool> {
        let place = self.destination();
        let found = place.client.manifest_descriptor(&place.repository, reference);
        Ok(self.ask(Side::Destination, found).await?.is_some())
    }

    /// Notes that a manifest belongs to the image.
    pub(super) fn note(&self, digest: &Digest) -> Result<Arc<OnceCell<()>>> {
        let mut manifests = self.manifests();
        if !manifests.contains_key(digest) && manifests.len() >= MOST_MANIFESTS {
            let message = format!("the image has more than {MOST_MANIFESTS} manifests");
            return Err(self.fails(Side::Source, CopyErrorKind::Refused, message));
        }
        Ok(manifests.entry(digest.clone()).or_default().clone())
    }
}

/// Each content once, in its order.
pub(super) fn unique(all: impl IntoIterator<Item = Descriptor>) -> Vec<Descriptor> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|one| seen.insert(one.digest.clone())).collect()
}

fn is_index(kind: &str) -> bool {
    matches!(kind, media_type::OCI_INDEX | media_type::DOCKER_LIST)
}

fn is_manifest(kind: &str) -> bool {
    is_index(kind) || matches!(kind, media_type::OCI_MANIFEST | media_type::DOCKER_MANIFEST)
}
