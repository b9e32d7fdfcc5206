//! Somebody pushes something else while an image is being copied.

use super::{
    bed::{
        Listener, Registries, open_namespace, platform, push, released_and_copied, trusted, until, until_in,
    },
    server::{Disk, program},
};
use paas_core::images::promotion::{Happening, State, StateName, SyncRule};
use paas_platform::{ImagesSettings, seam::SystemClock, store::MemoryStore};
use std::{process::Command, time::Duration};

const WEB: &str = "retail-shop/web:1.4";
/// So much of the large layer goes to production before it stands still.
const HALF: u64 = 2_000_000;
const SIZES: [usize; 2] = [50_000, 4_000_000];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_during_a_copy_begins_anew_when_the_copy_has_ended_well_or_not() {
    let Some(skopeo) = program("PAAS_SKOPEO") else { return };
    let listener = Listener::start().await;
    let Some(mut registries) = Registries::start(Disk::Large, &listener.configuration).await else { return };
    let (from, to) = registries.clients();
    let clock = SystemClock::new();
    let platform = platform((from.clone(), to), MemoryStore::new(clock), clock).await;
    let images = trusted(&platform).images();
    listener.tells(images.clone());
    open_namespace(&trusted(&platform), SyncRule::Manual).await;
    let settings = ImagesSettings::default().look(Duration::from_millis(100));
    let keeping = images.keep(settings, |report| assert_eq!(report.unwrap().failures, []));

    let first = push(&from, WEB, 1, &SIZES).await;
    until_in(&images, WEB, StateName::InDevelopment).await;
    registries.proxy.hold_after(HALF);
    let copy = released_and_copied(&images, WEB, &first.digest).await;
    registries.proxy.until_held().await;
    until_in(&images, WEB, StateName::Syncing).await;

    // A real client moves the tag to what lies elsewhere in the test registry.
    let test = format!("docker://127.0.0.1:{}", registries.test.port);
    let moved_to = async |other: &str| {
        let mut command = Command::new(&skopeo);
        command.args(["--insecure-policy", "copy", "--preserve-digests"]);
        command.args(["--src-tls-verify=false", "--dest-tls-verify=false"]);
        command.args([format!("{test}/{other}"), format!("{test}/{WEB}")]);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let second = push(&from, "elsewhere/web:2", 2, &SIZES).await;
    moved_to("elsewhere/web:2").await;
    let status = until_in(&images, WEB, StateName::Superseded).await;
    let State::Syncing(syncing) = &status.image.state else { panic!("{status:?}") };
    assert!(syncing.superseded && syncing.copy.id == *copy.id());
    assert_eq!((&status.image.digest, &syncing.approval.digest), (&second.digest, &first.digest));
    assert_eq!(registries.in_production(WEB).await, None);

    // The copy goes on to its end: what was released is in production, and what was pushed waits for a release.
    registries.proxy.let_through();
    let change = copy.wait().await.unwrap();
    assert_eq!((change.what, change.to), (Happening::CopyEnded, Some(StateName::InDevelopment)), "{change}");
    let status = until_in(&images, WEB, StateName::InDevelopment).await;
    assert_eq!(status.image.digest, second.digest);
    assert_eq!(status.image.production.digest(), Some(&first.digest), "{status:?}");
    assert_eq!(registries.in_production(WEB).await.as_ref(), Some(&first.digest));

    // The next one fails, since production goes down.
    registries.proxy.hold_after(HALF);
    let copy = released_and_copied(&images, WEB, &second.digest).await;
    registries.proxy.until_held().await;
    let third = push(&from, "elsewhere/web:3", 3, &SIZES).await;
    moved_to("elsewhere/web:3").await;
    until_in(&images, WEB, StateName::Superseded).await;
    registries.production.kill();
    registries.proxy.let_through();
    let change = copy.wait().await.unwrap();
    assert_eq!((change.what, change.to), (Happening::CopyEnded, Some(StateName::InDevelopment)), "{change}");
    assert!(change.failure.is_some(), "{change}");
    let status = until(&images, WEB, |status| status.image.digest == third.digest).await;
    assert_eq!(status.status, StateName::InDevelopment);

    // What was pushed last is released, and takes the place of what production holds.
    registries.production.start_again().await;
    let copy = released_and_copied(&images, WEB, &third.digest).await;
    assert_eq!(copy.wait().await.unwrap().what, Happening::Synced);
    assert_eq!(registries.in_production(WEB).await.as_ref(), Some(&third.digest));
    keeping.stop().await;
}
