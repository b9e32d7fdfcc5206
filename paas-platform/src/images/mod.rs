//! Images on their way from the test registry to production.
//!
//! What may happen to an image is decided in [`paas_core::images::promotion`]; here it is kept, carried out and told.

mod copier;
mod copying;
mod due;
mod intake;
mod keeping;
mod notice;
mod oci;
mod record;
mod registry;
mod status;
mod sweep;
mod write;

pub use copier::RegistryCopier;
pub use copying::{CopyProgress, ImageCopy};
pub use keeping::{ImagesSettings, KeepingImages};
pub use notice::{ImageHook, ImageNotice};
pub use record::ImageEntry;
pub use registry::{CopyRequest, ImageCopier, ImageRegistry, ImageTrouble, Progress};
pub use status::{ImageQuery, ImageStatus};
pub use sweep::{SweepFailure, SweepReport};

pub(crate) use copying::Copies;
pub(crate) use notice::Notices;
pub(crate) use registry::Registries;
pub(crate) use write::seconds;

use crate::{
    error::{Error, ErrorKind, Result},
    namespaces::Namespace,
    platform::Inner,
    records::Kept,
    store::{Store, decode, limits},
    who::Who,
};
use paas_core::{
    access::{Action, Kind},
    actor::Actor,
    images::{
        Digest, ImageName,
        promotion::{Change, Command, Context, Event, Observation},
    },
    tenant::Tenant,
};
use std::sync::Arc;

/// The images of a platform, for one actor: what was pushed to the test registry, how far it is on its way to production,
/// and what is to be done about it.
///
/// ```
/// use paas_platform::{ErrorKind, Platform, seam::SystemClock, store::MemoryStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let images = platform.acting_as("anna@bank.test".parse().unwrap()).images();
///
/// let error = images.read(&"retail-shop/web:1.4".parse().unwrap()).await.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::UnknownNamespace);
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Images {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

/// Whose an image is.
pub(super) struct Place {
    pub(super) tenant: Tenant,
    pub(super) namespace: Namespace,
}

impl Images {
    /// An image, as it is recorded. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`], [`ErrorKind::UnknownImage`]; what the store says.
    pub async fn read(&self, image: &ImageName) -> Result<ImageStatus> {
        let place = self.place(image, Action::View, Kind::ImageState).await?;
        let kept = self.inner.image(image).await?.ok_or_else(|| unknown(image))?;
        Ok(ImageStatus::new(kept.value.image, &place.tenant.name, place.namespace.sync_rule))
    }

    /// The images of a tenant that the actor may see, by name. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`]; what the store says.
    pub async fn list(&self, tenant: &str, query: &ImageQuery) -> Result<Vec<ImageStatus>> {
        let tenant = self.inner.tenant(tenant).await?;
        let mut all = Vec::new();
        for namespace in self.inner.namespaces(&tenant.name).await? {
            let is_seen = self.who.lists(Action::View, Kind::ImageState, &tenant, Some(&namespace.name));
            if !is_seen || !query.is_in(&namespace.name) {
                continue;
            }
            let images = self.inner.images_of(&namespace.name).await?.into_values();
            let statuses =
                images.map(|kept| ImageStatus::new(kept.value.image, &tenant.name, namespace.sync_rule));
            all.extend(statuses.filter(|status| query.fits(status)));
        }
        all.sort_by(|one, other| one.image.name.cmp(&other.image.name));
        Ok(all)
    }

    /// Releases an image for production: exactly this, which the person has seen. It is copied when the rule of its
    /// namespace says so. Dropped: it may have been released.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::ImageState`] if something else is under the name by now, or if the image is in no
    /// state for it: then nothing was changed; those of [`read`](Self::read).
    pub async fn release(&self, image: &ImageName, digest: &Digest) -> Result<ImageStatus> {
        self.command(image, Command::Release { digest: digest.clone() }).await.map(|(status, _)| status)
    }

    /// Takes a release back, before the image is copied. Dropped: it may have been taken back.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::ImageState`] if the image is in no state for it: then nothing was changed; those of
    /// [`read`](Self::read).
    pub async fn withdraw(&self, image: &ImageName) -> Result<ImageStatus> {
        self.command(image, Command::Withdraw).await.map(|(status, _)| status)
    }

    /// Has a released image copied to production now, by this process. Where production lacks the namespace, there is no
    /// copy: the image waits, and says so. Dropped: the copy may have begun, and goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::ImageState`] if the image is in no state for it, or its namespace has no rule: then
    /// nothing was changed; [`ErrorKind::Configuration`] without registries; those of [`read`](Self::read).
    pub async fn sync(&self, image: &ImageName) -> Result<(ImageStatus, Option<ImageCopy>)> {
        self.inner.registries()?;
        self.command(image, Command::SyncNow).await
    }

    /// Asks those who may for an image to be copied to production: it is told to the [hook](ImageHook) of the platform, and
    /// nothing else happens. Whoever may push to the namespace may ask.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::Configuration`] without a hook, since nobody would hear it; those of
    /// [`read`](Self::read).
    pub async fn ask_for_sync(&self, image: &ImageName, note: &str) -> Result<()> {
        let place = self.place(image, Action::Push, Kind::Image).await?;
        let kept = self.inner.image(image).await?.ok_or_else(|| unknown(image))?;
        let hook = self.inner.image_hook.as_ref().ok_or_else(|| {
            let message = "the platform was built without a hook for images: nobody would hear of it";
            Error::new(ErrorKind::Configuration, message)
        })?;
        hook.told(&ImageNotice::sync_wanted(place.tenant.name, kept.value.image, self.who.actor(), note));
        Ok(())
    }

    /// Looks what is under a name in the test registry now, and records it. This is what a notification of that registry
    /// leads to: what is there counts, and not what was told.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`]; [`ErrorKind::Configuration`] without registries;
    /// [`ErrorKind::Registry`] if the test registry does not answer: then nothing was changed.
    pub async fn look(&self, image: &ImageName) -> Result<Option<ImageStatus>> {
        let place = self.place(image, Action::Sync, Kind::ImageState).await?;
        self.inner.look_in_test(image, &place.tenant.name, self.who.actor()).await?;
        let kept = self.inner.image(image).await?;
        Ok(kept.map(|kept| ImageStatus::new(kept.value.image, &place.tenant.name, place.namespace.sync_rule)))
    }

    /// The journal of an image, from its beginning. It outlives the image. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn journal(&self, image: &ImageName) -> Result<Vec<ImageEntry>> {
        self.place(image, Action::View, Kind::ImageState).await?;
        entries(&*self.inner.store, &record::stream(image)).await
    }

    async fn command(&self, image: &ImageName, command: Command) -> Result<(ImageStatus, Option<ImageCopy>)> {
        let place = self.place(image, command.action(), Kind::ImageState).await?;
        let right = self.who.right(command.action(), &place.tenant, &place.namespace.name)?;
        let asks = matches!(command, Command::SyncNow);
        let context = self.inner.context(&place.namespace, asks).await;
        self.end_lost_copy(image, &place, &context).await?;
        let event = Event::Command(command, right);
        let written = self
            .inner
            .image_happens(image, &place.tenant.name, self.who.actor(), event, &context)
            .await?
            .ok_or_else(|| unknown(image))?;
        let now = written.image.ok_or_else(|| unknown(image))?;
        let status = ImageStatus::new(now, &place.tenant.name, place.namespace.sync_rule);
        let copy = self.inner.carry_out(&place.tenant.name, self.who.actor(), written.orders).pop();
        Ok((status, copy))
    }

    /// A copy of which nobody hears any more keeps nobody from a command, also where no loop looks for such copies.
    async fn end_lost_copy(&self, image: &ImageName, place: &Place, context: &Context) -> Result<()> {
        let now = seconds(self.inner.clock.now());
        let kept = self.inner.image(image).await?;
        let is_lost = |kept: &Kept<record::ImageRecord>| {
            kept.value.image.state.copy().is_some_and(|copy| copy.until <= now)
        };
        if kept.as_ref().is_some_and(is_lost) {
            let (tenant, by) = (&place.tenant.name, self.who.actor());
            self.inner.image_happens(image, tenant, by, Event::TimePassed, context).await?;
        }
        Ok(())
    }

    /// Whose an image is, if the actor may do that to it. Of a namespace that is not there, only those learn who may
    /// everything.
    async fn place(&self, image: &ImageName, action: Action, kind: Kind) -> Result<Place> {
        let name = image.namespace().unwrap_or_default();
        let Some((namespace, tenant)) = self.inner.namespace_and_tenant(name).await? else {
            self.who.may_in(action, kind, &Tenant::new(""), name)?;
            return Err(unknown_namespace(name));
        };
        self.who.may_in(action, kind, &tenant, name)?;
        Ok(Place { tenant, namespace })
    }
}

impl Inner {
    /// Looks what is under a name in test, and records it.
    pub(super) async fn look_in_test(
        self: &Arc<Self>,
        image: &ImageName,
        tenant: &str,
        by: &Actor,
    ) -> Result<(bool, Option<Change>)> {
        let test = &self.registries()?.test;
        let look = || async {
            let found = test.digest(image).await?;
            Ok(found.map_or(Observation::Deleted, |digest| Observation::Pushed { digest }))
        };
        let Some(written) = self.image_looked_at(image, tenant, by, look).await? else {
            return Ok((false, None));
        };
        let is_there = written.image.as_ref().is_some_and(|image| !image.is_gone());
        self.carry_out(tenant, by, written.orders);
        Ok((is_there, written.change))
    }
}

async fn entries(store: &dyn Store, stream: &str) -> Result<Vec<ImageEntry>> {
    let mut all: Vec<ImageEntry> = Vec::new();
    loop {
        let from = all.last().map_or(1, |last| last.number + 1);
        let page = store.scan(stream, from, limits::MAX_PAGE).await?;
        let is_empty = page.items.is_empty();
        for entry in page.items {
            let what = format!("entry {} of the journal `{stream}`", entry.number);
            let record::Note(change) = decode(&what, &entry.bytes)?;
            all.push(ImageEntry { number: entry.number, change });
        }
        if is_empty || !page.more {
            return Ok(all);
        }
    }
}

fn unknown(image: &ImageName) -> Error {
    Error::new(ErrorKind::UnknownImage, format!("nothing was seen to be pushed as `{image}`"))
}

fn unknown_namespace(name: &str) -> Error {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    Error::new(ErrorKind::UnknownNamespace, format!("there is no image namespace `{shown}`"))
}
