//! What registries post when something happens in them.

use super::Images;
use paas_client::{
    harbor::{WebhookEvent, WebhookEventKind},
    notification::{Change, HeaderSecret, NotificationError, Notifications},
};
use paas_core::images::ImageName;

impl Images {
    /// Takes what the test registry posted, a plain one, with this header `Authorization`: each image that was pushed or
    /// whose tag was removed is [noticed](Self::notice). Gives how many names it told of. The body is nothing but a hint: the
    /// registry itself is looked at.
    ///
    /// A manifest that was removed by its digest is found by the next sweep: the registry does not say what it was called.
    ///
    /// # Errors
    ///
    /// What [`NotificationError::status`] says is to be answered: to somebody else, and to what is no list of events.
    pub fn take_notifications(
        &self,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        let notifications = Notifications::read(body, authorization, expected)?;
        let names = notifications.events.iter().filter_map(|event| match event.change()? {
            Change::Tagged { tag, .. } | Change::Untagged { tag } => name(&event.repository, tag),
            _ => None,
        });
        Ok(self.notice_all(names))
    }

    /// The same of the test registry's Harbor. Where an artifact is deleted, Harbor names one of its tags; the others are
    /// found by the next sweep.
    ///
    /// # Errors
    ///
    /// As [`take_notifications`](Self::take_notifications).
    pub fn take_harbor_webhook(
        &self,
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<usize, NotificationError> {
        let event = WebhookEvent::read(body, authorization, expected)?;
        if !matches!(event.kind, WebhookEventKind::Pushed | WebhookEventKind::Deleted) {
            return Ok(0);
        }
        let Some(repository) = event.repository.map(|repository| repository.to_string()) else {
            return Ok(0);
        };
        let tags = event.resources.iter().filter_map(|resource| resource.tag.as_ref());
        Ok(self.notice_all(tags.filter_map(|tag| name(&repository, tag.as_str()))))
    }

    fn notice_all(&self, names: impl Iterator<Item = ImageName>) -> usize {
        let names: Vec<ImageName> = names.collect();
        let count = names.len();
        self.notice(names);
        count
    }
}

/// An image in a namespace; what is in none is nobody's.
fn name(repository: &str, tag: &str) -> Option<ImageName> {
    let name = ImageName::new(repository.parse().ok()?, tag.parse().ok()?);
    name.namespace().is_some().then_some(name)
}
