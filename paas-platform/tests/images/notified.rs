//! Where the test registry posts what happens in it.

use http::{Request, Response, StatusCode, header::AUTHORIZATION};
use http_body_util::{BodyExt, Empty};
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use paas_client::notification::HeaderSecret;
use paas_platform::Images;
use std::{
    convert::Infallible,
    net::Ipv4Addr,
    sync::{Arc, OnceLock},
};
use tokio::net::TcpListener;

/// Listens until the test ends; gives its address.
pub(super) async fn listen(images: Arc<OnceLock<Images>>, secret: HeaderSecret) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (images, secret) = (Arc::clone(&images), secret.clone());
            let service = service_fn(move |request| take(request, Arc::clone(&images), secret.clone()));
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    url
}

async fn take(
    request: Request<Incoming>,
    images: Arc<OnceLock<Images>>,
    secret: HeaderSecret,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let authorization = authorization.map(str::to_owned);
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let taken = images.get().unwrap().take_notifications(&body, authorization.as_deref(), &secret);
    let mut answer = Response::new(Empty::new());
    *answer.status_mut() =
        taken.map_or_else(|error| StatusCode::from_u16(error.status()).unwrap(), |_| StatusCode::OK);
    Ok(answer)
}
