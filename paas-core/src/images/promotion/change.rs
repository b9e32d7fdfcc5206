//! What people, journals and audits are told.

use super::{FailureKind, StateName};
use crate::{
    actor::Actor,
    images::{Digest, ImageName},
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that happened to an image, for a journal, an audit and whoever is to be notified.
///
/// Printed, it is a sentence: ``anna released `retail-shop/web:1.4` (sha256:0f0f0f0f0f0f)``.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageChange"))]
#[non_exhaustive]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// The image.
    pub image: ImageName,
    /// What it was.
    pub what: Happening,
    /// How far the image was.
    pub from: StateName,
    /// How far it is; `None`: it is gone.
    pub to: Option<StateName>,
    /// What it is about: what was pushed, released, copied, or seen in production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Who commanded it, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// The how-manieth copy it was, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    /// What went wrong, if something did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureKind>,
    /// What went wrong, in a sentence; or what somebody said who asked for something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Change {
    /// Something that happened to an image; nothing more is said of it yet.
    pub(super) const fn new(what: Happening, image: ImageName, from: StateName, at: Timestamp) -> Self {
        Self {
            at,
            image,
            what,
            from,
            to: None,
            digest: None,
            by: None,
            attempt: None,
            failure: None,
            message: None,
        }
    }
}

/// Makes the enum and its look-ups from the table below.
macro_rules! happenings {
    ($($variant:ident, $name:literal, $meaning:literal;)*) => {
        /// What happened, as a word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageHappening"))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Happening {
            $(#[doc = $meaning] $variant,)*
        }

        impl Happening {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

happenings! {
    Pushed, "pushed", "Something else was pushed under the name.";
    Deleted, "deleted", "It was deleted in test.";
    Released, "released", "A person released it for production.";
    Withdrawn, "withdrawn", "A person withdrew the release.";
    CopyBegan, "copy_began", "A copy began.";
    CopyFailed, "copy_failed", "A copy failed; or none could begin.";
    CopyEnded, "copy_ended", "A copy ended whose outcome does not count any more.";
    Synced, "synced", "Production holds what was released.";
    NamespaceMissing, "namespace_missing", "Production has no namespace of that name.";
    NamespaceFound, "namespace_found", "Production has a namespace of that name by now.";
    ProductionDiffers, "production_differs", "Production holds something else than what was released, or nothing.";
    ProductionSeen, "production_seen", "Production was seen to hold something else than before.";
    ReleaseWished, "release_wished", "Somebody who may not release it asks for a release.";
    SyncWished, "sync_wished", "Somebody who may not have it synced asks for that.";
}

/// Its name.
impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A sentence.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let image = &self.image;
        let digest = self.digest.as_ref().map_or("nothing", Digest::short);
        let by = self.by.as_ref().map_or("somebody", Actor::as_str);
        let attempt = self.attempt.unwrap_or_default();
        match self.what {
            Happening::Pushed => write!(f, "`{image}` was pushed ({digest})"),
            Happening::Deleted => write!(f, "`{image}` was deleted"),
            Happening::Released => write!(f, "{by} released `{image}` ({digest})"),
            Happening::Withdrawn => write!(f, "{by} withdrew the release of `{image}` ({digest})"),
            Happening::CopyBegan => match &self.by {
                Some(by) => {
                    write!(f, "{by} has `{image}` copied to production ({digest}, attempt {attempt})")
                }
                None => write!(f, "`{image}` is copied to production ({digest}, attempt {attempt})"),
            },
            Happening::CopyFailed => {
                write!(f, "`{image}` was not copied to production (attempt {attempt})")?;
                self.message.as_ref().map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            Happening::CopyEnded => write!(f, "the copy of `{image}` has ended; production holds {digest}"),
            Happening::Synced => write!(f, "`{image}` is in production ({digest})"),
            Happening::NamespaceMissing => {
                write!(f, "`{image}` waits: production has no namespace of that name")
            }
            Happening::NamespaceFound => write!(f, "production has the namespace of `{image}` now"),
            Happening::ProductionDiffers => {
                write!(f, "production holds {digest} as `{image}`, and not what was released")
            }
            Happening::ReleaseWished | Happening::SyncWished => {
                let what = if self.what == Happening::ReleaseWished { "released" } else { "synced" };
                write!(f, "{by} asks to have `{image}` {what} ({digest})")?;
                self.message.as_ref().map_or(Ok(()), |note| write!(f, ": {note}"))
            }
            Happening::ProductionSeen => write!(f, "production holds {digest} as `{image}`"),
        }
    }
}
