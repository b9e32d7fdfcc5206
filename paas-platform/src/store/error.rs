//! What can go wrong, and what to do about it.

use super::{Epoch, Kind, StoreErrorKind, Version};
use crate::seam::Timestamp;
use std::{error::Error, path::PathBuf};

/// What a store answers with.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why a store did not do what it was asked for. Then nothing was changed, except where the variant says otherwise.
///
/// ```
/// use paas_platform::store::{Batch, MemoryStore, Store, StoreError, Version, kinds};
/// use paas_platform::seam::SystemClock;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = MemoryStore::new(SystemClock::new());
/// let batch = Batch::new().put(kinds::TENANT, "acme", Version(3), b"zone z1");
/// let error = store.commit(batch).await.unwrap_err();
///
/// assert!(matches!(error, StoreError::Conflict { expected: Some(Version(3)), actual: None, .. }));
/// assert_eq!(error.code(), "store.conflict");
/// assert!(!error.is_retryable());
/// assert_eq!(
///     error.to_string(),
///     "the tenant `acme` is not there, but version 3 was expected: read it again and decide anew"
/// );
/// # });
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A record has not the version that the batch expects: someone else wrote it.
    #[error("the {kind} `{key}` is {}, but {} was expected: read it again and decide anew", found(*.actual), wanted(*.expected))]
    Conflict {
        /// The record's kind.
        kind: Kind,
        /// The record's key.
        key: String,
        /// The version that was expected; `None`: absent.
        expected: Option<Version>,
        /// The version that it has; `None`: absent.
        actual: Option<Version>,
    },

    /// An entry has not the next number of its stream: someone else writes to it, or has already written this entry.
    #[error(
        "entry {number} of `{stream}` is not the next one, which is {next}: another writer was faster, or this one wrote it before; read the stream again"
    )]
    OutOfTurn {
        /// The stream.
        stream: String,
        /// The number that was given.
        number: u64,
        /// The number that would have been right.
        next: u64,
    },

    /// The lease of the fence has run out, was given back, or was taken by another one.
    #[error(
        "the lease `{lease}` taken as number {epoch} is lost (it is at {now_at}): stop, take it again, and look at what was done meanwhile"
    )]
    Fenced {
        /// The lease's name.
        lease: String,
        /// The epoch of the fence.
        epoch: Epoch,
        /// The epoch that the lease is at.
        now_at: Epoch,
    },

    /// Another one has the lease.
    #[error("`{holder}` has the lease `{lease}` until {until}: wait for it")]
    LeaseHeld {
        /// The lease's name.
        lease: String,
        /// Who has it.
        holder: String,
        /// Until when, unless it is renewed.
        until: Timestamp,
    },

    /// What was asked for has no meaning.
    #[error("{what}")]
    Invalid {
        /// What is wrong with it.
        what: String,
    },

    /// Something is larger than [`limits`](super::limits) allow.
    #[error("{what} is {size} large; the limit is {limit}")]
    TooLarge {
        /// What it is.
        what: String,
        /// How large it is: bytes, or a count.
        size: usize,
        /// How large it may be.
        limit: usize,
    },

    /// The store to be filled already holds something.
    #[error("the store already holds something: import into a new one")]
    NotEmpty,

    /// An export cannot be read.
    #[error("line {line} of the export {why}")]
    BadExport {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },

    /// A later version of this software wrote it.
    #[error(
        "{what} has format {found}, and this version knows formats up to {known}: use the newer version that wrote it"
    )]
    NewerFormat {
        /// What it is.
        what: String,
        /// Its format.
        found: u64,
        /// The highest that is known.
        known: u64,
    },

    /// What is stored is damaged.
    #[error("{what} is damaged: {why}; keep a copy of it, and restore a backup or an export")]
    Corrupt {
        /// What is damaged.
        what: String,
        /// How that was seen.
        why: String,
    },

    /// The file is not ours.
    #[error("`{}` is not a store of the platform: {why}; nothing in it was changed", .path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// How that was seen.
        why: String,
    },

    /// Another process has the file open, or this one has it open already.
    #[error("`{}` is in use by {}: stop that one, or take another file", .path.display(), user(*.pid))]
    Locked {
        /// The file.
        path: PathBuf,
        /// The process, if it could be read.
        pid: Option<u32>,
    },

    /// Another program held the database for too long, such as a backup.
    #[error("`{}` is held by another program for longer than {waited_ms} ms: end that program, then try again", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long was waited for it, in milliseconds.
        waited_ms: u64,
    },

    /// There is no room left.
    #[error("there is no room left for `{}`: free some, or raise the quota; what was stored is still there", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },

    /// The file, its folder or its disk must not be written to.
    #[error("`{}` cannot be written ({why}): let the user of this process write the file and its folder", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },

    /// Reading or writing failed. Whether a batch was written is not known before it is read again.
    #[error("{what} failed ({source}): look at the disk, then open the store again")]
    Io {
        /// What was done.
        what: String,
        /// What the system says.
        source: Box<dyn Error + Send + Sync>,
    },

    /// The store was closed. Whether a batch was written is not known before it is read again.
    #[error("the store is closed: open it again")]
    Closed,
}

impl StoreError {
    /// A request without a meaning.
    pub fn invalid(what: impl Into<String>) -> Self {
        Self::Invalid { what: what.into() }
    }

    /// Something damaged.
    pub fn corrupt(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into(), why: why.into() }
    }

    /// Its kind.
    pub const fn kind(&self) -> StoreErrorKind {
        match self {
            Self::Conflict { .. } => StoreErrorKind::Conflict,
            Self::OutOfTurn { .. } => StoreErrorKind::OutOfTurn,
            Self::Fenced { .. } => StoreErrorKind::Fenced,
            Self::LeaseHeld { .. } => StoreErrorKind::LeaseHeld,
            Self::Invalid { .. } => StoreErrorKind::Invalid,
            Self::TooLarge { .. } => StoreErrorKind::TooLarge,
            Self::NotEmpty => StoreErrorKind::NotEmpty,
            Self::BadExport { .. } => StoreErrorKind::BadExport,
            Self::NewerFormat { .. } => StoreErrorKind::NewerFormat,
            Self::Corrupt { .. } => StoreErrorKind::Corrupt,
            Self::NotAStore { .. } => StoreErrorKind::NotAStore,
            Self::Locked { .. } => StoreErrorKind::Locked,
            Self::Busy { .. } => StoreErrorKind::Busy,
            Self::Full { .. } => StoreErrorKind::Full,
            Self::ReadOnly { .. } => StoreErrorKind::ReadOnly,
            Self::Io { .. } => StoreErrorKind::Io,
            Self::Closed => StoreErrorKind::Closed,
        }
    }

    /// A name for the kind of error that never changes.
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// Whether the very same call can succeed later without anybody doing something about it.
    pub const fn is_retryable(&self) -> bool {
        self.kind().is_retryable()
    }
}

fn found(actual: Option<Version>) -> String {
    actual.map_or_else(|| "not there".into(), |version| format!("at version {version}"))
}

fn wanted(expected: Option<Version>) -> String {
    expected.map_or_else(|| "none".into(), |version| format!("version {version}"))
}

fn user(pid: Option<u32>) -> String {
    match pid {
        Some(pid) if pid == std::process::id() => "this process already".into(),
        Some(pid) => format!("process {pid}"),
        None => "another process".into(),
    }
}
