//! Instants.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// An instant, to the second, from 1970 to the beginning of 2106.
///
/// Scaling counts in seconds: windows begin and end with a minute, and nobody waits for parts of a second. In documents
/// it is written as RFC 3339 has it, in UTC; any offset, and seconds since 1970, are read too.
///
/// ```
/// use paas_core::scaling::Timestamp;
///
/// let morning: Timestamp = "2026-11-23T08:00:00+08:00".parse().unwrap();
/// assert_eq!(morning.to_string(), "2026-11-23T00:00:00Z");
/// assert_eq!(morning.seconds(), 1_795_392_000);
/// assert_eq!(morning.plus_ms(1_500).to_string(), "2026-11-23T00:00:02Z");
/// assert!("tomorrow".parse::<Timestamp>().is_err());
/// assert!("1969-12-31T23:59:59Z".parse::<Timestamp>().is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u32);

impl Timestamp {
    /// The first.
    pub const MIN: Self = Self(0);
    /// The last: what would be later is then.
    pub const MAX: Self = Self(u32::MAX);

    /// So many seconds after the beginning of 1970.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// Seconds since the beginning of 1970.
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// So much later; what is less than a second counts as one.
    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        let seconds = ms.div_ceil(1_000);
        if seconds > u32::MAX as u64 { Self::MAX } else { self.plus(seconds as u32) }
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// The text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an instant is written `2026-11-23T08:00:00Z`, or with an offset such as `+08:00`, from 1970 to 2105")
    }
}

impl Error for InvalidTimestamp {}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let instant: jiff::Timestamp = text.parse().map_err(|_| InvalidTimestamp)?;
        u32::try_from(instant.as_second()).map(Self).map_err(|_| InvalidTimestamp)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(i64::from(self.0)) {
            Ok(instant) => write!(f, "{instant}"),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Seconds(u32),
            Text(String),
        }
        match Written::deserialize(deserializer).map_err(|_| D::Error::custom(InvalidTimestamp))? {
            Written::Seconds(seconds) => Ok(Self(seconds)),
            Written::Text(text) => text.parse().map_err(D::Error::custom),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        // The platform's own, to the millisecond, has the shorter name.
        "SecondTimestamp".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Timestamp").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An instant, to the second, as RFC 3339 has it: `2026-11-23T08:00:00Z`.",
            "type": "string",
        })
    }
}
