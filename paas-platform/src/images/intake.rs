//! What registries post when something happens in them.

use super::{Images, told};
use paas_client::notification::{HeaderSecret, NotificationError};
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
        Ok(self.notice_all(told::by_registry(body, authorization, expected)?))
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
        Ok(self.notice_all(told::by_harbor(body, authorization, expected)?))
    }

    fn notice_all(&self, names: Vec<ImageName>) -> usize {
        let count = names.len();
        self.notice(names);
        count
    }
}
