//! Any sequence of calls, held against a model that is too plain to be wrong.

mod calls;
mod plain;

use crate::{clock, items, quick_folder, wait};
use calls::{Call, calls};
use paas_platform::{
    seam::{Clock, VirtualClock},
    store::{Batch, Item, LeaseRequest, List, MemoryStore, SqliteStore, Store, StoreError, export, import},
};
use plain::Plain;
use proptest::prelude::*;
use std::{fmt::Debug, fs, io::Cursor, path::PathBuf, time::Duration};
use tempfile::TempDir;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_does_as_the_model(calls in calls()) {
        let clock = clock();
        wait(run(&mut Memory { store: MemoryStore::new(clock.clone()), clock }, calls));
    }

    #[test]
    fn sqlite_does_as_the_model(calls in calls()) {
        wait(async {
            let (clock, folder) = (clock(), quick_folder());
            let path = folder.path().join("0.db");
            let store = Some(SqliteStore::open(&path, clock.clone()).await.unwrap());
            run(&mut Sqlite { clock, folder, path, files: 1, store }, calls).await;
        });
    }
}

/// A store that can be left and found again.
trait Tried {
    type Store: Store;
    fn store(&self) -> &Self::Store;
    fn clock(&self) -> &VirtualClock;
    /// As a new process would find it.
    async fn reopen(&mut self);
    /// As a new process would find it after the old one was killed.
    async fn crash(&mut self);
    /// Another one with nothing in it takes its place.
    async fn replace(&mut self);
}

struct Memory {
    clock: VirtualClock,
    store: MemoryStore,
}

impl Tried for Memory {
    type Store = MemoryStore;
    fn store(&self) -> &MemoryStore {
        &self.store
    }
    fn clock(&self) -> &VirtualClock {
        &self.clock
    }
    async fn reopen(&mut self) {
        self.store = self.store.clone();
    }
    async fn crash(&mut self) {
        self.reopen().await;
    }
    async fn replace(&mut self) {
        self.store = MemoryStore::new(self.clock.clone());
    }
}

struct Sqlite {
    clock: VirtualClock,
    folder: TempDir,
    path: PathBuf,
    files: u32,
    store: Option<SqliteStore>,
}

impl Sqlite {
    fn next_path(&mut self) -> PathBuf {
        self.files += 1;
        self.folder.path().join(format!("{}.db", self.files))
    }
    async fn open(&mut self) {
        self.store = Some(SqliteStore::open(&self.path, self.clock.clone()).await.unwrap());
    }
}

impl Tried for Sqlite {
    type Store = SqliteStore;
    fn store(&self) -> &SqliteStore {
        self.store.as_ref().unwrap()
    }
    fn clock(&self) -> &VirtualClock {
        &self.clock
    }
    async fn reopen(&mut self) {
        self.store.take().unwrap().close().await;
        self.open().await;
    }
    async fn crash(&mut self) {
        // What a process leaves that is killed now: the file and its log as they are.
        let path = self.next_path();
        for end in ["", "-wal"] {
            let name = |path: &PathBuf| PathBuf::from(format!("{}{end}", path.display()));
            // There is no log before the first write.
            if name(&self.path).exists() {
                fs::copy(name(&self.path), name(&path)).unwrap();
            }
        }
        self.path = path;
        self.open().await;
    }
    async fn replace(&mut self) {
        self.path = self.next_path();
        self.open().await;
    }
}

async fn run<T: Tried>(tried: &mut T, calls: Vec<Call>) {
    let mut plain = Plain::default();
    let clock = tried.clock().clone();
    for call in calls {
        let now = clock.now();
        let shown = format!("{call:?}");
        match call {
            Call::Commit(pieces, fence) => {
                let batch =
                    pieces.into_iter().fold(Batch::new(), |batch, piece| batch.change(plain.change(piece)));
                let batch = match fence {
                    Some(fence) => batch.fenced_by(plain.fence(&fence)),
                    None => batch,
                };
                same(&shown, tried.store().commit(batch.clone()).await, plain.commit(&batch, now));
            }
            Call::Read(kind, key) => {
                same(&shown, tried.store().read(kind.kind(), key).await, Ok(plain.read(&kind.kind(), key)));
            }
            Call::List { kind, prefix, after, limit } => {
                let mut list = List::of(kind.kind()).with_prefix(prefix).limit(limit);
                list.after = after.map(str::to_owned);
                let page = tried.store().list(list.clone()).await.map(|page| (page.items, page.more));
                same(&shown, page, Ok(plain.list(&list)));
            }
            Call::Scan { stream, from, limit } => {
                let page = tried.store().scan(stream, from, limit).await.map(|page| (page.items, page.more));
                same(&shown, page, Ok(plain.scan(stream, from, limit)));
            }
            Call::Peek { topic, after, limit } => {
                let page =
                    tried.store().peek(topic.topic(), after, limit).await.map(|page| (page.items, page.more));
                same(&shown, page, Ok(plain.peek(&topic.topic(), after, limit)));
            }
            Call::Acquire { lease, holder, millis } => {
                let request = LeaseRequest::new(lease, holder, Duration::from_millis(millis));
                let acquired = tried.store().acquire(request.clone()).await;
                same(&shown, acquired, plain.acquire(&request, now));
            }
            Call::Renew(fence, millis) => {
                let (fence, duration) = (plain.fence(&fence), Duration::from_millis(millis));
                same(&shown, tried.store().renew(&fence, duration).await, plain.renew(&fence, duration, now));
            }
            Call::Release(fence) => {
                let fence = plain.fence(&fence);
                same(&shown, tried.store().release(&fence).await, plain.release(&fence, now));
            }
            Call::Look(lease) => same(&shown, tried.store().lease(lease).await, Ok(plain.lease(lease, now))),
            Call::Pass(millis) => clock.advance(Duration::from_millis(millis)),
            Call::Reopen => tried.reopen().await,
            Call::Crash => tried.crash().await,
            Call::Move => {
                let (text, counts) = export(tried.store(), Vec::new()).await.unwrap();
                tried.replace().await;
                assert_eq!(import(tried.store(), Cursor::new(text)).await.unwrap(), counts);
                plain.forget_holders();
            }
        }
    }
    let all: Vec<Item> = items(tried.store()).await.unwrap();
    assert_eq!(all, plain.items());
}

#[track_caller]
fn same<T: Debug + PartialEq>(call: &str, store: Result<T, StoreError>, plain: Result<T, &'static str>) {
    match (store, plain) {
        (Ok(store), Ok(plain)) => assert_eq!(store, plain, "after {call}"),
        (Err(store), Err(plain)) => assert_eq!(store.code(), plain, "after {call}"),
        (store, plain) => panic!("{store:?} is not {plain:?} after {call}"),
    }
}
