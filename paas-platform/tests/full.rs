//! No room, no permission.

use crate::{items, wait};
use paas_platform::{
    seam::SystemClock,
    store::{Batch, Item, SqliteOptions, SqliteStore, Store, StoreError, kinds},
};

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    wait(async {
        let store = SqliteOptions::new().quota(512 * 1024).open(&path, SystemClock::new()).await.unwrap();
        let mut written = Vec::new();
        let error = loop {
            let number = written.len() as u64 + 1;
            let batch = Batch::new().create(kinds::RELEASE, format!("r{number}"), vec![7; 20_000]);
            match store.commit(batch.append("op-1", number, b"made")).await {
                Ok(done) => written.push(done.version),
                Err(error) => break error,
            }
            assert!(number < 100, "the quota does not hold");
        };
        assert!(matches!(error, StoreError::Full { .. }), "{error}");
        assert!(!error.is_retryable());
        assert!(error.to_string().contains("free some"), "{error}");
        assert!(written.len() > 10, "{}", written.len());

        // What was there is there, whole; nothing of the refused batch is.
        store.verify().await.unwrap();
        let count = |items: Vec<Item>| {
            let records = items.iter().filter(|item| matches!(item, Item::Record(_))).count();
            (records, items.iter().filter(|item| matches!(item, Item::Entry(_))).count())
        };
        assert_eq!(count(items(&store).await.unwrap()), (written.len(), written.len()));

        // And when there is room again, it goes on.
        let free = (1..=5).zip(&written).fold(Batch::new(), |batch, (number, version)| {
            batch.delete(kinds::RELEASE, format!("r{number}"), *version)
        });
        store.commit(free).await.unwrap();
        store.commit(Batch::new().create(kinds::RELEASE, "again", vec![7; 20_000])).await.unwrap();
    });
}

/// The superuser may write everywhere, so the folder is tried as somebody else where the test runs as that.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    use std::{
        fs,
        os::unix::{
            fs::{MetadataExt, PermissionsExt},
            process::CommandExt,
        },
        process::Command,
    };
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    drop(wait(SqliteStore::open(&path, SystemClock::new())).unwrap());
    // Where anybody may run it from.
    let program = folder.path().join("writer");
    fs::copy(env!("CARGO_BIN_EXE_store-writer"), &program).unwrap();
    let mode =
        |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&program, 0o555);
    let superuser = fs::metadata(&path).unwrap().uid() == 0;

    let try_it = |file: u32, lock: u32, directory: u32| {
        mode(&path, file);
        mode(&folder.path().join("paas.db.lock"), lock);
        mode(folder.path(), directory);
        let mut command = Command::new(&program);
        if superuser {
            command.uid(NOBODY);
        }
        let output = command.arg(&path).arg("1").output().unwrap();
        mode(folder.path(), 0o755);
        String::from_utf8(output.stdout).unwrap()
    };
    for said in [
        // Nothing may be written; the lock may be; the file may be too, but nothing beside it.
        try_it(0o444, 0o444, 0o555),
        try_it(0o444, 0o666, 0o555),
        try_it(0o666, 0o666, 0o555),
    ] {
        assert!(said.starts_with("store.read_only: "), "{said}");
        assert!(said.contains("let the user of this process write the file and its folder"), "{said}");
    }
    fs::remove_file(folder.path().join("paas.db.lock")).unwrap();
    mode(folder.path(), 0o555);
    let mut command = Command::new(&program);
    if superuser {
        command.uid(NOBODY);
    }
    let output = command.arg(folder.path().join("new.db")).output().unwrap();
    mode(folder.path(), 0o755);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("store.read_only: "), "{said}");
}
