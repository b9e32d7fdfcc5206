//! HTTP/1.1 in front of a service.

use http::{Request, Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use paas_gateway::{ClientAddress, ProxyBody};
use std::{convert::Infallible, error::Error, time::Duration};
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
        let (stream, client) = match listener.accept().await {
            Ok(accepted) => accepted,
            // A client that went, or no more descriptors for the moment: others wait.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
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
