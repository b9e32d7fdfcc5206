//! Sets of days, as far as cycles tell days apart.

use super::{Cycle, Weekday};
use std::fmt;

/// Days by their place in the week or in the month; bit 0 is Monday, or the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// All of them.
    Every,
    /// Days of the week.
    Week(u8),
    /// Days of the month.
    Month(u32),
    /// Days that are both.
    WeekInMonth(u8, u32),
}

const LAST_OF_MONTH: u8 = 31;
/// Months end with one of the days 28 to 31.
const LAST_DAYS: u32 = 0b1111 << 27;

impl Days {
    /// The days on which windows of a cycle begin.
    pub(super) fn of(cycle: &Cycle) -> Self {
        match cycle {
            Cycle::Daily => Self::Every,
            Cycle::Weekly(days) => Self::Week(days.iter().fold(0, |mask, day| mask | bit(*day))),
            Cycle::Monthly(days) => Self::Month(
                days.iter()
                    .filter(|day| (1..=LAST_OF_MONTH).contains(day))
                    .fold(0, |mask, day| mask | 1 << (day - 1)),
            ),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        matches!(self, Self::Week(0) | Self::Month(0) | Self::WeekInMonth(0, _) | Self::WeekInMonth(_, 0))
    }

    /// Whether the day is one of them: by its place in the week from Monday, 0, and by its date.
    pub(super) fn has(self, weekday: u8, date: u8) -> bool {
        let date = date.checked_sub(1).map_or(0, |index| 1_u32.checked_shl(index.into()).unwrap_or(0));
        let weekday = 1_u8.checked_shl(weekday.into()).unwrap_or(0);
        match self {
            Self::Every => true,
            Self::Week(week) => week & weekday != 0,
            Self::Month(month) => month & date != 0,
            Self::WeekInMonth(week, month) => week & weekday != 0 && month & date != 0,
        }
    }

    /// The days after these.
    pub(super) fn after(self) -> Self {
        match self {
            Self::Every => Self::Every,
            Self::Week(mask) => Self::Week(days_after(mask)),
            Self::Month(mask) => Self::Month(dates_after(mask)),
            Self::WeekInMonth(week, month) => Self::WeekInMonth(days_after(week), dates_after(month)),
        }
    }

    /// The days that are in both. Any day of the week is sooner or later any day of the month, so none of these is
    /// empty because a week and a month never meet.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Every, days) | (days, Self::Every) => days,
            (Self::Week(one), Self::Week(other)) => Self::Week(one & other),
            (Self::Month(one), Self::Month(other)) => Self::Month(one & other),
            (one, other) => Self::WeekInMonth(one.week() & other.week(), one.month() & other.month()),
        }
    }

    fn week(self) -> u8 {
        match self {
            Self::Week(week) | Self::WeekInMonth(week, _) => week,
            Self::Every | Self::Month(_) => 0x7f,
        }
    }

    fn month(self) -> u32 {
        match self {
            Self::Month(month) | Self::WeekInMonth(_, month) => month,
            Self::Every | Self::Week(_) => (1 << LAST_OF_MONTH) - 1,
        }
    }
}

fn bit(day: Weekday) -> u8 {
    Weekday::ALL.iter().zip(0..).find(|(candidate, _)| **candidate == day).map_or(0, |(_, index)| 1 << index)
}

fn days_after(week: u8) -> u8 {
    (week << 1 | week >> 6) & 0x7f
}

fn dates_after(month: u32) -> u32 {
    let first = u32::from(month & LAST_DAYS != 0);
    (month << 1 | first) & ((1 << LAST_OF_MONTH) - 1)
}

/// Such as "every day", "on `mon` and `fri`", "on day 31 of the month".
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekdays = |week: u8, last: &str| {
            let days = Weekday::ALL.into_iter().filter(|day| week & bit(*day) != 0);
            listed(days.map(|day| format!("`{}`", day.as_str())).collect(), last)
        };
        let dates = |month: u32, last: &str| {
            let dates = (1..=LAST_OF_MONTH).filter(|date| month & (1 << (date - 1)) != 0);
            listed(dates.map(|date| date.to_string()).collect(), last)
        };
        match *self {
            Self::Every | Self::Week(0x7f) => f.write_str("every day"),
            Self::Week(week) => write!(f, "on {}", weekdays(week, "and")),
            Self::Month(month) => {
                let days = if month.count_ones() == 1 { "day" } else { "days" };
                write!(f, "on {days} {} of the month", dates(month, "and"))
            }
            Self::WeekInMonth(week, month) => {
                write!(f, "when {} is day {} of the month", weekdays(week, "or"), dates(month, "or"))
            }
        }
    }
}

/// "a", "a and b", "a, b and c".
fn listed(mut items: Vec<String>, last: &str) -> String {
    match (items.pop(), items.is_empty()) {
        (None, _) => String::new(),
        (Some(only), true) => only,
        (Some(end), false) => format!("{} {last} {end}", items.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(dates: &[u8]) -> Days {
        Days::of(&Cycle::Monthly(dates.iter().copied().collect()))
    }

    fn week(days: &[Weekday]) -> Days {
        Days::of(&Cycle::Weekly(days.iter().copied().collect()))
    }

    #[test]
    fn the_day_after() {
        use Weekday::{Fri, Mon, Sat, Sun};
        assert_eq!(week(&[Fri, Sun]).after(), week(&[Sat, Mon]));
        assert_eq!(dates(&[3, 27]).after(), dates(&[4, 28]));
        // A February has 28 days or 29.
        assert_eq!(dates(&[28]).after(), dates(&[29, 1]));
        assert_eq!(dates(&[29]).after(), dates(&[30, 1]));
        assert_eq!(dates(&[30]).after(), dates(&[31, 1]));
        assert_eq!(dates(&[31]).after(), dates(&[1]));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert!(dates(&[0, 32, 255]).is_empty());
        assert!(week(&[]).is_empty());
        assert!(week(&[]).and(dates(&[1])).is_empty());
        assert!(!Days::Every.is_empty());
    }

    #[test]
    fn a_day_is_one_of_them_or_not() {
        use Weekday::{Mon, Sun};
        let both = week(&[Mon, Sun]).and(dates(&[1, 31]));
        for (weekday, date, has) in
            [(0, 1, true), (6, 31, true), (1, 1, false), (0, 30, false), (0, 0, false), (7, 1, false)]
        {
            assert_eq!(both.has(weekday, date), has, "{weekday} {date}");
        }
        assert!(week(&[Sun]).has(6, 12) && dates(&[12]).has(3, 12) && Days::Every.has(2, 2));
        assert!(!week(&[Sun]).has(5, 12) && !dates(&[12]).has(3, 13));
    }

    #[test]
    fn weeks_and_months_always_meet() {
        let meet = week(&[Weekday::Mon]).and(dates(&[31]));
        assert!(!meet.is_empty());
        assert_eq!(meet.to_string(), "when `mon` is day 31 of the month");
    }

    #[test]
    fn days_are_said_in_words() {
        use Weekday::{Fri, Mon, Wed};
        assert_eq!(week(&[Mon, Wed, Fri]).to_string(), "on `mon`, `wed` and `fri`");
        assert_eq!(week(&Weekday::ALL).to_string(), "every day");
        assert_eq!(dates(&[1, 15]).to_string(), "on days 1 and 15 of the month");
        assert_eq!(
            week(&[Mon, Fri]).and(dates(&[1, 2, 3])).to_string(),
            "when `mon` or `fri` is day 1, 2 or 3 of the month"
        );
    }
}
