//! The dates on which a window begins.

use super::{local::Date, month::Month};
use paas_core::scaling::{Cycle, Weekday};

/// A set of dates that is not empty; bit 0 is Monday, or the first of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// All of them.
    Every,
    /// Days of the week: some, but not all.
    Week(u8),
    /// Days of the month: some, but not all.
    Month(u32),
}

const WHOLE_WEEK: u8 = 0x7f;
const WHOLE_MONTH: u32 = 0x7fff_ffff;

impl Days {
    /// The dates on which windows of a cycle begin; `None`: there are none.
    pub(super) fn of(cycle: &Cycle) -> Option<Self> {
        match cycle {
            Cycle::Weekly(days) => {
                let bits = Weekday::ALL.iter().zip(0..).filter(|(day, _)| days.contains(day));
                match bits.fold(0, |set, (_, bit)| set | 1 << bit) {
                    0 => None,
                    WHOLE_WEEK => Some(Self::Every),
                    set => Some(Self::Week(set)),
                }
            }
            Cycle::Monthly(days) => {
                let bits = (1..=31_u8).filter(|day| days.contains(day)).map(|day| day - 1);
                match bits.fold(0, |set, bit| set | 1 << bit) {
                    0 => None,
                    WHOLE_MONTH => Some(Self::Every),
                    set => Some(Self::Month(set)),
                }
            }
            // Daily; validation tells of cycles that are not known here.
            _ => Some(Self::Every),
        }
    }

    pub(super) fn contains(self, date: Date) -> bool {
        match self {
            Self::Every => true,
            Self::Week(set) => set >> date.weekday() & 1 == 1,
            Self::Month(set) => set >> (date.0 - Month::of(date).first.0) & 1 == 1,
        }
    }

    /// The first date in the set from this one on.
    pub(super) fn next(self, date: Date) -> Date {
        match self {
            Self::Every => date,
            Self::Week(set) => {
                // Two weeks beside each other, so that none must be begun anew.
                let two = u16::from(set) | u16::from(set) << 7;
                date.plus(i64::from((two >> date.weekday()).trailing_zeros()))
            }
            Self::Month(set) => {
                let mut month = Month::of(date);
                let mut left = set & of_length(month) & u32::MAX << (date.0 - month.first.0);
                // Each day is in one of any two months, or three.
                while left == 0 {
                    month = month.next();
                    left = set & of_length(month);
                }
                month.first.plus(i64::from(left.trailing_zeros()))
            }
        }
    }

    /// The last date in the set up to this one.
    pub(super) fn previous(self, date: Date) -> Date {
        match self {
            Self::Every => date,
            Self::Week(set) => {
                let two = u16::from(set) | u16::from(set) << 7;
                // This day of the second week is the highest bit.
                date.plus(-i64::from((two << (8 - date.weekday())).leading_zeros()))
            }
            Self::Month(set) => {
                let mut month = Month::of(date);
                let mut left = set & !(u32::MAX << 1 << (date.0 - month.first.0));
                while left == 0 {
                    month = month.previous();
                    left = set & of_length(month);
                }
                month.first.plus(31 - i64::from(left.leading_zeros()))
            }
        }
    }

    /// The first and the last of the dates without gap around this one, all in the set; of some dates, not of all.
    pub(super) fn around(self, date: Date) -> (Date, Date) {
        let others = match self {
            Self::Every => return (date, date),
            Self::Week(set) => Self::Week(!set & WHOLE_WEEK),
            Self::Month(set) => Self::Month(!set & WHOLE_MONTH),
        };
        (others.previous(date).plus(1), others.next(date).plus(-1))
    }
}

/// The days that a month has.
fn of_length(month: Month) -> u32 {
    WHOLE_MONTH >> (31 - month.days())
}

#[cfg(test)]
mod tests {
    use super::{Date, Days, WHOLE_MONTH, WHOLE_WEEK};
    use proptest::prelude::*;

    fn some_days() -> impl Strategy<Value = Days> {
        prop_oneof![
            Just(Days::Every),
            (1..WHOLE_WEEK).prop_map(Days::Week),
            (1..WHOLE_MONTH).prop_map(Days::Month),
            (0..31_u32).prop_map(|day| Days::Month(1 << day)),
            (0..31_u32).prop_map(|day| Days::Month(WHOLE_MONTH & !(1 << day))),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_neighbours_of_a_date_are_those_that_a_search_day_by_day_finds(
            days in some_days(), day in -400..50_000_i64,
        ) {
            let date = Date(day);
            let next = (day..).map(Date).find(|date| days.contains(*date)).unwrap();
            let previous = (0..).map(|back| Date(day - back)).find(|date| days.contains(*date)).unwrap();
            prop_assert_eq!(days.next(date), next);
            prop_assert_eq!(days.previous(date), previous);
            if days != Days::Every && days.contains(date) {
                let last = (day..).take_while(|day| days.contains(Date(*day))).last().unwrap();
                let first = (0..).map(|back| day - back).take_while(|day| days.contains(Date(*day))).last().unwrap();
                prop_assert_eq!(days.around(date), (Date(first), Date(last)));
            }
        }
    }
}
