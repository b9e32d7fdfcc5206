//! Copies between zones that this process carries out.

use super::{
    look::{Spot, Why},
    record::{ZoneHappening, ZonedRecord},
};
use crate::{
    error::Result,
    images::{CopyProgress, CopyRequest, ImageTrouble, seconds},
    platform::Inner,
    records::{Kept, is_overtaken},
    seam::Clock,
    store::{Batch, encode, kinds},
};
use paas_core::images::{
    ImageName,
    distribution::{DistributionOrder, ZoneName},
    promotion::{CopyId, FailureKind},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, watch};

/// For how many seconds the word of a copy counts.
pub(super) const LEASE: u32 = 60;
/// How often a copy says that it is at work: twice may fail.
const RENEWAL: Duration = Duration::from_secs(20);

/// A copy from zone to zone that this process carries out, to be watched. Dropped, it goes on.
#[derive(Debug, Clone)]
pub struct ZoneCopy {
    image: ImageName,
    from: ZoneName,
    to: ZoneName,
    progress: watch::Receiver<CopyProgress>,
    end: watch::Receiver<Vec<ZoneHappening>>,
}

impl ZoneCopy {
    /// Which image.
    #[must_use]
    pub const fn image(&self) -> &ImageName {
        &self.image
    }

    /// The zone that it comes from.
    #[must_use]
    pub const fn from(&self) -> &ZoneName {
        &self.from
    }

    /// The zone that it goes to.
    #[must_use]
    pub const fn to(&self) -> &ZoneName {
        &self.to
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> CopyProgress {
        *self.progress.borrow()
    }

    /// Waits until it has ended; gives what was written of its end, which is nothing if another process took over.
    /// Dropped: it goes on.
    pub async fn wait(mut self) -> Vec<ZoneHappening> {
        // The sender goes when the task ends.
        while self.end.changed().await.is_ok() {}
        self.end.borrow().clone()
    }
}

/// The copies that this process carries out.
#[derive(Debug, Default)]
pub(crate) struct ZoneCopies {
    running: AtomicUsize,
    /// Told when one has ended: there is room for another.
    pub(super) ended: Notify,
}

impl ZoneCopies {
    pub(super) fn len(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }
}

/// Counts a copy as long as it is there, however its task ends.
struct Counted(Arc<ZoneCopies>);

impl Counted {
    fn new(copies: &Arc<ZoneCopies>) -> Self {
        copies.running.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(copies))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
        self.0.ended.notify_one();
    }
}

impl Inner {
    /// Begins copies, each as a task of its own.
    pub(super) fn begin_zone_copies(
        self: &Arc<Self>,
        spot: &Spot,
        orders: Vec<(CopyId, DistributionOrder)>,
    ) -> Vec<ZoneCopy> {
        let begin = |(copy, order): (CopyId, DistributionOrder)| {
            let DistributionOrder { image, digest, from, to, replaces, .. } = order;
            let (request, progress) = CopyRequest::new(copy.clone(), image.clone(), digest, replaces);
            let (ended, end) = watch::channel(Vec::new());
            let watched =
                ZoneCopy { image: image.clone(), from: from.clone(), to: to.clone(), progress, end };
            let counted = Counted::new(&self.zones.copies);
            let work = Work { inner: Arc::clone(self), spot: spot.clone(), image, copy, from, to };
            tokio::spawn(async move {
                let happenings = work.run(request).await;
                drop(counted);
                ended.send_replace(happenings);
            });
            watched
        };
        orders.into_iter().map(begin).collect()
    }
}

/// What a copy is about.
struct Work {
    inner: Arc<Inner>,
    spot: Spot,
    image: ImageName,
    copy: CopyId,
    from: ZoneName,
    to: ZoneName,
}

impl Work {
    async fn run(self, request: CopyRequest) -> Vec<ZoneHappening> {
        let outcome = self.copied(request).await;
        match self.ended(&outcome).await {
            Ok(happenings) => happenings,
            // Its lease ends, and somebody finds what is there.
            Err(error) => {
                tracing::warn!(code = error.code(), "the end of a copy of `{}`: {error}", self.image);
                Vec::new()
            }
        }
    }

    async fn ended(&self, outcome: &Result<(), ImageTrouble>) -> Result<Vec<ZoneHappening>> {
        // The rule may be another one by now.
        let rule = self.inner.zone_rule(self.image.namespace().unwrap_or_default()).await?;
        let rule = rule.filter(|kept| kept.value.id == self.spot.id).map(|kept| kept.value.rule);
        let spot = Spot { rule, ..self.spot.clone() };
        let why = Why::Ended { zone: &self.to, copy: &self.copy, outcome };
        let looked = self.inner.look_in_zones(&self.image, &spot, &Arc::default(), &why, 0).await?;
        Ok(looked.happenings)
    }

    /// Copies, and says from time to time that it is at work; ends when nobody waits for it any more.
    async fn copied(&self, request: CopyRequest) -> Result<(), ImageTrouble> {
        let zones = self.inner.zones();
        let zones = zones.map_err(|error| ImageTrouble::new(FailureKind::Unexpected, error.to_string()))?;
        let copy = zones.copier.copy(&self.from, &self.to, request);
        tokio::pin!(copy);
        let mut until = seconds(self.inner.clock.now()).plus(LEASE);
        loop {
            tokio::select! {
                ended = &mut copy => return ended,
                () = self.inner.clock.sleep(RENEWAL) => {}
            }
            let now = seconds(self.inner.clock.now());
            match self.renewed().await {
                Ok(true) => until = now.plus(LEASE),
                Ok(false) => {
                    let message = "nobody waits for this copy any more";
                    return Err(ImageTrouble::new(FailureKind::Interrupted, message));
                }
                // Whoever cannot say that he is at work must stop before somebody else begins.
                Err(error) if now.plus(LEASE / 3) >= until => {
                    return Err(ImageTrouble::new(FailureKind::LeaseLost, error.to_string()));
                }
                Err(error) => tracing::warn!(code = error.code(), "a copy of `{}`: {error}", self.image),
            }
        }
    }

    /// Says that it is at work; tells whether it is this copy that is waited for.
    async fn renewed(&self) -> Result<bool> {
        let key = self.image.to_string();
        loop {
            let Some(Kept { version, value: mut record }) = self.inner.zoned_image(&self.image).await? else {
                return Ok(false);
            };
            if !self.renew(&mut record) {
                return Ok(false);
            }
            let batch = Batch::new().put(kinds::ZONED_IMAGE, &key, version, encode(&record)?);
            match self.inner.store.commit(batch).await {
                Err(error) if is_overtaken(&error) => {}
                written => return Ok(written.map(|_| true)?),
            }
        }
    }

    fn renew(&self, record: &mut ZonedRecord) -> bool {
        let running = record.running.get_mut(&self.to).filter(|running| running.copy == self.copy);
        let Some(running) = running else { return false };
        running.until = seconds(self.inner.clock.now()).plus(LEASE);
        true
    }
}

impl Inner {
    /// What no other copy was called.
    pub(super) fn zone_copy_id(&self) -> CopyId {
        CopyId::drawn([self.random.next_u64(), self.random.next_u64()])
    }
}
