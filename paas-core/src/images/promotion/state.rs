//! How far an image is.

use super::{Copying, Failure};
use crate::{actor::Actor, images::Digest, scaling::Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far an image is on its way to production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PromotionState"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// What every pushed image starts as.
    InDevelopment,
    /// It was released, and is to be copied.
    PendingSync(Pending),
    /// It is being copied.
    Syncing(Syncing),
    /// Production holds the same digest.
    Synced(Synced),
    /// It was deleted in test while it was being copied; it is kept until that copy has ended, so that there is never a
    /// second one beside it.
    Gone(Syncing),
}

impl State {
    /// Which one it is.
    pub const fn name(&self) -> StateName {
        match self {
            Self::InDevelopment => StateName::InDevelopment,
            Self::PendingSync(_) => StateName::PendingSync,
            Self::Syncing(Syncing { superseded: false, .. }) => StateName::Syncing,
            Self::Syncing(_) => StateName::Superseded,
            Self::Synced(_) => StateName::Synced,
            Self::Gone(_) => StateName::Gone,
        }
    }

    /// The copy that may be running, if one may. There is never another beside it.
    pub const fn copy(&self) -> Option<&Copying> {
        match self {
            Self::Syncing(syncing) | Self::Gone(syncing) => Some(&syncing.copy),
            Self::InDevelopment | Self::PendingSync(_) | Self::Synced(_) => None,
        }
    }
}

/// What was released: exactly this, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageApproval"))]
#[non_exhaustive]
pub struct Approval {
    /// The digest that was released. Nothing else goes to production.
    pub digest: Digest,
    /// Who released it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Approval {
    /// What was released, by whom and when.
    pub const fn new(digest: Digest, by: Actor, at: Timestamp) -> Self {
        Self { digest, by, at }
    }
}

/// An image that is to be copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Pending {
    /// What was released.
    pub approval: Approval,
    /// Since when it is to be copied: a period is counted from here.
    pub since: Timestamp,
    /// Why it is to be copied.
    pub cause: Cause,
    /// How many copies did not get there since then.
    #[serde(default)]
    pub attempts: u32,
    /// How the last of them failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// When production was last found to have no namespace of that name; it is asked again each period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace_missing: Option<Timestamp>,
}

impl Pending {
    pub(super) const fn new(approval: Approval, since: Timestamp, cause: Cause) -> Self {
        Self { approval, since, cause, attempts: 0, failure: None, namespace_missing: None }
    }
}

/// Why an image is to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PendingCause"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// It was released.
    Released,
    /// It was in production, and production was found to hold something else, or nothing.
    ProductionDiffers,
}

/// An image that is being copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Syncing {
    /// What was released, and is being copied.
    pub approval: Approval,
    /// Since when it was to be copied.
    pub since: Timestamp,
    /// Why it was to be copied.
    pub cause: Cause,
    /// The copy, with its lease.
    pub copy: Copying,
    /// Whether something else was pushed since the copy began: when it has ended, the image is in development.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub superseded: bool,
}

/// An image that is in production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Synced {
    /// What was released, and is in production.
    pub approval: Approval,
    /// When production was first seen to hold it.
    pub at: Timestamp,
}

/// Makes the enum and its look-ups from the table below.
macro_rules! states {
    ($($variant:ident, $name:literal, $title:literal, $meaning:literal;)*) => {
        /// The states as words. One that is superseded has a word of its own.
        ///
        /// ```
        /// use paas_core::images::promotion::StateName;
        ///
        /// assert_eq!(StateName::PendingSync.name(), "pending_sync");
        /// assert_eq!(StateName::PendingSync.to_string(), "waiting to be copied");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PromotionStateName"))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum StateName {
            $(#[doc = $meaning] $variant,)*
        }

        impl StateName {
            /// All of them, in the order in which an image goes through them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What an image in it is, after "the image is".
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

states! {
    InDevelopment, "in_development", "in development", "It was pushed, and nobody has released what is there now.";
    PendingSync, "pending_sync", "waiting to be copied", "A senior member has released it for production; the digest is pinned.";
    Syncing, "syncing", "being copied", "It is being copied, under a lease.";
    Superseded, "superseded", "being copied, and pushed anew since", "It is being copied, and something else was pushed since: what comes of the copy is recorded, and it is in development.";
    Synced, "synced", "in production", "Production was seen to hold the digest that was released.";
    Gone, "gone", "deleted", "It was deleted while it was being copied; it is kept until the copy has ended.";
}

/// What an image in it is.
impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
