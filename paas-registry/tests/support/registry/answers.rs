//! What a registry answers.

use super::state::{Work, Working};
use futures_core::Stream;
use paas_client::transport::{ByteStream, Chunk, Method, Response, Streamed, TransportError};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

/// The bytes of a piece.
const PIECE: usize = 64 << 10;

/// An answer before it is sent.
pub(crate) struct Answered {
    pub(crate) head: Response,
    body: Vec<u8>,
    cut_after: Option<u64>,
    /// Whether it is a blob.
    pub(crate) is_blob: bool,
}

impl Answered {
    pub(crate) fn new(status: u16, kind: &str, body: Vec<u8>) -> Self {
        let head = Response::new(status, "")
            .header("docker-distribution-api-version", "registry/2.0")
            .header("content-type", kind)
            .header("content-length", &body.len().to_string());
        Self { head, body, cut_after: None, is_blob: false }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self::new(status, "application/json", Vec::new())
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain", text.into())
    }

    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", value.to_string().into())
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head = self.head.header(name, value);
        self
    }

    pub(crate) fn cut_after(mut self, bytes: u64) -> Self {
        self.cut_after = Some(bytes);
        self
    }

    pub(crate) fn spoilt(mut self) -> Self {
        if let Some(byte) = self.body.first_mut() {
            *byte ^= 1;
        }
        self
    }

    pub(crate) fn lying(mut self, about: &str, lie: &str) -> Self {
        for (name, value) in &mut self.head.headers {
            if name == about {
                lie.clone_into(value);
            }
        }
        self
    }

    pub(crate) fn streamed(self, method: Method, slow: Duration, work: &Arc<Work>) -> Streamed {
        let body = if method == Method::Head { Vec::new() } else { self.body };
        let working = (self.is_blob && method == Method::Get).then(|| work.reads());
        let left = body.into();
        let sending = Sending { left, cut_after: self.cut_after, slow, pause: None, _working: working };
        Streamed::new(self.head, ByteStream::new(sending))
    }
}

/// A refusal with a code; without one it comes from somebody in between.
pub(crate) fn refused(status: u16, code: &str) -> Answered {
    if code.is_empty() {
        let mut answer = Answered::text(status, "<html>");
        answer.head.headers.retain(|(name, _)| name != "docker-distribution-api-version");
        return answer;
    }
    let body = serde_json::json!({ "errors": [{ "code": code, "message": code.to_lowercase() }] });
    Answered::json(status, &body)
}

/// The body of an answer on its way.
struct Sending {
    left: Chunk,
    cut_after: Option<u64>,
    slow: Duration,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
    _working: Option<Working>,
}

impl Stream for Sending {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.slow.is_zero() {
            let slow = self.slow;
            let pause = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(slow)));
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        if self.cut_after == Some(0) {
            return Poll::Ready(Some(Err(super::broken())));
        }
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let most = self.cut_after.map_or(PIECE, |left| PIECE.min(usize::try_from(left).unwrap()));
        let piece = Chunk::from(self.left[..most.min(self.left.len())].to_vec());
        self.left = self.left.after(piece.len());
        if let Some(left) = &mut self.cut_after {
            *left -= piece.len() as u64;
        }
        Poll::Ready(Some(Ok(piece)))
    }
}
