//! Sources that give next to nothing.

use crate::CopyLimits;
use std::time::Duration;

/// Notices that a source gives less than is worth waiting for. What counts is the time that was waited for the source: a
/// destination that takes its time, or a rate that is to be kept, make no source slow.
#[derive(Debug)]
pub(super) struct Trickle {
    /// In each such time that is waited, so many bytes must come. None: it may be as slow as it likes.
    lowest: Option<(Duration, u64)>,
    /// Since when the next piece is waited for.
    since: Option<Duration>,
    waited: Duration,
    came: u64,
}

impl Trickle {
    pub(super) fn new(limits: &CopyLimits) -> Self {
        let lowest = limits.lowest_rate.map(|rate| {
            let window = limits.lowest_rate_over;
            (window, rate.get().saturating_mul(window.as_secs()))
        });
        Self { lowest, since: None, waited: Duration::ZERO, came: 0 }
    }

    /// The source has nothing yet.
    pub(super) fn waits(&mut self, now: Duration) {
        self.since.get_or_insert(now);
    }

    /// It is not asked any more. What it was slow with before counts on.
    pub(super) fn rests(&mut self) {
        self.since = None;
    }

    /// So many bytes came. The fewest that should have come in the time that was waited, if it is fewer than that.
    pub(super) fn came(&mut self, bytes: u64, now: Duration) -> Option<(Duration, u64)> {
        let (window, least) = self.lowest?;
        let since = self.since.take();
        self.waited =
            self.waited.saturating_add(since.map_or(Duration::ZERO, |since| now.saturating_sub(since)));
        self.came = self.came.saturating_add(bytes);
        if self.waited < window {
            return None;
        }
        let (waited, came) = (std::mem::take(&mut self.waited), std::mem::take(&mut self.came));
        (came < least).then_some((waited, came))
    }
}

#[cfg(test)]
mod tests {
    use super::Trickle;
    use crate::CopyLimits;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    /// After how many pieces of so many bytes, for each of which so many seconds are waited, it is too slow.
    fn given_up(limits: &CopyLimits, bytes: u64, seconds: u32) -> Option<usize> {
        let (mut trickle, mut now) = (Trickle::new(limits), 7 * SECOND);
        (1..=1_000).find(|_| {
            trickle.waits(now);
            trickle.waits(now + SECOND);
            now += SECOND * seconds;
            let is_slow = trickle.came(bytes, now).is_some();
            // The destination takes its time.
            now += 1_000 * SECOND;
            is_slow
        })
    }

    #[test]
    fn what_comes_in_the_time_that_is_waited_counts() {
        let limits = CopyLimits::default();
        assert_eq!(given_up(&limits, 1, 30), Some(10));
        assert_eq!(given_up(&limits, 1_023 * 30, 30), Some(10));
        assert_eq!(given_up(&limits, 1_024 * 30, 30), None);
        // Nothing is waited for.
        assert_eq!(given_up(&limits, 1, 0), None);
        assert_eq!(given_up(&CopyLimits { lowest_rate: None, ..limits }, 1, 30), None);
        let soon = CopyLimits { lowest_rate_over: 60 * SECOND, ..limits };
        assert_eq!(given_up(&soon, 1, 30), Some(2));
    }

    #[test]
    fn what_was_slow_before_a_break_counts_on() {
        let mut trickle = Trickle::new(&CopyLimits::default());
        trickle.waits(Duration::ZERO);
        assert_eq!(trickle.came(10, 200 * SECOND), None);
        trickle.waits(200 * SECOND);
        trickle.rests();
        trickle.waits(1_000 * SECOND);
        assert_eq!(trickle.came(20, 1_100 * SECOND), Some((300 * SECOND, 30)));
    }
}
