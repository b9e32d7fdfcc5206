//! Clocks.

use super::Timestamp;
use crate::BoxFuture;
use std::{
    fmt::Debug,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::sync::watch;

/// Tells the time.
///
/// It may stand still and, as a system's clock can be set, even go back. Nothing may be lost by that: what must not
/// happen twice is kept by versions and epochs, not by time.
pub trait Clock: Debug + Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Ready after so long. Dropped: nothing happens.
    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(how_long)
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

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

/// The time of tokio, from a point of one's choice on: with a paused runtime, whole days pass in no time, and what waits
/// wakes up in the right order.
///
/// ```
/// use paas_platform::seam::{Clock, Timestamp, TokioClock};
/// use std::time::Duration;
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
/// let clock = TokioClock::from(Timestamp::from_millis(0));
/// clock.sleep(Duration::from_secs(3600)).await;
/// assert_eq!(clock.now().to_string(), "1970-01-01T01:00:00.000Z");
/// # });
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TokioClock {
    start: tokio::time::Instant,
    at: Timestamp,
}

impl From<Timestamp> for TokioClock {
    fn from(at: Timestamp) -> Self {
        Self { start: tokio::time::Instant::now(), at }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Timestamp {
        self.at.plus(self.start.elapsed())
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

/// A clock that moves when it is told to. Clones show the same time. What sleeps on it wakes when it has moved far enough.
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
#[derive(Debug, Clone)]
pub struct VirtualClock(Arc<watch::Sender<Timestamp>>);

impl Default for VirtualClock {
    fn default() -> Self {
        Self::at(Timestamp::default())
    }
}

impl VirtualClock {
    /// A clock that stands at this time.
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(watch::Sender::new(time)))
    }

    /// Moves it forward.
    pub fn advance(&self, duration: Duration) {
        self.0.send_modify(|time| *time = time.plus(duration));
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: Timestamp) {
        self.0.send_replace(time);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        let until = self.now().plus(how_long);
        let mut time = self.0.subscribe();
        let clock = Arc::clone(&self.0);
        Box::pin(async move {
            // The clock is kept, so it cannot be gone before.
            let _ = time.wait_for(|now| *now >= until).await;
            drop(clock);
        })
    }
}
