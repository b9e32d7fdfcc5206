//! What time it is.

use std::time::{Duration, Instant, SystemTime};

/// What time it is, for the gateway: tokens end by the clock on the wall, what is kept ends by one that never goes back.
pub trait GatewayClock: Send + Sync {
    /// The time of the clock on the wall, which should be that of Keystone.
    fn wall(&self) -> SystemTime;

    /// The time since some moment that stays the same.
    fn steady(&self) -> Duration;
}

/// The clocks of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl GatewayClock for SystemClock {
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    fn steady(&self) -> Duration {
        self.start.elapsed()
    }
}
