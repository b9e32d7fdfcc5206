//! Images kept on their way: what is due is done, what was told of is looked at, and now and then everything is compared.

use super::{Images, SweepReport, halt::Halt, looks::Looks};
use crate::{
    error::Result,
    keeping::{COMPARE, COPIES, Keeping, LOOK},
};
use paas_core::images::ImageName;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::task::JoinSet;

/// How images are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImagesSettings {
    /// How often it is looked what is due.
    pub look: Duration,
    /// How often the registries are compared with what is recorded.
    pub sweep: Duration,
    /// How many copies this process carries out at once.
    pub copies: usize,
}

impl Default for ImagesSettings {
    /// Every five seconds; every ten minutes; four.
    fn default() -> Self {
        Self { look: LOOK, sweep: COMPARE, copies: COPIES }
    }
}

impl ImagesSettings {
    /// It is looked so often what is due.
    #[must_use]
    pub const fn look(mut self, every: Duration) -> Self {
        self.look = every;
        self
    }

    /// The registries are compared so often with what is recorded.
    #[must_use]
    pub const fn sweep(mut self, every: Duration) -> Self {
        self.sweep = every;
        self
    }

    /// So many copies are carried out at once, by this process.
    #[must_use]
    pub const fn copies(mut self, most: usize) -> Self {
        self.copies = most;
        self
    }
}

/// Images are kept on their way until this is dropped. Copies that are under way go on to their end.
#[derive(Debug)]
#[must_use = "it ends when this is dropped"]
pub struct KeepingImages(Keeping);

impl KeepingImages {
    /// Ends it, and waits until it has ended: what is being written is, and what is being looked at is broken off. Dropped: it
    /// ends all the same.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

impl Images {
    /// Says that something happened to images in the test registry: each is looked at soon by the loop of
    /// [`keep`](Self::keep), two seconds later at the earliest, since Docker's registry tells of a push before the tag is
    /// there; once however often it was said, and again later if the registry does not answer: after 5 seconds,
    /// and after twice as long each time, up to 5 minutes, unless it is noticed again. It costs nothing but memory, so a burst
    /// of notifications may be given as it comes; what is lost with the process is found by the next sweep.
    pub fn notice(&self, images: impl IntoIterator<Item = ImageName>) {
        // What is about an image is no image that anybody releases.
        for image in images.into_iter().filter(|image| !image.tag.is_attachment()) {
            self.inner.notices.add(image, self.inner.clock.now());
        }
    }

    /// Keeps images on their way, until the value that it gives is dropped or stopped: looks what is
    /// [due](Self::carry_on), looks at what was [noticed](Self::notice), and [sweeps](Self::sweep), at once and then after each
    /// period. These are three parts, none of which waits for another: a registry that hangs keeps no copy from beginning,
    /// and no lost one from being noticed. What each sweep found is given to `told`; so is what keeps a part from going on,
    /// which it tries again, and once each record that cannot be read.
    ///
    /// Several processes may do this: who writes an image first carries out what comes of it.
    #[must_use = "it ends when this is dropped"]
    pub fn keep(
        &self,
        settings: ImagesSettings,
        told: impl FnMut(Result<SweepReport>) + Send + 'static,
    ) -> KeepingImages {
        let (images, told) = (self.clone(), Arc::new(Mutex::new(told)));
        KeepingImages(Keeping::begin(|stopped| {
            Keeper { images, settings, halt: Halt::by(stopped), told }.keep()
        }))
    }
}

/// What the parts share.
struct Keeper<T> {
    images: Images,
    settings: ImagesSettings,
    halt: Halt,
    told: Arc<Mutex<T>>,
}

impl<T> Clone for Keeper<T> {
    fn clone(&self) -> Self {
        let Self { images, settings, halt, told } = self;
        Self { images: images.clone(), settings: *settings, halt: halt.clone(), told: Arc::clone(told) }
    }
}

impl<T: FnMut(Result<SweepReport>) + Send + 'static> Keeper<T> {
    /// Each part is a task of its own; if one panics, all end.
    async fn keep(self) {
        let mut parts = JoinSet::new();
        parts.spawn(self.clone().do_due());
        parts.spawn(self.clone().look());
        parts.spawn(self.sweep());
        while let Some(Ok(())) = parts.join_next().await {}
    }

    fn tell(&self, report: Result<SweepReport>) {
        (*self.told.lock().unwrap_or_else(PoisonError::into_inner))(report);
    }

    /// Waits a while; tells whether it is to go on.
    async fn pause(&self) -> bool {
        let pause = self.images.inner.pause(self.settings.look);
        tokio::select! {
            () = self.images.inner.clock.sleep(pause) => !self.halt.is_on(),
            () = self.halt.comes() => false,
        }
    }

    /// Does what is due. It waits for the store, and for production's Harbor not for long; so it is not broken off in the
    /// middle of a write, of which nobody would carry out what is to be done.
    async fn do_due(self) {
        let mut known = BTreeSet::new();
        loop {
            match self.images.do_due(self.settings.copies, &self.halt).await {
                Ok(done) => {
                    let mut passed_over = BTreeSet::new();
                    for (what, error) in done.passed_over {
                        passed_over.insert(what.clone());
                        if !known.contains(&what) {
                            tracing::warn!(code = error.code(), "`{what}` is passed over: {error}");
                            self.tell(Err(error));
                        }
                    }
                    known = passed_over;
                }
                Err(error) => self.tell(Err(error)),
            }
            if !self.pause().await {
                return;
            }
        }
    }

    /// Looks at what was noticed.
    async fn look(self) {
        let mut looks = Looks::new(self.images.clone());
        loop {
            tokio::select! {
                looked = looks.round() => if let Err(error) = looked {
                    self.tell(Err(error));
                },
                () = self.halt.comes() => return,
            }
            if !self.pause().await {
                return;
            }
        }
    }

    /// Compares everything, now and then.
    async fn sweep(self) {
        let inner = Arc::clone(&self.images.inner);
        let mut next = inner.clock.now();
        loop {
            let now = inner.clock.now();
            // A clock that was set back must not keep it from sweeping for long.
            next = next.min(now.plus(self.settings.sweep));
            let too_many = inner.notices.take_too_many();
            if too_many || now >= next {
                let report = tokio::select! {
                    report = self.images.sweep() => report,
                    () = self.halt.comes() => return,
                };
                if too_many && report.is_err() {
                    inner.notices.set_too_many();
                }
                next = now.plus(self.settings.sweep);
                self.tell(report);
            }
            if !self.pause().await {
                return;
            }
        }
    }
}
