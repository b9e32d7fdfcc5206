//! The thread that all calls run on.

use super::super::{Result, StoreError};
use super::{
    SqliteOptions,
    fault::{Fault, Outcome},
    open::{self, Opened},
};
use rusqlite::Connection;
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::sync::{oneshot, watch};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Runs jobs one after the other, and closes the file after the last.
pub(super) struct Worker {
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    ended: watch::Receiver<()>,
    path: Arc<Path>,
    busy_timeout: Duration,
}

impl Worker {
    /// Opens the file, on the thread that it stays on.
    pub(super) async fn start(path: PathBuf, options: SqliteOptions) -> Result<(Self, Arc<Path>)> {
        let (jobs, queue) = mpsc::channel();
        let (opened, is_open) = oneshot::channel();
        let (alive, ended) = watch::channel(());
        let busy_timeout = options.busy_timeout;
        let work = move || {
            match open::open(&path, &options) {
                Ok(store) => {
                    // If nobody waits any more, the queue is closed as well.
                    let _ = opened.send(Ok(Arc::<Path>::from(store.path.as_path())));
                    run(store, &queue);
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                }
            }
            drop(alive);
        };
        let thread = spawn("paas-store", work)?;
        let path = is_open.await.map_err(|_| StoreError::Closed)??;
        let worker = Self {
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
            ended,
            path: Arc::clone(&path),
            busy_timeout,
        };
        Ok((worker, path))
    }

    /// Runs a job after those before it. It is run even if nobody waits for it any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let (done, outcome) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let _ = done.send(job(connection));
        });
        let sent =
            self.jobs.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|jobs| jobs.send(job));
        if !matches!(sent, Some(Ok(()))) {
            return Err(StoreError::Closed);
        }
        outcome.await.map_err(|_| StoreError::Closed)?.map_err(|fault| self.explain(fault))
    }

    /// Runs a job that only reads on a thread of its own, beside the others.
    pub(super) async fn aside<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        // After what was asked for before, and only if the store is open.
        self.run(|_| Ok(())).await?;
        let (done, outcome) = oneshot::channel();
        let (path, busy_timeout) = (Arc::clone(&self.path), self.busy_timeout);
        let work = move || {
            let _ =
                done.send(open::reader(&path, busy_timeout).and_then(|mut connection| job(&mut connection)));
        };
        spawn("paas-store-read", work)?;
        outcome.await.map_err(|_| StoreError::Closed)?.map_err(|fault| self.explain(fault))
    }

    /// Lets the thread end after the jobs that it has, and waits until the file is closed.
    pub(super) async fn close(&self) {
        self.no_more_jobs();
        let mut ended = self.ended.clone();
        // Never changed, so this ends with the thread.
        while ended.changed().await.is_ok() {}
    }

    fn no_more_jobs(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn explain(&self, fault: Fault) -> StoreError {
        fault.explain(&self.path, self.busy_timeout)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.no_more_jobs();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last handle may have been in a job, which cannot wait for itself.
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != thread::current().id()) {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("path", &self.path).finish_non_exhaustive()
    }
}

fn run(store: Opened, queue: &Receiver<Job>) {
    let Opened { mut connection, path, lock } = store;
    while let Ok(job) = queue.recv() {
        job(&mut connection);
    }
    if let Err((_, error)) = connection.close() {
        tracing::warn!(path = %path.display(), %error, "the store could not be closed cleanly");
    }
    drop(lock);
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(work).map_err(|error| StoreError::Io {
        what: "starting a thread for the store".into(),
        source: error.into(),
    })
}
