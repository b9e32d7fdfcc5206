//! When to try again: a policy as a value, and a budget that all calls of a client share.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// How often and how soon a call is tried again.
///
/// The pause before the n-th repetition is drawn evenly from nothing to `first_pause × 2ⁿ⁻¹`, at most `longest_pause`
/// (full jitter). A server's `Retry-After` makes it longer, never shorter. No pause goes over `deadline`.
///
/// ```
/// use paas_client::RetryPolicy;
/// use std::time::Duration;
///
/// let policy = RetryPolicy::default();
/// // The third repetition of the default waits up to 200 ms × 2².
/// assert_eq!(policy.longest_before(3), Duration::from_millis(800));
/// assert!(policy.pause(3, Duration::ZERO, None, u64::MAX).unwrap() <= policy.longest_before(3));
/// // After the last one there is no more.
/// assert_eq!(policy.pause(policy.attempts, Duration::ZERO, None, 0), None);
/// assert_eq!(RetryPolicy::never().pause(1, Duration::ZERO, None, 0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in all, the first included.
    pub attempts: u32,
    /// The most that the first pause can be.
    pub first_pause: Duration,
    /// The most that any pause can be, `Retry-After` excepted.
    pub longest_pause: Duration,
    /// From the beginning of the call to the beginning of its last try.
    pub deadline: Duration,
    /// Repetitions that all calls of the client may make in a row while nothing succeeds. Ten successes give one back.
    pub budget: u32,
}

impl Default for RetryPolicy {
    /// Five tries within a minute: enough for a server that restarts behind its balancer, too few to keep one down.
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(10),
            deadline: Duration::from_secs(60),
            budget: 50,
        }
    }
}

impl RetryPolicy {
    /// Each call is tried once.
    #[must_use]
    pub fn never() -> Self {
        Self { attempts: 1, budget: 0, ..Self::default() }
    }

    /// The most that the pause before a repetition can be; they are counted from one.
    #[must_use]
    pub fn longest_before(&self, repetition: u32) -> Duration {
        let doublings = repetition.saturating_sub(1).min(31);
        self.first_pause.saturating_mul(1 << doublings).min(self.longest_pause)
    }

    /// The pause after so many tries and so much time, or `None` if it was the last try.
    #[must_use]
    pub fn pause(
        &self,
        tried: u32,
        elapsed: Duration,
        retry_after: Option<Duration>,
        random: u64,
    ) -> Option<Duration> {
        if tried >= self.attempts {
            return None;
        }
        let pause = part(self.longest_before(tried), random).max(retry_after.unwrap_or_default());
        (elapsed.saturating_add(pause) <= self.deadline).then_some(pause)
    }
}

/// The share of a time that a random number stands for.
pub(crate) fn part(whole: Duration, random: u64) -> Duration {
    let nanos = whole.as_nanos().saturating_mul(u128::from(random)) >> 64;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// What a repetition costs of the budget; a success gives one back.
const COST: u32 = 10;

/// The repetitions that are left to a client.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    full: u32,
}

impl Budget {
    pub(crate) fn new(repetitions: u32) -> Self {
        let full = repetitions.saturating_mul(COST);
        Self { left: AtomicU32::new(full), full }
    }

    /// Takes one repetition, if there is one.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    /// Gives a part of one back.
    pub(crate) fn refill(&self) {
        // A full budget stays as it is; that is no failure.
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            (left < self.full).then_some(left + 1)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, COST};

    #[test]
    fn a_budget_ends_and_comes_back_with_success() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take() && !budget.take());
        for _ in 1..COST {
            budget.refill();
        }
        assert!(!budget.take());
        budget.refill();
        assert!(budget.take() && !budget.take());
        for _ in 0..100 {
            budget.refill();
        }
        assert!(budget.take() && budget.take() && !budget.take());
        assert!(!Budget::new(0).take());
    }
}
