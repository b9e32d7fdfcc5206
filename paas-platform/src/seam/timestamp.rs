//! A point in time.

use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

const MILLIS_PER_DAY: u64 = 24 * 60 * 60 * 1000;

/// A point in time: milliseconds since the Unix epoch.
///
/// Arithmetic stops at the ends instead of failing, and shows as UTC.
///
/// ```
/// use paas_platform::seam::Timestamp;
/// use std::time::Duration;
///
/// let start = Timestamp::from_millis(1_709_210_096_789);
/// assert_eq!(start.to_string(), "2024-02-29T12:34:56.789Z");
///
/// let later = start.plus(Duration::from_secs(5));
/// assert_eq!(later.since(start), Duration::from_secs(5));
/// assert_eq!(start.since(later), Duration::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// As milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// This much later. Parts of a millisecond do not count.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)))
    }

    /// How long ago `earlier` was; nothing if it was not earlier.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.0 / MILLIS_PER_DAY);
        let millis = self.0 % MILLIS_PER_DAY;
        let (hour, minute, second) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", millis % 1000)
    }
}

/// Year, month and day of a count of days since 1970-01-01, by counting from the first of March of year 0: so the day
/// that leap years add is the last of its year.
const fn date(days: u64) -> (u64, u64, u64) {
    const DAYS_PER_ERA: u64 = 146_097;
    let days = days + 719_468;
    let (era, day_of_era) = (days / DAYS_PER_ERA, days % DAYS_PER_ERA);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month = if months_since_march < 10 { months_since_march + 3 } else { months_since_march - 9 };
    (era * 400 + year_of_era + (month <= 2) as u64, month, day)
}

#[cfg(test)]
mod tests {
    use super::{MILLIS_PER_DAY, Timestamp, date};

    #[test]
    fn each_day_of_800_years_follows_the_one_before() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for days in 0..292_194 {
            assert_eq!(date(days), (year, month, day));
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 => 28 + u64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn the_ends_can_be_shown_and_moved() {
        let end = Timestamp::from_millis(u64::MAX);
        assert_eq!(end.plus(std::time::Duration::MAX), end);
        assert!(end.to_string().starts_with("584556019-"));
        assert_eq!(Timestamp::from_millis(MILLIS_PER_DAY - 1).to_string(), "1970-01-01T23:59:59.999Z");
    }
}
