//! The mall: which images whom are shown, and what auditors say of those that are to be shown to all.
//!
//! What may happen to a publication is decided in [`paas_core::images::mall`]; here it is kept and told.

mod lapse;
mod listing;
mod query;
mod record;
mod seen;
mod write;

pub use query::{MallQuery, PublicationQuery};
pub use record::{MallImage, PublicationEntry, PublicationStatus};

pub(crate) use lapse::Witness;

use crate::{
    error::{Error, ErrorKind, Result},
    images::unknown_namespace,
    namespaces::Namespace,
    platform::Inner,
    store::{decode, limits},
    who::Who,
};
use paas_core::{
    access::{Action, Kind},
    images::{
        Digest, ImageName,
        mall::{Publication, PublicationCommand, PublicationRefusal, PublicationRight},
    },
    tenant::Tenant,
};
use std::sync::Arc;
use write::Asked;

/// The mall of a platform, for one actor: which images it is shown, and publications of images to all tenants.
///
/// A publication is of one digest. It is asked for by a senior member of the tenant, and judged by a publication auditor of
/// the platform who has not asked for it.
///
/// ```
/// use paas_platform::{ErrorKind, Platform, seam::SystemClock, store::MemoryStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let mall = platform.acting_as("carl@bank.test".parse().unwrap()).mall();
///
/// # let digest = format!("sha256:{}", "0f".repeat(32)).parse().unwrap();
/// let error = mall.approve(&"retail-shop/web:1.4".parse().unwrap(), &digest).await.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::UnknownNamespace);
/// assert!(mall.list(&Default::default()).await?.is_empty());
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Mall {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl Mall {
    /// The images that the actor is shown, by name: those that are published to all, exactly as they were published; and those
    /// of its tenants, as they are in test now, in the namespaces that it may see. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`] if the query names one that is not there, for those who may see all; what the store says.
    pub async fn list(&self, query: &MallQuery) -> Result<Vec<MallImage>> {
        listing::list(self, query).await
    }

    /// Asks for an image to be shown to all: exactly this of it, which is or was put under that name in a registry of the
    /// platform. The note, of one line, is for the auditor. Nobody is shown anything yet. Dropped: it may have been asked.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`], [`ErrorKind::UnknownImage`]; [`ErrorKind::PublicationRefused`] if
    /// something else is under the name by now, if that was asked already and nobody has said no, or if the namespace is
    /// personal: then nothing was changed; what the store says.
    pub async fn request(&self, image: &ImageName, digest: &Digest, note: &str) -> Result<PublicationStatus> {
        let place = self.place(image, PublicationRight::REQUEST).await?;
        if place.namespace.personal.is_some() {
            let message = format!("the namespace `{}` is personal", place.namespace.name);
            let help = "push the image to a namespace that the tenant shares, and ask for that one";
            return Err(Error::new(ErrorKind::PublicationRefused, message).with_help(help));
        }
        let right = self.who.right_to_publish(PublicationRight::REQUEST, &place.tenant)?;
        let asked = Asked { image, digest, place: &place, by: self.who.actor() };
        self.inner.publication_asked(&asked, &right, note).await
    }

    /// Says yes to a publication: it is shown to all from now on. Dropped: it may have been said.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`], [`ErrorKind::UnknownPublication`];
    /// [`ErrorKind::PublicationRefused`] if it was not asked for, or not any more, or if whoever says it has asked for it: then
    /// nothing was changed; what the store says.
    pub async fn approve(&self, image: &ImageName, digest: &Digest) -> Result<PublicationStatus> {
        self.command(image, digest, PublicationCommand::Approve).await
    }

    /// Says no to a publication, or takes a yes back, with a reason of one line. What runs already goes on running. Dropped: it
    /// may have been said.
    ///
    /// # Errors
    ///
    /// As [`approve`](Self::approve); [`ErrorKind::PublicationRefused`] without a reason.
    pub async fn reject(
        &self,
        image: &ImageName,
        digest: &Digest,
        reason: &str,
    ) -> Result<PublicationStatus> {
        self.command(image, digest, PublicationCommand::Reject { reason: reason.to_owned() }).await
    }

    /// Takes a publication of the tenant's own back, before an auditor has looked at it or after. What runs already goes on
    /// running. Dropped: it may have been taken back.
    ///
    /// # Errors
    ///
    /// As [`approve`](Self::approve).
    pub async fn withdraw(&self, image: &ImageName, digest: &Digest) -> Result<PublicationStatus> {
        self.command(image, digest, PublicationCommand::Withdraw).await
    }

    /// The publications that the actor may see, by image: all, for auditors; else those of its tenants. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn publications(&self, query: &PublicationQuery) -> Result<Vec<PublicationStatus>> {
        let mut all = Vec::new();
        for (place, kept) in self.inner.publications().await? {
            let is_seen = self.who.lists(Action::View, Kind::Publication, &place.tenant, None);
            let status = PublicationStatus::new(kept.publication, &place.tenant.name);
            if is_seen && query.fits(&status) {
                all.push(status);
            }
        }
        Ok(all)
    }

    /// What was said of a publication, from its beginning. It outlives the image. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn journal(&self, image: &ImageName, digest: &Digest) -> Result<Vec<PublicationEntry>> {
        let place = self.place(image, Action::View).await?;
        let stream = record::stream(&place.namespace.id, image, digest);
        let mut all: Vec<PublicationEntry> = Vec::new();
        loop {
            let from = all.last().map_or(1, |last| last.number + 1);
            let page = self.inner.store.scan(&stream, from, limits::MAX_PAGE).await?;
            let is_empty = page.items.is_empty();
            for entry in page.items {
                let what = format!("entry {} of the journal `{stream}`", entry.number);
                let record::Note(publication) = decode(&what, &entry.bytes)?;
                all.push(PublicationEntry { number: entry.number, publication });
            }
            if is_empty || !page.more {
                return Ok(all);
            }
        }
    }

    async fn command(
        &self,
        image: &ImageName,
        digest: &Digest,
        command: PublicationCommand,
    ) -> Result<PublicationStatus> {
        let place = self.place(image, command.action()).await?;
        let right = self.who.right_to_publish(command.action(), &place.tenant)?;
        let asked = Asked { image, digest, place: &place, by: self.who.actor() };
        self.inner.publication_commanded(&asked, &command, &right).await
    }

    /// Whose an image is, if the actor may do that to its publications. Of a namespace that is not there, only those learn who
    /// may everything.
    async fn place(&self, image: &ImageName, action: Action) -> Result<Place> {
        let name = image.namespace().unwrap_or_default();
        let Some((namespace, tenant)) = self.inner.namespace_and_tenant(name).await? else {
            self.who.may_of(action, Kind::Publication, &Tenant::new(""))?;
            return Err(unknown_namespace(name));
        };
        self.who.may_of(action, Kind::Publication, &tenant)?;
        Ok(Place { tenant, namespace })
    }
}

/// Whose an image is.
struct Place {
    tenant: Tenant,
    namespace: Namespace,
}

fn refused(refusal: &PublicationRefusal) -> Error {
    let kind = match refusal {
        PublicationRefusal::WrongRight { .. } => ErrorKind::Denied,
        _ => ErrorKind::PublicationRefused,
    };
    Error::new(kind, refusal.to_string()).with_help(refusal.help())
}

fn unknown(publication: &str) -> Error {
    let message = format!("nobody has asked for `{publication}` to be published");
    Error::new(ErrorKind::UnknownPublication, message)
}

/// The name of what is published, for messages and keys.
fn name_of(image: &ImageName, digest: &Digest) -> String {
    format!("{image}@{digest}")
}

/// What is said of a publication in an audit.
fn action_of(publication: &Publication) -> &'static str {
    use paas_core::images::mall::PublicationState as State;
    match publication.state {
        State::Requested => "publication.request",
        State::Approved(_) => "publication.approve",
        State::Rejected(_) => "publication.reject",
        State::Withdrawn(_) => "publication.withdraw",
        State::Lapsed { .. } => "publication.lapse",
        // Of a later version.
        _ => "publication.change",
    }
}
