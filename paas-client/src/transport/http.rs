//! The transport over real sockets.

use super::{
    ByteStream, Method, Request, Response, SizedStream, Streamed, Tls, Transport, TransportError,
    TransportErrorKind,
    http_stream::{Incoming, Outgoing},
};
use crate::{BoxFuture, Error, ErrorKind, Limits, Result};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::{error::Error as StdError, fmt::Write, time::Duration};
use tokio::time::timeout;

/// HTTP/1.1 over TCP and TLS, with a pool of connections. Clones share the pool.
///
/// It follows no redirects, keeps no cookies and repeats nothing. It uses a proxy only when
/// [told so](Self::with_proxy_of_environment).
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// For the head of an answer, and for each piece of its body.
    read: Duration,
}

impl HttpTransport {
    /// A transport with these time-outs and this trust.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if a certificate or key cannot be read.
    ///
    /// ```
    /// use paas_client::{ErrorKind, Limits, transport::{HttpTransport, Tls}};
    ///
    /// assert!(HttpTransport::new(&Limits::default(), &Tls::default()).is_ok());
    /// let tls = Tls::default().also_trust("not a certificate");
    /// let error = HttpTransport::new(&Limits::default(), &tls).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Configuration);
    /// ```
    pub fn new(limits: &Limits, tls: &Tls) -> Result<Self> {
        Self::build(limits, tls, false)
    }

    /// The same, through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_proxy_of_environment(limits: &Limits, tls: &Tls) -> Result<Self> {
        Self::build(limits, tls, true)
    }

    fn build(limits: &Limits, tls: &Tls, proxy: bool) -> Result<Self> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.config()?)
            .connect_timeout(limits.connect)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only();
        if !proxy {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            Error::new(ErrorKind::Configuration, format!("no HTTP client can be made: {}", chain(&error)))
        })?;
        // The time between two reads is looked to here: reqwest counts the time for sending a body as such, too.
        Ok(Self { client, read: limits.read })
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let limits = request.limits;
        let mut answer = self.in_time(self.request(request)?.send()).await?;
        let mut response = head(&answer);
        let most = limits.of(response.status);
        while let Some(chunk) = self.in_time(answer.chunk()).await? {
            let room = most.saturating_sub(response.body.len());
            response.body.extend(chunk.iter().take(room));
            if chunk.len() > room {
                response.is_cut = true;
                break;
            }
        }
        Ok(response)
    }

    async fn open(&self, request: Request, body: Option<SizedStream>) -> Result<Streamed, TransportError> {
        let mut request = self.request(request)?;
        if let Some(body) = body {
            request = request.body(reqwest::Body::wrap(Outgoing::new(body)));
        }
        let answer = request.send().await.map_err(failure)?;
        let head = head(&answer);
        Ok(Streamed::new(head, ByteStream::new(Incoming { body: answer.into(), failure })))
    }

    async fn in_time<T>(
        &self,
        read: impl Future<Output = Result<T, reqwest::Error>>,
    ) -> Result<T, TransportError> {
        let late = |_| TransportError::new(TransportErrorKind::Timeout, "the server is silent");
        timeout(self.read, read).await.map_err(late)?.map_err(failure)
    }

    fn request(&self, request: Request) -> Result<reqwest::RequestBuilder, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers {
            headers.insert(name, header(&value)?);
        }
        for (name, value) in request.secrets {
            headers.insert(name, secret_header(&value)?);
        }
        if let Some(authorization) = request.authorization {
            headers.insert(AUTHORIZATION, secret_header(&authorization)?);
        }
        let mut builder = self.client.request(method, request.url).headers(headers);
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        Ok(builder)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn stream(
        &self,
        request: Request,
        body: Option<SizedStream>,
    ) -> BoxFuture<'_, Result<Streamed, TransportError>> {
        Box::pin(self.open(request, body))
    }
}

/// Status and headers.
fn head(answer: &reqwest::Response) -> Response {
    let mut head = Response::new(answer.status().as_u16(), Vec::new());
    for (name, value) in answer.headers() {
        if let Ok(value) = value.to_str() {
            head.headers.push((name.as_str().to_owned(), value.to_owned()));
        }
    }
    head
}

fn secret_header(value: &SecretString) -> Result<HeaderValue, TransportError> {
    let mut value = header(value.expose_secret())?;
    value.set_sensitive(true);
    Ok(value)
}

fn header(value: &str) -> Result<HeaderValue, TransportError> {
    HeaderValue::from_str(value).map_err(|_| {
        TransportError::new(TransportErrorKind::Connect, "a header has a character that headers cannot have")
    })
}

/// Sorts a failure by what it means for the request: whether it can have been sent.
fn failure(error: reqwest::Error) -> TransportError {
    // The address is told by the client, without its query.
    let error = error.without_url();
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() || error.is_builder() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, chain(&error))
}

/// Whether the failure is one of trust. A connection that breaks during the handshake is none.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    // Errors of input and output hide the one that they carry from `source`.
    let carried = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>()
        || carried.is_some_and(|inner| is_tls(inner))
        || error.source().is_some_and(is_tls)
}

/// The words of an error and of what it comes from, each once.
fn chain(error: &dyn StdError) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        if !words.contains(&more) {
            // Writing to a string does not fail.
            let _ = write!(words, ": {more}");
        }
        source = error.source();
    }
    words
}
