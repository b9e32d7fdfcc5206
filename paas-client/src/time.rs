//! The clock, given from outside: a simulator brings its own.

use crate::BoxFuture;
use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

/// What time it is, and how to wait.
///
/// ```
/// use paas_client::{BoxFuture, Clock};
/// use std::{sync::atomic::{AtomicU64, Ordering}, time::Duration};
///
/// /// A clock on which every wait is over at once.
/// #[derive(Debug, Default)]
/// struct Jumping(AtomicU64);
///
/// impl Clock for Jumping {
///     fn now(&self) -> Duration {
///         Duration::from_millis(self.0.load(Ordering::Relaxed))
///     }
///     fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
///         self.0.fetch_add(u64::try_from(how_long.as_millis()).unwrap(), Ordering::Relaxed);
///         Box::pin(async {})
///     }
/// }
///
/// let clock = Jumping::default();
/// drop(clock.sleep(Duration::from_secs(3)));
/// assert_eq!(clock.now(), Duration::from_secs(3));
/// ```
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// The time since some moment that stays the same; it never goes back.
    fn now(&self) -> Duration;

    /// Ready after so long. Dropped: nothing happens.
    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()>;
}

/// The time of tokio: the machine's, or a paused one in tests.
///
/// ```
/// use paas_client::{Clock, TokioClock};
/// let clock = TokioClock::default();
/// assert!(clock.now() <= clock.now());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TokioClock {
    start: tokio::time::Instant,
}

impl Default for TokioClock {
    fn default() -> Self {
        Self { start: tokio::time::Instant::now() }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

/// What the future gives, or nothing if the time is over first.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    future: impl Future<Output = T>,
) -> Option<T> {
    // Made only when it is needed: most calls of a simulation are ready at once.
    unless(async { clock.sleep(limit).await }, future).await
}

/// What the future gives, or nothing if the other is over first.
pub(crate) async fn unless<T>(over: impl Future<Output = ()>, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut over) = (pin!(future), pin!(over));
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        over.as_mut().poll(context).map(|()| None)
    })
    .await
}
