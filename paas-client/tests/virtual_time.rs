//! Time that goes on only when all are waiting, and an executor for it: no runtime, no threads.

use paas_client::{BoxFuture, Clock};
use std::{
    collections::BTreeMap,
    fmt,
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::Duration,
};

#[derive(Clone, Default)]
pub(crate) struct VirtualTime(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    now: Duration,
    waiting: BTreeMap<(Duration, u64), Waker>,
    count: u64,
}

impl VirtualTime {
    /// Runs a future to its end; when it waits, the time jumps to the next end of a wait.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            let mut inner = self.0.lock().unwrap();
            let ((until, _), _) = inner.waiting.pop_first().expect("all wait, and for nothing");
            inner.now = inner.now.max(until);
        }
    }

    /// Lets time pass while nobody waits.
    pub(crate) fn pass(&self, how_long: Duration) {
        self.0.lock().unwrap().now += how_long;
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.now().as_secs_f64()
    }
}

impl Clock for VirtualTime {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        let this = self.clone();
        let until = this.now() + how_long;
        let key = {
            let mut inner = this.0.lock().unwrap();
            inner.count += 1;
            (until, inner.count)
        };
        Box::pin(poll_fn(move |context| {
            let mut inner = this.0.lock().unwrap();
            if inner.now >= until {
                inner.waiting.remove(&key);
                return Poll::Ready(());
            }
            inner.waiting.insert(key, context.waker().clone());
            Poll::Pending
        }))
    }
}

impl fmt::Debug for VirtualTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VirtualTime({:?})", self.now())
    }
}
