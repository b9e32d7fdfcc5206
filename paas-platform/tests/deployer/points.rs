//! The points at which a process can die: before and after each write of the store and each call of the back end.

use paas_client::{
    BoxFuture as ClientFuture,
    transport::{Request, Response, Transport, TransportError},
};
use paas_platform::{
    BoxFuture,
    store::{
        Batch, Committed, Entry, Fence, Items, Kind, Lease, LeaseRequest, List, Message, Page, Record,
        Result, Sink, Store, Topic,
    },
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What dying is: a future that never ends.
type Die = dyn Fn(u64, &str) -> BoxFuture<'static, ()> + Send + Sync;

/// Counts the points, and dies at one of them.
#[derive(Clone)]
pub(crate) struct Points {
    count: Arc<AtomicU64>,
    /// The point to die at, from 1; 0: none.
    die_at: u64,
    die: Arc<Die>,
}

impl Points {
    pub(crate) fn new(
        die_at: u64,
        die: impl Fn(u64, &str) -> BoxFuture<'static, ()> + Send + Sync + 'static,
    ) -> Self {
        Self { count: Arc::default(), die_at, die: Arc::new(die) }
    }

    /// How many have been passed.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    async fn pass(&self, what: String) {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        if self.die_at > 0 && number >= self.die_at {
            (self.die)(number, &what).await;
        }
    }

    /// Nothing for as long as it lives; what is dead does nothing.
    async fn live(&self) {
        if self.die_at > 0 && self.count() >= self.die_at {
            std::future::pending::<()>().await;
        }
    }

    /// A point before it and one after it.
    async fn around<T>(&self, what: String, future: impl Future<Output = T>) -> T {
        self.pass(format!("before {what}")).await;
        let result = future.await;
        self.pass(format!("after {what}")).await;
        result
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Points({} passed, dies at {})", self.count(), self.die_at)
    }
}

/// A store with points around everything that it writes.
#[derive(Debug, Clone)]
pub(crate) struct MortalStore<S> {
    pub(crate) store: S,
    pub(crate) points: Points,
}

impl<S: Store> Store for MortalStore<S> {
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>> {
        Box::pin(self.points.around("a batch".to_owned(), self.store.commit(batch)))
    }
    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>> {
        self.store.read(kind, key)
    }
    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>> {
        self.store.list(list)
    }
    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>> {
        self.store.scan(stream, from, limit)
    }
    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>> {
        self.store.peek(topic, after, limit)
    }
    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>> {
        Box::pin(self.points.around("taking a lease".to_owned(), self.store.acquire(request)))
    }
    fn renew(&self, fence: &Fence, duration: Duration) -> BoxFuture<'_, Result<Lease>> {
        // Its moment hangs on the time, so it is not counted.
        let fence = fence.clone();
        Box::pin(async move {
            self.points.live().await;
            self.store.renew(&fence, duration).await
        })
    }
    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>> {
        let fence = fence.clone();
        Box::pin(async move {
            self.points.around("giving a lease back".to_owned(), self.store.release(&fence)).await
        })
    }
    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>> {
        self.store.lease(name)
    }
    fn dump(&self, sink: Sink) -> BoxFuture<'_, Result<()>> {
        self.store.dump(sink)
    }
    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>> {
        self.store.restore(items)
    }
}

/// A transport with points around each call.
#[derive(Debug, Clone)]
pub(crate) struct MortalTransport<T> {
    pub(crate) transport: T,
    pub(crate) points: Points,
}

impl<T: Transport> Transport for MortalTransport<T> {
    fn send(&self, request: Request) -> ClientFuture<'_, std::result::Result<Response, TransportError>> {
        let what = format!("{} {}", request.method.as_str(), request.path());
        Box::pin(self.points.around(what, self.transport.send(request)))
    }
}
