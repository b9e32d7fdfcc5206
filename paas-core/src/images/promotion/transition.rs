//! What comes of what happened.

use super::{Change, CopyId, Image};
use crate::{
    images::{Digest, ImageName},
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What comes of what happened to an image.
///
/// The image is written first, and the orders are carried out afterwards: whoever was slower than somebody else, and so
/// could not write it, has no orders.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Transition {
    /// The image as it is now; `None`: it is gone, and its record with it.
    pub image: Option<Image>,
    /// Whether that is something else than before, and must be written.
    pub writes: bool,
    /// What people, journals and audits are told, if they are told anything.
    pub change: Option<Change>,
    /// What is to be done.
    pub orders: Vec<Order>,
}

impl Transition {
    /// Whether nothing came of it.
    pub const fn is_nothing(&self) -> bool {
        !self.writes && self.change.is_none() && self.orders.is_empty()
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PromotionOrder"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Order {
    /// Copy this to production, and read afterwards what is there. The tag is written last of all, after signatures and
    /// whatever else belongs to the image: what is under the tag counts as copied.
    Copy {
        /// What the copy is called, in all that is said of it.
        copy: CopyId,
        /// The how-manieth it is since the image was to be copied.
        attempt: u32,
        /// The image, as it is called on both sides.
        image: ImageName,
        /// What is to be copied, whatever is under the tag in test by now.
        digest: Digest,
        /// What may be under the tag in production, besides nothing and the digest itself. Anything else is a
        /// [conflict](super::FailureKind::TagConflict), and stays.
        replaces: BTreeSet<Digest>,
        /// When the copy counts as lost, unless it [said](super::Observation::CopyRenewed) before that it is at work.
        until: Timestamp,
    },
    /// End this copy, and say that it has ended.
    Abandon {
        /// Which one.
        copy: CopyId,
        /// The image.
        image: ImageName,
    },
    /// Look what production holds under this name, and [say so](super::Observation::ProductionSeen).
    Look {
        /// The image.
        image: ImageName,
    },
}
