//! A copy and its lease.

use crate::scaling::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// How long a lease is unless something else is said. A copier renews it three times in that time; one that was killed
/// is noticed after it.
pub const DEFAULT_LEASE_SECONDS: u32 = 60;

/// How long a copy can take, however often it renews its lease: one that hangs, and says that it does not, ends too.
pub const LONGEST_COPY_SECONDS: u32 = 24 * 3_600;

/// By how much the clocks of processes may differ, and may be set back, without a time that one of them wrote being taken
/// for wrong by another. Whoever is behind lets others wait longer, and never ends anything early.
pub(super) const MOST_CLOCKS_DIFFER_SECONDS: u32 = 24 * 3_600;

/// Which copy something is about. Whoever lets a copy begin gives it one that no other copy of that image ever had; so
/// that what an older copy says late is not taken for the word of the one that is running.
///
/// ```
/// use paas_core::images::promotion::CopyId;
///
/// assert_eq!("c-01J9".parse::<CopyId>()?.as_str(), "c-01J9");
/// assert!("".parse::<CopyId>().is_err() && "a b".parse::<CopyId>().is_err());
/// # Ok::<(), paas_core::images::promotion::InvalidCopyId>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ImageCopyId", extend("pattern" = "^[A-Za-z0-9_-]{1,64}$"))
)]
#[serde(transparent)]
pub struct CopyId(String);

impl CopyId {
    /// The longest, in characters.
    pub const MAX: usize = 64;

    /// The one of these numbers, which are drawn by lot.
    ///
    /// ```
    /// use paas_core::images::promotion::CopyId;
    ///
    /// let id = CopyId::drawn([7, 0x1a]);
    /// assert_eq!(id.as_str(), "c-0000000000000007000000000000001a");
    /// assert_eq!(id.as_str().parse(), Ok(id));
    /// ```
    #[must_use]
    pub fn drawn([high, low]: [u64; 2]) -> Self {
        Self(format!("c-{high:016x}{low:016x}"))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text can be no id of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCopyId;

impl fmt::Display for InvalidCopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the id of a copy has 1 to {} letters, digits, `-` and `_`", CopyId::MAX)
    }
}

impl Error for InvalidCopyId {}

impl FromStr for CopyId {
    type Err = InvalidCopyId;

    fn from_str(text: &str) -> Result<Self, InvalidCopyId> {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = (1..=Self::MAX).contains(&text.len()) && text.bytes().all(is_fit);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidCopyId) }
    }
}

impl fmt::Display for CopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CopyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A copy that runs, as far as is known, with its lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageCopy"))]
#[non_exhaustive]
pub struct Copying {
    /// Which one it is.
    pub id: CopyId,
    /// The how-manieth it is since the image was to be copied, from 1 on.
    pub attempt: u32,
    /// When it began.
    pub began: Timestamp,
    /// When it counts as lost, unless it says before that it is at work.
    pub until: Timestamp,
    /// For how many seconds each word of it counts.
    pub seconds: u32,
}

impl Copying {
    pub(super) const fn begin(id: CopyId, attempt: u32, seconds: u32, now: Timestamp) -> Self {
        Self { id, attempt, began: now, until: now.plus(seconds), seconds }
    }

    /// It said that it is at work. That never shortens the lease.
    pub(super) fn renew(&mut self, now: Timestamp) {
        let last = self.began.plus(LONGEST_COPY_SECONDS);
        self.until = self.until.max(now.plus(self.seconds).min(last));
    }

    /// Whether its lease has ended.
    pub(super) fn is_lost(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// Whether its lease is longer than the clocks of processes can differ: it was given by a clock that was wrong, and has
    /// been set back since.
    pub(super) fn is_ahead(&self, now: Timestamp) -> bool {
        self.until > now.plus(self.seconds).plus(MOST_CLOCKS_DIFFER_SECONDS)
    }

    /// What is made of one that [is ahead](Self::is_ahead): it begins now.
    pub(super) fn rewind(&mut self, now: Timestamp) {
        self.began = self.began.min(now);
        self.until = now.plus(self.seconds);
    }
}
