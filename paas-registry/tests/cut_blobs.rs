//! Blobs of the destination that are shorter than they should be: its disk was full once, or its machine went down.

use crate::support::{
    client, copier, images, order, pair, place_by, production,
    registry::{Fault, Faults, Manners, Registry},
};
use paas_client::{registry::Digest, transport::Method};
use paas_registry::{Copied, Copier, CopyErrorKind, CopyOrder, Side};
use std::sync::Arc;

const NAME: &str = "team/web:1";

/// An image whose configuration and one of whose layers were cut at the destination, which has no manifest of it.
async fn cut(test: &Registry, production: &Registry, copier: &Copier) -> Vec<Digest> {
    let manifest = images::tagged(test, NAME, 1, &[1_000, 2_000, 2_500_000]);
    copier.copy(order(test, production, NAME)).await.unwrap();
    let mut state = production.state();
    let there = state.repository("team/web");
    (there.tags, there.manifests) = Default::default();
    let mut cut = Vec::new();
    for blob in there.blobs.values_mut().filter(|blob| blob.len() != 1_000 && blob.len() != 2_000) {
        cut.push(Digest::of(blob.as_slice()));
        *blob = Arc::new(blob[..blob.len() / 2].to_vec());
    }
    assert_eq!(cut.len(), 2, "{manifest:?}");
    cut
}

fn is_whole(production: &Registry, digest: &Digest) -> bool {
    digest.is_of(production.state().repositories["team/web"].blobs[digest].as_slice())
}

async fn again(test: &Registry, production: &Registry, copier: &Copier) -> paas_registry::Result<Copied> {
    production.take_log();
    copier.copy(order(test, production, NAME)).await
}

#[tokio::test(start_paused = true)]
async fn a_blob_that_was_cut_is_sent_again() {
    for mounts in [true, false] {
        let test = Registry::new("test.bank.test");
        let production = production(Manners { mounts, ..Manners::default() });
        let cut = cut(&test, &production, &copier()).await;
        let copied = again(&test, &production, &copier()).await.unwrap();
        assert_eq!((copied.blobs_sent, copied.blobs_there), (2, 2), "{mounts}");
        assert!(cut.iter().all(|digest| is_whole(&production, digest)));
        assert!(production.state().uploads.is_empty(), "{mounts}");
        // What was whole was not sent.
        assert_eq!(production.count(Method::Put, "/uploads/"), 2);
    }
}

/// A registry that says of a mount that it is done says nothing of the size.
#[tokio::test(start_paused = true)]
async fn so_is_one_of_which_a_mount_says_that_it_is_there() {
    let (test, production) = pair();
    let cut = cut(&test, &production, &copier()).await;
    // It learns that this registry answers mounts within a repository.
    let copier = copier();
    images::tagged(&test, "team/other:1", 9, &[700, 800]);
    copier.copy(order(&test, &production, "team/other:1")).await.unwrap();
    let copied = again(&test, &production, &copier).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (2, 2));
    assert!(cut.iter().all(|digest| is_whole(&production, digest)));
    assert!(production.state().uploads.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_keeps_it_cut_is_told_of() {
    let test = Registry::new("test.bank.test");
    let production = production(Manners { keeps_blobs: true, ..Manners::default() });
    let cut = cut(&test, &production, &copier()).await;
    let error = again(&test, &production, &copier()).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::ContentDamaged, Some(Side::Destination)));
    let told = error.to_string();
    assert!(told.contains("keeps") && told.contains("bytes"), "{told}");
    assert!(cut.iter().any(|digest| told.contains(digest.hex())), "{told}");
    assert_eq!(production.state().tag("team/web", "1"), None);
    // It is sent once, and not again and again.
    let sent = production.take_log().into_iter().filter(|asked| asked.is(Method::Put, "/uploads/"));
    assert!(sent.count() <= 2);
    assert!(production.state().uploads.is_empty());
}

/// A proxy may leave nothing of the length in a head.
#[tokio::test(start_paused = true)]
async fn a_head_that_lies_about_the_size_has_nothing_sent() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000, 2_000, 2_500_000]);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    production.state().repository("team/web").tags.clear();
    production.fails(Faults::first(usize::MAX, "HEAD", "/blobs/", Fault::LiesAboutLength));
    let copied = again(&test, &production, &copier()).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (0, 4));
    assert!(production.state().uploads.is_empty());
}

/// Somebody else's repository has it cut, and this one gets it by a mount.
#[tokio::test(start_paused = true)]
async fn what_is_known_of_another_repository_was_whole_when_it_was_seen() {
    let (test, production) = pair();
    let cut = cut(&test, &production, &copier()).await;
    let copier = copier();
    again(&test, &production, &copier).await.unwrap();
    images::tagged(&test, "team/api:1", 1, &[1_000, 2_000, 2_500_000]);
    let order =
        CopyOrder::new(place_by(client(&test), "team/api:1"), place_by(client(&production), "team/api:1"));
    let copied = copier.copy(order).await.unwrap();
    assert_eq!(copied.blobs_sent, 0);
    let state = production.state();
    assert!(cut.iter().all(|digest| digest.is_of(state.repositories["team/api"].blobs[digest].as_slice())));
}
