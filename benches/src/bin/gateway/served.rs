//! Servers, each with a thread of its own.

use crate::{Failure, thread_time};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{convert::Infallible, net::SocketAddr, sync::mpsc, thread, time::Duration};
use tokio::{net::TcpListener, sync::oneshot};
use tower_service::Service;

/// One that serves until the program ends.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    ask_time: tokio::sync::mpsc::UnboundedSender<oneshot::Sender<Duration>>,
}

impl Served {
    /// Serves with one thread.
    pub(crate) fn start<S, B>(service: S) -> Result<Self, Failure>
    where
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + 'static,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Failure>,
    {
        let (tell, address) = mpsc::channel();
        let (ask_time, mut asked) = tokio::sync::mpsc::unbounded_channel::<oneshot::Sender<Duration>>();
        thread::spawn(move || -> Result<(), Failure> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async move {
                tokio::spawn(async move {
                    while let Some(answer) = asked.recv().await {
                        let _ = answer.send(thread_time());
                    }
                });
                let listener = TcpListener::bind("127.0.0.1:0").await?;
                tell.send(listener.local_addr()?)?;
                loop {
                    let (stream, _) = listener.accept().await?;
                    stream.set_nodelay(true)?;
                    let service = service.clone();
                    let answer = service_fn(move |request| service.clone().call(request));
                    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
                    tokio::spawn(async move {
                        let _ = connection.with_upgrades().await;
                    });
                }
            })
        });
        Ok(Self { address: address.recv()?, ask_time })
    }

    /// The processor time that its thread has used.
    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        let (tell, time) = oneshot::channel();
        self.ask_time.send(tell)?;
        Ok(time.blocking_recv()?)
    }
}

/// The service behind: it answers at once.
pub(crate) fn upstream() -> Result<Served, Failure> {
    #[derive(Clone)]
    struct Answers;
    impl Service<Request<Incoming>> for Answers {
        type Response = Response<Full<Bytes>>;
        type Error = Infallible;
        type Future = std::future::Ready<Result<Self::Response, Infallible>>;
        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
            std::task::Poll::Ready(Ok(()))
        }
        fn call(&mut self, _: Request<Incoming>) -> Self::Future {
            std::future::ready(Ok(Response::new(Full::from(r#"{"volumes":[]}"#))))
        }
    }
    Served::start(Answers)
}
