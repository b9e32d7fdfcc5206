//! HTTP/1.1 in front of a service.

use http::{Request, Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use paas_gateway::{ClientAddress, ProxyBody};
use std::{convert::Infallible, error::Error};
use tokio::net::TcpListener;
use tower_service::Service;

/// Serves until something breaks.
pub(crate) async fn serve<S>(listener: TcpListener, service: S) -> Result<(), Box<dyn Error>>
where
    S: Service<Request<Incoming>, Response = Response<ProxyBody>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send + 'static,
{
    loop {
        let (stream, client) = listener.accept().await?;
        let service = service.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ClientAddress(client.ip()));
            service.clone().call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades();
        tokio::spawn(async move {
            // Clients go when they like.
            let _ = connection.await;
        });
    }
}
