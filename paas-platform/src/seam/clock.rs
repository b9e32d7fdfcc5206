//! Clocks.

use super::Timestamp;
use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

/// Tells the time.
///
/// It may stand still and, as a system's clock can be set, even go back. Nothing may be lost by that: what must not
/// happen twice is kept by versions and epochs, not by time.
pub trait Clock: Debug + Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// The clock of the system.
///
/// ```
/// use paas_platform::seam::{Clock, SystemClock, Timestamp};
///
/// assert!(SystemClock::new().now() > Timestamp::from_millis(1_700_000_000_000));
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemClock;

impl SystemClock {
    /// The one that there is.
    pub const fn new() -> Self {
        Self
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A clock that is set to before 1970 has stopped there for us.
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Timestamp::default().plus(since)
    }
}

/// A clock that moves when it is told to. Clones show the same time.
///
/// ```
/// use paas_platform::seam::{Clock, Timestamp, VirtualClock};
/// use std::time::Duration;
///
/// let clock = VirtualClock::at(Timestamp::from_millis(1_000));
/// let same = clock.clone();
/// clock.advance(Duration::from_millis(500));
/// assert_eq!(same.now(), Timestamp::from_millis(1_500));
///
/// same.set(Timestamp::from_millis(200));
/// assert_eq!(clock.now(), Timestamp::from_millis(200));
/// ```
#[derive(Debug, Clone, Default)]
pub struct VirtualClock(Arc<AtomicU64>);

impl VirtualClock {
    /// A clock that stands at this time.
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(AtomicU64::new(time.as_millis())))
    }

    /// Moves it forward.
    pub fn advance(&self, duration: Duration) {
        // The closure always gives a value, so this cannot fail.
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |millis| {
            Some(Timestamp::from_millis(millis).plus(duration).as_millis())
        });
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: Timestamp) {
        self.0.store(time.as_millis(), Ordering::SeqCst);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}
