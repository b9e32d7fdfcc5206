//! Zones kept in step: what was told of is looked at, what is due is copied, and now and then everything is compared.

use super::{
    ImageZones, ZoneCopy, ZoneScan,
    look::{Pass, Why},
};
use crate::{
    error::{ErrorKind, Result},
    images::seconds,
    keeping::{COMPARE, COPIES, Keeping, LOOK},
};
use paas_core::images::{ImageName, distribution::ZoneName};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::watch;

/// How zones are kept in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZonesSettings {
    /// How often it is looked what is due.
    pub look: Duration,
    /// How often the zones are compared.
    pub scan: Duration,
    /// How many copies this process carries out at once.
    pub copies: usize,
}

impl Default for ZonesSettings {
    /// Every five seconds; every ten minutes; four.
    fn default() -> Self {
        Self { look: LOOK, scan: COMPARE, copies: COPIES }
    }
}

impl ZonesSettings {
    /// It is looked so often what is due.
    #[must_use]
    pub const fn look(mut self, every: Duration) -> Self {
        self.look = every;
        self
    }

    /// The zones are compared so often: each namespace once, however many processes do this.
    #[must_use]
    pub const fn scan(mut self, every: Duration) -> Self {
        self.scan = every;
        self
    }

    /// So many copies are carried out at once, by this process.
    #[must_use]
    pub const fn copies(mut self, most: usize) -> Self {
        self.copies = most;
        self
    }
}

/// Zones are kept in step until this is dropped. Copies that are under way go on to their end.
#[derive(Debug)]
#[must_use = "it ends when this is dropped"]
pub struct KeepingZones(Keeping);

impl KeepingZones {
    /// Ends it, and waits until what is being looked at has ended. Dropped: it ends all the same.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

impl ImageZones {
    /// Copies what is due by now, of the namespaces whose images the actor may have copied: what lacks in a zone, and what
    /// failed and is to be tried again. Copies of which nobody hears any more count as lost. Of copies, this process carries
    /// out at most so many at once; what does not fit is due the next time. Gives those that began.
    ///
    /// [`keep`](Self::keep) does it again and again; this is for programs with timers of their own. Dropped: what began goes
    /// on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without zones; what the store says.
    pub async fn carry_on(&self, most: usize) -> Result<Vec<ZoneCopy>> {
        self.inner.zones()?;
        let mut spots = BTreeMap::new();
        let pass = Arc::new(Pass::default());
        let mut copies = Vec::new();
        for image in self.inner.zone_work(seconds(self.inner.clock.now())).await? {
            let free = most.saturating_sub(self.inner.zones.copies.len());
            if free == 0 {
                break;
            }
            let namespace = image.namespace().unwrap_or_default().to_owned();
            if !spots.contains_key(&namespace) {
                spots.insert(namespace.clone(), self.spot(&namespace).await?);
            }
            let Some(Some(spot)) = spots.get(&namespace) else { continue };
            let looked = self.inner.look_in_zones(&image, spot, &pass, &Why::Asked, free).await;
            match looked {
                // Others write it, or its namespace was deleted just now.
                Err(error) if matches!(error.kind(), ErrorKind::ImageBusy | ErrorKind::UnknownNamespace) => {
                    tracing::warn!(code = error.code(), "{error}");
                }
                looked => copies.extend(self.inner.begin_zone_copies(spot, looked?.orders)),
            }
        }
        Ok(copies)
    }

    /// Keeps the zones in step, until the value that it gives is dropped or stopped: looks at what was
    /// [noticed](Self::notice), copies what is [due](Self::carry_on), and [scans](Self::scan) each namespace once its rule
    /// was set and then after each period. What each scan found is given to `told`; so is what keeps it from going on,
    /// which it tries again.
    ///
    /// Several processes may do this with one store: who writes an image first carries out what comes of it, and a
    /// namespace is scanned by one at a time.
    #[must_use = "it ends when this is dropped"]
    pub fn keep(
        &self,
        settings: ZonesSettings,
        told: impl FnMut(Result<ZoneScan>) + Send + 'static,
    ) -> KeepingZones {
        KeepingZones(Keeping::begin(|stopped| keep(self.clone(), settings, told, stopped)))
    }

    /// Looks at what was noticed two seconds ago or earlier; tells whether that was too much to be kept, so that a scan is needed. What
    /// zones do not answer is asked again by [`carry_on`](Self::carry_on).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without zones; what the store says: then what was noticed is noticed still.
    pub async fn look_at_noticed(&self) -> Result<bool> {
        self.inner.zones()?;
        let (names, too_many) = self.inner.zones.notices.take(self.inner.clock.now());
        let mut namespaces: BTreeMap<String, Vec<(ImageName, ZoneName)>> = BTreeMap::new();
        for (image, zone) in names {
            let namespace = image.namespace().unwrap_or_default().to_owned();
            namespaces.entry(namespace).or_default().push((image, zone));
        }
        let pass = Arc::new(Pass::default());
        let mut rest = namespaces.into_iter();
        while let Some((namespace, images)) = rest.next() {
            if let Err(error) = self.look_at(&namespace, &images, &pass).await {
                let unseen = images.into_iter().chain(rest.flat_map(|(_, images)| images));
                for (image, zone) in unseen {
                    self.inner.zones.notices.add(image, &zone, self.inner.clock.now());
                }
                return Err(error);
            }
        }
        Ok(too_many)
    }

    async fn look_at(
        &self,
        namespace: &str,
        images: &[(ImageName, ZoneName)],
        pass: &Arc<Pass>,
    ) -> Result<()> {
        let Some(spot) = self.spot(namespace).await? else { return Ok(()) };
        let Some(rule) = &spot.rule else { return Ok(()) };
        let has = |zone: &ZoneName| rule.zones().contains(zone);
        let images = images.iter().filter(|(_, zone)| has(zone));
        let images: Vec<_> = images.map(|(image, zone)| (image.clone(), Some(zone.clone()))).collect();
        self.look_at_all(images, &spot, pass).await.map(drop)
    }
}

async fn keep(
    zones: ImageZones,
    settings: ZonesSettings,
    mut told: impl FnMut(Result<ZoneScan>) + Send,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let every = match zones.look_at_noticed().await {
            Ok(true) => Duration::ZERO,
            Ok(false) => settings.scan,
            Err(error) => {
                told(Err(error));
                settings.scan
            }
        };
        match zones.scan_due(every).await {
            Ok(None) => {}
            Ok(Some(report)) => told(Ok(report)),
            Err(error) => told(Err(error)),
        }
        if let Err(error) = zones.carry_on(settings.copies).await {
            told(Err(error));
        }
        let pause = zones.inner.pause(settings.look);
        if !rest(&zones, settings.copies, pause, &mut stopped).await {
            return;
        }
    }
}

/// Rests until there is something to do, and copies on as soon as there is room; tells whether to go on.
async fn rest(zones: &ImageZones, most: usize, pause: Duration, stopped: &mut watch::Receiver<bool>) -> bool {
    let pause = zones.inner.clock.sleep(pause);
    tokio::pin!(pause);
    loop {
        tokio::select! {
            () = &mut pause => return !*stopped.borrow(),
            _ = stopped.changed() => return false,
            () = zones.inner.zones.copies.ended.notified() => {}
        }
        if let Err(error) = zones.carry_on(most).await {
            tracing::warn!(code = error.code(), "copies to zones: {error}");
        }
    }
}
