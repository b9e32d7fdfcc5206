//! What is kept of an image that is in several zones.

use super::ZoneName;
use crate::{
    access::{Action, Kind},
    images::{
        Digest, ImageName,
        backoff::wait,
        promotion::{CommandName, Failure, FailureClass, FailureKind, Refusal, Right},
    },
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is kept of an image that is in several zones: whose it is, and what was put where. It is written before its orders
/// are carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DistributedImage"))]
#[non_exhaustive]
pub struct Distributed {
    /// The image.
    pub image: ImageName,
    /// The zone that the tag belongs to.
    pub origin: ZoneName,
    /// What that zone holds under it, as far as was seen; `None`: it was deleted there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// What was put into the other zones.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub placed: BTreeMap<ZoneName, Placed>,
}

/// What was put into a zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PlacedImage"))]
#[non_exhaustive]
pub struct Placed {
    /// What copies put there, or may have put there: that may be replaced.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub put: BTreeSet<Digest>,
    /// What is being put there, as long as it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Digest>,
    /// How many copies of that did not get there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempts: u32,
    /// How the last of them failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What is there that nobody put there, if it was told already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Digest>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Distributed {
    pub(super) fn new(image: ImageName, origin: ZoneName) -> Self {
        Self { image, origin, digest: None, placed: BTreeMap::new() }
    }

    /// A copy to a zone did not get there. What follows from it, says the next [`distribute`](super::distribute()).
    #[must_use]
    pub fn failed(&self, zone: &ZoneName, kind: FailureKind, message: &str, now: Timestamp) -> Self {
        let mut after = self.clone();
        let placed = after.placed.entry(zone.clone()).or_default();
        placed.attempts = placed.attempts.saturating_add(1);
        placed.failure = Some(Failure::new(kind, message, now));
        after
    }

    /// A person says that what a zone holds under the tag, and nobody put there, may be replaced by what is
    /// right. It is about exactly this digest: what is there later is another matter. A copy that failed for
    /// good is tried again, too.
    ///
    /// # Errors
    ///
    /// [`Refusal::WrongRight`], unless it is one to [update](Action::Update) the state of images of this namespace.
    pub fn replace(&self, zone: &ZoneName, digest: Digest, right: &Right) -> Result<Self, Refusal> {
        self.may(Action::Update, right)?;
        let mut after = self.clone();
        let placed = after.placed.entry(zone.clone()).or_default();
        placed.put.insert(digest);
        (placed.attempts, placed.failure, placed.conflict) = (0, None, None);
        Ok(after)
    }

    /// A person says that a copy to a zone is to be tried again now, whatever failed for good.
    ///
    /// # Errors
    ///
    /// [`Refusal::WrongRight`], unless it is one to [sync](Action::Sync) images of this namespace.
    pub fn retry(&self, zone: &ZoneName, right: &Right) -> Result<Self, Refusal> {
        self.may(Action::Sync, right)?;
        let mut after = self.clone();
        if let Some(placed) = after.placed.get_mut(zone) {
            (placed.attempts, placed.failure) = (0, None);
        }
        Ok(after)
    }

    /// A person says that what a zone holds under the tag is the right one: the tag belongs to that zone from now on, and
    /// what the others hold may be replaced, as far as it was put there or was the right one before.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    pub fn take_over(&self, zone: &ZoneName, right: &Right) -> Result<Self, Refusal> {
        self.may(Action::Update, right)?;
        let mut after = self.clone();
        if after.origin != *zone {
            let before = after.placed.entry(after.origin.clone()).or_default();
            before.put.extend(after.digest.take());
            after.origin = zone.clone();
        }
        for placed in after.placed.values_mut() {
            (placed.attempts, placed.failure, placed.conflict) = (0, None, None);
        }
        Ok(after)
    }

    /// A person says whose an image is of which nobody knows it: zones held different things when it was first seen. It
    /// belongs to this zone from now on; what the others hold stays, until a person says that it
    /// [may be replaced](Self::replace).
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    pub fn begun(image: ImageName, zone: ZoneName, right: &Right) -> Result<Self, Refusal> {
        let begun = Self::new(image, zone);
        begun.may(Action::Update, right)?;
        Ok(begun)
    }

    fn may(&self, action: Action, right: &Right) -> Result<(), Refusal> {
        if right.is_to(Kind::ImageState, action, self.image.namespace()) {
            return Ok(());
        }
        // The word that is nearest to what was wanted.
        let command = if action == Action::Sync { CommandName::SyncNow } else { CommandName::Release };
        Err(Refusal::WrongRight { image: self.image.clone(), command })
    }
}

/// Whether nothing but a person can mend a failure. What is only about what a zone held then, may have passed by now: whoever
/// asks when a copy is due, has just seen that the one zone has it, and that the other has nothing that would be lost.
fn waits_for_a_person(kind: FailureKind) -> bool {
    let has_passed =
        matches!(kind, FailureKind::SourceMissing | FailureKind::TagConflict | FailureKind::NotEqual);
    kind.class() == FailureClass::Terminal && !has_passed
}

/// How many seconds pass before something is tried again that has failed so often in a row: half a minute at first, twice
/// as long each time, an hour and a quarter at most. Each name waits a little longer or shorter than others.
///
/// ```
/// use paas_core::images::distribution::patience;
///
/// assert!((30..=38).contains(&patience(1, "retail-shop/web:1.4")));
/// assert!((3_600..=4_500).contains(&patience(40, "retail-shop/web:1.4")));
/// ```
pub fn patience(failures: u32, name: &str) -> u32 {
    wait(failures, name)
}

impl Placed {
    /// When a copy may begin; `None`: when a person says so.
    pub(super) fn due(&self, name: &str, now: Timestamp) -> Option<Timestamp> {
        match &self.failure {
            None => Some(now),
            Some(failure) if waits_for_a_person(failure.kind) => None,
            // A clock that went back puts nothing off for longer than from anew.
            Some(failure) => Some(failure.at.min(now).plus(wait(self.attempts, name))),
        }
    }
}
