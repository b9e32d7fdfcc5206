//! Looks after a body that is being sent: a server that takes nothing is not waited for.

use super::UploadBody;
use crate::{
    Clock, Error,
    transport::{ByteStream, Chunk, SizedStream, TransportError, TransportErrorKind},
};
use futures_core::Stream;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

/// How the sending of a body goes.
#[derive(Clone, Debug)]
pub(super) struct Watch(Arc<Mutex<Progress>>);

#[derive(Debug)]
struct Progress {
    /// When the server last took something, or was last not to blame.
    moved: Duration,
    state: State,
    /// Why the source of the body failed.
    failure: Option<Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The server is to take what it was given.
    Sending,
    /// There is nothing to be given yet.
    Waiting,
    /// All was given: the server is to answer.
    Sent,
}

impl Watch {
    /// What to send for this body, and what looks after it.
    pub(super) fn over(body: UploadBody, clock: &Arc<dyn Clock>) -> (SizedStream, Self) {
        let state = if body.length == 0 { State::Sent } else { State::Sending };
        let progress = Progress { moved: clock.now(), state, failure: None };
        let this = Self(Arc::new(Mutex::new(progress)));
        let length = body.length;
        let pieces = Watched { body, left: length, watch: this.clone(), clock: clock.clone() };
        (SizedStream { length, bytes: ByteStream::new(pieces) }, this)
    }

    /// From now on the server may be waited for.
    pub(super) fn begin(&self, now: Duration) {
        self.lock().moved = now;
    }

    /// Over when the server took nothing for `read`, or did not answer for `total` after it had all. A source that takes
    /// its time is not the server's fault.
    pub(super) async fn stalled(&self, clock: &dyn Clock, read: Duration, total: Duration) {
        loop {
            let now = clock.now();
            let end = {
                let mut progress = self.lock();
                if progress.state == State::Waiting {
                    progress.moved = now;
                }
                let limit = if progress.state == State::Sent { total } else { read };
                progress.moved.saturating_add(limit)
            };
            if now >= end {
                return;
            }
            // It may come to an end with another limit while this waits.
            clock.sleep((end - now).min(read.min(total))).await;
        }
    }

    /// Why the source failed, if it did.
    pub(super) fn failure(&self) -> Option<Error> {
        self.lock().failure.take()
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The pieces of a body on their way to a transport.
struct Watched {
    body: UploadBody,
    left: u64,
    watch: Watch,
    clock: Arc<dyn Clock>,
}

impl Stream for Watched {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.body.pieces.as_mut().poll_next(context);
        let now = self.clock.now();
        if polled.is_pending() {
            let mut progress = self.watch.lock();
            progress.state = State::Waiting;
            return Poll::Pending;
        }
        let piece = ready!(polled);
        let length = piece.as_ref().and_then(|piece| piece.as_ref().ok()).map_or(0, |piece| piece.len());
        self.left = self.left.saturating_sub(u64::try_from(length).unwrap_or(u64::MAX));
        let mut progress = self.watch.lock();
        progress.moved = now;
        progress.state = if self.left == 0 { State::Sent } else { State::Sending };
        match piece {
            Some(Err(error)) => {
                progress.failure = Some(error);
                Poll::Ready(Some(Err(TransportError::new(
                    TransportErrorKind::Interrupted,
                    "the source of the body failed",
                ))))
            }
            Some(Ok(piece)) => Poll::Ready(Some(Ok(piece))),
            None => Poll::Ready(None),
        }
    }
}
