//! One request, to a service and back.

use super::{
    Proxy, ProxyBody,
    body::{BoxError, Outgoing, Progress},
    forwarded, tunnel,
};
use crate::{Authorized, Refusal, RefusalKind, headers::hop};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version, header};
use http_body::Body;
use hyper::{body::Incoming, upgrade::OnUpgrade};
use hyper_util::client::legacy;
use std::{
    error::Error,
    pin::pin,
    time::{Duration, Instant},
};

impl Proxy {
    pub(super) async fn forward<B>(&self, request: Request<B>) -> Result<Response<ProxyBody>, Refusal>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let inner = &self.0;
        let (mut parts, body) = request.into_parts();
        let upstream = inner.upstreams.iter().find(|upstream| upstream.takes(parts.uri.path()));
        let address = upstream
            .filter(|_| parts.method != Method::CONNECT)
            .and_then(|upstream| upstream.address(&parts.uri));
        let Some(address) = address else {
            return Err(Refusal::new(RefusalKind::NotFound, "no service is behind this path"));
        };
        let asked = self.may_become(hop::remove(&mut parts.headers));
        // Without one the server in front cannot hand its connection over.
        let client = parts.extensions.remove::<OnUpgrade>().filter(|_| asked.is_some());
        let upgrade = asked.filter(|_| client.is_some());
        forwarded::set(&mut parts, inner.trusts_forwarded, inner.is_https);
        let expires = parts.extensions.get::<Authorized>().map(|authorized| authorized.token.expires_at);
        let headers = &mut parts.headers;
        if !inner.keeps_host {
            headers.remove(header::HOST);
        }
        // The server in front has answered it.
        headers.remove(header::EXPECT);
        let length = body.size_hint().exact();
        let said = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        if headers.get_all(header::CONTENT_LENGTH).iter().count() > 1 || said != length {
            headers.remove(header::CONTENT_LENGTH);
        }
        if let Some(protocol) = &upgrade {
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            headers.insert(header::UPGRADE, protocol.clone());
        }

        let progress = Progress::new();
        let mut outgoing = Request::new(Outgoing::new(body, progress.clone()));
        *outgoing.method_mut() = parts.method;
        *outgoing.uri_mut() = address;
        *outgoing.version_mut() = Version::HTTP_11;
        *outgoing.headers_mut() = parts.headers;
        let mut response = self.answer(outgoing, &progress).await?;

        let is_upgraded = response.status() == StatusCode::SWITCHING_PROTOCOLS;
        let service = response.extensions_mut().remove::<OnUpgrade>();
        let became = hop::remove(response.headers_mut());
        match (is_upgraded, client, service, upgrade) {
            (false, ..) => {}
            (true, Some(client), Some(service), Some(asked)) => {
                let ends = expires.filter(|_| !inner.tunnels_outlive_tokens);
                tunnel::open(client, service, ends);
                let headers = response.headers_mut();
                headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
                headers.insert(header::UPGRADE, became.unwrap_or(asked));
            }
            _ => return Err(bad("the service changed the protocol unasked")),
        }
        Ok(response.map(ProxyBody::new))
    }

    /// What a connection may become, of what it is asked to become.
    fn may_become(&self, asked: Option<HeaderValue>) -> Option<HeaderValue> {
        asked.filter(|protocol| {
            let protocol = protocol.as_bytes().to_ascii_lowercase();
            self.0.upgrades.iter().any(|allowed| allowed.as_bytes() == protocol)
        })
    }

    /// The beginning of the answer. While the request is being sent, it is not late.
    async fn answer(
        &self,
        request: Request<Outgoing>,
        progress: &Progress,
    ) -> Result<Response<Incoming>, Refusal> {
        let mut answer = pin!(self.0.client.request(request));
        loop {
            // A limit beyond all time is none.
            let end = || progress.last().checked_add(self.0.answer_within);
            let Some(left) = end().map(|end| end.saturating_duration_since(Instant::now())) else {
                return answer.await.map_err(|error| failed(&error));
            };
            match tokio::time::timeout(left.max(Duration::from_millis(1)), &mut answer).await {
                Ok(answer) => return answer.map_err(|error| failed(&error)),
                Err(_) if end().is_none_or(|end| end > Instant::now()) => {}
                Err(_) => {
                    return Err(Refusal::new(RefusalKind::TimedOut, "the service gave no answer in time"));
                }
            }
        }
    }
}

fn bad(because: &str) -> Refusal {
    Refusal::new(RefusalKind::BadGateway, because)
}

fn failed(error: &legacy::Error) -> Refusal {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut is_late = false;
    while let Some(error) = cause {
        is_late |= error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut);
        cause = error.source();
    }
    tracing::warn!(connecting = error.is_connect(), late = is_late, "a service gave no answer");
    match (error.is_connect(), is_late) {
        (true, true) => Refusal::new(RefusalKind::TimedOut, "the service could not be reached in time"),
        (true, false) => bad("the service cannot be reached"),
        _ => bad("the connection broke before the service answered"),
    }
}
