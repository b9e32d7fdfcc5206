//! Bodies that go piece by piece over real sockets.

use super::{ByteStream, Chunk, SizedStream, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

/// A body that is sent; so many bytes are left of it.
pub(super) struct Outgoing {
    /// Never locked: only who has the body alone asks for its pieces.
    pieces: Mutex<ByteStream>,
    left: u64,
}

impl Outgoing {
    pub(super) fn new(body: SizedStream) -> Self {
        Self { pieces: Mutex::new(body.bytes), left: body.length }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        let pieces = this.pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
        let wrong = |why| Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Interrupted, why))));
        loop {
            let piece = match ready!(Pin::new(&mut *pieces).poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => piece,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if this.left > 0 => return wrong("the body ends before the length that was told"),
                None => return Poll::Ready(None),
            };
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            let Some(left) = this.left.checked_sub(length) else {
                return wrong("the body goes on beyond the length that was told");
            };
            this.left = left;
            return Poll::Ready(Some(Ok(Frame::data(piece.into_bytes()))));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// A body that is received.
pub(super) struct Incoming {
    pub(super) body: reqwest::Body,
    pub(super) failure: fn(reqwest::Error) -> TransportError,
}

impl Stream for Incoming {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let failure = self.failure;
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(context)) else {
                return Poll::Ready(None);
            };
            match frame.map_err(failure).map(Frame::into_data) {
                Ok(Ok(data)) if data.is_empty() => {}
                Ok(Ok(data)) => return Poll::Ready(Some(Ok(Chunk::of(data)))),
                // Trailers.
                Ok(Err(_)) => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}
