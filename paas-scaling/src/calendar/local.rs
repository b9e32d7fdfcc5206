//! What a wall clock shows.

/// Seconds of a day on a wall clock.
pub(super) const DAY: i64 = 86_400;

/// A date and time on a wall clock, in seconds since it showed the beginning of 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Local(pub(super) i64);

impl Local {
    /// So many seconds after the beginning of a date.
    pub(super) const fn on(Date(day): Date, seconds: i64) -> Self {
        Self(day * DAY + seconds)
    }

    /// The latest date whose time `seconds` has come: today or yesterday.
    pub(super) const fn latest_date_at(self, seconds: i64) -> Date {
        Date((self.0 - seconds).div_euclid(DAY))
    }
}

/// A date, in days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date(pub(super) i64);

impl Date {
    /// The date so many days later.
    pub(super) const fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Days since Monday.
    pub(super) const fn weekday(self) -> i64 {
        // 1970 began on a Thursday.
        (self.0 + 3).rem_euclid(7)
    }
}
