//! What names an image, one type for each part.

use crate::{
    Error, Result,
    harbor::{ProjectName, configuration},
    image_name::{is_digest, is_repository, is_tag},
    segment::segment,
};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr};

macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident $check:ident $what:literal;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                if $check(text) { Ok(Self(text.to_owned())) } else { Err(configuration($what)) }
            }
        }

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

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+};
}

names! {
    /// The name of a repository within its project. It may have slashes.
    ///
    /// ```
    /// use paas_client::harbor::RepositoryName;
    /// assert_eq!("team/web".parse::<RepositoryName>().unwrap().as_str(), "team/web");
    /// assert!("Web".parse::<RepositoryName>().is_err() && "a//b".parse::<RepositoryName>().is_err());
    /// ```
    RepositoryName is_repository "the name of a repository has small letters and digits, with `.`, `_`, `-` and `/` between them";
    /// The name of a tag.
    ///
    /// ```
    /// use paas_client::harbor::TagName;
    /// assert_eq!("1.0".parse::<TagName>().unwrap().as_str(), "1.0");
    /// assert!("a/b".parse::<TagName>().is_err() && "".parse::<TagName>().is_err());
    /// ```
    TagName is_tag "a tag has one to 128 letters, digits, `_`, `.` and `-`, and begins with neither `.` nor `-`";
    /// What tells one content from all others.
    ///
    /// ```
    /// use paas_client::harbor::Digest;
    /// let text = format!("sha256:{}", "0a".repeat(32));
    /// assert_eq!(text.parse::<Digest>().unwrap().as_str(), text);
    /// assert!("sha256:0a".parse::<Digest>().is_err() && "1.0".parse::<Digest>().is_err());
    /// ```
    Digest is_digest "a digest is `sha256:` and 64 digits of base 16, or another algorithm with its own";
}

/// Which repository: its project, and its name there.
///
/// ```
/// use paas_client::harbor::RepositoryKey;
/// let key: RepositoryKey = "retail/team/web".parse().unwrap();
/// assert_eq!((key.project.as_str(), key.name.as_str()), ("retail", "team/web"));
/// assert_eq!(key.to_string(), "retail/team/web");
/// assert!("web".parse::<RepositoryKey>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RepositoryKey {
    /// The project.
    pub project: ProjectName,
    /// The name in the project.
    pub name: RepositoryName,
}

impl RepositoryKey {
    /// The repository of this name in this project.
    #[must_use]
    pub fn new(project: ProjectName, name: RepositoryName) -> Self {
        Self { project, name }
    }
}

impl FromStr for RepositoryKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || configuration("a repository is named by its project, a slash, and its name there");
        let (project, name) = text.split_once('/').ok_or_else(wrong)?;
        Ok(Self { project: project.parse()?, name: name.parse()? })
    }
}

impl fmt::Display for RepositoryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.project, self.name)
    }
}

impl<'de> Deserialize<'de> for RepositoryKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl RepositoryName {
    /// As a segment of a path. Harbor decodes it once as all paths, and once more, so that a slash gets through servers in
    /// between.
    pub(in crate::harbor) fn segment(&self) -> String {
        segment(&segment(&self.0))
    }
}

/// Which artifact of a repository.
///
/// ```
/// use paas_client::harbor::Reference;
/// let digest = format!("sha256:{}", "0a".repeat(32));
/// assert!(matches!("1.0".parse().unwrap(), Reference::Tag(_)));
/// assert!(matches!(digest.parse().unwrap(), Reference::Digest(_)));
/// assert!("a/b".parse::<Reference>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// The one that has this tag now.
    Tag(TagName),
    /// The one of this digest, for ever.
    Digest(Digest),
}

impl Reference {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tag(tag) => tag.as_str(),
            Self::Digest(digest) => digest.as_str(),
        }
    }

    /// As Harbor names an artifact by it: `retail/web:1.0`, `retail/web@sha256:…`.
    pub(in crate::harbor) fn of(&self, repository: &RepositoryKey) -> String {
        let sign = if matches!(self, Self::Tag(_)) { ':' } else { '@' };
        format!("{repository}{sign}{self}")
    }

    pub(in crate::harbor) fn segment(&self) -> String {
        segment(self.as_str())
    }
}

impl FromStr for Reference {
    type Err = Error;

    /// No tag holds the `:` that each digest has.
    fn from_str(text: &str) -> Result<Self> {
        if text.contains(':') { text.parse().map(Self::Digest) } else { text.parse().map(Self::Tag) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<TagName> for Reference {
    fn from(tag: TagName) -> Self {
        Self::Tag(tag)
    }
}

impl From<Digest> for Reference {
    fn from(digest: Digest) -> Self {
        Self::Digest(digest)
    }
}

impl From<&TagName> for Reference {
    fn from(tag: &TagName) -> Self {
        Self::Tag(tag.clone())
    }
}

impl From<&Digest> for Reference {
    fn from(digest: &Digest) -> Self {
        Self::Digest(digest.clone())
    }
}

impl From<&Self> for Reference {
    fn from(reference: &Self) -> Self {
        reference.clone()
    }
}
