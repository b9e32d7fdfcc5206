//! The copier.

mod all;
mod builder;
mod copying;

pub use all::{CopyAll, Ended};
pub use builder::CopierBuilder;
pub use copying::{Canceller, Copying};

use crate::{CopyLimits, CopyOrder, UploadRecords, destination::Registries, pace::Pace};
use paas_client::{Clock, Randomness, RetryPolicy};
use std::{fmt, sync::Arc};
use tokio::sync::Semaphore;

/// Copies images from registry to registry. Clones are the same copier: many copies go through one, share its limits, and
/// what it knows of the destinations.
///
/// It has no tasks of its own: a copy goes on while its future is polled, on whatever runtime, and is over when it is dropped.
#[derive(Clone)]
pub struct Copier(pub(crate) Arc<Shared>);

/// What all copies of a copier share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) limits: CopyLimits,
    pub(crate) retry: RetryPolicy,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) records: Option<Arc<dyn UploadRecords>>,
    pub(crate) registries: Registries,
    pub(crate) pace: Pace,
    pub(crate) images: Semaphore,
    pub(crate) blobs: Semaphore,
}

impl Copier {
    /// Sets up a copier.
    pub fn builder() -> CopierBuilder {
        CopierBuilder::default()
    }

    /// Copies an image. Nothing happens before what this gives is awaited.
    ///
    /// Whatever becomes of it, the destination has no tag of a manifest that points at missing content. A copy that was
    /// stopped or that failed is taken up by ordering it again: what has arrived is not sent again. Dropped: it is over; the
    /// tag is not put, unless it was being put just then.
    ///
    /// # Errors
    ///
    /// See [`CopyErrorKind`](crate::CopyErrorKind).
    pub fn copy(&self, order: CopyOrder) -> Copying {
        Copying::new(self.0.clone(), order)
    }

    /// Copies many images, as many at once as the limits allow; their ends come in the order in which they end. Orders are
    /// taken one after the other as there is room: they may be many. Nothing happens before the ends are asked for. Dropped:
    /// all copies are over.
    pub fn copy_all<I>(&self, orders: I) -> CopyAll
    where
        I: IntoIterator<Item = CopyOrder>,
        I::IntoIter: Send + 'static,
    {
        CopyAll::new(self.clone(), Box::new(orders.into_iter()))
    }
}

impl fmt::Debug for Copier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copier").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}
