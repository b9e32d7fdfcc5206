//! A store that fails, or falls silent, when it is told to.

use paas_platform::{
    BoxFuture,
    store::{
        Batch, Committed, Entry, Fence, Items, Kind, Lease, LeaseRequest, List, MemoryStore, Message, Page,
        Record, Result, Sink, Store, StoreError, Topic,
    },
};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// A store in memory that can be told to fail at its writes. Clones are the same store.
#[derive(Clone, Debug)]
pub(crate) struct Faulty {
    inner: MemoryStore,
    mood: Arc<watch::Sender<(u32, Mood)>>,
    /// What giving a lease back takes: long enough for others to come in between.
    release: Duration,
}

/// What becomes of writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    /// There is no room: nothing is written.
    Full,
    /// Written, but that is not told: the disk fails right after.
    Broken,
    /// No answer before the mood is another; then as that one says.
    Silent,
}

impl Faulty {
    pub(crate) fn new(inner: MemoryStore) -> Self {
        let mood = Arc::new(watch::Sender::new((0, Mood::Good)));
        Self { inner, mood, release: Duration::from_secs(1) }
    }

    /// The same, which gives leases and takes them back at once, whatever its mood is.
    pub(crate) fn quick(inner: MemoryStore) -> Self {
        Self { release: Duration::ZERO, ..Self::new(inner) }
    }

    /// From now on.
    pub(crate) fn set(&self, mood: Mood) {
        self.set_after(0, mood);
    }

    /// After so many batches more.
    pub(crate) fn set_after(&self, batches: u32, mood: Mood) {
        self.mood.send_replace((batches, mood));
    }

    /// The mood for a write, which counts if it is of a batch.
    fn next(&self, is_batch: bool) -> Mood {
        let mut next = Mood::Good;
        self.mood.send_modify(|(left, mood)| match *left {
            0 => next = *mood,
            _ => *left -= u32::from(is_batch),
        });
        next
    }

    async fn write<T>(&self, is_batch: bool, act: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
        loop {
            match self.next(is_batch) {
                Mood::Good => return act().await,
                Mood::Full => return Err(StoreError::Full { path: "paas.db".into() }),
                Mood::Broken => {
                    act().await?;
                    let source = "input/output error".into();
                    return Err(StoreError::Io { what: "writing `paas.db`".to_owned(), source });
                }
                Mood::Silent => {
                    let mut mood = self.mood.subscribe();
                    mood.wait_for(|(_, mood)| *mood != Mood::Silent).await.unwrap();
                }
            }
        }
    }
}

impl Store for Faulty {
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>> {
        Box::pin(self.write(true, async || self.inner.commit(batch).await))
    }
    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>> {
        self.inner.read(kind, key)
    }
    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>> {
        self.inner.list(list)
    }
    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>> {
        self.inner.scan(stream, from, limit)
    }
    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>> {
        self.inner.peek(topic, after, limit)
    }
    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>> {
        if self.release.is_zero() {
            return self.inner.acquire(request);
        }
        Box::pin(self.write(false, async || self.inner.acquire(request).await))
    }
    fn renew(&self, fence: &Fence, duration: Duration) -> BoxFuture<'_, Result<Lease>> {
        let fence = fence.clone();
        Box::pin(self.write(false, async move || self.inner.renew(&fence, duration).await))
    }
    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>> {
        let fence = fence.clone();
        Box::pin(async move {
            if self.release.is_zero() {
                return self.inner.release(&fence).await;
            }
            tokio::time::sleep(self.release).await;
            self.write(false, async || self.inner.release(&fence).await).await
        })
    }
    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>> {
        self.inner.lease(name)
    }
    fn dump(&self, sink: Sink) -> BoxFuture<'_, Result<()>> {
        self.inner.dump(sink)
    }
    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>> {
        self.inner.restore(items)
    }
}
