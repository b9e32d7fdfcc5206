//! A store that forgets.

mod state;

use super::{
    Batch, BoxFuture, Committed, Entry, Fence, Items, Kind, Lease, LeaseRequest, List, Message, Page, Record,
    Result, Sink, Store, Topic,
};
use crate::seam::{Clock, Timestamp};
use state::State;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Keeps everything in memory, until the last clone is gone. Clones are the same store.
///
/// It starts no thread, and each call is done at once when it is first polled: what calls it in the same order gets
/// the same answers.
///
/// ```
/// use paas_platform::{seam::SystemClock, store::{Batch, MemoryStore, Store, kinds}};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = MemoryStore::new(SystemClock::new());
/// store.commit(Batch::new().create(kinds::TENANT, "acme", b"zone z1")).await?;
///
/// let twice = store.commit(Batch::new().create(kinds::TENANT, "acme", b"zone z1")).await.unwrap_err();
/// assert_eq!(twice.code(), "store.conflict");
/// # Ok::<(), paas_platform::store::StoreError>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
    clock: Arc<dyn Clock>,
}

impl MemoryStore {
    /// An empty store, whose leases run by this clock.
    pub fn new(clock: impl Clock + 'static) -> Self {
        Self { state: Arc::default(), clock: Arc::new(clock) }
    }

    fn with<T>(&self, act: impl FnOnce(&mut State, Timestamp) -> T) -> T {
        let now = self.clock.now();
        // Nothing that runs under the lock leaves the state half changed.
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner), now)
    }
}

impl Store for MemoryStore {
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>> {
        Box::pin(async move { self.with(|state, now| state.commit(&batch, now)) })
    }

    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>> {
        let key = key.to_owned();
        Box::pin(async move { Ok(self.with(|state, _| state.read(&kind, &key))) })
    }

    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>> {
        Box::pin(async move { Ok(self.with(|state, _| state.list(&list))) })
    }

    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>> {
        let stream = stream.to_owned();
        Box::pin(async move { Ok(self.with(|state, _| state.scan(&stream, from, limit))) })
    }

    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>> {
        Box::pin(async move { Ok(self.with(|state, _| state.peek(&topic, after, limit))) })
    }

    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>> {
        Box::pin(async move { self.with(|state, now| state.acquire(&request, now)) })
    }

    fn renew(&self, fence: &Fence, duration: Duration) -> BoxFuture<'_, Result<Lease>> {
        let fence = fence.clone();
        Box::pin(async move { self.with(|state, now| state.renew(&fence, duration, now)) })
    }

    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>> {
        let fence = fence.clone();
        Box::pin(async move { self.with(|state, now| state.release(&fence, now)) })
    }

    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>> {
        let name = name.to_owned();
        Box::pin(async move { Ok(self.with(|state, now| state.lease(&name, now))) })
    }

    fn dump(&self, mut sink: Sink) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let copy = self.with(|state, _| state.clone());
            copy.items().try_for_each(&mut sink)
        })
    }

    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.with(|state, _| state.must_be_empty())?;
            let restored = State::from_items(items)?;
            self.with(|state, _| {
                // Someone may have written while the items were read.
                state.must_be_empty()?;
                *state = restored;
                Ok(())
            })
        })
    }
}
