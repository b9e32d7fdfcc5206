//! Copies that this process carries out.

use super::{CopyRequest, ImageTrouble, stall::Stall, write::seconds};
use crate::{
    error::{Error, Result},
    platform::Inner,
    seam::Clock,
};
use paas_core::{
    actor::Actor,
    images::{
        Digest, ImageName,
        promotion::{Change, CopyId, FailureKind, Observation, Order, State},
    },
    scaling::Timestamp,
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;

/// How far a copy is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CopyProgress {
    /// The layers and configurations of the image, as far as is known: an index tells what it holds only by its children.
    pub contents: u64,
    /// How many of them production has.
    pub done: u64,
    /// The bytes of them, as far as is known.
    pub bytes: u64,
    /// How many of those production has; of contents on their way, what has been sent.
    pub bytes_done: u64,
    /// The bytes that were sent by this copy. What production had already was not.
    pub sent: u64,
}

impl CopyProgress {
    /// So many contents are done, of so many; so many bytes, of so many; and so many bytes were sent.
    #[must_use]
    pub const fn new(contents: (u64, u64), bytes: (u64, u64), sent: u64) -> Self {
        Self { done: contents.0, contents: contents.1, bytes_done: bytes.0, bytes: bytes.1, sent }
    }
}

/// A copy that this process carries out, to be watched. Dropped, it goes on.
#[derive(Debug, Clone)]
pub struct ImageCopy {
    inner: Arc<Inner>,
    image: ImageName,
    id: CopyId,
    progress: watch::Receiver<CopyProgress>,
    end: watch::Receiver<Option<Change>>,
}

impl ImageCopy {
    /// Which image.
    #[must_use]
    pub const fn image(&self) -> &ImageName {
        &self.image
    }

    /// Which copy of it.
    #[must_use]
    pub const fn id(&self) -> &CopyId {
        &self.id
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> CopyProgress {
        *self.progress.borrow()
    }

    /// How far it is as soon as it is further; nothing if it has ended. Dropped: nothing is lost.
    pub async fn next(&mut self) -> Option<CopyProgress> {
        self.progress.changed().await.ok()?;
        Some(*self.progress.borrow_and_update())
    }

    /// Ends it before its time: the image waits to be copied again, and what has arrived is not sent again. To wait for the
    /// end of that, [`wait`](Self::wait).
    pub fn interrupt(&self) {
        self.inner.copies.abandon(&self.id);
    }

    /// Waits until it has ended; gives what was written of its end: [`synced`](paas_core::images::promotion::Happening::Synced),
    /// say, or that it failed. Nothing if that could not be written, or if another process took over. Dropped: it goes on.
    pub async fn wait(mut self) -> Option<Change> {
        // The sender goes when the task ends.
        let _ = self.end.wait_for(Option::is_some).await;
        self.end.borrow().clone()
    }
}

/// The copies that this process carries out, each with its tenant and how it is told to end.
#[derive(Debug, Default)]
pub(crate) struct Copies(Mutex<BTreeMap<CopyId, (String, watch::Sender<bool>)>>);

impl Copies {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How many there are of each tenant that has some.
    pub(super) fn by_tenant(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (tenant, _) in self.0.lock().unwrap_or_else(PoisonError::into_inner).values() {
            *counts.entry(tenant.clone()).or_default() += 1;
        }
        counts
    }

    fn begin(&self, copy: &CopyId, tenant: &str) -> watch::Receiver<bool> {
        let (stop, stopped) = watch::channel(false);
        let listed = (tenant.to_owned(), stop);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(copy.clone(), listed);
        stopped
    }

    fn end(&self, copy: &CopyId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(copy);
    }

    fn abandon(&self, copy: &CopyId) {
        if let Some((_, stop)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(copy) {
            stop.send_replace(true);
        }
    }
}

/// Takes a copy off the list, however its task ends.
struct Listed {
    inner: Arc<Inner>,
    copy: CopyId,
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.inner.copies.end(&self.copy);
    }
}

/// What a copy is about.
struct Work {
    inner: Arc<Inner>,
    tenant: String,
    by: Actor,
    image: ImageName,
    copy: CopyId,
    /// When it counts as lost, unless it says before that it is at work.
    until: Timestamp,
}

impl Inner {
    /// Carries orders out, each as a task of its own; gives the copies that began.
    pub(super) fn carry_out(
        self: &Arc<Self>,
        tenant: &str,
        by: &Actor,
        orders: Vec<Order>,
    ) -> Vec<ImageCopy> {
        let mut copies = Vec::new();
        for order in orders {
            match order {
                Order::Copy { copy, image, digest, replaces, until, .. } => {
                    let (request, progress) = CopyRequest::new(copy.clone(), image.clone(), digest, replaces);
                    let (ended, end) = watch::channel(None);
                    let (tenant, by) = (tenant.to_owned(), by.clone());
                    copies.push(ImageCopy {
                        inner: Arc::clone(self),
                        image: image.clone(),
                        id: copy.clone(),
                        progress,
                        end,
                    });
                    let stopped = self.copies.begin(&copy, &tenant);
                    let listed = Listed { inner: Arc::clone(self), copy: copy.clone() };
                    let work = Work { inner: Arc::clone(self), tenant, by, image, copy, until };
                    tokio::spawn(async move {
                        let change = work.run(request, stopped).await;
                        drop(listed);
                        ended.send_replace(change);
                    });
                }
                Order::Abandon { copy, .. } => self.copies.abandon(&copy),
                Order::Look { image } => {
                    let (inner, tenant, by) = (Arc::clone(self), tenant.to_owned(), by.clone());
                    tokio::spawn(async move {
                        if let Err(unseen) = inner.see_in_production(&image, &tenant, &by).await {
                            // The next sweep looks again.
                            let error = Error::from(unseen);
                            tracing::warn!(code = error.code(), "`{image}` in production: {error}");
                        }
                    });
                }
                other => tracing::warn!("an order of a later version is not carried out: {other:?}"),
            }
        }
        copies
    }
}

impl Work {
    async fn run(self, request: CopyRequest, stopped: watch::Receiver<bool>) -> Option<Change> {
        let outcome = self.copied(request, stopped).await;
        let production = self.production().await;
        let failed = |kind, message: String, production| Observation::CopyFailed {
            copy: self.copy.clone(),
            kind,
            message,
            production,
        };
        let seen = match (outcome, production) {
            (Ok(()), Ok(Some(production))) => {
                Observation::CopySucceeded { copy: self.copy.clone(), production }
            }
            (Ok(()), Ok(None)) => {
                let message = "the copier said that it was done, and production has nothing under the name";
                failed(FailureKind::NotEqual, message.to_owned(), Some(None))
            }
            (Ok(()), Err(trouble)) => failed(trouble.kind, trouble.message, None),
            (Err(trouble), production) => failed(trouble.kind, trouble.message, production.ok()),
        };
        match self.inner.image_seen(&self.image, &self.tenant, &self.by, seen).await {
            Ok(written) => written.and_then(|written| written.change),
            // Its lease ends, and somebody finds what is there.
            Err(error) => {
                tracing::warn!(code = error.code(), "the end of a copy of `{}`: {error}", self.image);
                None
            }
        }
    }

    /// Copies, and says from time to time that it is at work; ends when it gets no further, or nobody waits for it any more.
    async fn copied(
        &self,
        request: CopyRequest,
        mut stopped: watch::Receiver<bool>,
    ) -> Result<(), ImageTrouble> {
        let registries = self
            .inner
            .registries()
            .map_err(|error| ImageTrouble::new(FailureKind::Unexpected, error.to_string()))?;
        let interrupted = |message: &str| Err(ImageTrouble::new(FailureKind::Interrupted, message));
        let mut stall = Stall::of(&request, registries.copier.patience());
        let copy = registries.copier.copy(request);
        tokio::pin!(copy);
        let mut until = self.until;
        loop {
            tokio::select! {
                ended = &mut copy => return ended,
                _ = stopped.wait_for(|stop| *stop) => return interrupted("the copy was abandoned"),
                () = self.inner.clock.sleep(self.inner.copy_renewal()) => {}
            }
            stall.waited(self.inner.copy_renewal())?;
            match self.renewed().await {
                Ok(Some(longer)) => until = longer,
                Ok(None) => return interrupted("nobody waits for this copy any more"),
                // Whoever cannot say that he is at work must stop before somebody else begins.
                Err(error) if seconds(self.inner.clock.now()).plus(self.inner.copy_lease() / 3) >= until => {
                    return Err(ImageTrouble::new(FailureKind::LeaseLost, error.to_string()));
                }
                Err(error) => tracing::warn!(code = error.code(), "a copy of `{}`: {error}", self.image),
            }
        }
    }

    /// Says that it is at work; tells until when that counts, if it is this copy that is waited for.
    async fn renewed(&self) -> Result<Option<Timestamp>> {
        let seen = Observation::CopyRenewed { copy: self.copy.clone() };
        let written = self.inner.image_seen(&self.image, &self.tenant, &self.by, seen).await?;
        let image = written.and_then(|written| written.image);
        Ok(image.and_then(|image| match image.state {
            State::Syncing(syncing) if syncing.copy.id == self.copy => Some(syncing.copy.until),
            _ => None,
        }))
    }

    async fn production(&self) -> Result<Option<Digest>, ImageTrouble> {
        let registries = self
            .inner
            .registries()
            .map_err(|error| ImageTrouble::new(FailureKind::Unexpected, error.to_string()))?;
        // No longer than the lease goes on without a word.
        tokio::select! {
            found = registries.production.digest(&self.image) => found,
            () = self.inner.clock.sleep(self.inner.copy_renewal()) => Err(late()),
        }
    }
}

fn late() -> ImageTrouble {
    ImageTrouble::new(FailureKind::Unavailable, "production did not answer in time")
}
