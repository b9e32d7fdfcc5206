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
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::net::TcpListener;

/// Listens until the test ends; gives its address, and counts the names of images of which it is told.
pub(super) async fn listen(
    images: Arc<OnceLock<Images>>,
    secret: HeaderSecret,
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    let told = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (images, secret, counted) = (Arc::clone(&images), secret.clone(), Arc::clone(&counted));
            let service = service_fn(move |request| {
                take(request, Arc::clone(&images), secret.clone(), Arc::clone(&counted))
            });
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    (url, told)
}

async fn take(
    request: Request<Incoming>,
    images: Arc<OnceLock<Images>>,
    secret: HeaderSecret,
    told: Arc<AtomicUsize>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let authorization = authorization.map(str::to_owned);
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let taken = images.get().unwrap().take_notifications(&body, authorization.as_deref(), &secret);
    let mut answer = Response::new(Empty::new());
    *answer.status_mut() = match taken {
        Ok(names) => {
            told.fetch_add(names, Ordering::SeqCst);
            StatusCode::OK
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap(),
    };
    Ok(answer)
}
