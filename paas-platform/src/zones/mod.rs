//! The same images in several zones: what is pushed in one is copied to the others that the rule of its namespace names.
//!
//! What is to be copied is decided in [`paas_core::images::distribution`]; here it is kept, carried out and told.

mod copying;
mod keeping;
mod known;
mod look;
mod namespace;
mod notice;
mod record;
mod registry;
mod rules;
mod scan;
mod status;
mod write;

pub use copying::ZoneCopy;
pub use keeping::{KeepingZones, ZonesSettings};
pub use record::{ZoneEntry, ZoneHappening};
pub use registry::{RegistryZoneCopier, ZoneCopier};
pub use rules::ZoneRule;
pub use scan::{ZoneChange, ZoneScan, ZoneScanFailure};
pub use status::{NamespaceZones, ZonedImage};

pub(crate) use registry::{ZoneRegistries, ZoneShared};

use crate::{
    error::{Error, ErrorKind, Result},
    images::unknown_namespace,
    namespaces::Namespace,
    platform::Inner,
    store::{decode, limits},
    who::Who,
};
use look::{Decision, Spot, Why};
use paas_core::{
    access::{Action, Kind},
    images::{
        Digest, ImageName,
        distribution::{Distributed, Zone, ZoneName},
        promotion::Refusal,
    },
    tenant::Tenant,
};
use std::sync::Arc;

/// The images of a platform in its zones, for one actor: which zones have them, which lack some, and what is to be done
/// about it.
///
/// ```
/// use paas_platform::{ErrorKind, Platform, seam::SystemClock, store::MemoryStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let zones = platform.acting_as("anna@bank.test".parse().unwrap()).zones();
///
/// assert!(zones.list().is_empty());
/// assert_eq!(zones.scan().await.unwrap_err().kind(), ErrorKind::Configuration);
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
///
/// - It does not matter why an image is looked at: a notification, the end of a copy and a scan ask the same, what the zones
///   hold now. Lost and doubled notifications do no harm, those of our own copies lead to nothing, and nothing depends on
///   clocks but when something is tried again: there are no loops.
/// - What is known stands in the store, and is written before a copy begins. A copy says from time to time that it is at
///   work; one of which nobody hears for a minute is lost, and begun anew by whoever looks, with a pause that grows.
#[derive(Debug, Clone)]
pub struct ImageZones {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl ImageZones {
    /// The zones of the platform, in their order; none if it has none.
    #[must_use]
    pub fn list(&self) -> Vec<Zone> {
        self.inner.zones().map(|zones| zones.zones.iter().cloned().collect()).unwrap_or_default()
    }

    /// An image in its zones, as it was last seen. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`]; [`ErrorKind::UnknownImage`] if it was seen in no zone; what the
    /// store says.
    pub async fn read(&self, image: &ImageName) -> Result<ZonedImage> {
        let namespace = image.namespace().unwrap_or_default();
        let (namespace, tenant) = self.place(namespace, Action::View, Kind::ImageState).await?;
        let kept = self.inner.zoned_image_of(&namespace, image).await?.ok_or_else(|| unknown(image))?;
        Ok(ZonedImage::new(kept.value, &tenant.name))
    }

    /// Looks at an image in all zones now, and records what it finds. What is to be copied is copied by
    /// [`carry_on`](Self::carry_on). Nothing if it is nowhere. Dropped: it may have been recorded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`]; [`ErrorKind::Configuration`] without zones; what the store says.
    pub async fn look(&self, image: &ImageName) -> Result<Option<ZonedImage>> {
        self.inner.zones()?;
        let spot = self.spot_of(image, Action::Sync).await?;
        let looked = self.inner.look_in_zones(image, &spot, &Arc::default(), &Why::Asked, 0).await?;
        Ok(looked.record.map(|record| ZonedImage::new(record, &spot.tenant)))
    }

    /// Has what a zone holds under a name replaced by what is right: exactly this digest, which the person has seen, and
    /// which nobody of the platform put there. Dropped: it may have been said.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`], [`ErrorKind::UnknownZone`]; [`ErrorKind::UnknownImage`] if nobody
    /// knows what is right; [`ErrorKind::Configuration`] without zones; what the store says.
    pub async fn replace(&self, image: &ImageName, zone: &ZoneName, digest: &Digest) -> Result<ZonedImage> {
        self.decide(image, zone, Action::Update, |kept, right| {
            let what = ZoneHappening::Replaced { zone: zone.clone(), digest: digest.clone() };
            kept.map(|kept| Ok((kept.replace(zone, digest.clone(), right)?, what)))
        })
        .await
    }

    /// Says that what a zone holds under a name is right: the tag belongs to that zone from now on, and what copies put
    /// elsewhere is replaced. Dropped: it may have been said.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`], [`ErrorKind::UnknownZone`]; [`ErrorKind::Configuration`] without
    /// zones; what the store says.
    pub async fn take_over(&self, image: &ImageName, zone: &ZoneName) -> Result<ZonedImage> {
        self.decide(image, zone, Action::Update, |kept, right| {
            let what = ZoneHappening::TakenOver { zone: zone.clone() };
            let after = match kept {
                Some(kept) => kept.take_over(zone, right),
                None => Distributed::begun(image.clone(), zone.clone(), right),
            };
            Some(after.map(|after| (after, what)))
        })
        .await
    }

    /// Has a copy to a zone tried again now, also if it failed in a way that does not pass by itself. Dropped: it may have
    /// been said.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    pub async fn retry(&self, image: &ImageName, zone: &ZoneName) -> Result<ZonedImage> {
        self.decide(image, zone, Action::Sync, |kept, right| {
            let what = ZoneHappening::Retried { zone: zone.clone() };
            kept.map(|kept| Ok((kept.retry(zone, right)?, what)))
        })
        .await
    }

    /// The journal of an image in its zones, from its beginning. It outlives the image, but not its namespace: in one of that
    /// name that is made anew the journal is empty. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn journal(&self, image: &ImageName) -> Result<Vec<ZoneEntry>> {
        let namespace = image.namespace().unwrap_or_default();
        let (namespace, _) = self.place(namespace, Action::View, Kind::ImageState).await?;
        let stream = record::stream(&namespace.id, image);
        let mut all: Vec<ZoneEntry> = Vec::new();
        loop {
            let from = all.last().map_or(1, |last| last.number + 1);
            let page = self.inner.store.scan(&stream, from, limits::MAX_PAGE).await?;
            let is_empty = page.items.is_empty();
            for entry in page.items {
                let place = format!("entry {} of the journal `{stream}`", entry.number);
                let record::Note { at, what } = decode(&place, &entry.bytes)?;
                all.push(ZoneEntry { number: entry.number, at, what });
            }
            if is_empty || !page.more {
                return Ok(all);
            }
        }
    }

    /// What a person decided is written, and the zones are looked at by it.
    async fn decide(
        &self,
        image: &ImageName,
        zone: &ZoneName,
        action: Action,
        decide: impl Fn(
            Option<&Distributed>,
            &paas_core::images::promotion::Right,
        ) -> Option<Result<(Distributed, ZoneHappening), Refusal>>
        + Send
        + Sync,
    ) -> Result<ZonedImage> {
        let spot = self.spot_of(image, action).await?;
        self.inner.zones()?.known(zone)?;
        let (namespace, tenant) =
            self.place(image.namespace().unwrap_or_default(), action, Kind::ImageState).await?;
        let right = self.who.right(action, &tenant, &namespace.name)?;
        let decision: &Decision<'_> = &|kept| decide(kept, &right);
        let why = Why::Decided(decision);
        let looked = self.inner.look_in_zones(image, &spot, &Arc::default(), &why, 0).await?;
        looked.record.map(|record| ZonedImage::new(record, &spot.tenant)).ok_or_else(|| unknown(image))
    }

    async fn spot_of(&self, image: &ImageName, action: Action) -> Result<Spot> {
        let (namespace, tenant) =
            self.place(image.namespace().unwrap_or_default(), action, Kind::ImageState).await?;
        self.spot_in(&namespace, tenant).await
    }

    /// Whose a namespace is, if the actor may do that to it. Of one that is not there, only those learn who may everything.
    async fn place(&self, name: &str, action: Action, kind: Kind) -> Result<(Namespace, Tenant)> {
        let Some((namespace, tenant)) = self.inner.namespace_and_tenant(name).await? else {
            self.who.may_in(action, kind, &Tenant::new(""), name)?;
            return Err(unknown_namespace(name));
        };
        self.who.may_in(action, kind, &tenant, name)?;
        Ok((namespace, tenant))
    }
}

fn unknown(image: &ImageName) -> Error {
    Error::new(ErrorKind::UnknownImage, format!("`{image}` was seen in no zone"))
}
