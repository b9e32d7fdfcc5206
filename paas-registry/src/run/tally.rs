//! What a copy has done so far.

use crate::{Copied, Progress, Requests, Side};
use paas_client::registry::Digest;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::watch;

/// What a copy has done so far, and who is told.
pub(crate) struct Tally {
    tell: Arc<watch::Sender<Progress>>,
    pub(crate) blobs_sent: Count,
    pub(crate) blobs_mounted: Count,
    pub(crate) blobs_there: Count,
    pub(crate) foreign_layers: Count,
    pub(crate) manifests: Count,
    pub(crate) attachments: Count,
    pub(crate) retries: Count,
    at_source: Count,
    at_destination: Count,
}

/// A number that grows.
#[derive(Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Tally {
    pub(crate) fn new(tell: Arc<watch::Sender<Progress>>) -> Self {
        Self {
            tell,
            blobs_sent: Count::default(),
            blobs_mounted: Count::default(),
            blobs_there: Count::default(),
            foreign_layers: Count::default(),
            manifests: Count::default(),
            attachments: Count::default(),
            retries: Count::default(),
            at_source: Count::default(),
            at_destination: Count::default(),
        }
    }

    pub(crate) fn tell(&self, change: impl FnOnce(&mut Progress)) {
        self.tell.send_modify(change);
    }

    /// One side is asked something.
    pub(crate) fn asks(&self, side: Side) {
        match side {
            Side::Source => self.at_source.add(1),
            Side::Destination => self.at_destination.add(1),
        }
    }

    /// All that was done.
    pub(crate) fn copied(&self, digest: Digest, unchanged: bool) -> Copied {
        Copied {
            digest,
            unchanged,
            blobs_sent: self.blobs_sent.now(),
            bytes_sent: self.tell.borrow().bytes_sent,
            blobs_mounted: self.blobs_mounted.now(),
            blobs_there: self.blobs_there.now(),
            foreign_layers: self.foreign_layers.now(),
            manifests: self.manifests.now(),
            attachments: self.attachments.now(),
            retries: self.retries.now(),
            requests: Requests { source: self.at_source.now(), destination: self.at_destination.now() },
        }
    }
}

/// A blob that is being brought, or one of those that wait for other copies, until this is dropped.
pub(crate) struct Counted<'a> {
    tally: &'a Tally,
    of: fn(&mut Progress) -> &mut u64,
}

impl Tally {
    /// A blob is being brought.
    pub(crate) fn brings(&self) -> Counted<'_> {
        Counted::new(self, |progress| &mut progress.under_way)
    }

    /// It waits for other copies.
    pub(crate) fn is_held_up(&self) -> Counted<'_> {
        Counted::new(self, |progress| &mut progress.held_up)
    }
}

impl<'a> Counted<'a> {
    fn new(tally: &'a Tally, of: fn(&mut Progress) -> &mut u64) -> Self {
        tally.tell(|progress| *of(progress) = of(progress).saturating_add(1));
        Self { tally, of }
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.tally.tell(|progress| *(self.of)(progress) = (self.of)(progress).saturating_sub(1));
    }
}

/// What one blob adds to the bytes that are done.
pub(crate) struct Share {
    tally: Arc<Tally>,
    bytes: u64,
}

impl Share {
    pub(crate) fn new(tally: Arc<Tally>) -> Self {
        Self { tally, bytes: 0 }
    }

    /// So much of the blob is done; less than before if some of it got lost.
    pub(crate) fn has(&mut self, bytes: u64) {
        let before = std::mem::replace(&mut self.bytes, bytes);
        self.tally.tell(|progress| {
            progress.bytes_done = progress.bytes_done.saturating_sub(before).saturating_add(bytes);
        });
    }

    /// So much more of it was sent.
    pub(crate) fn sent(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.tally.tell(|progress| {
            progress.bytes_done = progress.bytes_done.saturating_add(bytes);
            progress.bytes_sent = progress.bytes_sent.saturating_add(bytes);
        });
    }
}
