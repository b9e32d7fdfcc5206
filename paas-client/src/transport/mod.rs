//! The seam below a client: one request in, one answer out, bodies whole or piece by piece.
//!
//! A program can put its own layer here: logging, a proxy, a different TLS, a simulator with a virtual clock.

mod canned;
mod chunk;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod http_stream;
#[cfg(feature = "http")]
mod no_roots;
mod stream;
#[cfg(feature = "http")]
mod tls;

pub use canned::Canned;
pub use chunk::Chunk;
#[cfg(feature = "http")]
pub use http::HttpTransport;
pub use stream::{ByteStream, SizedStream, Streamed};
#[cfg(feature = "http")]
pub use tls::Tls;

use crate::BoxFuture;
use secrecy::SecretString;
use std::fmt;

/// Carries requests to a server. It decides nothing: it follows no redirect, keeps no cookies, repeats nothing.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and reads its answer, up to [`Request::limits`].
    ///
    /// An answer of any status is an answer, not an error. Dropped: the request may have reached the server.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;

    /// Sends a request, with this body in place of [`Request::body`], and gives the answer as soon as its head is there.
    /// Neither body is ever whole in memory, and no time-out holds but that for the connection: the caller sees to that.
    ///
    /// Given here for transports that cannot: it goes by [`send`](Self::send) and gathers bodies, of at most 32 MiB.
    ///
    /// Dropped: the request may have reached the server.
    fn stream(
        &self,
        request: Request,
        body: Option<SizedStream>,
    ) -> BoxFuture<'_, Result<Streamed, TransportError>> {
        Box::pin(stream::gathered(self, request, body))
    }
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Asks whether there is something to read; the answer has no body.
    Head,
    /// Creates, or runs an action.
    Post,
    /// Changes.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As it is on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How much of an answer's body is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimits {
    /// Bytes of a good answer (status below 300).
    pub good: usize,
    /// Bytes of any other answer.
    pub other: usize,
}

impl BodyLimits {
    /// The limit for an answer of this status.
    #[must_use]
    pub fn of(self, status: u16) -> usize {
        if status < 300 { self.good } else { self.other }
    }
}

/// A request. `Debug` shows neither key nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole address, query included.
    pub url: String,
    /// The value of the header `Authorization`.
    pub authorization: Option<SecretString>,
    /// Other headers that hold secrets, such as tokens.
    pub secrets: Vec<(&'static str, SecretString)>,
    /// All other headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
    /// How much of the answer to keep.
    pub limits: BodyLimits,
}

impl Request {
    /// A request without headers and body.
    #[must_use]
    pub fn new(method: Method, url: impl Into<String>, limits: BodyLimits) -> Self {
        let (secrets, headers) = (Vec::new(), Vec::new());
        Self { method, url: url.into(), authorization: None, secrets, headers, body: None, limits }
    }

    /// The path of the address, without the query.
    ///
    /// ```
    /// use paas_client::transport::{BodyLimits, Method, Request};
    /// let limits = BodyLimits { good: 1, other: 1 };
    /// let request = Request::new(Method::Get, "https://rancher.example/v2-beta/stacks?limit=1", limits);
    /// assert_eq!((request.path(), request.query()), ("/v2-beta/stacks", "limit=1"));
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let start = rest.find('/').unwrap_or(rest.len());
        let path = rest.get(start..).unwrap_or_default();
        path.split_once('?').map_or(path, |(path, _)| path)
    }

    /// The query of the address; empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("body", &self.body.as_ref().map(|body| format!("{} bytes", body.len())))
            .finish_non_exhaustive()
    }
}

/// An answer. `Debug` shows the length of the body only: answers hold users' data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers that could be read as text.
    pub headers: Vec<(String, String)>,
    /// The body, cut at the limit.
    pub body: Vec<u8>,
    /// Whether there was more than the limit.
    pub is_cut: bool,
}

impl Response {
    /// An answer with a body and no headers.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), is_cut: false }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a header; the case of its name does not matter.
    ///
    /// ```
    /// use paas_client::transport::Response;
    /// let answer = Response::new(503, "").header("Retry-After", "3");
    /// assert_eq!(answer.first("retry-after"), Some("3"));
    /// assert_eq!(answer.first("location"), None);
    /// ```
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &format!("{} bytes", self.body.len()))
            .field("is_cut", &self.is_cut)
            .finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
}

/// What kind of failure of the transport it is. Whether a create may be repeated hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection; nothing was sent.
    Connect,
    /// No trusted connection; nothing was sent.
    Tls,
    /// No answer in time; the request may have been sent.
    Timeout,
    /// The connection broke; the request may have been sent.
    Interrupted,
    /// This transport cannot do that; nothing was sent.
    Unsupported,
}

impl TransportError {
    /// An error with a message, which must hold no secret.
    #[must_use]
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}
