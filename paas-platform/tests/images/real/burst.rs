//! Many pushes at once, of which the registries tell.

use super::{
    bed::{Listener, Registries, open_namespace, platform, push, released_and_copied, trusted},
    server::Disk,
};
use paas_core::images::{
    Digest,
    promotion::{Happening, StateName, SyncRule},
};
use paas_platform::{ImageQuery, Images, ImagesSettings, seam::SystemClock, store::MemoryStore};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::task::JoinSet;

/// Images; each is pushed once, and every third one once more at once: 200 pushes.
const IMAGES: u64 = 150;
/// Who push at once.
const HANDS: u64 = 4;
/// Of which so many are copied.
const COPIED: usize = 20;

fn image(number: u64) -> String {
    format!("retail-shop/web-{}:{number}", number % 20)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_notifications_ends_with_the_right_states_and_our_own_copies_change_nothing() {
    let listener = Listener::start().await;
    let Some(registries) = Registries::start(Disk::Large, &listener.configuration).await else { return };
    let (from, to) = registries.clients();
    let clock = SystemClock::new();
    let platform = platform((from.clone(), to), MemoryStore::new(clock), clock).await;
    let images = trusted(&platform).images();
    listener.tells(images.clone());
    open_namespace(&trusted(&platform), SyncRule::Manual).await;
    let settings =
        ImagesSettings::default().look(Duration::from_millis(50)).sweep(Duration::from_secs(3_600));
    let keeping = images.keep(settings, |report| assert_eq!(report.unwrap().changes, []));

    let mut hands = JoinSet::new();
    for hand in 0..HANDS {
        let from = from.clone();
        hands.spawn(async move {
            let mut pushed = BTreeMap::new();
            for number in (hand..IMAGES).step_by(usize::try_from(HANDS).unwrap()) {
                let name = image(number);
                let mut last = push(&from, &name, number, &[500]).await;
                if number % 3 == 0 {
                    last = push(&from, &name, IMAGES + number, &[500]).await;
                }
                pushed.insert(name, last.digest);
            }
            pushed
        });
    }
    let wanted: BTreeMap<String, Digest> = hands.join_all().await.into_iter().flatten().collect();
    // Nobody sweeps: what is known was told.
    until_all_are(&images, &wanted).await;
    told_of(&listener.names, usize::try_from(IMAGES + IMAGES / 3).unwrap()).await;
    let listed = images.list("retail", &ImageQuery::default()).await.unwrap();
    assert!(listed.iter().all(|status| status.status == StateName::InDevelopment));
    assert_eq!(images.sweep().await.unwrap().changes, []);

    // Production tells the same listener of what the copies put there.
    let before = listener.names.load(Ordering::SeqCst);
    let copied: Vec<(&String, &Digest)> = wanted.iter().take(COPIED).collect();
    for (name, digest) in &copied {
        let copy = released_and_copied(&images, name, digest).await;
        assert_eq!(copy.wait().await.unwrap().what, Happening::Synced);
    }
    told_of(&listener.names, before + COPIED).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    for (name, _) in copied {
        let journal = images.journal(&name.parse().unwrap()).await.unwrap();
        let happened: Vec<_> = journal.iter().map(|entry| entry.change.what).collect();
        let [.., Happening::Pushed, Happening::Released, Happening::CopyBegan, Happening::Synced] =
            happened[..]
        else {
            panic!("{name}: {happened:?}")
        };
    }
    let synced = images.list("retail", &ImageQuery::default().state(StateName::Synced)).await.unwrap();
    assert_eq!(synced.len(), COPIED);
    assert_eq!(images.sweep().await.unwrap().changes, []);
    keeping.stop().await;
}

async fn until_all_are(images: &Images, wanted: &BTreeMap<String, Digest>) {
    let mut known = BTreeMap::new();
    for _ in 0..600 {
        let listed = images.list("retail", &ImageQuery::default()).await.unwrap();
        known =
            listed.into_iter().map(|status| (status.image.name.to_string(), status.image.digest)).collect();
        if known == *wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(known, *wanted);
}

/// Waits until so many names were told.
async fn told_of(names: &AtomicUsize, count: usize) {
    for _ in 0..600 {
        if names.load(Ordering::SeqCst) >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} names were told, of {count}", names.load(Ordering::SeqCst));
}
