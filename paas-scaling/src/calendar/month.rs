//! Months, by their first day.

use super::local::Date;

/// A month of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) number: i64,
    pub(super) first: Date,
}

/// Days from 0000-03-01 to 1970-01-01.
const TO_1970: i64 = 719_468;
/// Days of 400 years: then the calendar begins anew.
const ERA: i64 = 146_097;

impl Month {
    /// The month of a date.
    ///
    /// Years begin in March here, so that the leap day is the last of a year, and months are 153 days to five. See Howard
    /// Hinnant's "chrono-compatible low-level date algorithms".
    pub(super) const fn of(Date(day): Date) -> Self {
        let since = day + TO_1970;
        let era = since.div_euclid(ERA);
        let day_of_era = since.rem_euclid(ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * from_march + 2) / 5;
        let (number, next_year) = if from_march < 10 { (from_march + 3, 0) } else { (from_march - 9, 1) };
        Self { year: era * 400 + year_of_era + next_year, number, first: Date(day - day_of_month) }
    }

    /// How many days it has.
    pub(super) const fn days(self) -> i64 {
        match self.number {
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub(super) const fn next(self) -> Self {
        let first = self.first.plus(self.days());
        match self.number {
            12 => Self { year: self.year + 1, number: 1, first },
            number => Self { year: self.year, number: number + 1, first },
        }
    }

    pub(super) const fn previous(self) -> Self {
        Self::of(self.first.plus(-1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Month};

    #[test]
    fn every_day_of_the_time_is_in_its_month() {
        let mut date = jiff::civil::date(1968, 1, 1);
        let end = jiff::civil::date(2108, 1, 1);
        let epoch = jiff::civil::date(1970, 1, 1);
        while date < end {
            let day = Date(i64::from((date - epoch).get_days()));
            let month = Month::of(day);
            assert_eq!(
                (month.year, month.number),
                (i64::from(date.year()), i64::from(date.month())),
                "{date}"
            );
            assert_eq!(day.0 - month.first.0, i64::from(date.day()) - 1, "{date}");
            assert_eq!(month.days(), i64::from(date.days_in_month()), "{date}");
            assert_eq!(month.next().previous(), month, "{date}");
            assert_eq!(day.weekday(), i64::from(date.weekday().to_monday_zero_offset()), "{date}");
            date = date.tomorrow().unwrap();
        }
    }
}
