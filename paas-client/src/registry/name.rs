//! Names of repositories and of what is in them.

use super::{Digest, configuration};
use crate::{Error, Result, image_name};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The name of a repository within its registry: parts of small letters and digits, with `.`, `_`, `__` or hyphens between
/// them, divided by `/`; at most 255 characters.
///
/// ```
/// use paas_client::registry::RepositoryName;
///
/// let name: RepositoryName = "team-a/shop/web".parse().unwrap();
/// assert_eq!((name.as_str(), name.namespace()), ("team-a/shop/web", Some("team-a")));
/// for wrong in ["", "Team-A/web", "team-a//web", "../web", "team-a/web:1", "registry.bank.test:5000/web"] {
///     assert!(wrong.parse::<RepositoryName>().is_err(), "{wrong}");
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepositoryName(String);

impl RepositoryName {
    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first part, if there are several.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.0.split_once('/').map(|(first, _)| first)
    }
}

impl FromStr for RepositoryName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if image_name::is_repository(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(configuration(
            "the name of a repository has parts of small letters and digits, with `.`, `_`, `__` or `-` between them, \
             divided by `/`, and at most 255 characters",
        ))
    }
}

/// A tag: letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`; at most 128 characters.
///
/// ```
/// use paas_client::registry::Tag;
///
/// let tag: Tag = "1.0-RC".parse().unwrap();
/// assert_eq!(tag.as_str(), "1.0-RC");
/// assert!("".parse::<Tag>().is_err() && "-1".parse::<Tag>().is_err() && "1/2".parse::<Tag>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// The tag as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Tag {
    /// The tag that tells of a digest: at most 128 characters, as the specification cuts it.
    pub(super) fn of_digest(algorithm: &str, hex: &str) -> Self {
        let name: String = algorithm.chars().take(32).collect();
        let value: String = hex.chars().take(64).collect();
        Self(format!("{name}-{value}"))
    }
}

impl FromStr for Tag {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if image_name::is_tag(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(configuration(
            "a tag has one to 128 letters, digits, `_`, `.` and `-`, and begins with neither `.` nor `-`",
        ))
    }
}

/// What a manifest is asked for by.
///
/// ```
/// use paas_client::registry::{Digest, Reference};
///
/// assert!(matches!("1.0".parse().unwrap(), Reference::Tag(_)));
/// let digest = Digest::of("a manifest");
/// assert_eq!(digest.to_string().parse::<Reference>().unwrap(), Reference::from(digest));
/// assert!("md5:00".parse::<Reference>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// What the tag stands for now.
    Tag(Tag),
    /// This very content.
    Digest(Digest),
}

impl FromStr for Reference {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // No tag has a colon.
        if text.contains(':') { text.parse().map(Self::Digest) } else { text.parse().map(Self::Tag) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

impl From<Tag> for Reference {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

impl From<Digest> for Reference {
    fn from(digest: Digest) -> Self {
        Self::Digest(digest)
    }
}

impl From<&Tag> for Reference {
    fn from(tag: &Tag) -> Self {
        Self::Tag(tag.clone())
    }
}

impl From<&Digest> for Reference {
    fn from(digest: &Digest) -> Self {
        Self::Digest(digest.clone())
    }
}

macro_rules! text {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+};
}
text!(RepositoryName, Tag);
