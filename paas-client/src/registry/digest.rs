//! Digests: what content is called by.

use super::{Tag, configuration};
use crate::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Sha256, Sha512};
use std::{fmt, str::FromStr};

/// How a digest is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Algorithm {
    /// SHA-256: what all use.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// The number of hexadecimal digits of its values.
    const fn digits(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }
}

/// The digest of a content, as `sha256:` and 64 hexadecimal digits in small letters; or `sha512:` and 128.
///
/// ```
/// use paas_client::registry::{Algorithm, Digest};
///
/// let digest = Digest::of("a layer");
/// assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
/// assert_eq!((digest.algorithm(), digest.hex().len()), (Algorithm::Sha256, 64));
/// assert!(digest.is_of("a layer") && !digest.is_of("another"));
/// assert!("sha256:ABC".parse::<Digest>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest {
    algorithm: Algorithm,
    hex: String,
}

impl Digest {
    /// The SHA-256 of a content.
    #[must_use]
    pub fn of(content: impl AsRef<[u8]>) -> Self {
        Self::by(Algorithm::Sha256, content)
    }

    /// The digest of a content by an algorithm.
    #[must_use]
    pub fn by(algorithm: Algorithm, content: impl AsRef<[u8]>) -> Self {
        let mut digester = Digester::new(algorithm);
        digester.update(content.as_ref());
        digester.finish()
    }

    /// How it is computed.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The value, in hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> &str {
        &self.hex
    }

    /// The tag under which the manifests are listed that are about the manifest of this digest, in registries that do not
    /// note them by themselves: `sha256-` and the digits.
    #[must_use]
    pub fn fallback_tag(&self) -> Tag {
        Tag::of_digest(self.algorithm.name(), &self.hex)
    }

    /// Whether it is the digest of this content.
    #[must_use]
    pub fn is_of(&self, content: impl AsRef<[u8]>) -> bool {
        Self::by(self.algorithm, content) == *self
    }
}

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong =
            || configuration("a digest is `sha256:` and 64 digits, or `sha512:` and 128, of 0-9 and a-f");
        let (name, hex) = text.split_once(':').ok_or_else(wrong)?;
        let algorithm = [Algorithm::Sha256, Algorithm::Sha512].into_iter().find(|one| one.name() == name);
        let algorithm = algorithm.ok_or_else(wrong)?;
        let is_hex = hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if hex.len() != algorithm.digits() || !is_hex {
            return Err(wrong());
        }
        Ok(Self { algorithm, hex: hex.to_owned() })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.hex)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Computes a digest piece by piece. A clone goes on from the same place.
///
/// ```
/// use paas_client::registry::{Algorithm, Digest, Digester};
///
/// let mut digester = Digester::new(Algorithm::Sha256);
/// digester.update(b"a ");
/// digester.update(b"layer");
/// assert_eq!(digester.bytes(), 7);
/// assert_eq!(digester.finish(), Digest::of("a layer"));
/// ```
#[derive(Clone)]
pub struct Digester {
    state: State,
    bytes: u64,
}

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha512(Box<Sha512>),
}

impl Digester {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new(algorithm: Algorithm) -> Self {
        let state = match algorithm {
            Algorithm::Sha256 => State::Sha256(Sha256::default()),
            Algorithm::Sha512 => State::Sha512(Box::default()),
        };
        Self { state, bytes: 0 }
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        match &mut self.state {
            State::Sha256(hasher) => sha2::Digest::update(hasher, piece),
            State::Sha512(hasher) => sha2::Digest::update(&mut **hasher, piece),
        }
        self.bytes = self.bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    }

    /// How many bytes it has seen.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digest of all that it has seen.
    #[must_use]
    pub fn finish(self) -> Digest {
        match self.state {
            State::Sha256(hasher) => written(Algorithm::Sha256, &sha2::Digest::finalize(hasher)),
            State::Sha512(hasher) => written(Algorithm::Sha512, &sha2::Digest::finalize(*hasher)),
        }
    }
}

fn written(algorithm: Algorithm, value: &[u8]) -> Digest {
    use fmt::Write;
    let mut hex = String::with_capacity(algorithm.digits());
    for byte in value {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Digest { algorithm, hex }
}

impl fmt::Debug for Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digester").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
