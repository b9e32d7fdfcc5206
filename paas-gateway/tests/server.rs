//! Servers on loopback.

use http::{Request, Response};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use paas_gateway::{Proxy, ProxyBody};
use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower_service::Service;

/// Serves until the test ends.
pub(crate) async fn serve<S, F, B>(service: S) -> SocketAddr
where
    S: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
    F: Future<Output = Result<Response<B>, Infallible>> + Send + 'static,
    B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = service.clone();
            tokio::spawn(async move {
                let server = hyper::server::conn::http1::Builder::new();
                let connection = server.serve_connection(TokioIo::new(stream), service_fn(service));
                let _ = connection.with_upgrades().await;
            });
        }
    });
    address
}

/// Serves with such a service.
pub(crate) async fn start<S>(service: S) -> SocketAddr
where
    S: Service<Request<Incoming>, Response = Response<ProxyBody>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send + 'static,
{
    serve(move |request| service.clone().call(request)).await
}

/// The status of a request with a token.
pub(crate) async fn ask(server: SocketAddr, method: &str, path: &str, token: &str) -> u16 {
    let mut stream = TcpStream::connect(server).await.unwrap();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {token}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// A proxy that counts what goes through it.
pub(crate) struct Counted {
    address: SocketAddr,
    count: Arc<AtomicUsize>,
}

impl Counted {
    pub(crate) async fn in_front_of(url: &str) -> Self {
        let proxy = Proxy::builder().upstream("/", url).build().unwrap();
        let count = Arc::new(AtomicUsize::new(0));
        let counter = count.clone();
        let address = serve(move |request| {
            counter.fetch_add(1, Ordering::SeqCst);
            proxy.clone().call(request)
        })
        .await;
        Self { address, count }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}
