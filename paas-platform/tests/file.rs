//! The file: who has it, who may read it, how it is closed.

use crate::{killed::writer, wait};
use paas_platform::{
    seam::SystemClock,
    store::{Batch, SqliteOptions, SqliteStore, Store, StoreError, kinds},
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    time::Duration,
};

async fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, SystemClock::new()).await
}

#[test]
fn a_second_process_is_told_which_one_has_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    let mut child = writer(&path, Some(1));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "1\n");

    let error = wait(open(&path)).unwrap_err();
    assert!(error.is_retryable());
    let StoreError::Locked { pid, .. } = &error else { panic!("{error}") };
    assert_eq!(*pid, Some(child.id()));
    assert!(error.to_string().contains(&format!("in use by process {}", child.id())), "{error}");

    // By another name of the same file too.
    #[cfg(unix)]
    {
        let link = folder.path().join("link.db");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(wait(open(&link)).unwrap_err().code(), "store.locked");
    }

    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        wait(wait(open(&path)).unwrap().list(paas_platform::store::List::of(crate::work::COUNT)))
            .unwrap()
            .items
            .len(),
        1
    );

    // The other way round: ours is open, and the other one is told.
    let ours = wait(open(&path)).unwrap();
    let output = writer(&path, Some(1)).wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("store.locked"), "{said}");
    assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
    drop(ours);
}

#[test]
fn one_process_opens_it_once_and_again_after_closing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    wait(async {
        let store = open(&path).await.unwrap();
        let error = open(&path).await.unwrap_err();
        assert!(error.to_string().contains("this process already"), "{error}");
        let clone = store.clone();
        drop(store);
        clone.commit(Batch::new().create(kinds::TENANT, "acme", b"")).await.unwrap();
        drop(clone);
        // Closed: the log is in the file, and the lock names nobody.
        assert!(!folder.path().join("paas.db-wal").exists());
        assert_eq!(fs::read_to_string(folder.path().join("paas.db.lock")).unwrap(), "");

        let store = open(&path).await.unwrap();
        let clone = store.clone();
        store.close().await;
        assert_eq!(clone.read(kinds::TENANT, "acme").await.unwrap_err().code(), "store.closed");
        assert!(clone.dump(Box::new(|_| Ok(()))).await.is_err());
        let again = open(&path).await.unwrap();
        assert!(again.read(kinds::TENANT, "acme").await.unwrap().is_some());
    });
}

#[test]
fn a_future_that_is_dropped_leaves_the_store_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    wait(async {
        let store = open(&path).await.unwrap();
        // Asked for, and not waited for.
        for number in 0..50 {
            let mut commit = store.commit(Batch::new().create(kinds::TENANT, format!("t{number}"), b""));
            let waker = std::task::Waker::noop();
            let _ = commit.as_mut().poll(&mut std::task::Context::from_waker(waker));
        }
        // Never asked for, since never polled.
        drop(store.commit(Batch::new().create(kinds::TENANT, "never", b"")));
        drop(SqliteStore::open(folder.path().join("other.db"), SystemClock::new()));
        let page = store.list(paas_platform::store::List::of(kinds::TENANT)).await.unwrap();
        assert_eq!(page.items.len(), 50);
        assert!(!folder.path().join("other.db").exists());
    });
}

#[test]
fn another_program_that_holds_the_file_is_waited_for_and_then_named_as_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    wait(async {
        let options = SqliteOptions::new().busy_timeout(Duration::from_millis(50));
        let store = options.open(&path, SystemClock::new()).await.unwrap();
        let batch = || Batch::new().create(kinds::TENANT, "acme", b"zone z1");
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let error = store.commit(batch()).await.unwrap_err();
        assert!(matches!(error, StoreError::Busy { waited_ms: 50, .. }), "{error}");
        assert!(error.is_retryable());
        // Reading goes on.
        assert_eq!(store.read(kinds::TENANT, "acme").await.unwrap(), None);
        other.execute_batch("ROLLBACK").unwrap();
        store.commit(batch()).await.unwrap();
        // And a program that only looks is welcome.
        let bytes: Vec<u8> =
            other.query_row("SELECT bytes FROM record WHERE key = 'acme'", [], |row| row.get(0)).unwrap();
        assert_eq!(bytes, b"zone z1");
    });
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    wait(async {
        let modes = || {
            let mut modes = Vec::new();
            for entry in fs::read_dir(folder.path()).unwrap() {
                let entry = entry.unwrap();
                let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
                modes.push((entry.file_name().into_string().unwrap(), mode));
            }
            modes.sort();
            modes
        };
        let store = open(&path).await.unwrap();
        store.commit(Batch::new().create(kinds::TENANT, "acme", b"")).await.unwrap();
        let names = ["paas.db", "paas.db-shm", "paas.db-wal", "paas.db.lock"];
        assert_eq!(modes(), names.map(|name| (name.to_owned(), 0o600)));
        store.close().await;

        // A copy that someone made with another mode.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let store = open(&path).await.unwrap();
        store.commit(Batch::new().create(kinds::TENANT, "other", b"")).await.unwrap();
        assert_eq!(modes()[0], ("paas.db".to_owned(), 0o600));
    });
}

#[test]
fn the_file_is_durable_by_its_own_account() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    let store = wait(open(&path)).unwrap();
    let look = rusqlite::Connection::open(&path).unwrap();
    let mode: String = look.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    let id: i64 = look.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    let format: i64 = look.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!((mode.as_str(), id.to_be_bytes(), format), ("wal", *b"\0\0\0\0PaaS", 1));
    drop(store);
}
