//! Manifests as they are: bytes, which nothing here writes anew, so that their digest stays.

use super::{Content, Descriptor, Digest, configuration};
use crate::Result;
use crate::transport::Chunk;
use std::fmt;

/// The most that a manifest can be long, in bytes: what the specification has registries take.
pub(super) const LARGEST: usize = 4 << 20;

/// A manifest or index: its bytes, what kind it is, and its digest. Clones share the bytes.
///
/// ```
/// use paas_client::registry::{Digest, Manifest, media_type};
///
/// let manifest = Manifest::new(media_type::OCI_INDEX, r#"{"schemaVersion":2,"manifests":[]}"#).unwrap();
/// assert_eq!(*manifest.digest(), Digest::of(manifest.bytes()));
/// assert_eq!(manifest.descriptor().size, 34);
/// assert!(Manifest::new(media_type::OCI_INDEX, vec![b' '; 5 << 20]).is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Manifest {
    media_type: String,
    bytes: Chunk,
    digest: Digest,
}

impl Manifest {
    /// A manifest that is to be pushed. Its bytes stay as they are.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if it is larger than 4 MiB, which registries do not
    /// take.
    pub fn new(media_type: impl Into<String>, bytes: impl Into<Chunk>) -> Result<Self> {
        let bytes = bytes.into();
        if bytes.len() > LARGEST {
            return Err(configuration(format!("the manifest is larger than {LARGEST} bytes")));
        }
        let digest = Digest::of(&bytes);
        Ok(Self { media_type: media_type.into(), bytes, digest })
    }

    /// A manifest that came, and was held against this digest.
    pub(super) fn of(media_type: String, bytes: Vec<u8>, digest: Digest) -> Self {
        Self { media_type, bytes: bytes.into(), digest }
    }

    /// What kind it is: one of [`media_type`](super::media_type).
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Its bytes, as they are in the registry.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its digest, which is that of its bytes.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// What points at it.
    #[must_use]
    pub fn descriptor(&self) -> Descriptor {
        let size = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
        Descriptor::new(self.media_type.clone(), self.digest.clone(), size)
    }

    /// What it points at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Protocol`](crate::ErrorKind::Protocol) if it is no manifest of a known kind, or claims to be two.
    pub fn content(&self) -> Result<Content> {
        Content::read(&self.media_type, &self.bytes)
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manifest")
            .field("media_type", &self.media_type)
            .field("digest", &self.digest)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
