//! What is uploaded.

use crate::{Error, ErrorKind, Result, registry::registry_error, transport::Chunk};
use futures_core::Stream;
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

/// What is uploaded: its length, and its pieces as they are asked for. It is sent once; no more than a few pieces of it
/// are in memory.
///
/// A [`BlobStream`](super::BlobStream) is such a stream of pieces: a blob of one registry goes straight to another.
///
/// ```
/// use paas_client::registry::UploadBody;
/// assert_eq!(UploadBody::whole("a layer").length(), 7);
/// ```
pub struct UploadBody {
    pub(super) length: u64,
    pub(super) pieces: Pin<Box<dyn Stream<Item = Result<Chunk>> + Send>>,
}

impl UploadBody {
    /// A content that is in memory.
    pub fn whole(content: impl Into<Chunk>) -> Self {
        let content = content.into();
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
        Self::stream(length, Once(Some(content)))
    }

    /// A content of so many bytes that comes in pieces. Fewer bytes are a failure of the upload; more are not sent, so that
    /// the digest will not be theirs. An error of the stream is the error of the upload:
    /// [`source_failed`](Self::source_failed) makes one. A stream that takes its time is waited for.
    pub fn stream(length: u64, pieces: impl Stream<Item = Result<Chunk>> + Send + 'static) -> Self {
        Self { length, pieces: Box::pin(pieces) }
    }

    /// The bytes of all pieces together.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The error of a stream whose source failed in a way that trying again may mend. The message must hold no secret.
    #[must_use]
    pub fn source_failed(message: impl Into<String>) -> Error {
        registry_error(ErrorKind::Interrupted, message)
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UploadBody({} bytes)", self.length)
    }
}

struct Once(Option<Chunk>);

impl Stream for Once {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|content| !content.is_empty()).map(Ok))
    }
}
