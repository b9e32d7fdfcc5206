//! Occurrences in their order.

use super::{Calendar, Open, recurrence::Recurrence};
use paas_core::scaling::Timestamp;

/// The times in which windows are open, by [`Calendar::occurrences`].
#[derive(Debug, Clone)]
pub struct Occurrences<'a> {
    calendar: &'a Calendar,
    /// Of each window the next.
    next: Vec<(Open, &'a Recurrence)>,
    to: Timestamp,
}

impl<'a> Occurrences<'a> {
    pub(super) fn new(calendar: &'a Calendar, from: Timestamp, to: Timestamp) -> Self {
        let windows = calendar.windows().iter().filter(|_| from < to);
        let next = windows.filter_map(|window| Some((calendar.open_from(window, from)?, window))).collect();
        Self { calendar, next, to }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Open;

    fn next(&mut self) -> Option<Open> {
        let (next, window) = self.next.iter_mut().min_by_key(|(open, _)| (open.start, open.window))?;
        let open = *next;
        if open.start >= self.to {
            return None;
        }
        match self.calendar.open_from(window, open.end) {
            // Nothing comes after the last instant.
            Some(after) if open.end < self.to => *next = after,
            _ => self.next.retain(|(other, _)| other.window != open.window),
        }
        Some(open)
    }
}
