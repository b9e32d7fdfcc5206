//! The server's version, and what differs by it.

use crate::{Error, ErrorKind, Result};
use std::{cmp::Ordering, fmt, str::FromStr};

/// The version of a Rancher server. A pre-release comes before its release.
///
/// ```
/// use paas_client::rancher::RancherVersion;
/// let parse = |text: &str| text.parse::<RancherVersion>();
///
/// assert!(parse("v1.6.30").unwrap() > parse("1.6.15").unwrap());
/// assert!(parse("v1.6.15-rc3").unwrap() < parse("v1.6.15").unwrap());
/// assert!(parse("v1.6.15-rc10").unwrap() > parse("v1.6.15-rc3").unwrap());
/// assert_eq!(parse("v1.6.30").unwrap().to_string(), "v1.6.30");
/// assert!(parse("master").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RancherVersion {
    major: u32,
    minor: u32,
    patch: u32,
    pre: Option<String>,
}

impl RancherVersion {
    /// A release.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch, pre: None }
    }

    /// Major, minor and patch.
    #[must_use]
    pub const fn numbers(&self) -> (u32, u32, u32) {
        (self.major, self.minor, self.patch)
    }

    /// What stands behind the numbers of a pre-release, such as `rc1`.
    #[must_use]
    pub fn pre_release(&self) -> Option<&str> {
        self.pre.as_deref()
    }

    /// Whether this version can do something.
    #[must_use]
    pub fn can(&self, feature: Feature) -> bool {
        *self >= feature.since()
    }
}

impl FromStr for RancherVersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| {
            Error::new(ErrorKind::Protocol, "the server's version is not of the form `v1.6.30`")
        })
    }
}

fn parse(text: &str) -> Option<RancherVersion> {
    let text = text.trim();
    let text = text.strip_prefix('v').unwrap_or(text);
    let (numbers, pre) = text.split_once('-').map_or((text, None), |(numbers, pre)| (numbers, Some(pre)));
    let mut parts =
        numbers.split('.').map(|part| part.parse().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit())));
    let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()??);
    let fits = |pre: &str| {
        (1..=64).contains(&pre.len())
            && pre.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+".contains(&b))
    };
    if parts.next().is_some() || pre.is_some_and(|pre| !fits(pre)) {
        return None;
    }
    Some(RancherVersion { major, minor, patch, pre: pre.map(str::to_owned) })
}

impl fmt::Display for RancherVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}.{}", self.major, self.minor, self.patch)?;
        self.pre.as_ref().map_or(Ok(()), |pre| write!(f, "-{pre}"))
    }
}

impl Ord for RancherVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers().cmp(&other.numbers()).then_with(|| match (&self.pre, &other.pre) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            // `rc10` comes after `rc3`; what still is equal, the texts decide.
            (Some(one), Some(two)) => parts(one).cmp(&parts(two)).then_with(|| one.cmp(two)),
        })
    }
}

impl PartialOrd for RancherVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A pre-release as its word and its number.
fn parts(pre: &str) -> (&str, u64) {
    let word = pre.trim_end_matches(|c: char| c.is_ascii_digit());
    (word, pre.get(word.len()..).and_then(|digits| digits.parse().ok()).unwrap_or(0))
}

/// What not every version can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Feature {
    /// Links between environments, made with them (`projectLinks`).
    EnvironmentLinks,
    /// Regions, and links between services by name.
    Regions,
}

impl Feature {
    /// The first release that can.
    #[must_use]
    pub const fn since(self) -> RancherVersion {
        match self {
            Self::EnvironmentLinks => RancherVersion::new(1, 4, 0),
            Self::Regions => RancherVersion::new(1, 6, 15),
        }
    }

    /// What it is, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::EnvironmentLinks => "links between environments",
            Self::Regions => "regions and links by name",
        }
    }
}
