//! Batches: what is written together.

use super::{Epoch, Fence, Kind, Result, StoreError, Topic, Version, limits, name, record::Size};
use std::{collections::BTreeSet, fmt};

/// Changes that happen together or not at all.
///
/// ```
/// use paas_platform::store::{Batch, Version, kinds, topics};
///
/// let batch = Batch::new()
///     .create(kinds::OPERATION, "op-1", b"running")
///     .put(kinds::APPLICATION, "acme/bank", Version(7), b"deploying")
///     .append("op-1", 1, b"intent: create the stack")
///     .enqueue(topics::AUDIT, b"deploy began");
/// assert_eq!(batch.changes().len(), 4);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    changes: Vec<Change>,
    fence: Option<Fence>,
}

/// One change of a batch, or one thing that must be so for the others to happen.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are what the variants speak of")]
pub enum Change {
    /// A record that must be absent, and is there afterwards.
    Create { kind: Kind, key: String, bytes: Vec<u8> },
    /// A record that must have this version, and has other bytes afterwards.
    Put { kind: Kind, key: String, version: Version, bytes: Vec<u8> },
    /// A record that must have this version, and is gone afterwards.
    Delete { kind: Kind, key: String, version: Version },
    /// A record that must have this version (`None`: must be absent), and is left alone.
    Expect { kind: Kind, key: String, version: Option<Version> },
    /// An entry for the end of a stream, whose number must be the next: 1, 2, 3, …
    Append { stream: String, number: u64, bytes: Vec<u8> },
    /// A message for the end of the outbox.
    Enqueue { topic: Topic, bytes: Vec<u8> },
    /// A message that was told and can go. One that is not there (any more) does not matter.
    Acknowledge { topic: Topic, id: u64 },
}

/// What a batch led to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Committed {
    /// The version that every record has which the batch created or put.
    pub version: Version,
    /// The ids of the messages, in the order of the batch.
    pub messages: Vec<u64>,
}

impl Committed {
    /// For stores: what came of it.
    pub const fn new(version: Version, messages: Vec<u64>) -> Self {
        Self { version, messages }
    }
}

impl Batch {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { changes: Vec::new(), fence: None }
    }

    /// Creates a record that is not there.
    #[must_use]
    pub fn create(self, kind: Kind, key: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.change(Change::Create { kind, key: key.into(), bytes: bytes.into() })
    }

    /// Replaces the bytes of a record that has this version.
    #[must_use]
    pub fn put(
        self,
        kind: Kind,
        key: impl Into<String>,
        version: Version,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        self.change(Change::Put { kind, key: key.into(), version, bytes: bytes.into() })
    }

    /// Deletes a record that has this version.
    #[must_use]
    pub fn delete(self, kind: Kind, key: impl Into<String>, version: Version) -> Self {
        self.change(Change::Delete { kind, key: key.into(), version })
    }

    /// Writes the rest only if a record has this version, or is absent for `None`.
    #[must_use]
    pub fn expect(self, kind: Kind, key: impl Into<String>, version: Option<Version>) -> Self {
        self.change(Change::Expect { kind, key: key.into(), version })
    }

    /// Adds an entry to a stream, as its `number`th. Who was overtaken by another writer is refused.
    #[must_use]
    pub fn append(self, stream: impl Into<String>, number: u64, bytes: impl Into<Vec<u8>>) -> Self {
        self.change(Change::Append { stream: stream.into(), number, bytes: bytes.into() })
    }

    /// Adds a message to the outbox.
    #[must_use]
    pub fn enqueue(self, topic: Topic, bytes: impl Into<Vec<u8>>) -> Self {
        self.change(Change::Enqueue { topic, bytes: bytes.into() })
    }

    /// Removes a message from the outbox. Doing it twice is no fault.
    #[must_use]
    pub fn acknowledge(self, topic: Topic, id: u64) -> Self {
        self.change(Change::Acknowledge { topic, id })
    }

    /// Writes only if the fence holds; the epoch is kept with all that is written.
    #[must_use]
    pub fn fenced_by(mut self, fence: Fence) -> Self {
        self.fence = Some(fence);
        self
    }

    /// Adds a change.
    #[must_use]
    pub fn change(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    /// What is to happen.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// For stores: what is to happen, to be taken apart.
    pub fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// What must hold for that.
    pub const fn fence(&self) -> Option<&Fence> {
        self.fence.as_ref()
    }

    /// For stores: the epoch to keep with what is written.
    pub fn epoch(&self) -> Epoch {
        self.fence.as_ref().map_or(Epoch::UNFENCED, |fence| fence.epoch)
    }

    /// For stores: whether it can be written at all, whatever is in the store.
    ///
    /// # Errors
    /// `store.invalid` for a name that is none, or a record that is named twice; `store.too_large`.
    pub fn check(&self) -> Result<()> {
        if self.changes.len() > limits::MAX_CHANGES {
            return Err(StoreError::TooLarge {
                what: "the count of a batch's changes".into(),
                size: self.changes.len(),
                limit: limits::MAX_CHANGES,
            });
        }
        let mut records = BTreeSet::new();
        let mut size = 0_usize;
        for change in &self.changes {
            change.check()?;
            size = size.saturating_add(change.bytes().map_or(0, <[u8]>::len));
            if let Some((kind, key)) = change.record()
                && !records.insert((kind, key))
            {
                return Err(StoreError::invalid(format!("a batch names the {kind} `{key}` twice")));
            }
        }
        if size > limits::MAX_BATCH {
            return Err(StoreError::TooLarge { what: "a batch".into(), size, limit: limits::MAX_BATCH });
        }
        self.fence.as_ref().map_or(Ok(()), |fence| name::check_text("lease", &fence.lease))
    }
}

impl Change {
    /// The record that it is about.
    fn record(&self) -> Option<(&Kind, &str)> {
        match self {
            Self::Create { kind, key, .. }
            | Self::Put { kind, key, .. }
            | Self::Delete { kind, key, .. }
            | Self::Expect { kind, key, .. } => Some((kind, key)),
            Self::Append { .. } | Self::Enqueue { .. } | Self::Acknowledge { .. } => None,
        }
    }

    /// The bytes that it writes.
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Create { bytes, .. }
            | Self::Put { bytes, .. }
            | Self::Append { bytes, .. }
            | Self::Enqueue { bytes, .. } => Some(bytes),
            Self::Delete { .. } | Self::Expect { .. } | Self::Acknowledge { .. } => None,
        }
    }

    fn check(&self) -> Result<()> {
        if let Some((kind, key)) = self.record() {
            kind.check()?;
            name::check_text("key", key)?;
        }
        match self {
            Self::Append { stream, .. } => name::check_text("stream", stream)?,
            Self::Enqueue { topic, .. } | Self::Acknowledge { topic, .. } => topic.check()?,
            _ => {}
        }
        let limit = if self.record().is_some() { limits::MAX_RECORD } else { limits::MAX_ENTRY };
        match self.bytes().map(<[u8]>::len) {
            Some(size) if size > limit => Err(StoreError::TooLarge { what: self.to_string(), size, limit }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { kind, key, .. }
            | Self::Put { kind, key, .. }
            | Self::Delete { kind, key, .. }
            | Self::Expect { kind, key, .. } => write!(f, "the {kind} `{key}`"),
            Self::Append { stream, number, .. } => write!(f, "entry {number} of `{stream}`"),
            Self::Enqueue { topic, .. } => write!(f, "a message for `{topic}`"),
            Self::Acknowledge { topic, id } => write!(f, "message {id} for `{topic}`"),
        }
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, version) = match self {
            Self::Create { .. } => ("Create", None),
            Self::Put { version, .. } => ("Put", Some(*version)),
            Self::Delete { version, .. } => ("Delete", Some(*version)),
            Self::Expect { version, .. } => ("Expect", *version),
            Self::Append { .. } => ("Append", None),
            Self::Enqueue { .. } => ("Enqueue", None),
            Self::Acknowledge { .. } => ("Acknowledge", None),
        };
        let mut shown = f.debug_tuple(name);
        shown.field(&format_args!("{self}"));
        if let Some(version) = version {
            shown.field(&version);
        }
        if let Some(bytes) = self.bytes() {
            shown.field(&Size(bytes.len()));
        }
        shown.finish()
    }
}
