//! The limit on bytes in a second, for all copies of a copier together.

use std::{
    num::NonZeroU64,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How far a burst may be ahead of the rate. 100 ms: short beside what people see, long beside what a piece takes.
const AHEAD: Duration = Duration::from_millis(100);

/// Bytes in a second. Whoever has taken bytes waits for so long as they would have taken at that rate; in the order in which
/// they came.
#[derive(Debug)]
pub(crate) struct Pace {
    bytes_per_second: Option<NonZeroU64>,
    /// When what was taken so far would have gone by at that rate.
    paid: Mutex<Duration>,
}

impl Pace {
    pub(crate) fn new(bytes_per_second: Option<NonZeroU64>) -> Self {
        Self { bytes_per_second, paid: Mutex::default() }
    }

    /// Notes that so many bytes are taken now; how long to wait before more are.
    pub(crate) fn take(&self, bytes: usize, now: Duration) -> Option<Duration> {
        let rate = u128::from(self.bytes_per_second?.get());
        let nanos = u128::try_from(bytes).unwrap_or(u128::MAX).saturating_mul(1_000_000_000) / rate;
        let takes = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        *paid = (*paid).max(now).saturating_add(takes);
        let wait = paid.saturating_sub(now).saturating_sub(AHEAD);
        (!wait.is_zero()).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use std::{num::NonZeroU64, time::Duration};

    #[test]
    fn over_time_no_more_goes_than_the_rate() {
        let pace = Pace::new(NonZeroU64::new(1_000_000));
        let mut now = Duration::ZERO;
        for _ in 0..100 {
            // Two that share it.
            for bytes in [50_000, 30_000] {
                now += pace.take(bytes, now).unwrap_or_default();
            }
        }
        // 8 MB at 1 MB/s; the last 100 ms need not be waited for.
        assert!((Duration::from_millis(7_900)..=Duration::from_secs(8)).contains(&now), "{now:?}");
        // Who has waited long may not catch up.
        now += Duration::from_secs(3_600);
        assert_eq!(pace.take(50_000, now), None);
        assert!(pace.take(100_000, now).is_some());
    }

    #[test]
    fn without_a_rate_nobody_waits() {
        assert_eq!(Pace::new(None).take(usize::MAX, Duration::ZERO), None);
    }
}
