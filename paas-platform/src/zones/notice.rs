//! What registries of zones tell of.

use super::ImageZones;
use paas_client::{
    harbor::{WebhookEvent, WebhookEventKind},
    notification::{Change, HeaderSecret, NotificationError, Notifications},
};
use paas_core::images::{ImageName, distribution::ZoneName};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

impl ImageZones {
    /// Says that images were pushed or deleted in a zone: each is looked at soon by the loop of [`keep`](Self::keep), once
    /// however often it was said. It costs nothing but memory, so a burst of notifications may be given as it comes; what
    /// is lost with the process is found by the next scan.
    /// Of a zone that the platform does not have, nothing is noticed.
    pub fn notice(&self, zone: &ZoneName, images: impl IntoIterator<Item = ImageName>) {
        self.notice_all(zone, images.into_iter());
    }

    /// Takes what the registry of a zone posted, a plain one, with this header `Authorization`: each image that was pushed
    /// or whose tag was removed is [noticed](Self::notice). Gives how many names it told of. The body is nothing but a
    /// hint: the registries themselves are looked at. What copies of the platform raise leads to nothing.
    ///
    /// # Errors
    ///
    /// What [`NotificationError::status`] says is to be answered: to somebody else, and to what is no list of events.
    pub fn take_notifications(
        &self,
        zone: &ZoneName,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        let notifications = Notifications::read(body, authorization, expected)?;
        let names = notifications.events.iter().filter_map(|event| match event.change()? {
            Change::Tagged { tag, .. } | Change::Untagged { tag } => name(&event.repository, tag),
            _ => None,
        });
        Ok(self.notice_all(zone, names))
    }

    /// The same of the Harbor of a zone. Where an artifact is deleted, Harbor names one of its tags; the others are found
    /// by the next scan.
    ///
    /// # Errors
    ///
    /// As [`take_notifications`](Self::take_notifications).
    pub fn take_harbor_webhook(
        &self,
        zone: &ZoneName,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        let event = WebhookEvent::read(body, authorization, expected)?;
        let is_told = matches!(event.kind, WebhookEventKind::Pushed | WebhookEventKind::Deleted);
        let Some(repository) = event.repository.filter(|_| is_told).map(|name| name.to_string()) else {
            return Ok(0);
        };
        let tags = event.resources.iter().filter_map(|resource| resource.tag.as_ref());
        Ok(self.notice_all(zone, tags.filter_map(|tag| name(&repository, tag.as_str()))))
    }

    fn notice_all(&self, zone: &ZoneName, names: impl Iterator<Item = ImageName>) -> usize {
        if !self.inner.zones().is_ok_and(|zones| zones.known(zone).is_ok()) {
            tracing::warn!("what the zone `{zone}` tells of is passed over: the platform has no such zone");
            return 0;
        }
        names.map(|image| self.inner.zones.notices.add(image, zone)).count()
    }
}

/// An image in a namespace; what is in none is nobody's.
fn name(repository: &str, tag: &str) -> Option<ImageName> {
    let name = ImageName::new(repository.parse().ok()?, tag.parse().ok()?);
    name.namespace().is_some().then_some(name)
}

/// Names of images that are to be looked at, each once however often it was told, with the zone that told it first.
#[derive(Debug, Default)]
pub(super) struct ZoneNotices(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    names: BTreeMap<ImageName, ZoneName>,
    /// Whether there were more than are kept.
    too_many: bool,
}

/// So many names are kept: those of a registry that was filled anew. More than that is a scan.
const MOST: usize = 50_000;

impl ZoneNotices {
    pub(super) fn add(&self, name: ImageName, zone: &ZoneName) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.names.len() < MOST {
            told.names.entry(name).or_insert_with(|| zone.clone());
        } else if !told.names.contains_key(&name) {
            told.too_many = true;
        }
    }

    /// All of them, which are forgotten; and whether there were more.
    pub(super) fn take(&self) -> (BTreeMap<ImageName, ZoneName>, bool) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = std::mem::take(&mut *told);
        (told.names, told.too_many)
    }
}
