//! Bodies that go piece by piece, so that none is whole in memory.

use super::{Chunk, Request, Response, Transport, TransportError, TransportErrorKind};
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// What a transport without streaming gathers of a body, sent or received: enough for tests and small images.
pub(crate) const GATHERED: usize = 32 << 20;

/// The pieces of a body, one after the other as they are asked for: a [`Stream`], with a method for those who need no
/// more. It ends after the first error. Dropped: the rest is not read.
///
/// ```
/// use paas_client::transport::{ByteStream, Chunk};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let mut body = ByteStream::whole("a layer");
/// assert_eq!(body.next().await.unwrap().unwrap(), Chunk::from("a layer"));
/// assert!(body.next().await.is_none());
/// # }
/// ```
pub struct ByteStream(Pin<Box<dyn Stream<Item = Result<Chunk, TransportError>> + Send>>);

impl ByteStream {
    /// The pieces that a stream gives.
    pub fn new(pieces: impl Stream<Item = Result<Chunk, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }

    /// A body in one piece.
    pub fn whole(body: impl Into<Chunk>) -> Self {
        Self::new(Whole { body: Some(body.into()), error: None })
    }

    /// The next piece, or `None` after the last. Dropped: nothing is lost; the next call goes on.
    ///
    /// # Errors
    ///
    /// The connection broke.
    pub async fn next(&mut self) -> Option<Result<Chunk, TransportError>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl Stream for ByteStream {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}

/// A body to be sent, and its length, which is told beforehand.
#[derive(Debug)]
pub struct SizedStream {
    /// The bytes of all pieces together. Fewer or more are a failure.
    pub length: u64,
    /// The pieces.
    pub bytes: ByteStream,
}

/// An answer whose body comes piece by piece.
#[derive(Debug)]
#[non_exhaustive]
pub struct Streamed {
    /// Status and headers; its body is empty.
    pub head: Response,
    /// The body.
    pub body: ByteStream,
}

impl Streamed {
    /// An answer of these two.
    #[must_use]
    pub fn new(head: Response, body: ByteStream) -> Self {
        Self { head, body }
    }
}

/// One piece, and then an error if there is one.
struct Whole {
    body: Option<Chunk>,
    error: Option<TransportError>,
}

impl Stream for Whole {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = self.body.take().filter(|body| !body.is_empty());
        Poll::Ready(body.map(Ok).or_else(|| self.error.take().map(Err)))
    }
}

/// Streams by a transport that cannot: bodies are gathered.
pub(super) async fn gathered<T: Transport + ?Sized>(
    transport: &T,
    mut request: Request,
    body: Option<SizedStream>,
) -> Result<Streamed, TransportError> {
    if let Some(body) = body {
        request.body = Some(gather(body).await?);
    }
    request.limits.good = GATHERED;
    let mut head = transport.send(request).await?;
    let body = std::mem::take(&mut head.body);
    let error = head.is_cut.then(|| {
        TransportError::new(
            TransportErrorKind::Interrupted,
            "this transport gives the beginning of the body only",
        )
    });
    head.is_cut = false;
    Ok(Streamed::new(head, ByteStream::new(Whole { body: Some(body.into()), error })))
}

async fn gather(mut body: SizedStream) -> Result<Vec<u8>, TransportError> {
    let fails = |why: &str| TransportError::new(TransportErrorKind::Unsupported, why);
    let mut whole = Vec::new();
    while let Some(chunk) = body.bytes.next().await {
        whole.extend_from_slice(&chunk?);
        if whole.len() > GATHERED {
            return Err(fails("the body is larger than this transport sends at once"));
        }
    }
    if u64::try_from(whole.len()) != Ok(body.length) {
        return Err(fails("the body has not the length that was told"));
    }
    Ok(whole)
}
