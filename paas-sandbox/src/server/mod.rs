//! The HTTP server: one thread, on loopback only.

mod answer;
mod deliver;
mod stream;

use crate::world::World;
use deliver::Payload;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};
use stream::Stream;
use tokio::{net::TcpStream, runtime, sync::oneshot};

/// The world, as the server and the handle share it.
pub(crate) type Shared = Arc<Mutex<World>>;

/// A server that runs until it is stopped.
#[derive(Debug)]
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A socket on loopback that is not served yet; port 0 is any free one.
pub(crate) fn listen(port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

impl Server {
    pub(crate) fn start(listener: TcpListener, world: Shared) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("paas-sandbox".to_owned()).spawn(move || {
            runtime.block_on(async {
                // Whether it was told to stop or its handle is gone is the same.
                tokio::spawn(accept(listener, world));
                let _ = stopped.await;
            });
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }

    /// Cuts all connections and waits until the server's thread is gone.
    pub(crate) fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // A thread that has ended already needs no word.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The world; a thread that failed with it in its hands leaves it whole enough.
pub(crate) fn lock(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, world: Shared) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        // An error belongs to the one connection that came to nothing.
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, Arc::clone(&world)));
        }
    }
}

async fn connection(stream: TcpStream, world: Shared) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let twice = Arc::new(AtomicBool::new(false));
    let stream = Stream::new(stream, Arc::clone(&twice));
    let serve = service_fn(move |request: Request<Incoming>| {
        let (world, twice) = (Arc::clone(&world), Arc::clone(&twice));
        async move {
            let delivery = answer::answer(&world, request).await;
            twice.store(delivery.is_twice(), Ordering::Relaxed);
            let response: Result<Response<Payload>, deliver::Cut> = delivery.into_response();
            response
        }
    });
    // A connection that is cut on purpose ends with an error, too.
    let _ = http1::Builder::new().serve_connection(stream, serve).await;
}
