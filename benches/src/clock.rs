//! Processor time of this thread: others who use the machine do not count.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// A batch of calls lasts at least so long, so that the clock's own grain does not show.
const BATCH: Duration = Duration::from_millis(10);

/// The processor time that this thread has used.
pub fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Times of one call, one for each batch.
#[derive(Debug, Default)]
pub struct Series {
    calls_per_batch: u32,
    times: Vec<Duration>,
}

impl Series {
    /// Warms up and finds out how many calls make a batch.
    pub fn warm(call: &mut impl FnMut()) -> Self {
        let mut calls = 1;
        loop {
            let time = batch(call, calls);
            if time >= BATCH || calls >= 1 << 20 {
                return Self { calls_per_batch: calls, times: Vec::new() };
            }
            calls *= 2;
        }
    }

    /// Measures one batch.
    pub fn round(&mut self, call: &mut impl FnMut()) {
        self.times.push(batch(call, self.calls_per_batch) / self.calls_per_batch);
    }

    /// The median time of a call, in milliseconds.
    pub fn median_ms(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort();
        let (low, high) = (times.len().saturating_sub(1) / 2, times.len() / 2);
        let at = |index: usize| times.get(index).map_or(0.0, Duration::as_secs_f64);
        (at(low) + at(high)) / 2.0 * 1000.0
    }

    /// The shortest time of a call, in milliseconds.
    pub fn minimum_ms(&self) -> f64 {
        self.times.iter().min().map_or(0.0, Duration::as_secs_f64) * 1000.0
    }
}

fn batch(call: &mut impl FnMut(), calls: u32) -> Duration {
    let start = thread_time();
    for _ in 0..calls {
        call();
    }
    thread_time().saturating_sub(start)
}

#[cfg(test)]
mod tests {
    use super::{Series, thread_time};
    use std::time::Duration;

    #[test]
    fn the_median_is_in_the_middle() {
        let series = |times: &[u64]| Series {
            calls_per_batch: 1,
            times: times.iter().copied().map(Duration::from_millis).collect(),
        };
        assert!((series(&[9, 1, 2]).median_ms() - 2.0).abs() < 1e-9);
        assert!((series(&[9, 1, 2, 4]).median_ms() - 3.0).abs() < 1e-9);
        assert!((series(&[9, 1, 2]).minimum_ms() - 1.0).abs() < 1e-9);
        assert!(series(&[]).median_ms().abs() < 1e-9);
    }

    #[test]
    fn only_work_takes_time() {
        let mut sum = 0_u64;
        let mut work = || (0..10_000).for_each(|n| sum = std::hint::black_box(sum ^ n));
        let mut series = Series::warm(&mut work);
        series.round(&mut work);
        assert!(series.median_ms() > 0.0);
        let start = thread_time();
        std::thread::sleep(Duration::from_millis(30));
        assert!(thread_time() - start < Duration::from_millis(20));
    }
}
