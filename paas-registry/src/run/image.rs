//! The whole of a copy.

use super::{Run, Trust};
use crate::{
    Attachments, Copied, CopyErrorKind, Overwrite, Phase, Side,
    error::{CopyError, Result},
};
use futures_util::future::join;
use paas_client::registry::{Digest, Manifest, Reference};
use std::{sync::atomic::Ordering, time::Duration};

/// For so long what was seen under the tag counts. Later, whether it may be replaced is asked anew.
const SEEN: Duration = Duration::from_secs(1);

/// How often the destination is read until it has what was put: some storages behind registries are behind.
const READINGS: u32 = 4;

/// The pause before the second reading; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

impl Run {
    /// Copies the image.
    pub(crate) async fn copy(&self) -> Result<Copied> {
        // The semaphore is never closed.
        let _place = self.shared.images.acquire().await;
        self.enters(Phase::Looking);
        let (wanted, there) = join(self.wanted(), self.tagged()).await;
        let (wanted, there) = (wanted?, there?);
        self.expects(&wanted)?;
        let seen = self.shared.clock.now();
        let is_there = self.is_same(there.as_ref(), &wanted).await?;
        if is_there && !self.order.thorough {
            if self.order.attachments == Attachments::Always {
                self.only_attachments(&wanted).await?;
            }
            return Ok(self.tally.copied(wanted, true));
        }
        self.may_replace(&wanted, there.as_ref().filter(|_| !is_there))?;
        self.enters(Phase::Content);
        let manifest = self.fetch(&wanted, CopyErrorKind::SourceMissing).await?;
        let _held = self.hold(manifest.bytes().len())?;
        self.note(&wanted)?;
        let trust = if self.order.thorough { Trust::Nothing } else { Trust::Known };
        self.content(&manifest, 0, trust).await?;
        self.attachments(&manifest).await?;
        self.enters(Phase::Publishing);
        if self.shared.clock.now().saturating_sub(seen) > SEEN && self.order.overwrite != Overwrite::Always {
            let there = self.tagged().await?;
            self.may_replace(&wanted, there.as_ref().filter(|there| !there.is_of(manifest.bytes())))?;
        }
        self.publish(&manifest).await?;
        Ok(self.tally.copied(wanted, false))
    }

    /// The digest of what is to be copied.
    async fn wanted(&self) -> Result<Digest> {
        let place = self.source();
        if let Reference::Digest(digest) = &place.reference {
            return Ok(digest.clone());
        }
        let found =
            self.ask(Side::Source, place.client.manifest_descriptor(&place.repository, &place.reference));
        match found.await.map_err(missing_at_source)? {
            Some(found) => Ok(found.digest),
            None => {
                let kind = CopyErrorKind::SourceMissing;
                Err(self.fails(Side::Source, kind, kind.words()))
            }
        }
    }

    /// The digest that the destination has under the tag.
    async fn tagged(&self) -> Result<Option<Digest>> {
        let place = self.destination();
        let found = place.client.manifest_descriptor(&place.repository, &place.reference);
        match self.ask(Side::Destination, found).await {
            Ok(found) => Ok(found.map(|found| found.digest)),
            // Nothing is there, not even the repository.
            Err(error) if error.kind() == CopyErrorKind::NamespaceMissing => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether what the destination has is what is wanted.
    async fn is_same(&self, there: Option<&Digest>, wanted: &Digest) -> Result<bool> {
        match there {
            // One content has two digests if they are computed in two ways.
            Some(there) if there.algorithm() != wanted.algorithm() => {
                let manifest = self.fetch(wanted, CopyErrorKind::SourceMissing).await?;
                Ok(there.is_of(manifest.bytes()))
            }
            there => Ok(there == Some(wanted)),
        }
    }

    fn expects(&self, wanted: &Digest) -> Result<()> {
        match &self.order.expected {
            Some(expected) if expected != wanted => {
                let kind = CopyErrorKind::SourceChanged;
                Err(self.fails(Side::Source, kind, kind.words()).with_found(Some(wanted.clone())))
            }
            _ => Ok(()),
        }
    }

    /// Whether what is under the tag may be replaced.
    fn may_replace(&self, wanted: &Digest, there: Option<&Digest>) -> Result<()> {
        match (&self.destination().reference, there) {
            // Nothing else can ever be there.
            (Reference::Digest(digest), _) if digest != wanted => {
                let message = "the destination is named by the digest of another image";
                Err(self.fails(Side::Destination, CopyErrorKind::Refused, message))
            }
            (Reference::Tag(_), Some(there)) if there != wanted && !self.order.overwrite.allows(there) => {
                let kind = CopyErrorKind::TagConflict;
                Err(self.fails(Side::Destination, kind, kind.words()).with_found(Some(there.clone())))
            }
            _ => Ok(()),
        }
    }

    /// Fetches a manifest of the source. If it is not there, that is an error of this kind.
    pub(super) async fn fetch(&self, digest: &Digest, missing: CopyErrorKind) -> Result<Manifest> {
        let place = self.source();
        let reference = Reference::from(digest);
        let found = self.ask(Side::Source, place.client.manifest(&place.repository, &reference)).await;
        let found = found.map_err(|error| error.of(digest))?;
        found.ok_or_else(|| self.fails(Side::Source, missing, missing.words()).of(digest))
    }

    /// Puts the tag, and reads whether the destination has it.
    async fn publish(&self, manifest: &Manifest) -> Result<()> {
        let reference = self.destination().reference.clone();
        self.tag_is_requested.store(true, Ordering::Relaxed);
        let was_put = self.put(&reference, manifest, 0).await;
        was_put.map_err(|error| if may_be_done(&error) { error.with_tag_requested() } else { error })?;
        let mut pause = FIRST_PAUSE;
        let mut found = None;
        for reading in 1..=READINGS {
            found = self.tagged().await.map_err(CopyError::with_tag_requested)?;
            if found.as_ref().is_some_and(|found| found.is_of(manifest.bytes())) {
                return Ok(());
            }
            if reading < READINGS {
                self.shared.clock.sleep(pause).await;
                pause *= 2;
            }
        }
        let kind = CopyErrorKind::NotEqual;
        Err(self.fails(Side::Destination, kind, kind.words()).with_found(found).with_tag_requested())
    }
}

/// Whether the destination may have done it although it failed.
fn may_be_done(error: &CopyError) -> bool {
    error.client().is_some_and(paas_client::Error::outcome_unknown)
}

/// Where the image itself is asked for, not found means that there is none.
fn missing_at_source(error: CopyError) -> CopyError {
    error.with_kind_if(CopyErrorKind::SourceBroken, CopyErrorKind::SourceMissing)
}
