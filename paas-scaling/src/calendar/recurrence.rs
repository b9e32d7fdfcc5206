//! A window as the wall clock has it.

use super::{
    days::Days,
    local::{DAY, Local},
};
use paas_core::scaling::Window;

/// A window: on some dates, from a time of day, for so long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recurrence {
    /// Its index in the policy.
    pub(super) window: u16,
    days: Days,
    /// Seconds after midnight.
    from: u32,
    /// Seconds: a day at most, so that no occurrence reaches into the next.
    length: u32,
}

/// When it is open on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: Local,
    pub(super) end: Local,
}

impl Recurrence {
    /// `None`: it begins on no date.
    pub(super) fn of(window: &Window, index: u16) -> Option<Self> {
        let days = Days::of(&window.cycle)?;
        let (from, to) = (u32::from(window.from.minutes()) * 60, u32::from(window.to.minutes()) * 60);
        let length = if to > from { to - from } else { to + DAY as u32 - from };
        Some(Self { window: index, days, from, length })
    }

    /// Whether it is open at all times.
    pub(super) fn is_always_open(&self) -> bool {
        self.days == Days::Every && i64::from(self.length) == DAY
    }

    /// The span that it is open in when the clock shows this; occurrences that follow each other without a gap are one.
    ///
    /// It is asked from the previous start: whether its time is over yet.
    pub(super) fn open(&self, clock: Local) -> Option<Span> {
        let (from, length) = (i64::from(self.from), i64::from(self.length));
        let date = clock.latest_date_at(from);
        if !self.days.contains(date) || clock >= Local::on(date, from + length) {
            return None;
        }
        let (first, last) = if length == DAY { self.days.around(date) } else { (date, date) };
        Some(Span { start: Local::on(first, from), end: Local::on(last, from + length) })
    }

    /// The first start after the clock shows this.
    pub(super) fn next_start(&self, clock: Local) -> Local {
        let from = i64::from(self.from);
        Local::on(self.days.next(clock.latest_date_at(from).plus(1)), from)
    }
}
