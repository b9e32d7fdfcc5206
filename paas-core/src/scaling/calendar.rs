//! The minutes of all days that there are, as far as the cycles of a plan tell days apart.

use super::{Cycle, TimeOfDay, Window, days::Days};

const WORDS: usize = (TimeOfDay::MINUTES_PER_DAY as usize).div_ceil(64);

/// Some of the minutes of one day.
#[derive(Clone, Copy, Default)]
struct Minutes([u64; WORDS]);

impl Minutes {
    /// From a minute to the one before the other.
    fn span(from: u16, to: u16) -> Self {
        let mut minutes = Self::default();
        for (word, first) in minutes.0.iter_mut().zip((0_u16..).step_by(64)) {
            *word = below(to.saturating_sub(first)) & !below(from.saturating_sub(first));
        }
        minutes
    }

    fn add(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(word, other)| word & !other == 0)
    }
}

/// So many of the lowest bits.
const fn below(bits: u16) -> u64 {
    if bits >= 64 { u64::MAX } else { (1 << bits) - 1 }
}

/// A day, as far as cycles tell it from others: its place in the week from Monday, 0, its date, and the date before.
#[derive(Debug, Clone, Copy)]
struct Day {
    weekday: u8,
    date: u8,
    before: u8,
}

impl Day {
    /// What of a window is in the day: of the one that begins then, and of the one that began on the day before.
    fn minutes(self, window: &Window) -> Minutes {
        let days = Days::of(&window.cycle);
        let (from, to) = (window.from.minutes(), window.to.minutes());
        let is_cut = to <= from;
        let mut minutes = Minutes::default();
        if days.has(self.weekday, self.date) {
            minutes = Minutes::span(from, if is_cut { TimeOfDay::MINUTES_PER_DAY } else { to });
        }
        if is_cut && days.has((self.weekday + 6) % 7, self.before) {
            minutes.add(&Minutes::span(0, to));
        }
        minutes
    }
}

/// When some windows are open, over all days that there are.
///
/// Any day of the week is sooner or later any day of the month, and the first of a month comes after each of the dates
/// that a month can end with: 238 days at most, of which only those are looked at that the cycles tell apart.
pub(super) struct Calendar(Vec<(Day, Minutes)>);

impl Calendar {
    /// When at least one of `windows` is open. It can be asked of windows in the cycles of `all`.
    pub(super) fn of(windows: &[&Window], all: &[&Window]) -> Self {
        let has = |is: fn(&Cycle) -> bool| all.iter().any(|window| is(&window.cycle));
        let weekdays = if has(|cycle| matches!(cycle, Cycle::Weekly(_))) { 7 } else { 1 };
        let dates: Vec<(u8, u8)> = if has(|cycle| matches!(cycle, Cycle::Monthly(_))) {
            (28..=31).map(|before| (1, before)).chain((2..=31).map(|date| (date, date - 1))).collect()
        } else {
            vec![(2, 1)]
        };
        let days = (0..weekdays)
            .flat_map(|weekday| dates.iter().map(move |&(date, before)| Day { weekday, date, before }));
        let open = |day: Day| {
            let mut minutes = Minutes::default();
            windows.iter().for_each(|window| minutes.add(&day.minutes(window)));
            (day, minutes)
        };
        Self(days.map(open).collect())
    }

    /// Whether a window is open only when at least one of these is.
    pub(super) fn covers(&self, window: &Window) -> bool {
        self.0.iter().all(|(day, minutes)| day.minutes(window).is_within(minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_hold_their_minutes_and_no_others() {
        for (from, to) in [(0, 1440), (0, 64), (63, 65), (64, 128), (100, 100), (1439, 1440), (600, 601)] {
            let minutes = Minutes::span(from, to);
            for minute in 0..1440_u16 {
                let has = minutes.0[usize::from(minute / 64)] >> (minute % 64) & 1 == 1;
                assert_eq!(has, (from..to).contains(&minute), "{from} {to} {minute}");
            }
        }
    }
}
