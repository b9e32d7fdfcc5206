//! When images of a namespace are copied.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// When the released images of a namespace are copied to production. A namespace has one rule or none; without one nothing
/// of it is copied. Another rule takes its place, for all that is waiting too.
///
/// ```
/// use paas_core::images::promotion::SyncRule;
///
/// let rule = SyncRule::Automatic { period: "15 m".parse()? };
/// let text = serde_json::to_string(&rule).unwrap();
/// assert_eq!(text, r#"{"kind":"automatic","period":900}"#);
/// assert_eq!(rule.to_string(), "automatic, 15 m after the release");
/// # Ok::<(), paas_core::images::promotion::InvalidPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SyncRule {
    /// When a person says so.
    Manual,
    /// By itself, so long after the release; a person can say so before.
    Automatic {
        /// The time between the release and the copy, and between questions for a namespace that production lacks.
        period: Period,
    },
}

/// What it does, in words.
impl fmt::Display for SyncRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manual => f.write_str("manual"),
            Self::Automatic { period } => write!(f, "automatic, {period} after the release"),
        }
    }
}

/// A time between two looks, in whole seconds: from a minute to thirty days. In documents it is a number of seconds.
///
/// ```
/// use paas_core::images::promotion::Period;
///
/// let day: Period = "1 d".parse()?;
/// assert_eq!(day.seconds(), 86_400);
/// assert_eq!("1h 30m".parse::<Period>()?.to_string(), "1 h 30 m");
/// assert!("10 s".parse::<Period>().is_err() && "soon".parse::<Period>().is_err());
/// # Ok::<(), paas_core::images::promotion::InvalidPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SyncPeriod", extend("minimum" = 60, "maximum" = 2_592_000))
)]
#[serde(transparent)]
pub struct Period(u32);

impl Period {
    /// The shortest: more often, and production would be asked for nothing.
    pub const MIN: Self = Self(60);
    /// The longest: what waits for longer was forgotten.
    pub const MAX: Self = Self(30 * 86_400);

    /// So many seconds.
    ///
    /// # Errors
    ///
    /// [`InvalidPeriod`] for less than a minute or more than thirty days.
    pub const fn from_seconds(seconds: u32) -> Result<Self, InvalidPeriod> {
        if seconds < Self::MIN.0 || seconds > Self::MAX.0 { Err(InvalidPeriod) } else { Ok(Self(seconds)) }
    }

    /// How many seconds it is.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

/// The text or number is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPeriod;

impl fmt::Display for InvalidPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a period is from `1 m` to `30 d`, written as `90 s`, `15 m`, `1 h 30 m` or `1 d`")
    }
}

impl Error for InvalidPeriod {}

/// The units, the longest first, each at most once.
const UNITS: [(&str, u32); 4] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let mut rest = text.trim();
        let mut units = UNITS.into_iter();
        let mut seconds = 0u32;
        if rest.is_empty() {
            return Err(InvalidPeriod);
        }
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, after) = rest.split_at_checked(digits).ok_or(InvalidPeriod)?;
            let number: u32 = number.parse().map_err(|_| InvalidPeriod)?;
            let after = after.trim_start();
            let unit = after.chars().next().ok_or(InvalidPeriod)?;
            let (_, length) = units.find(|(name, _)| name.starts_with(unit)).ok_or(InvalidPeriod)?;
            seconds =
                number.checked_mul(length).and_then(|more| seconds.checked_add(more)).ok_or(InvalidPeriod)?;
            rest = after.get(unit.len_utf8()..).unwrap_or_default().trim_start();
        }
        Self::from_seconds(seconds)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut space = "";
        for (name, length) in UNITS {
            let count = rest / length;
            rest %= length;
            if count > 0 {
                write!(f, "{space}{count} {name}")?;
                space = " ";
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_seconds(u32::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
