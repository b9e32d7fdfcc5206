//! What happens.

use super::{CopyId, DEFAULT_LEASE_SECONDS, FailureKind, Right, SyncRule};
use crate::{access::Action, images::Digest};
use std::fmt;

/// What happens to an image.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Somebody commands something, with the right to do so. It can be refused.
    Command(Command, Right),
    /// Something was seen. It is never refused.
    Observed(Observation),
    /// Time has passed: a period may be over, or a lease. To say so too often, or too early, does nothing.
    TimePassed,
}

/// What people command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command {
    /// For production: exactly this, which the person has seen. If something else is there by now, it is refused.
    Release {
        /// What is released.
        digest: Digest,
    },
    /// Not for production after all, before it is copied.
    Withdraw,
    /// To be copied now.
    SyncNow,
}

impl Command {
    /// Which one it is.
    pub const fn name(&self) -> CommandName {
        match self {
            Self::Release { .. } => CommandName::Release,
            Self::Withdraw => CommandName::Withdraw,
            Self::SyncNow => CommandName::SyncNow,
        }
    }

    /// What the permission model calls it: done to an [`ImageState`](crate::access::Kind::ImageState).
    pub const fn action(&self) -> Action {
        self.name().action()
    }
}

/// The commands as words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CommandName {
    /// For production.
    Release,
    /// Not for production after all.
    Withdraw,
    /// To be copied now.
    SyncNow,
}

impl CommandName {
    /// What is done, after "cannot be".
    pub const fn done(self) -> &'static str {
        match self {
            Self::Release => "released",
            Self::Withdraw => "withdrawn",
            Self::SyncNow => "synced",
        }
    }

    /// What the permission model calls it.
    pub const fn action(self) -> Action {
        match self {
            Self::Release | Self::Withdraw => Action::Update,
            Self::SyncNow => Action::Sync,
        }
    }
}

/// Its word.
impl fmt::Display for CommandName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Release => "release",
            Self::Withdraw => "withdraw",
            Self::SyncNow => "sync now",
        })
    }
}

/// What was seen.
///
/// Whoever is told of something looks before it says so: notifications come late, twice and in any order, and what a
/// registry answers now is what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Observation {
    /// In test, this is under the name.
    Pushed {
        /// Its digest.
        digest: Digest,
    },
    /// In test, nothing is under the name any more.
    Deleted,
    /// In production, this is under the name.
    ProductionSeen {
        /// Its digest; `None`: nothing.
        digest: Option<Digest>,
    },
    /// Production has, or has not, a namespace of that name.
    NamespaceSeen {
        /// Whether it is there.
        exists: bool,
    },
    /// A copy is at work.
    CopyRenewed {
        /// Which one.
        copy: CopyId,
    },
    /// A copy came to its end, and production was read afterwards.
    CopySucceeded {
        /// Which one.
        copy: CopyId,
        /// What production holds under the name, as it was read.
        production: Digest,
    },
    /// A copy did not come to its end.
    CopyFailed {
        /// Which one.
        copy: CopyId,
        /// What went wrong.
        kind: FailureKind,
        /// What went wrong, in a sentence without secrets. One line of it is kept.
        message: String,
        /// What production holds under the name, if it was read since: a digest, or nothing.
        production: Option<Option<Digest>>,
    },
}

/// What somebody knows who says that time has passed, or who lets a person have something copied now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// The rule of the namespace; `None`: it has none.
    pub rule: Option<SyncRule>,
    /// Whether production has a namespace of that name, as it was asked just now.
    pub namespace: ProductionNamespace,
    /// What a copy is called that begins by this; no copy of the image ever was.
    pub copy: CopyId,
    /// For how many seconds a lease of it counts.
    pub lease_seconds: u32,
}

impl Context {
    /// What is known. A lease counts for [`DEFAULT_LEASE_SECONDS`].
    pub const fn new(rule: Option<SyncRule>, namespace: ProductionNamespace, copy: CopyId) -> Self {
        Self { rule, namespace, copy, lease_seconds: DEFAULT_LEASE_SECONDS }
    }

    /// With leases of so many seconds; of ten at least, and an hour at most.
    #[must_use]
    pub fn with_lease(mut self, seconds: u32) -> Self {
        self.lease_seconds = seconds.clamp(10, 3_600);
        self
    }
}

/// Whether production has a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProductionNamespace {
    /// It has.
    Exists,
    /// It has not.
    Missing,
    /// It was asked, and did not answer.
    Unknown,
}
