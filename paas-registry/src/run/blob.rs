//! Bringing blobs: what is there stays, what is elsewhere at the destination is mounted, what is nowhere is sent.

use super::{Run, Share, Trust, each::each, tree::unique};
use crate::{
    CopyErrorKind, Side,
    blob::Transfer,
    destination::{Entry, Key, Lead, Waiting},
    error::{CopyError, Result},
    tries::Tries,
};
use futures_util::future::{Either, select};
use paas_client::registry::{Descriptor, Mount, RepositoryName, Upload};
use std::{pin::pin, time::Duration};

/// A blob of so many bytes is worth asking more than one repository for it. 1 MiB: to send it takes longer than to ask.
const WORTH_ASKING: u64 = 1 << 20;

/// Who sends a blob gives a sign of life in so long.
const SIGN: Duration = Duration::from_secs(10);

/// After so long without a sign of life, who waits for a blob sends it himself. Three signs: the other copy is not polled
/// any more, or hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a blob came to be at the destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It was there.
    There,
    /// The destination took it over from another repository.
    Mounted,
    /// It was sent.
    Sent,
}

impl Run {
    /// Brings blobs.
    pub(super) async fn all_blobs(
        &self,
        blobs: impl IntoIterator<Item = Descriptor>,
        trust: Trust,
    ) -> Result<()> {
        let blobs = unique(blobs);
        let bytes = blobs.iter().fold(0_u64, |sum, blob| sum.saturating_add(blob.size));
        let count = u64::try_from(blobs.len()).unwrap_or(u64::MAX);
        self.tally.tell(|progress| {
            progress.blobs = progress.blobs.saturating_add(count);
            progress.bytes = progress.bytes.saturating_add(bytes);
        });
        each(self.shared.limits.blobs_of_image, blobs.into_iter().map(|blob| self.blob(blob, trust))).await
    }

    /// Brings a blob, and notes how.
    async fn blob(&self, blob: Descriptor, trust: Trust) -> Result<()> {
        // The semaphore is never closed.
        let _place = self.blobs.acquire().await;
        let _brought = self.tally.brings();
        let mut share = Share::new(self.tally.clone());
        let how = if is_foreign(&blob) && !self.order.foreign_layers {
            None
        } else {
            match self.ensure(&blob, trust).await {
                Ok(how) => Some(how),
                // It can be had elsewhere.
                Err(error) if error.kind() == CopyErrorKind::SourceBroken && !blob.urls.is_empty() => None,
                Err(error) => return Err(error.of(&blob.digest)),
            }
        };
        match how {
            None => self.tally.foreign_layers.add(1),
            Some(How::There) => self.tally.blobs_there.add(1),
            Some(How::Mounted) => self.tally.blobs_mounted.add(1),
            Some(How::Sent) => self.tally.blobs_sent.add(1),
        }
        // What was sent has told its bytes on its way.
        if how != Some(How::Sent) {
            share.has(blob.size);
        }
        self.tally.tell(|progress| {
            progress.blobs_done = progress.blobs_done.saturating_add(1);
            match how {
                Some(How::Mounted) => progress.mounted = progress.mounted.saturating_add(1),
                Some(How::There) | None => progress.skipped = progress.skipped.saturating_add(1),
                Some(How::Sent) => {}
            }
        });
        Ok(())
    }

    /// Sees to it that the destination has a blob.
    async fn ensure(&self, blob: &Descriptor, trust: Trust) -> Result<How> {
        let (known, repository) = (&self.at_destination, &self.destination().repository);
        match trust {
            Trust::Nothing => known.forget(&blob.digest, repository),
            Trust::Known if self.is_within_repository() => return Ok(How::There),
            Trust::Known => {}
        }
        let mut tries = Tries::default();
        let mut upload: Option<Upload> = None;
        // Those that did not give it.
        let mut asked: Vec<RepositoryName> = Vec::new();
        let mut can_mount = known.can_mount(self.shared.clock.now());
        let how = loop {
            if known.holds(&blob.digest, repository, self.shared.clock.now()) {
                break How::There;
            }
            let is_worth_it = can_mount && (upload.is_none() || blob.size >= WORTH_ASKING);
            if let Some(from) = self.elsewhere(blob, &asked).filter(|_| is_worth_it) {
                match self.mount(blob, &from).await {
                    Ok(Mount::Mounted) => break How::Mounted,
                    Ok(Mount::Upload(begun)) => {
                        known.forget(&blob.digest, &from);
                        asked.push(from);
                        self.abandon(upload.replace(begun)).await;
                    }
                    Ok(_) => asked.push(from),
                    Err(error) if error.is_retryable() => {
                        self.tally.retries.add(1);
                        // A registry that answers may fail at mounts alone: then it gets the blob sent.
                        match tries.after(error, &self.shared).await {
                            Err(error) if is_answered(&error) => {
                                known.fails_at_mounts(self.shared.clock.now());
                                can_mount = false;
                            }
                            other => other?,
                        }
                    }
                    // If it is the destination that does not let us, it will say so again.
                    Err(_) => asked.push(from),
                }
                continue;
            }
            let key = match asked.as_slice() {
                [] if can_mount => Key::Blob(blob.digest.clone()),
                // It has to be sent to each repository.
                _ => Key::BlobOf(repository.clone(), blob.digest.clone()),
            };
            let lead = match known.flights.enter(&key) {
                Entry::Lead(lead) => lead,
                Entry::Wait(waiting) => {
                    let has_ended = {
                        let _waits = self.tally.is_held_up();
                        self.waits(waiting).await
                    };
                    if has_ended {
                        continue;
                    }
                    known.flights.take_over(&key)
                }
            };
            // Since it was looked for, another may have ended.
            let is_there = known.holds(&blob.digest, repository, self.shared.clock.now());
            if is_there || (can_mount && upload.is_none() && self.elsewhere(blob, &asked).is_some()) {
                continue;
            }
            return self.leads(&lead, self.sends(blob, upload)).await;
        };
        known.learn(&blob.digest, repository, self.shared.clock.now());
        self.abandon(upload).await;
        Ok(how)
    }

    /// Another repository of the destination that should hold a blob, and was not asked.
    fn elsewhere(&self, blob: &Descriptor, asked: &[RepositoryName]) -> Option<RepositoryName> {
        let (source, repository) = (&self.source().repository, &self.destination().repository);
        let others = self.at_destination.others(&blob.digest, repository);
        // Of the same registry, the source itself.
        let own = (self.is_within_registry() && source != repository).then(|| source.clone());
        own.into_iter().chain(others).find(|from| !asked.contains(from))
    }

    async fn mount(&self, blob: &Descriptor, from: &RepositoryName) -> Result<Mount> {
        let place = self.destination();
        self.ask(Side::Destination, place.client.mount_blob(&place.repository, &blob.digest, from)).await
    }

    /// Gives an upload up that nobody needs. If that fails, the registry forgets it after a while.
    pub(crate) async fn abandon(&self, upload: Option<Upload>) {
        if let Some(upload) = upload {
            let _ = self.ask(Side::Destination, self.destination().client.cancel_upload(&upload)).await;
        }
    }

    /// Waits for another who brings the blob: whether that has ended. If not, it does not stir any more.
    pub(super) async fn waits(&self, mut waiting: Waiting) -> bool {
        loop {
            let patience = self.shared.clock.sleep(PATIENCE);
            match select(pin!(waiting.stirs()), patience).await {
                Either::Left((true, _)) => return true,
                Either::Left((false, _)) => {}
                Either::Right(_) => return false,
            }
        }
    }

    /// Does something while others may wait for it.
    pub(super) async fn leads<T>(&self, lead: &Lead, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            match select(work.as_mut(), self.shared.clock.sleep(SIGN)).await {
                Either::Left((done, _)) => return done,
                Either::Right(_) => lead.gives_sign(self.shared.clock.now()),
            }
        }
    }

    /// Sends a blob, as often as it is worth it; each time from where the last broke, if the destination has kept that.
    async fn sends(&self, blob: &Descriptor, upload: Option<Upload>) -> Result<How> {
        let _place = {
            let _waits = self.tally.is_held_up();
            // The semaphore is never closed.
            self.shared.blobs.acquire().await
        };
        let mut transfer = Transfer::new(self, blob, upload);
        let mut tries = Tries::default();
        let mut arrived = 0;
        loop {
            let error = match transfer.attempt().await {
                Ok(how) => {
                    if how != How::Sent {
                        transfer.counts_for_nothing();
                    }
                    let repository = &self.destination().repository;
                    self.at_destination.learn(&blob.digest, repository, self.shared.clock.now());
                    return Ok(how);
                }
                Err(error) => error,
            };
            if transfer.arrived() > arrived {
                arrived = transfer.arrived();
                tries.restart();
            }
            let goes_on = if transfer.is_hopeless(&error) {
                Err(error)
            } else {
                tries.after(error, &self.shared).await
            };
            if let Err(error) = goes_on {
                transfer.counts_for_nothing();
                transfer.give_up().await;
                return Err(error);
            }
            self.tally.retries.add(1);
        }
    }
}

/// Whether a layer lies elsewhere, and a licence forbids to distribute it.
fn is_foreign(blob: &Descriptor) -> bool {
    let kind = blob.media_type.as_str();
    !blob.urls.is_empty()
        && (kind.starts_with("application/vnd.docker.image.rootfs.foreign.")
            || kind.starts_with("application/vnd.oci.image.layer.nondistributable."))
}

/// Whether a registry, or something before it, has answered at all.
fn is_answered(error: &CopyError) -> bool {
    error.client().is_some_and(|error| error.status().is_some())
}
