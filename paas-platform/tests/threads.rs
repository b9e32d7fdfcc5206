//! Callers on many threads.

use crate::{clock, quick_folder, wait};
use paas_platform::store::{Batch, Kind, MemoryStore, SqliteStore, Store};
use std::thread;

const KIND: Kind = Kind::new("count");

/// Each adds one, as often as it takes to do so 25 times.
fn count_together(store: &dyn Store) {
    const THREADS: u64 = 8;
    const EACH: u64 = 25;
    wait(store.commit(Batch::new().create(KIND, "count", 0_u64.to_le_bytes()))).unwrap();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| wait(add(store, EACH)));
        }
    });
    let record = wait(store.read(KIND, "count")).unwrap().unwrap();
    assert_eq!(record.bytes, (THREADS * EACH).to_le_bytes());
    let page = wait(store.scan("count", 1, 1000)).unwrap();
    assert_eq!(page.items.len() as u64, THREADS * EACH);
}

async fn add(store: &dyn Store, times: u64) {
    let mut done = 0;
    while done < times {
        let record = store.read(KIND, "count").await.unwrap().unwrap();
        let next = u64::from_le_bytes(record.bytes.try_into().unwrap()) + 1;
        let batch = Batch::new().put(KIND, "count", record.version, next.to_le_bytes());
        match store.commit(batch.append("count", next, b"")).await {
            Ok(_) => done += 1,
            Err(error) => assert_eq!(error.code(), "store.conflict"),
        }
    }
}

#[test]
fn no_count_is_lost_in_memory() {
    count_together(&MemoryStore::new(clock()));
}

#[test]
fn no_count_is_lost_in_sqlite() {
    let folder = quick_folder();
    count_together(&wait(SqliteStore::open(folder.path().join("paas.db"), clock())).unwrap());
}
