//! Records.

use super::Kind;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of the batch that wrote a record last. Higher is later, over the whole store; none comes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u64);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How often a lease was taken: who holds a lower one is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub u64);

impl Epoch {
    /// Of what was written without a fence.
    pub const UNFENCED: Self = Self(0);
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is true now about one thing.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// What it is about.
    pub kind: Kind,
    /// Its name, one of its kind.
    pub key: String,
    /// To be given back when it is written again.
    pub version: Version,
    /// Of the fence that it was last written with.
    pub epoch: Epoch,
    /// What is kept. The store does not look into it.
    pub bytes: Vec<u8>,
}

impl Record {
    /// For stores: a record as it was kept.
    pub const fn new(kind: Kind, key: String, version: Version, epoch: Epoch, bytes: Vec<u8>) -> Self {
        Self { kind, key, version, epoch, bytes }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("kind", &self.kind)
            .field("key", &self.key)
            .field("version", &self.version)
            .field("epoch", &self.epoch)
            .field("bytes", &Size(self.bytes.len()))
            .finish()
    }
}

/// Stands for bytes that are not shown.
pub(super) struct Size(pub(super) usize);

impl fmt::Debug for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0)
    }
}
