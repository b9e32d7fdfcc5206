//! How long things took.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// The upper ends of the buckets, in microseconds; the last bucket has none.
const ENDS: [u64; 14] =
    [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000];

#[derive(Debug, Default)]
pub(crate) struct Histogram {
    buckets: [AtomicU64; ENDS.len()],
    beyond: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Histogram {
    pub(crate) fn observe(&self, time: Duration) {
        let micros = u64::try_from(time.as_nanos().div_ceil(1_000)).unwrap_or(u64::MAX);
        let bucket = ENDS.iter().zip(&self.buckets).find(|(end, _)| micros <= **end);
        bucket.map_or(&self.beyond, |(_, bucket)| bucket).fetch_add(1, Ordering::Relaxed);
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    pub(crate) fn snapshot(&self) -> HistogramSnapshot {
        let mut count = 0;
        let buckets = ENDS.iter().zip(&self.buckets).map(|(end, bucket)| {
            count += bucket.load(Ordering::Relaxed);
            (Duration::from_micros(*end), count)
        });
        let buckets = buckets.collect();
        HistogramSnapshot {
            buckets,
            count: count + self.beyond.load(Ordering::Relaxed),
            sum: Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)),
        }
    }
}

/// How long things took, up to a moment.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HistogramSnapshot {
    /// How many took at most so long, for some times.
    pub buckets: Vec<(Duration, u64)>,
    /// How many there were.
    pub count: u64,
    /// How long all took together.
    pub sum: Duration,
}

#[cfg(test)]
mod tests {
    use super::Histogram;
    use std::time::Duration;

    #[test]
    fn buckets_count_all_below() {
        let histogram = Histogram::default();
        for micros in [0, 10, 11, 900, 10_000_000] {
            histogram.observe(Duration::from_micros(micros));
        }
        histogram.observe(Duration::from_nanos(10_001));
        let seen = histogram.snapshot();
        let at = |micros: u64| {
            seen.buckets
                .iter()
                .find(|(end, _)| *end == Duration::from_micros(micros))
                .map(|(_, count)| *count)
        };
        assert_eq!(
            (at(10), at(25), at(500), at(1_000), at(5_000_000)),
            (Some(2), Some(4), Some(4), Some(5), Some(5))
        );
        assert_eq!((seen.count, seen.sum), (6, Duration::from_nanos(10_000_931_001)));
    }
}
