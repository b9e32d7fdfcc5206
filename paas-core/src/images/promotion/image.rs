//! What is kept of an image.

use super::{Approval, Observation, Production, State, Transition, step};
use crate::{
    images::{Digest, ImageName},
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};

/// An image in the test registry, with how far it is on its way to production. One record, written by whoever holds it as
/// one document; fields that a later version added are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PromotedImage"))]
#[non_exhaustive]
pub struct Image {
    /// What it is called, in test and in production.
    pub name: ImageName,
    /// What is under that name in test, as far as was seen.
    pub digest: Digest,
    /// When that was first seen.
    pub pushed_at: Timestamp,
    /// How far it is.
    pub state: State,
    /// What production holds under that name, as far as is known.
    #[serde(default)]
    pub production: Production,
}

impl Image {
    /// An image that is seen for the first time. It is in development.
    pub fn pushed(name: ImageName, digest: Digest, now: Timestamp) -> Self {
        let (state, production) = (State::InDevelopment, Production::default());
        Self { name, digest, pushed_at: now, state, production }
    }

    /// The same with what people are told of it: what comes of a push under a name that is not recorded.
    ///
    /// ```
    /// use paas_core::{images::promotion::{Happening, Image}, scaling::Timestamp};
    ///
    /// let digest = format!("sha256:{}", "0f".repeat(32)).parse().unwrap();
    /// let first = Image::first_seen("retail-shop/web:1.4".parse().unwrap(), digest, Timestamp::from_seconds(7));
    /// assert!(first.writes && first.image.is_some());
    /// assert_eq!(first.change.unwrap().what, Happening::Pushed);
    /// ```
    pub fn first_seen(name: ImageName, digest: Digest, now: Timestamp) -> Transition {
        step::first_seen(&Self::pushed(name, digest, now), now)
    }

    /// What was released, by whom and when, while that counts: from the release until the image is pushed anew.
    pub fn approval(&self) -> Option<&Approval> {
        match &self.state {
            State::PendingSync(pending) => Some(&pending.approval),
            State::Syncing(syncing) => Some(&syncing.approval),
            State::Synced(synced) => Some(&synced.approval),
            State::InDevelopment | State::Gone(_) => None,
        }
    }

    /// Whether it was deleted in test, and is kept only until its copy has ended: no list shows it.
    pub const fn is_gone(&self) -> bool {
        matches!(self.state, State::Gone(_))
    }

    /// What comes of something that was seen. It is the same as [`step`] with [`Event::Observed`](super::Event::Observed),
    /// which never refuses.
    pub fn observe(&self, seen: Observation, now: Timestamp) -> Transition {
        step::observed(self, seen, now)
    }
}
