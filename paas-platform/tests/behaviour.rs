//! The suite for all stores, run against ours.

use crate::{clock, wait};
use paas_platform::{
    seam::VirtualClock,
    store::{
        BoxFuture, MemoryStore, SqliteStore, Store,
        behaviour::{self, Subject},
    },
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;

struct Memory(VirtualClock);

impl Subject for Memory {
    fn empty(&self) -> BoxFuture<'_, Arc<dyn Store>> {
        Box::pin(async { Arc::new(MemoryStore::new(self.0.clone())) as Arc<dyn Store> })
    }

    fn pass(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.0.advance(time);
        Box::pin(async {})
    }
}

struct Sqlite {
    clock: VirtualClock,
    folder: TempDir,
    files: AtomicU64,
}

impl Subject for Sqlite {
    fn empty(&self) -> BoxFuture<'_, Arc<dyn Store>> {
        Box::pin(async {
            let number = self.files.fetch_add(1, Ordering::SeqCst);
            let path = self.folder.path().join(format!("{number}.db"));
            Arc::new(SqliteStore::open(path, self.clock.clone()).await.unwrap()) as Arc<dyn Store>
        })
    }

    fn pass(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.clock.advance(time);
        Box::pin(async {})
    }
}

#[test]
fn memory_behaves() {
    wait(behaviour::all(&Memory(clock())));
}

#[test]
fn sqlite_behaves() {
    let folder = tempfile::tempdir().unwrap();
    wait(behaviour::all(&Sqlite { clock: clock(), folder, files: AtomicU64::new(0) }));
}

#[test]
fn each_case_has_a_name_of_its_own() {
    let mut names: Vec<&str> = behaviour::cases().map(|case| case.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(count > 40, "{count}");
}
