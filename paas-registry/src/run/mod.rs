//! One copy, from the first look to the last.

mod attach;
mod blob;
mod each;
mod image;
mod list;
mod put;
mod tally;
mod tree;

pub(crate) use blob::How;
pub(crate) use tally::{Share, Tally};

use crate::{
    CopyError, CopyErrorKind, CopyOrder, Phase, Place, Progress, Side, copier::Shared, destination::Known,
    error::Result,
};
use paas_client::registry::Digest;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::{OnceCell, Semaphore, watch};

/// One copy.
pub(crate) struct Run {
    pub(crate) shared: Arc<Shared>,
    order: CopyOrder,
    /// What is known of the source's registry; it may be the same as that of the destination.
    pub(crate) at_source: Arc<Known>,
    /// What is known of the destination's registry.
    pub(crate) at_destination: Arc<Known>,
    pub(crate) tally: Arc<Tally>,
    /// Places for blobs of this image.
    blobs: Semaphore,
    /// The bytes of manifests that are held.
    held: AtomicUsize,
    /// A place for one large manifest.
    large_manifests: Semaphore,
    /// The manifests of the image, each brought once.
    manifests: Mutex<HashMap<Digest, Arc<OnceCell<()>>>>,
    tag_is_requested: AtomicBool,
}

/// Whether what is known of the destination counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It does.
    Known,
    /// It was wrong: the destination is asked for each part.
    Nothing,
}

impl Run {
    pub(crate) fn new(shared: Arc<Shared>, order: CopyOrder, tell: Arc<watch::Sender<Progress>>) -> Self {
        Self {
            at_source: shared.registries.of(order.source.client.address()),
            at_destination: shared.registries.of(order.destination.client.address()),
            tally: Arc::new(Tally::new(tell)),
            blobs: Semaphore::new(shared.limits.blobs_of_image.min(Semaphore::MAX_PERMITS)),
            held: AtomicUsize::new(0),
            large_manifests: Semaphore::new(1),
            manifests: Mutex::default(),
            tag_is_requested: AtomicBool::new(false),
            shared,
            order,
        }
    }

    /// Whether the tag may have been put.
    pub(crate) fn tag_is_requested(&self) -> bool {
        self.tag_is_requested.load(Ordering::Relaxed)
    }

    pub(crate) fn source(&self) -> &Place {
        &self.order.source
    }

    pub(crate) fn destination(&self) -> &Place {
        &self.order.destination
    }

    /// Whether source and destination are the same registry.
    fn is_within_registry(&self) -> bool {
        Arc::ptr_eq(&self.at_source, &self.at_destination)
    }

    /// Whether source and destination are the same repository.
    fn is_within_repository(&self) -> bool {
        self.is_within_registry() && self.source().repository == self.destination().repository
    }

    /// Asks one of both sides.
    pub(crate) async fn ask<T>(
        &self,
        side: Side,
        call: impl Future<Output = paas_client::Result<T>>,
    ) -> Result<T> {
        self.tally.asks(side);
        self.heard(side, call.await)
    }

    /// What one of both sides has answered.
    pub(crate) fn heard<T>(&self, side: Side, answer: paas_client::Result<T>) -> Result<T> {
        answer.map_err(|error| self.at(side, CopyError::from_client(error, side)))
    }

    /// The error, with where it was.
    pub(crate) fn at(&self, side: Side, error: CopyError) -> CopyError {
        error.at(
            side,
            match side {
                Side::Source => self.source(),
                Side::Destination => self.destination(),
            },
        )
    }

    pub(crate) fn fails(&self, side: Side, kind: CopyErrorKind, message: impl Into<String>) -> CopyError {
        self.at(side, CopyError::new(kind, message))
    }

    fn enters(&self, phase: Phase) {
        self.tally.tell(|progress| progress.phase = phase);
    }

    /// Holds a manifest in memory until what this gives is dropped.
    fn hold(&self, bytes: usize) -> Result<Held<'_>> {
        let held = Held { all: &self.held, bytes };
        let before = self.held.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.shared.limits.manifests() {
            let message = "the manifests of the image are larger than the copier's memory allows";
            return Err(self.fails(Side::Source, CopyErrorKind::Refused, message));
        }
        Ok(held)
    }

    fn manifests(&self) -> MutexGuard<'_, HashMap<Digest, Arc<OnceCell<()>>>> {
        self.manifests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A manifest that is held in memory.
struct Held<'a> {
    all: &'a AtomicUsize,
    bytes: usize,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
