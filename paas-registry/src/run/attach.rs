//! What is about an image: signatures, bills of materials, attestations.

use super::{Run, Trust, each::each, tree::unique};
use crate::{
    Attachments, CopyErrorKind, Overwrite, Phase, Side,
    error::Result,
    limits::{CHILDREN, DEEPEST, MOST_MANIFESTS},
};
use paas_client::{
    BoxFuture,
    registry::{Content, Digest, Manifest, Reference, Tag},
};
use std::{
    collections::{BTreeSet, HashSet},
    sync::{Mutex, PoisonError},
};

/// What cosign puts behind the tag that tells of a digest: signatures, attestations, bills of materials.
const COSIGN: [&str; 3] = ["sig", "att", "sbom"];

/// What is about one manifest.
enum About {
    /// A manifest that says so itself.
    Referrer(Digest),
    /// What lies under a tag of cosign.
    Tagged(Tag, Digest),
}

impl Run {
    /// Brings what is about the image, if that is wanted. Its content is there, its tag not yet.
    pub(super) async fn attachments(&self, image: &Manifest) -> Result<()> {
        if self.order.attachments == Attachments::LeaveOut {
            return Ok(());
        }
        self.enters(Phase::Attachments);
        let mut seen = BTreeSet::new();
        let mut is_there = matches!(self.destination().reference, Reference::Digest(_));
        // What is about what is about the image, and so on.
        for _ in 0..=DEEPEST {
            let all: Vec<Digest> = self.manifests().keys().cloned().collect();
            let new: BTreeSet<Digest> =
                all.into_iter().filter(|digest| seen.insert(digest.clone())).collect();
            let found = self.find(new).await?;
            if found.is_empty() {
                break;
            }
            if !is_there {
                // Some registries note an attachment only if they have what it is about. Nobody sees it by a tag.
                self.put(&Reference::from(image.digest()), image, 0).await?;
                is_there = true;
            }
            each(CHILDREN, found.into_iter().map(|about| self.attach(about))).await?;
        }
        Ok(())
    }

    /// Brings what is about an image that the destination has already.
    pub(super) async fn only_attachments(&self, image: &Digest) -> Result<()> {
        let image = self.fetch(image, CopyErrorKind::SourceMissing).await?;
        let _held = self.hold(image.bytes().len())?;
        self.survey(&image, 0).await?;
        self.attachments(&image).await
    }

    /// Notes all manifests of an image.
    fn survey<'a>(&'a self, manifest: &'a Manifest, depth: usize) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.note(manifest.digest())?;
            let Content::Index { manifests, .. } = self.read(manifest)? else { return Ok(()) };
            for child in unique(manifests) {
                if self.notes_child(&child, depth + 1)? {
                    let index = self.fetch(&child.digest, CopyErrorKind::SourceBroken).await?;
                    let _held = self.hold(index.bytes().len())?;
                    self.survey(&index, depth + 1).await?;
                }
            }
            Ok(())
        })
    }

    /// Finds what is about these manifests and lacks at the destination.
    async fn find(&self, manifests: BTreeSet<Digest>) -> Result<Vec<About>> {
        let found = Mutex::new(Vec::new());
        let place = &found;
        let one = |digest: Digest| async move {
            let about = self.about(&digest).await?;
            place.lock().unwrap_or_else(PoisonError::into_inner).extend(about);
            Ok(())
        };
        each(CHILDREN, manifests.into_iter().map(one)).await?;
        Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    async fn about(&self, digest: &Digest) -> Result<Vec<About>> {
        let place = self.source();
        let mut listed = BTreeSet::new();
        let mut entries = 0;
        let mut list = place.client.referrers(&place.repository, digest, None);
        self.tally.asks(Side::Source);
        while let Some(one) = list.next().await {
            listed.insert(self.heard(Side::Source, one)?.digest);
            entries += 1;
            // A list may have no end.
            if entries > MOST_MANIFESTS {
                let message = format!("more than {MOST_MANIFESTS} manifests are about one");
                return Err(self.fails(Side::Source, CopyErrorKind::Refused, message).of(digest));
            }
        }
        if !listed.is_empty() {
            let place = self.destination();
            let mut list = place.client.referrers(&place.repository, digest, None);
            self.tally.asks(Side::Destination);
            while let Some(one) = list.next().await {
                listed.remove(&self.heard(Side::Destination, one)?.digest);
            }
        }
        let mut about: Vec<About> = listed.into_iter().map(About::Referrer).collect();
        for suffix in COSIGN {
            let Ok(tag) = format!("{}.{suffix}", digest.fallback_tag()).parse::<Tag>() else { continue };
            let reference = Reference::from(&tag);
            let found = place.client.manifest_descriptor(&place.repository, &reference);
            if let Some(found) = self.ask(Side::Source, found).await? {
                about.push(About::Tagged(tag, found.digest));
            }
        }
        Ok(about)
    }

    async fn attach(&self, about: About) -> Result<()> {
        match about {
            About::Referrer(referrer) => {
                self.note(&referrer)?;
                // It may be there, and not be noted as what it is.
                match self.carry(&referrer, &Reference::from(&referrer)).await {
                    // It is listed, but gone: there is nothing to be brought.
                    Err(error)
                        if error.kind() == CopyErrorKind::SourceBroken
                            && error.content() == Some(&referrer) =>
                    {
                        Ok(())
                    }
                    other => other,
                }
            }
            About::Tagged(tag, digest) => {
                let reference = Reference::from(&tag);
                let place = self.destination();
                let there = place.client.manifest_descriptor(&place.repository, &reference);
                match self.ask(Side::Destination, there).await? {
                    Some(there) if there.digest == digest => Ok(()),
                    Some(there) if !self.loses_nothing(&there.digest, &digest).await? => {
                        let message =
                            "the destination has other signatures of the image, which may not be replaced";
                        let error = self.fails(Side::Destination, CopyErrorKind::TagConflict, message);
                        Err(error.with_found(Some(there.digest)).of(&digest))
                    }
                    _ => self.carry(&digest, &reference).await,
                }
            }
        }
    }

    /// Brings a manifest and its content, and puts it.
    async fn carry(&self, digest: &Digest, reference: &Reference) -> Result<()> {
        let manifest = self.fetch(digest, CopyErrorKind::SourceBroken).await?;
        let _held = self.hold(manifest.bytes().len())?;
        let trust = if self.order.thorough { Trust::Nothing } else { Trust::Known };
        self.content(&manifest, 1, trust).await?;
        self.put(reference, &manifest, 1).await?;
        self.tally.attachments.add(1);
        Ok(())
    }

    /// Whether what the destination has under a tag of cosign may be replaced: then nothing is lost, or it is allowed. Each
    /// signature is a layer.
    async fn loses_nothing(&self, there: &Digest, new: &Digest) -> Result<bool> {
        if self.order.overwrite == Overwrite::Always {
            return Ok(true);
        }
        let place = self.destination();
        let reference = Reference::from(there);
        let there = place.client.manifest(&place.repository, &reference);
        let Some(there) = self.ask(Side::Destination, there).await? else { return Ok(true) };
        let new = self.fetch(new, CopyErrorKind::SourceBroken).await?;
        let (Ok(Content::Image { layers: old, .. }), Ok(Content::Image { layers: new, .. })) =
            (there.content(), new.content())
        else {
            return Ok(false);
        };
        let new: HashSet<Digest> = new.into_iter().map(|layer| layer.digest).collect();
        Ok(old.iter().all(|layer| new.contains(&layer.digest)))
    }
}
