//! Times of day and cycles of days.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{collections::BTreeSet, error::Error, fmt, str::FromStr};

/// A local time of day, to the minute.
///
/// ```
/// use paas_core::scaling::TimeOfDay;
///
/// let evening: TimeOfDay = "22:30".parse().unwrap();
/// assert_eq!(evening.minutes(), 22 * 60 + 30);
/// assert_eq!(evening.to_string(), "22:30");
/// assert!("24:00".parse::<TimeOfDay>().is_err());
/// assert!("7:30".parse::<TimeOfDay>().is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// `00:00`.
    pub const MIDNIGHT: Self = Self(0);
    /// Minutes of a day.
    pub const MINUTES_PER_DAY: u16 = 24 * 60;

    /// The time so many minutes after midnight; `None` from 1,440 on.
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes < Self::MINUTES_PER_DAY { Some(Self(minutes)) } else { None }
    }

    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

/// The text is not `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTimeOfDay;

impl fmt::Display for InvalidTimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time of day is written `HH:MM`, from `00:00` to `23:59`")
    }
}

impl Error for InvalidTimeOfDay {}

impl FromStr for TimeOfDay {
    type Err = InvalidTimeOfDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else { return Err(InvalidTimeOfDay) };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return Err(InvalidTimeOfDay);
        }
        let number = |tens: u8, ones: u8| u16::from(tens - b'0') * 10 + u16::from(ones - b'0');
        let (hours, minutes) = (number(h1, h2), number(m1, m2));
        if hours > 23 || minutes > 59 {
            return Err(InvalidTimeOfDay);
        }
        Ok(Self(hours * 60 + minutes))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TimeOfDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::TimeOfDay").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A local time of day, to the minute: `22:30`.",
            "type": "string",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        })
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The days on which a window begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cycle {
    /// Every day.
    #[default]
    Daily,
    /// On these days of the week.
    Weekly(BTreeSet<Weekday>),
    /// On these days of the month, 1 to 31; shorter months skip what they do not have.
    Monthly(BTreeSet<u8>),
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// The word for it in templates.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }

    /// The day of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.as_str() == word)
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Mon => Self::Tue,
            Self::Tue => Self::Wed,
            Self::Wed => Self::Thu,
            Self::Thu => Self::Fri,
            Self::Fri => Self::Sat,
            Self::Sat => Self::Sun,
            Self::Sun => Self::Mon,
        }
    }
}
