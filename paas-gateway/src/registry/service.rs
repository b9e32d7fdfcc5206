//! The endpoint over HTTP.

use super::{
    RegistryTokens,
    answer::{self, Wording},
    ask::{Ask, Refusal},
    request,
};
use bytes::Bytes;
use http::{Method, Request, Response, header::CONTENT_TYPE};
use http_body::Body;
use http_body_util::{BodyExt, Full, Limited};
use paas_client::BoxFuture;
use std::{
    convert::Infallible,
    error::Error,
    net::IpAddr,
    task::{Context, Poll},
};
use tower_service::Service;

/// From where a request comes, in its extensions: failed logins are counted by it. Whoever takes it from a header does so
/// behind a proxy of its own only. Without it they are counted by account alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddress(pub IpAddr);

impl RegistryTokens {
    /// Answers a request, wherever it was sent: the path is the business of whoever mounts it. Dropped: Keystone may have
    /// made tokens, which nobody has.
    pub async fn handle<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let address = request.extensions().get::<PeerAddress>().map(|address| address.0);
        let wording = if request.method() == Method::POST { Wording::OAuth } else { Wording::Registry };
        let granted = match self.read(request).await {
            Ok(ask) => self.answer(&ask, address).await,
            Err(refusal) => Err(refusal),
        };
        answer::of(&granted, wording)
    }

    async fn read<B>(&self, request: Request<B>) -> Result<Ask, Refusal>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let names = &self.inner.names;
        if head.method == Method::GET {
            return request::of_query(head.uri.query().unwrap_or_default(), &head.headers, names);
        }
        if head.method != Method::POST {
            return Err(Refusal::Method);
        }
        let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refusal::Malformed("the body is not a form"));
        }
        let body = Limited::new(body, request::LONGEST).collect().await;
        let body = body.map_err(|_| Refusal::Malformed("the form is too long, or broke off"))?;
        request::of_form(&body.to_bytes(), names)
    }
}

/// Never fails: what is refused is answered.
impl<B> Service<Request<B>> for RegistryTokens
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move { Ok(this.handle(request).await) })
    }
}
