//! Digests: what content is known by.

use super::{InvalidName, text};
use serde::Serialize;
use std::str::FromStr;

/// What content is known by: an algorithm and a sum, such as `sha256:9f86…`. Two contents of one digest are the same.
///
/// SHA-256 and SHA-512 are read, in lower case only, as registries write them: so that equal digests are equal texts.
///
/// ```
/// use paas_core::images::Digest;
///
/// let digest: Digest = format!("sha256:{}", "9f".repeat(32)).parse()?;
/// assert_eq!((digest.algorithm(), digest.hex().len()), ("sha256", 64));
/// assert_eq!(digest.short(), "sha256:9f9f9f9f9f9f");
///
/// assert!(digest.as_str().to_uppercase().parse::<Digest>().is_err());
/// assert!("sha256:9f86".parse::<Digest>().is_err());
/// assert!(format!("md5:{}", "9f".repeat(16)).parse::<Digest>().is_err());
/// # Ok::<(), paas_core::images::InvalidName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ImageDigest", extend("pattern" = "^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$"))
)]
#[serde(transparent)]
pub struct Digest(String);

text!(Digest);

/// The algorithms, and how many hexadecimal digits their sums have.
const ALGORITHMS: [(&str, usize); 2] = [("sha256", 64), ("sha512", 128)];
/// Digits that tell images of one repository apart for people.
const SHORT: usize = 12;

impl Digest {
    /// `sha256` or `sha512`.
    pub fn algorithm(&self) -> &str {
        self.0.split_once(':').map_or("", |(algorithm, _)| algorithm)
    }

    /// The sum, in hexadecimal digits.
    pub fn hex(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, hex)| hex)
    }

    /// Its beginning, for people to read: `sha256:9f86d081884c`.
    pub fn short(&self) -> &str {
        self.0.get(..self.algorithm().len() + 1 + SHORT).unwrap_or(&self.0)
    }
}

impl FromStr for Digest {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = text.split_once(':').is_some_and(|(algorithm, hex)| {
            ALGORITHMS.contains(&(algorithm, hex.len())) && hex.bytes().all(is_digit)
        });
        if fits {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName::new(
            text,
            "digest",
            "write `sha256:` with 64 or `sha512:` with 128 hexadecimal digits in lower case",
        ))
    }
}
