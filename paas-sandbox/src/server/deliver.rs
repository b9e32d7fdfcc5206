use crate::decide::Delivery;
use hyper::{
    Response,
    body::{Body, Bytes, Frame, SizeHint},
};
use std::{
    error::Error,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

impl Delivery {
    pub(super) fn is_twice(&self) -> bool {
        matches!(self, Self::Twice(_))
    }

    pub(super) fn into_response(self) -> Result<Response<Payload>, Cut> {
        let (reply, half, close) = match self {
            Self::Whole(reply) => (reply, false, false),
            Self::Half(reply) => (reply, true, false),
            Self::Twice(reply) => (reply, false, true),
            Self::Nothing => return Err(Cut),
        };
        let mut response =
            Response::builder().status(reply.status).header("Content-Length", reply.body.len());
        for (name, value) in &reply.headers {
            response = response.header(*name, value);
        }
        if close {
            response = response.header("Connection", "close");
        }
        let mut body = Bytes::from(reply.body);
        if half {
            body.truncate(body.len() / 2);
        }
        response.body(Payload { body: Some(body), cut: half, flushed: false }).map_err(|_| Cut)
    }
}

/// The body of an answer.
#[derive(Debug)]
pub(super) struct Payload {
    body: Option<Bytes>,
    cut: bool,
    /// Whether what was given out has had a chance to leave before the cut.
    flushed: bool,
}

/// A connection was cut on purpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut;

impl Body for Payload {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(body) = self.body.take() {
            return Poll::Ready(Some(Ok(Frame::data(body))));
        }
        if !self.cut {
            return Poll::Ready(None);
        }
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Cut)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_none() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        match &self.body {
            Some(body) if !self.cut => SizeHint::with_exact(body.len() as u64),
            _ => SizeHint::default(),
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the connection is cut on purpose")
    }
}

impl Error for Cut {}
