//! Loops that keep something as it should be: how often they look, and how they are ended.

use crate::platform::Inner;
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle};

/// How often it is looked what is due, unless something else is said. Five seconds: people who wait for it hardly notice.
pub(crate) const LOOK: Duration = Duration::from_secs(5);

/// How often everything is compared, unless something else is said. Ten minutes: it finds what nobody told of, and asks
/// for everything.
pub(crate) const COMPARE: Duration = Duration::from_secs(600);

/// How many copies a process carries out at once, unless something else is said. Four: an engine does more at once, and each
/// has its word to keep.
pub(crate) const COPIES: usize = 4;

/// A loop that runs as a task of its own. Dropped: it is told to end.
#[derive(Debug)]
pub(crate) struct Keeping {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Keeping {
    /// Begins the loop, which is told to end by the value that it gets.
    pub(crate) fn begin<L>(begin: impl FnOnce(watch::Receiver<bool>) -> L) -> Self
    where
        L: Future<Output = ()> + Send + 'static,
    {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(begin(stopped)) }
    }

    /// Tells it to end, and waits until it has.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        // It fails only if what is told of something panicked, which has been told of.
        let _ = self.task.await;
    }
}

impl Inner {
    /// How long a loop rests that looks so often: processes that were started together do not ask together for ever.
    pub(crate) fn pause(&self, look: Duration) -> Duration {
        let spread = u32::try_from(self.random.below(100)).unwrap_or_default();
        look + look * spread / 1000
    }
}
