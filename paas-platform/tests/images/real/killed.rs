//! A process of the platform is killed in the middle of a copy, and the next one goes on.

use super::{
    bed::{
        Hurried, Registries, automatic, client, open_namespace, platform, push, trusted, until_failed,
        until_in,
    },
    server::Disk,
};
use paas_core::images::promotion::{FailureKind, StateName};
use paas_platform::{ImagesSettings, store::SqliteStore};
use serde_json::Value;
use std::{
    env,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

/// Tells a process that it is the one that is killed: when its clock began, its store, and the two registries.
const CHILD: &str = "PAAS_PLATFORM_UNTIL_KILLED";

const WEB: &str = "retail-shop/web:1.4";
const SMALL: usize = 300_000;
const LARGE: usize = 6_000_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_is_killed_leaves_a_copy_that_the_next_one_ends() {
    if let Ok(told) = env::var(CHILD) {
        return until_killed(&told).await;
    }
    let Some(registries) = Registries::start(Disk::Large, &Value::Null).await else { return };
    let (from, to) = registries.clients();
    let pushed = push(&from, WEB, 1, &[SMALL, SMALL, SMALL, LARGE]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paas.db");
    let clock = Hurried(SystemTime::now());

    // In the middle of the large layer.
    registries.proxy.hold_after(2_000_000);
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([
        "images::real::killed::a_platform_that_is_killed_leaves_a_copy_that_the_next_one_ends",
        "--exact",
        "--nocapture",
    ]);
    let began = clock.0.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
    let told = format!("{began} {} {} {}", path.display(), registries.test.url(), registries.proxy.url);
    let mut child = command.env(CHILD, told).stdout(Stdio::null()).spawn().unwrap();
    registries.proxy.until_held().await;
    while registries.arrived("retail-shop/web", &pushed.contents).await < 4 {
        assert_eq!(child.try_wait().unwrap(), None);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // With signal 9: nothing of it runs any more.
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().is_none(), "it ended by itself: {status}");
    // What had left it and had not arrived does not arrive.
    registries.proxy.cut();

    let store = SqliteStore::open(&path, clock).await.unwrap();
    let platform = platform((from, to), store, clock).await;
    let images = trusted(&platform).images();
    let status = images.read(&WEB.parse().unwrap()).await.unwrap();
    assert_eq!(status.status, StateName::Syncing, "the killed one can have said nothing");
    assert_eq!(registries.in_production(WEB).await, None);
    let before = registries.proxy.sent();
    let keeping = images.keep(ImagesSettings::default(), |report| assert_eq!(report.unwrap().failures, []));
    let (status, failure) = until_failed(&images, WEB).await;
    assert_eq!(failure.kind, FailureKind::LeaseLost, "{status:?}");
    until_in(&images, WEB, StateName::Synced).await;
    keeping.stop().await;

    assert_eq!(registries.in_production(WEB).await, Some(pushed.digest));
    assert_eq!(registries.arrived("retail-shop/web", &pushed.contents).await, 5);
    // The large layer, and requests; the others were there.
    let sent = registries.proxy.sent() - before;
    assert!((LARGE as u64..(LARGE + SMALL / 2) as u64).contains(&sent), "{sent} bytes were sent");
}

/// Releases the image, and copies it until the process is killed.
async fn until_killed(told: &str) {
    let words: Vec<&str> = told.split(' ').collect();
    let [began, path, test, production] = words[..] else { panic!("{told}") };
    let clock = Hurried(SystemTime::UNIX_EPOCH + Duration::from_millis(began.parse().unwrap()));
    let store = SqliteStore::open(Path::new(path), clock).await.unwrap();
    let platform = platform((client(test), client(production)), store, clock).await;
    open_namespace(&trusted(&platform), automatic()).await;
    let (images, name) = (trusted(&platform).images(), WEB.parse().unwrap());
    let status = images.look(&name).await.unwrap().unwrap();
    images.release(&name, &status.image.digest).await.unwrap();
    let (_, copy) = images.sync(&name).await.unwrap();
    copy.unwrap().wait().await;
}
