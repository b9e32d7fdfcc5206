//! A real calendar by the hour, made by hand.

use super::*;

/// Days one after the other: the place in the week from Monday, and the day of the month.
pub(super) struct Calendar(Vec<(usize, u8)>);

impl Calendar {
    /// From the first of January of one year to that of another.
    pub(super) fn of_years(from: usize, to: usize) -> Self {
        let is_leap =
            |year: usize| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        // The first of January 1970 was a Thursday.
        let mut weekday = (1970..from).fold(3, |days, year| days + 365 + usize::from(is_leap(year)));
        let mut days = Vec::new();
        for year in from..to {
            for month in 1..=12 {
                let length = match month {
                    2 => 28 + u8::from(is_leap(year)),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                for date in 1..=length {
                    days.push((weekday % 7, date));
                    weekday += 1;
                }
            }
        }
        Self(days)
    }

    pub(super) fn hours(&self) -> usize {
        self.0.len() * 24
    }

    /// For each hour whether a window with edges on full hours is open.
    pub(super) fn open_hours(&self, window: &Window) -> Vec<bool> {
        let mut open = vec![false; self.hours()];
        if !window.enabled {
            return open;
        }
        let (from, to) = (usize::from(window.from.minutes() / 60), usize::from(window.to.minutes() / 60));
        let hours = if from < to { to - from } else { to + 24 - from };
        for (day, (weekday, date)) in self.0.iter().enumerate() {
            let begins = match &window.cycle {
                Cycle::Daily => true,
                Cycle::Weekly(days) => days.contains(&Weekday::ALL[*weekday]),
                Cycle::Monthly(dates) => dates.contains(date),
                _ => unreachable!(),
            };
            let start = day * 24 + from;
            if begins {
                open.iter_mut().skip(start).take(hours).for_each(|hour| *hour = true);
            }
        }
        open
    }
}

#[test]
fn the_calendar_is_right() {
    let calendar = Calendar::of_years(2023, 2027);
    assert_eq!(calendar.0.len(), 1_461);
    // 1 January 2023 was a Sunday, 29 February 2024 a Thursday.
    assert_eq!(calendar.0[0], (6, 1));
    assert_eq!(calendar.0[365 + 31 + 28], (3, 29));
}
