//! How a copier is set up.

use super::{Copier, Shared};
use crate::{
    CopyError, CopyErrorKind, CopyLimits, UploadRecords, destination::Registries, error::Result, pace::Pace,
};
use paas_client::{Clock, Randomness, RetryPolicy, Seeded, TokioClock};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Sets up a [`Copier`].
///
/// ```
/// use paas_registry::{Copier, CopyErrorKind, CopyLimits};
///
/// let limits = CopyLimits { images: 2, ..CopyLimits::default() };
/// assert!(Copier::builder().limits(limits).build().is_ok());
///
/// let none = CopyLimits { blobs: 0, ..limits };
/// let error = Copier::builder().limits(none).build().unwrap_err();
/// assert_eq!(error.kind(), CopyErrorKind::Configuration);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct CopierBuilder {
    limits: CopyLimits,
    retry: RetryPolicy,
    clock: Option<Arc<dyn Clock>>,
    randomness: Option<Arc<dyn Randomness>>,
    records: Option<Arc<dyn UploadRecords>>,
}

impl CopierBuilder {
    /// How much is done at once.
    pub fn limits(mut self, limits: CopyLimits) -> Self {
        self.limits = limits;
        self
    }

    /// When a blob is tried again whose transfer broke; counted anew after each progress. The calls of a client follow the
    /// client's own policy, and what it has tried counts here.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Tells the time in place of tokio.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Gives the jitter in place of a seed of this process.
    pub fn randomness(mut self, randomness: impl Randomness + 'static) -> Self {
        self.randomness = Some(Arc::new(randomness));
        self
    }

    /// Keeps where uploads of large blobs are, so that another process can go on with them.
    pub fn upload_records(mut self, records: impl UploadRecords + 'static) -> Self {
        self.records = Some(Arc::new(records));
        self
    }

    /// Makes the copier.
    ///
    /// # Errors
    ///
    /// [`CopyErrorKind::Configuration`] for limits with which nothing can be copied.
    pub fn build(self) -> Result<Copier> {
        if let Some(fault) = self.limits.fault() {
            return Err(CopyError::new(CopyErrorKind::Configuration, fault));
        }
        let permits = |number: usize| Semaphore::new(number.min(Semaphore::MAX_PERMITS));
        Ok(Copier(Arc::new(Shared {
            limits: self.limits,
            retry: self.retry,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::default())),
            randomness: self.randomness.unwrap_or_else(|| Arc::new(Seeded::default())),
            records: self.records,
            registries: Registries::new(self.limits.known_blobs),
            pace: Pace::new(self.limits.bytes_per_second),
            images: permits(self.limits.images),
            blobs: permits(self.limits.blobs),
        })))
    }
}
