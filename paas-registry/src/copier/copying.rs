//! A copy under way.

use super::Shared;
use crate::{Copied, CopyError, CopyErrorKind, CopyOrder, Phase, Progress, Watch, error::Result, run::Run};
use futures_util::future::{Either, select};
use std::{
    fmt,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::watch;
use tracing::Instrument;

/// A copy under way: a future of what came of it. It goes on while it is polled. Dropped: it is over.
#[must_use = "nothing is copied until it is awaited"]
pub struct Copying {
    work: Pin<Box<dyn Future<Output = Result<Copied>> + Send>>,
    watch: Watch,
    cancel: Canceller,
}

impl Copying {
    pub(crate) fn new(shared: Arc<Shared>, order: CopyOrder) -> Self {
        let (tell, watch) = watch::channel(Progress::default());
        let (cancel, mut cancelled) = watch::channel(false);
        let span = tracing::debug_span!(
            "copy",
            source = %order.source,
            destination = %order.destination,
        );
        let work = async move {
            let tell = Arc::new(tell);
            let result = {
                let run = Run::new(shared, order, tell.clone());
                let work = pin!(run.copy());
                let stop = pin!(async { cancelled.wait_for(|is_cancelled| *is_cancelled).await.is_ok() });
                match select(work, stop).await {
                    Either::Left((result, _)) => result,
                    // All who could cancel it are gone.
                    Either::Right((false, work)) => work.await,
                    Either::Right((true, _)) => {
                        let error = CopyError::new(CopyErrorKind::Cancelled, "the copy was cancelled");
                        Err(if run.tag_is_requested() { error.with_tag_requested() } else { error })
                    }
                }
            };
            tell.send_modify(|progress| progress.phase = Phase::Ended);
            match &result {
                Ok(copied) => {
                    tracing::debug!(digest = %copied.digest, unchanged = copied.unchanged, "copied");
                }
                Err(error) => tracing::debug!(code = error.code(), "copy failed"),
            }
            result
        };
        Self {
            work: Box::pin(work.instrument(span)),
            watch: Watch(watch),
            cancel: Canceller(Arc::new(cancel)),
        }
    }

    /// Tells how far it is, also from elsewhere.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// Ends it from elsewhere.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        self.cancel.clone()
    }
}

impl Future for Copying {
    type Output = Result<Copied>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context)
    }
}

impl fmt::Debug for Copying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copying").field("progress", &self.watch.now()).finish_non_exhaustive()
    }
}

/// Ends a copy from elsewhere; clones end the same one.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<watch::Sender<bool>>);

impl Canceller {
    /// Ends the copy, with [`CopyErrorKind::Cancelled`] as its outcome. After its end this does nothing.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }
}
