//! A blob as it comes.

use crate::{Result, transport::Chunk};
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// The pieces of a blob, one after the other as they are asked for: a [`Stream`], with a method for those who need no
/// more. It ends after the first error. Dropped: the rest is not read.
///
/// - Read from its beginning, it is held against its digest before its last piece is given: whoever has all pieces has the
///   right ones.
/// - If the connection breaks, or no piece comes for [`Limits::read`](crate::Limits::read), it is asked for again from
///   there, as often as the policy of retries allows; what came before is not fetched again from registries that can give
///   parts.
pub struct BlobStream {
    size: Option<u64>,
    offset: u64,
}

impl BlobStream {
    /// The bytes of the whole blob, if the registry says.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Where in the blob the next piece begins.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next piece, or `None` after the last. Dropped: nothing is lost; the next call goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`](crate::ErrorKind::WrongDigest) if the blob is not what its digest says; else as any read.
    pub async fn next(&mut self) -> Option<Result<Chunk>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for BlobStream {
    type Item = Result<Chunk>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(super::not_done())))
    }
}

impl fmt::Debug for BlobStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobStream")
            .field("size", &self.size)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
