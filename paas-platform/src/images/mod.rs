//! Images on their way from the test registry to production.
//!
//! What may happen to an image is decided in [`paas_core::images::promotion`]; here it is kept, carried out and told.

mod breaker;
mod copier;
mod copying;
mod due;
mod each;
mod fuse;
mod halt;
mod harbor;
mod intake;
mod keeping;
mod labels;
mod looking;
mod looks;
mod notice;
mod noticed;
mod oci;
mod readable;
mod record;
mod registry;
mod share;
mod shared;
mod stall;
mod status;
mod sweep;
pub(crate) mod told;
mod write;

pub use copier::RegistryCopier;
pub use copying::{CopyProgress, ImageCopy};
pub use harbor::{HarborCopier, HarborRegistry};
pub use keeping::{ImagesSettings, KeepingImages};
pub use labels::{LabelsReport, StateLabels};
pub use notice::{ImageHook, ImageNotice};
pub use record::ImageEntry;
pub use registry::{CopyRequest, ImageCopier, ImageRegistry, ImageTrouble, Progress};
pub use status::{ImageQuery, ImageStatus};
pub use sweep::{SweepFailure, SweepReport, SweepSettings};

pub(crate) use copying::Copies;
pub(crate) use labels::Labels;
pub(crate) use notice::tell;
pub(crate) use noticed::Notices;
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
    images::{
        Digest, ImageName,
        promotion::{Command, Context, Event, Wish},
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

    /// The images of a tenant that the actor may see, by name. One whose record cannot be read is left out; the
    /// [sweep](Self::sweep) tells of it. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`], for those who may see all; what the store says.
    pub async fn list(&self, tenant: &str, query: &ImageQuery) -> Result<Vec<ImageStatus>> {
        let found = self.who.listed_tenant(&self.inner, Action::View, Kind::ImageState, tenant).await?;
        let Some(tenant) = found else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        // What cannot be read is told by the sweep, and hides nothing else.
        let (namespaces, _) = self.inner.readable_namespaces().await?;
        for (namespace, _) in namespaces.into_iter().filter(|(_, of)| of.name == tenant.name) {
            let is_seen = self.who.lists(Action::View, Kind::ImageState, &tenant, Some(&namespace.name));
            if !is_seen || !query.is_in(&namespace.name) {
                continue;
            }
            let (images, unreadable) = self.inner.readable_images(&namespace.name).await?;
            for (image, error) in unreadable {
                tracing::warn!(code = error.code(), "`{image}` is left out of a list: {error}");
            }
            let statuses = images
                .into_values()
                .map(|kept| ImageStatus::new(kept.value.image, &tenant.name, namespace.sync_rule));
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

    /// Asks those who may for an image to be released, with a note of one line. Whoever may change the image in test may ask.
    /// It is written into the journal, and told to the [hook](ImageHook) of the platform; nothing else happens. Dropped: it
    /// may have been asked.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::ImageState`] if nobody could release it now; those of [`read`](Self::read).
    pub async fn ask_for_release(&self, image: &ImageName, note: &str) -> Result<()> {
        self.ask(image, Wish::Release, note).await
    }

    /// Asks those who may for a released image to be copied to production, as
    /// [`ask_for_release`](Self::ask_for_release) does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::ImageState`] if nobody could have it copied now; those of [`read`](Self::read).
    pub async fn ask_for_sync(&self, image: &ImageName, note: &str) -> Result<()> {
        self.ask(image, Wish::SyncNow, note).await
    }

    async fn ask(&self, image: &ImageName, wish: Wish, note: &str) -> Result<()> {
        let place = self.place(image, Action::Update, Kind::Image).await?;
        let right = self.who.right_to_wish(&place.tenant, &place.namespace.name)?;
        let (tenant, by) = (&place.tenant.name, self.who.actor());
        let written = self.inner.image_wished(image, tenant, by, (wish, &right, note)).await?;
        written.map(|_| ()).ok_or_else(|| unknown(image))
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
        self.inner.see_in_test(image, &place.tenant.name, self.who.actor(), true).await?;
        let kept = self.inner.image(image).await?;
        Ok(kept.map(|kept| ImageStatus::new(kept.value.image, &place.tenant.name, place.namespace.sync_rule)))
    }

    /// The journal of an image, from its beginning. It outlives the image. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn journal(&self, image: &ImageName) -> Result<Vec<ImageEntry>> {
        let place = self.place(image, Action::View, Kind::ImageState).await?;
        entries(&*self.inner.store, &record::stream(&place.namespace.id, image)).await
    }

    async fn command(&self, image: &ImageName, command: Command) -> Result<(ImageStatus, Option<ImageCopy>)> {
        let place = self.place(image, command.action(), Kind::ImageState).await?;
        let right = self.who.right(command.action(), &place.tenant, &place.namespace.name)?;
        let asks = matches!(command, Command::SyncNow);
        let context = self.inner.context(&place.namespace, asks).await;
        self.end_lost_copy(image, &place, &context).await?;
        let event = Event::Command(command, right);
        let by = self.who.actor();
        let written = self.inner.image_happens(image, &place.tenant.name, by, event, &context).await?;
        let written = written.ok_or_else(|| unknown(image))?;
        let now = written.image.ok_or_else(|| unknown(image))?;
        let status = ImageStatus::new(now, &place.tenant.name, place.namespace.sync_rule);
        Ok((status, written.copies.into_iter().next_back()))
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

pub(crate) fn unknown_namespace(name: &str) -> Error {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    Error::new(ErrorKind::UnknownNamespace, format!("there is no image namespace `{shown}`"))
}
