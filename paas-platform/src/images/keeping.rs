//! Images kept on their way: what is due is done, what was told of is looked at, and now and then everything is compared.

use super::{ImageCopy, Images, SweepReport};
use crate::error::Result;
use paas_core::images::ImageName;
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle};

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
        Self { look: Duration::from_secs(5), sweep: Duration::from_secs(600), copies: 4 }
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
pub struct KeepingImages {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl KeepingImages {
    /// Ends it, and waits until what is being looked at has ended. Dropped: it ends all the same.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It fails only if `told` panicked, which has been told of.
        let _ = self.task.await;
    }
}

impl Images {
    /// Says that something happened to images in the test registry: each is looked at soon by the loop of
    /// [`keep`](Self::keep), once however often it was said. It costs nothing but memory, so a burst of notifications may be
    /// given as it comes; what is lost with the process is found by the next sweep.
    pub fn notice(&self, images: impl IntoIterator<Item = ImageName>) {
        for image in images {
            self.inner.notices.add(image);
        }
    }

    /// Keeps images on their way, until the value that it gives is dropped or stopped: looks what is
    /// [due](Self::carry_on), looks at what was [noticed](Self::notice), and [sweeps](Self::sweep), at once and then after each
    /// period. What each sweep found is given to `told`; so is what keeps it from going on, which it tries again.
    ///
    /// Several processes may do this: who writes an image first carries out what comes of it.
    #[must_use = "it ends when this is dropped"]
    pub fn keep(
        &self,
        settings: ImagesSettings,
        told: impl FnMut(Result<SweepReport>) + Send + 'static,
    ) -> KeepingImages {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(keep(self.clone(), settings, told, stopped));
        KeepingImages { stop, task }
    }

    /// Looks at what was noticed since; tells whether that was too much, so that all must be looked at.
    async fn look_at_noticed(&self) -> Result<bool> {
        let (names, too_many) = self.inner.notices.take();
        for image in names {
            let Some(place) = self.kept_place(image.namespace().unwrap_or_default()).await? else { continue };
            if let Err(error) = self.inner.look_in_test(&image, &place.tenant.name, self.who.actor()).await {
                if error.kind() != crate::ErrorKind::Registry {
                    return Err(error);
                }
                tracing::warn!(code = error.code(), "`{image}` in test: {error}");
                self.inner.notices.add(image);
            }
        }
        Ok(too_many)
    }
}

async fn keep(
    images: Images,
    settings: ImagesSettings,
    mut told: impl FnMut(Result<SweepReport>) + Send,
    mut stopped: watch::Receiver<bool>,
) {
    let mut next_sweep = images.inner.clock.now();
    loop {
        let noticed = images.look_at_noticed().await;
        let must_sweep = match noticed {
            Ok(too_many) => too_many,
            Err(error) => {
                told(Err(error));
                false
            }
        };
        let now = images.inner.clock.now();
        // A clock that was set back must not keep it from sweeping for long.
        let latest = now.plus(settings.sweep);
        next_sweep = next_sweep.min(latest);
        if must_sweep || now >= next_sweep {
            next_sweep = latest;
            told(images.sweep().await);
        }
        let copies: Result<Vec<ImageCopy>> = images.carry_on(settings.copies).await;
        if let Err(error) = copies {
            told(Err(error));
        }
        // Processes that were started together do not ask together for ever.
        let spread = u32::try_from(images.inner.random.next_u64() % 100).unwrap_or_default();
        let pause = settings.look + settings.look * spread / 1000;
        tokio::select! {
            () = images.inner.clock.sleep(pause) => {}
            _ = stopped.changed() => return,
        }
        if *stopped.borrow() {
            return;
        }
    }
}
