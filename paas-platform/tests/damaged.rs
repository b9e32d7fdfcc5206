//! Files that are not as we left them: said so, never believed.

use crate::{items, quick_folder, rounds, wait, work};
use paas_platform::{
    seam::{Random, SeededRandom, SystemClock},
    store::{Batch, Item, LeaseRequest, SqliteStore, Store, StoreError, kinds},
};
use std::{fs, path::Path, time::Duration};

/// A closed file with something of everything in it.
async fn make(path: &Path) -> Vec<Item> {
    let store = SqliteStore::open(path, SystemClock::new()).await.unwrap();
    let mut written = work::written(&store).await.unwrap();
    for _ in 0..15 {
        written = work::write(&store, written).await.unwrap();
    }
    store.acquire(LeaseRequest::new("l", "one", Duration::from_secs(60))).await.unwrap();
    let items = items(&store).await.unwrap();
    store.close().await;
    items
}

#[test]
fn a_flipped_bit_is_seen_or_does_not_matter() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    let expected = wait(make(&path));
    let good = fs::read(&path).unwrap();
    let random = SeededRandom::new(3);
    let (mut refused, mut harmless) = (0, 0);
    for round in 0..rounds(300) {
        let mut bad = good.clone();
        // Every bit of the first header, then anywhere.
        let bit = if round < 100 { random.below(800) } else { random.below(good.len() as u64 * 8) };
        bad[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
        fs::write(&path, &bad).unwrap();
        let outcome = wait(async {
            let store = SqliteStore::open(&path, SystemClock::new()).await?;
            store.verify().await?;
            items(&store).await
        });
        match outcome {
            Ok(items) => {
                assert_eq!(items, expected, "bit {bit} changed what is read, unseen");
                harmless += 1;
            }
            Err(error) => {
                let codes = ["store.corrupt", "store.not_a_store", "store.newer_format"];
                assert!(codes.contains(&error.code()), "bit {bit}: {}: {error}", error.code());
                refused += 1;
            }
        }
    }
    println!("{refused} flipped bits were seen, {harmless} did not matter");
    assert!(refused > harmless);
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    wait(make(&path));
    let good = fs::read(&path).unwrap();
    for size in [1, 15, 16, 99, 100, 4095, 4096, 8192, good.len() / 2, good.len() - 4096, good.len() - 1] {
        fs::write(&path, &good[..size]).unwrap();
        let error = wait(SqliteStore::open(&path, SystemClock::new())).unwrap_err();
        assert!(["store.corrupt", "store.not_a_store"].contains(&error.code()), "{size}: {error}");
        assert_eq!(fs::read(&path).unwrap(), &good[..size], "{size}: the file was changed");
    }
}

#[test]
fn a_row_that_was_changed_by_hand_is_seen_when_it_is_read() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    wait(async {
        let store = SqliteStore::open(&path, SystemClock::new()).await.unwrap();
        let batch = Batch::new().create(kinds::TENANT, "acme", b"zone z1").append("op-1", 1, b"a");
        store.commit(batch.append("op-1", 2, b"b").append("op-1", 3, b"c")).await.unwrap();
    });
    let by_hand = rusqlite::Connection::open(&path).unwrap();
    by_hand.execute("UPDATE record SET bytes = x'00'", []).unwrap();
    by_hand.execute("DELETE FROM entry WHERE number = 2", []).unwrap();
    drop(by_hand);
    wait(async {
        let store = SqliteStore::open(&path, SystemClock::new()).await.unwrap();
        let error = store.read(kinds::TENANT, "acme").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the tenant `acme` is damaged: its check sum is wrong; keep a copy of it, and restore a backup or an export"
        );
        let error = store.scan("op-1", 1, 10).await.unwrap_err();
        assert!(error.to_string().contains("entry 2 is missing"), "{error}");
        assert!(matches!(store.verify().await, Err(StoreError::Corrupt { .. })));
    });
}

#[test]
fn files_of_others_and_of_later_versions_are_refused_and_left_alone() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    let text = "#!/bin/sh\necho not a database\n".repeat(200);
    fs::write(&path, &text).unwrap();
    let error = wait(SqliteStore::open(&path, SystemClock::new())).unwrap_err();
    assert_eq!(error.code(), "store.not_a_store");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);

    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let theirs = fs::read(&path).unwrap();
    let error = wait(SqliteStore::open(&path, SystemClock::new())).unwrap_err();
    assert_eq!(error.code(), "store.not_a_store");
    assert!(error.to_string().contains("a database of another program"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), theirs);

    fs::remove_file(&path).unwrap();
    wait(make(&path));
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let newer = fs::read(&path).unwrap();
    let error = wait(SqliteStore::open(&path, SystemClock::new())).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat { found: 99, known: 1, .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), newer);

    let error = wait(SqliteStore::open(folder.path(), SystemClock::new())).unwrap_err();
    assert_eq!(error.code(), "store.not_a_store");
    let error = wait(SqliteStore::open(folder.path().join("none/paas.db"), SystemClock::new())).unwrap_err();
    assert_eq!(error.code(), "store.io");
    assert!(error.to_string().contains("opening the folder"), "{error}");
}
