//! Production's disk is full, and then has room.

use super::{
    bed::{Hurried, Registries, automatic, open_namespace, platform, push, trusted, until_failed, until_in},
    server::{Disk, Registry},
};
use paas_core::images::promotion::{FailureKind, Happening, StateName};
use paas_platform::{ImagesSettings, store::MemoryStore};
use serde_json::Value;
use std::time::SystemTime;

const WEB: &str = "retail-shop/web:1.4";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_and_waited_for() {
    if !Registry::can_be_small() {
        eprintln!("skipped: no file system can be made here, by `unshare --user --mount`");
        return;
    }
    // Of 16 MiB, 4 are left: the small layers fit.
    waits_for_room(Disk::Small(16 << 20), FailureKind::StorageFull, "no space left on device").await;
}

/// The same where no file system can be made: then the registry may write no large files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_takes_no_large_file_is_waited_for() {
    waits_for_room(Disk::SmallFiles(1 << 20), FailureKind::Unavailable, "the server failed (status 500")
        .await;
}

async fn waits_for_room(disk: Disk, kind: FailureKind, words: &str) {
    let Some(registries) = Registries::start(disk, &Value::Null).await else { return };
    let (from, to) = registries.clients();
    let clock = Hurried(SystemTime::now());
    let platform = platform((from.clone(), to), MemoryStore::new(clock), clock).await;
    let images = trusted(&platform).images();
    open_namespace(&trusted(&platform), automatic()).await;
    let (small, large) = (400_000, 6_000_000);
    let pushed = push(&from, WEB, 1, &[small, small, small, large]).await;
    images.look(&WEB.parse().unwrap()).await.unwrap();
    images.release(&WEB.parse().unwrap(), &pushed.digest).await.unwrap();
    let keeping = images.keep(ImagesSettings::default(), |_| ());

    let (status, failure) = until_failed(&images, WEB).await;
    assert_eq!(failure.kind, kind, "{status:?}");
    assert!(failure.message.contains(words), "{}", failure.message);
    // What fits has arrived, but for what was broken off beside the large one; and nothing is visible that is not whole.
    assert_eq!(registries.in_production(WEB).await, None);
    let arrived = registries.arrived("retail-shop/web", &pushed.contents).await;
    assert!((1..=4).contains(&arrived), "{arrived}");
    let missing = (4 - arrived) as u64 * small as u64;

    keeping.stop().await;
    let before = registries.proxy.sent();
    registries.production.make_room();
    let keeping = images.keep(ImagesSettings::default(), |_| ());
    until_in(&images, WEB, StateName::Synced).await;
    assert_eq!(registries.in_production(WEB).await, Some(pushed.digest));
    let sent = registries.proxy.sent() - before;
    let large = large as u64;
    assert!((large..large + missing + small as u64 / 2).contains(&sent), "{sent} bytes were sent");
    keeping.stop().await;
    let journal = images.journal(&WEB.parse().unwrap()).await.unwrap();
    assert!(journal.iter().any(|entry| entry.change.what == Happening::CopyFailed), "{journal:?}");
}
