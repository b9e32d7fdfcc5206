use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where the sandbox takes its time from. Moments are milliseconds since its start.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    Real { start: Instant, epoch: u64 },
    Virtual { now: u64 },
}

/// The moment at which a virtual clock starts: 2026-01-01T00:00:00Z.
const VIRTUAL_EPOCH: u64 = 1_767_225_600_000;

impl Clock {
    pub(crate) fn real() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::Real { start: Instant::now(), epoch: u64::try_from(since.as_millis()).unwrap_or(VIRTUAL_EPOCH) }
    }

    pub(crate) fn stopped() -> Self {
        Self::Virtual { now: 0 }
    }

    pub(crate) fn now(&self) -> u64 {
        match self {
            Self::Real { start, .. } => u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            Self::Virtual { now } => *now,
        }
    }

    /// Moves a virtual clock on; a real one goes by itself, and the answer is `false`.
    pub(crate) fn advance(&mut self, millis: u64) -> bool {
        match self {
            Self::Real { .. } => false,
            Self::Virtual { now } => {
                *now = now.saturating_add(millis);
                true
            }
        }
    }

    /// A moment as milliseconds since 1970.
    pub(crate) fn stamp(&self, moment: u64) -> u64 {
        let epoch = match self {
            Self::Real { epoch, .. } => *epoch,
            Self::Virtual { .. } => VIRTUAL_EPOCH,
        };
        epoch.saturating_add(moment)
    }

    /// A moment as the API writes it, such as `2026-01-01T00:00:00Z`.
    pub(crate) fn date(&self, moment: u64) -> String {
        let seconds = self.stamp(moment) / 1000;
        let (year, month, day) = civil(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of a number of days since 1970, counted in eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let clock = Clock::stopped();
        assert_eq!(clock.date(0), "2026-01-01T00:00:00Z");
        assert_eq!(clock.date(58 * 86_400_000 + 86_399_000), "2026-02-28T23:59:59Z");
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(19_783), (2024, 3, 1));
    }
}
