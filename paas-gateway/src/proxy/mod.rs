//! A reverse proxy: requests go on to services outside the process, by the beginnings of their paths.
//!
//! It decides nothing: a [`Gateway`](crate::Gateway) in front of it does.

mod body;
mod builder;
mod forward;
mod forwarded;
mod tunnel;
mod upstream;

pub use body::ProxyBody;
pub use builder::{InvalidProxy, ProxyBuilder};

use body::{BoxError, Outgoing};
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use paas_client::BoxFuture;
use std::{
    convert::Infallible,
    fmt,
    net::IpAddr,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower_service::Service;
use upstream::Upstream;

/// Who is at the other end of the connection: whoever serves puts it into the extensions of requests, and the service
/// behind finds it in `X-Forwarded-For`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Hands requests on to services outside the process. Clones share its connections.
///
/// Bodies are streamed both ways, and so are connections that become WebSockets. Headers that are for one connection
/// only are not handed on. It needs a runtime of tokio.
///
/// ```
/// use paas_gateway::Proxy;
/// use std::time::Duration;
///
/// let proxy = Proxy::builder()
///     .upstream("/v1", "http://127.0.0.1:8080")
///     .upstream("/identity/v3", "http://127.0.0.1:5000/v3")
///     .answer_within(Duration::from_secs(30))
///     .build();
/// assert!(proxy.is_ok());
/// assert!(Proxy::builder().upstream("v1", "http://127.0.0.1").build().is_err());
/// ```
#[derive(Clone)]
pub struct Proxy(Arc<Inner>);

struct Inner {
    client: Client<HttpConnector, Outgoing>,
    /// The longest beginning first.
    upstreams: Vec<Upstream>,
    answer_within: Duration,
    trusts_forwarded: bool,
    keeps_host: bool,
    is_https: bool,
    tunnels_outlive_tokens: bool,
    /// What a connection may become, in lower case.
    upgrades: Vec<String>,
}

impl Proxy {
    /// Sets up a proxy.
    pub fn builder() -> ProxyBuilder {
        ProxyBuilder::default()
    }
}

impl<B> Service<Request<B>> for Proxy
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<ProxyBody>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move { Ok(this.forward(request).await.unwrap_or_else(|refusal| refusal.response())) })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("upstreams", &self.0.upstreams).finish_non_exhaustive()
    }
}
