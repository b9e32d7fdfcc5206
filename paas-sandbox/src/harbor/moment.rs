use crate::clock::Clock;

/// A moment, in all ways in which Harbor writes one.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// Milliseconds since the sandbox began.
    pub(super) millis: u64,
    /// Seconds since 1970.
    pub(super) unix: u64,
    /// `2026-01-01T00:00:00Z`.
    pub(super) date: String,
}

impl Moment {
    pub(super) fn at(clock: &Clock, millis: u64) -> Self {
        Self { millis, unix: clock.stamp(millis) / 1000, date: clock.date(millis) }
    }
}

/// What stands where nothing has happened yet: the first moment of Go's calendar.
pub(super) const NEVER: &str = "0001-01-01T00:00:00.000Z";
