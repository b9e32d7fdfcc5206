//! A store in a file.

mod fault;
mod lease;
mod lock;
mod open;
mod read;
mod rows;
mod schema;
mod transfer;
mod worker;
mod write;

use super::{
    Batch, BoxFuture, Committed, Entry, Fence, Items, Kind, Lease, LeaseRequest, List, Message, Page, Record,
    Result, Sink, Store, Topic,
};
use crate::seam::Clock;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use worker::Worker;

/// Keeps everything in one SQLite file, for one process. Clones are the same store.
///
/// What [`commit`](Store::commit) returns is on the disk: the file is in WAL mode with `synchronous=FULL`. Killing the
/// process at any moment leaves each batch there as a whole or not at all.
///
/// While it is open, a file `….lock` beside it is locked by the operating system and holds the process id: a second
/// process that opens the store is told which one has it. The lock ends with the process, however it ends; the file
/// stays. A program such as `sqlite3` may read the file meanwhile.
///
/// All calls run one after the other on one thread of its own, so no caller is ever blocked. When the last clone is
/// dropped, what was asked for before is done, and the file closed; [`close`](Self::close) does so without blocking.
///
/// A file is made readable by its owner only.
///
/// ```
/// use paas_platform::{seam::SystemClock, store::{Batch, SqliteStore, Store, kinds}};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("paas.db");
/// let store = SqliteStore::open(&path, SystemClock::new()).await?;
/// store.commit(Batch::new().create(kinds::TENANT, "acme", b"zone z1")).await?;
///
/// let error = SqliteStore::open(&path, SystemClock::new()).await.unwrap_err();
/// assert_eq!(error.code(), "store.locked");
/// store.close().await;
///
/// let again = SqliteStore::open(&path, SystemClock::new()).await?;
/// assert!(again.read(kinds::TENANT, "acme").await?.is_some());
/// # Ok::<(), paas_platform::store::StoreError>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct SqliteStore {
    worker: Arc<Worker>,
    path: Arc<Path>,
    clock: Arc<dyn Clock>,
}

/// How a [`SqliteStore`] is opened.
///
/// ```
/// use paas_platform::store::SqliteOptions;
/// use std::time::Duration;
///
/// let options = SqliteOptions::new().busy_timeout(Duration::from_secs(1)).quota(100 * 1024 * 1024);
/// assert_ne!(options, SqliteOptions::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteOptions {
    busy_timeout: Duration,
    quota: Option<u64>,
    check: bool,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), quota: None, check: true }
    }
}

impl SqliteOptions {
    /// As [`SqliteStore::open`] has them.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long a call waits for another program that holds the file, such as a backup. 5 seconds unless said.
    #[must_use]
    pub const fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// How many bytes the file may have; beyond, writes are refused as on a full disk. No limit unless said.
    #[must_use]
    pub const fn quota(mut self, bytes: u64) -> Self {
        self.quota = Some(bytes);
        self
    }

    /// Whether the structure of the file is checked when it is opened, which reads all of it. It is unless said.
    #[must_use]
    pub const fn check(mut self, check: bool) -> Self {
        self.check = check;
        self
    }

    /// Opens the file, or makes it. Its folder must be there.
    ///
    /// # Errors
    /// `store.locked`, `store.newer_format`, `store.not_a_store`, `store.corrupt`, `store.read_only`, `store.full`,
    /// `store.busy`, `store.io`.
    pub async fn open(self, path: impl Into<PathBuf>, clock: impl Clock + 'static) -> Result<SqliteStore> {
        let (worker, path) = Worker::start(path.into(), self).await?;
        Ok(SqliteStore { worker: Arc::new(worker), path, clock: Arc::new(clock) })
    }
}

impl SqliteStore {
    /// Opens the file, or makes it. Its folder must be there. Leases run by the clock.
    ///
    /// # Errors
    /// As [`SqliteOptions::open`].
    pub async fn open(path: impl Into<PathBuf>, clock: impl Clock + 'static) -> Result<Self> {
        SqliteOptions::new().open(path, clock).await
    }

    /// Where it is, without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does what was asked for before, then closes the file, for all clones. Their calls fail with `store.closed`.
    ///
    /// When the future is dropped, it is closed all the same.
    pub async fn close(self) {
        self.worker.close().await;
    }

    /// Reads everything and checks it: the structure, and the check sum of each row.
    ///
    /// Opening checks only the structure, and reading only what is read.
    ///
    /// # Errors
    /// `store.corrupt`, with the first thing that is damaged.
    pub async fn verify(&self) -> Result<()> {
        self.worker.run(|connection| open::integrity(connection)).await?;
        self.dump(Box::new(|_| Ok(()))).await
    }
}

impl Store for SqliteStore {
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>> {
        Box::pin(async move {
            batch.check()?;
            let clock = Arc::clone(&self.clock);
            self.worker.run(move |connection| write::commit(connection, batch, clock.now())).await
        })
    }

    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>> {
        let key = key.to_owned();
        Box::pin(
            async move { self.worker.run(move |connection| read::record(connection, &kind, &key)).await },
        )
    }

    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>> {
        Box::pin(async move { self.worker.run(move |connection| read::list(connection, &list)).await })
    }

    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>> {
        let stream = stream.to_owned();
        Box::pin(async move {
            self.worker.run(move |connection| read::scan(connection, &stream, from, limit)).await
        })
    }

    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>> {
        Box::pin(async move {
            self.worker.run(move |connection| read::peek(connection, &topic, after, limit)).await
        })
    }

    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>> {
        Box::pin(async move {
            request.check()?;
            let clock = Arc::clone(&self.clock);
            self.worker.run(move |connection| lease::acquire(connection, &request, clock.now())).await
        })
    }

    fn renew(&self, fence: &Fence, duration: Duration) -> BoxFuture<'_, Result<Lease>> {
        let fence = fence.clone();
        Box::pin(async move {
            let clock = Arc::clone(&self.clock);
            self.worker.run(move |connection| lease::renew(connection, &fence, duration, clock.now())).await
        })
    }

    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>> {
        let fence = fence.clone();
        Box::pin(async move {
            let clock = Arc::clone(&self.clock);
            self.worker.run(move |connection| lease::release(connection, &fence, clock.now())).await
        })
    }

    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>> {
        let name = name.to_owned();
        Box::pin(async move {
            let clock = Arc::clone(&self.clock);
            self.worker.run(move |connection| lease::look(connection, &name, clock.now())).await
        })
    }

    fn dump(&self, sink: Sink) -> BoxFuture<'_, Result<()>> {
        // From a connection of its own, so that others can write meanwhile.
        Box::pin(async move { self.worker.aside(|connection| transfer::dump(connection, sink)).await })
    }

    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.worker.run(move |connection| transfer::restore(connection, items)).await })
    }
}
