//! A piece of a body.

use bytes::Bytes;
use std::{fmt, ops::Deref};

/// A piece of a body. Clones and parts share the bytes; nothing is copied. `Debug` shows the length only.
///
/// ```
/// use paas_client::transport::Chunk;
///
/// let chunk = Chunk::from(b"a layer".to_vec());
/// assert_eq!(&chunk[..1], b"a");
/// assert_eq!(*chunk.after(2), *b"layer");
/// assert!(chunk.after(99).is_empty());
/// assert_eq!(format!("{chunk:?}"), "Chunk(7 bytes)");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Chunk(Bytes);

impl Chunk {
    /// What comes after so many bytes.
    #[must_use]
    pub fn after(&self, bytes: usize) -> Self {
        Self(self.0.slice(bytes.min(self.0.len())..))
    }

    #[cfg(feature = "http")]
    pub(super) fn into_bytes(self) -> Bytes {
        self.0
    }

    #[cfg(feature = "http")]
    pub(super) fn of(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl Deref for Chunk {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Chunk {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&'static [u8]> for Chunk {
    fn from(bytes: &'static [u8]) -> Self {
        Self(Bytes::from_static(bytes))
    }
}

impl From<&'static str> for Chunk {
    fn from(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }
}

impl From<String> for Chunk {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chunk({} bytes)", self.0.len())
    }
}
