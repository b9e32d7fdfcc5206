//! Images are copied whole, and with their digests, whatever they are made of.

use crate::support::{builder, copier, images, order, pair, registry::Registry};
use paas_client::{
    registry::{Descriptor, Digest, Manifest, media_type},
    transport::Method,
};
use paas_registry::{CopyErrorKind, CopyLimits, Side};
use serde_json::json;

const NAME: &str = "team/web:1";
const REPOSITORY: &str = "team/web";

/// The destination has this under the tag, and all that belongs to it.
fn has(destination: &Registry, manifest: &Manifest) {
    let state = destination.state();
    assert_eq!(state.tag(REPOSITORY, "1"), Some(manifest.digest()));
    let kept = &state.repositories[REPOSITORY].manifests[manifest.digest()];
    assert_eq!((kept.bytes(), kept.media_type()), (manifest.bytes(), manifest.media_type()));
    assert_eq!(state.missing(), Vec::<String>::new());
    assert_eq!(state.incomplete, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_image_arrives_with_its_digest() {
    let (test, production) = pair();
    let manifest = images::tagged(&test, NAME, 1, &[100, 5_000_000, 200]);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.digest, *manifest.digest());
    assert_eq!((copied.blobs_sent, copied.manifests, copied.unchanged), (4, 1, false));
    assert_eq!((copied.blobs_mounted, copied.blobs_there, copied.retries), (0, 0, 0));
    has(&production, &manifest);
    assert_eq!(test.count(Method::Get, "/blobs/"), 4);
    // The manifest comes after all blobs, and then the tag is read.
    let log = production.take_log();
    let last: Vec<_> = log.iter().rev().take(2).map(|asked| (asked.method, asked.path.as_str())).collect();
    assert_eq!(last, [(Method::Head, "/v2/team/web/manifests/1"), (Method::Put, "/v2/team/web/manifests/1")]);
}

#[tokio::test(start_paused = true)]
async fn so_does_one_in_docker_s_format() {
    let (test, production) = pair();
    let layers = [1, 2].map(|seed| images::layer(&test, REPOSITORY, images::bytes(seed, 1_000)));
    let kind = media_type::DOCKER_MANIFEST;
    let manifest = images::image_of(&test, REPOSITORY, kind, &layers, &json!({}));
    images::tag(&test, REPOSITORY, "1", &manifest);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    has(&production, &manifest);
}

#[tokio::test(start_paused = true)]
async fn an_index_brings_all_its_children_first() {
    let (test, production) = pair();
    let shared = images::layer(&test, REPOSITORY, images::bytes(1, 10_000));
    let own = |seed| images::layer(&test, REPOSITORY, images::bytes(seed, 1_000));
    let children: Vec<Manifest> =
        (2..8).map(|seed| images::image(&test, REPOSITORY, &[shared.clone(), own(seed)])).collect();
    let mut entries: Vec<Descriptor> = children.iter().map(Manifest::descriptor).collect();
    // One in another, one twice.
    let inner = images::index(&test, REPOSITORY, &entries.split_off(4));
    entries.extend([inner.descriptor(), entries[0].clone()]);
    let index = images::index(&test, REPOSITORY, &entries);
    images::tag(&test, REPOSITORY, "1", &index);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    has(&production, &index);
    // A layer of all, and for each one of its own and a configuration.
    assert_eq!((copied.manifests, copied.blobs_sent), (8, 13));
    // The layer of all was read once.
    assert_eq!(test.count(Method::Get, &shared.digest.to_string()), 1);
}

#[tokio::test(start_paused = true)]
async fn children_that_are_there_are_not_brought_again() {
    let (test, production) = pair();
    let children: Vec<Descriptor> = (0..5)
        .map(|seed| {
            let layer = images::layer(&test, REPOSITORY, images::bytes(seed, 1_000));
            images::image(&test, REPOSITORY, &[layer]).descriptor()
        })
        .collect();
    let first = images::index(&test, REPOSITORY, &children[..4]);
    images::tag(&test, REPOSITORY, "1", &first);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    let second = images::index(&test, REPOSITORY, &children);
    images::tag(&test, REPOSITORY, "2", &second);
    test.take_log();
    let copied = copier().copy(order(&test, &production, "team/web:2")).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.manifests), (2, 2));
    assert_eq!(test.count(Method::Get, "/blobs/"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_cache_of_builds_is_an_index_of_layers() {
    let (test, production) = pair();
    let layers = [1, 2, 3].map(|seed| images::layer(&test, REPOSITORY, images::bytes(seed, 500)));
    let index = images::index(&test, REPOSITORY, &layers);
    images::tag(&test, REPOSITORY, "1", &index);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(index.digest()));
    assert!(
        layers
            .iter()
            .all(|layer| production.state().repositories[REPOSITORY].blobs.contains_key(&layer.digest))
    );
}

/// A layer that a licence forbids to distribute.
fn foreign(test: &Registry, content: &[u8]) -> Descriptor {
    let mut layer = images::blob(test, REPOSITORY, images::FOREIGN, content.to_vec());
    layer.urls = vec!["https://vendor.bank.test/layer".to_owned()];
    layer
}

#[tokio::test(start_paused = true)]
async fn foreign_layers_stay_away_unless_they_are_asked_for() {
    let (test, production) = pair();
    let layers = [foreign(&test, b"licensed"), images::layer(&test, REPOSITORY, b"own".to_vec())];
    let manifest = images::image(&test, REPOSITORY, &layers);
    images::tag(&test, REPOSITORY, "1", &manifest);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    has(&production, &manifest);
    assert_eq!((copied.foreign_layers, copied.blobs_sent), (1, 2));
    assert!(!production.state().repositories[REPOSITORY].blobs.contains_key(&layers[0].digest));

    let other = Registry::new("other.bank.test");
    let copied = copier().copy(order(&test, &other, NAME).with_foreign_layers()).await.unwrap();
    assert_eq!((copied.foreign_layers, copied.blobs_sent), (0, 3));
    assert!(other.state().repositories[REPOSITORY].blobs.contains_key(&layers[0].digest));
    // What the source does not have, it cannot give.
    test.state().repository(REPOSITORY).blobs.remove(&layers[0].digest);
    let third = Registry::new("third.bank.test");
    let copied = copier().copy(order(&test, &third, NAME).with_foreign_layers()).await.unwrap();
    assert_eq!((copied.foreign_layers, copied.blobs_sent), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn layers_that_lie_elsewhere_too_are_copied_if_the_source_has_them() {
    let (test, production) = pair();
    let mut layers = [1, 2].map(|seed| images::layer(&test, REPOSITORY, images::bytes(seed, 500)));
    for layer in &mut layers {
        layer.urls = vec!["https://mirror.bank.test/layer".to_owned()];
    }
    let manifest = images::image(&test, REPOSITORY, &layers);
    images::tag(&test, REPOSITORY, "1", &manifest);
    test.state().repository(REPOSITORY).blobs.remove(&layers[1].digest);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!((copied.foreign_layers, copied.blobs_sent), (1, 2));
    has(&production, &manifest);
}

#[tokio::test(start_paused = true)]
async fn blobs_may_be_empty_and_occur_twice() {
    let (test, production) = pair();
    let layer = images::layer(&test, REPOSITORY, images::bytes(1, 70_000));
    let empty = images::layer(&test, REPOSITORY, Vec::new());
    let manifest = images::image(&test, REPOSITORY, &[layer.clone(), empty.clone(), layer, empty]);
    images::tag(&test, REPOSITORY, "1", &manifest);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.blobs_sent, 3);
    has(&production, &manifest);
}

#[tokio::test(start_paused = true)]
async fn by_digest_there_is_no_tag() {
    let (test, production) = pair();
    let manifest = images::tagged(&test, NAME, 1, &[100]);
    let name = format!("team/web@{}", manifest.digest());
    copier().copy(order(&test, &production, &name)).await.unwrap();
    let there = production.state().repositories[REPOSITORY].clone();
    assert!(there.manifests.contains_key(manifest.digest()) && there.tags.is_empty());
    // The source is not asked what it would have.
    test.take_log();
    assert!(copier().copy(order(&test, &production, &name)).await.unwrap().unchanged);
    assert_eq!(test.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_the_source_lacks_is_told_and_nothing_is_tagged() {
    let (test, production) = pair();
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::SourceMissing, Some(Side::Source)));
    assert_eq!(error.place(), "https://test.bank.test/team/web:1");

    let layer = images::layer(&test, REPOSITORY, images::bytes(1, 100));
    let child = images::image(&test, REPOSITORY, std::slice::from_ref(&layer));
    let lost = Digest::of("lost");
    let gone = Descriptor::new(media_type::OCI_MANIFEST, lost.clone(), 4);
    let index = images::index(&test, REPOSITORY, &[child.descriptor(), gone]);
    images::tag(&test, REPOSITORY, "1", &index);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.content()), (CopyErrorKind::SourceBroken, Some(&lost)));

    images::tag(&test, REPOSITORY, "1", &child);
    test.state().repository(REPOSITORY).blobs.remove(&layer.digest);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.content()), (CopyErrorKind::SourceBroken, Some(&layer.digest)));
    assert!(!error.is_retryable());

    let state = production.state();
    assert!(state.repositories.values().all(|repository| repository.tags.is_empty()));
    assert!(state.uploads.is_empty(), "an upload was left behind");
}

#[tokio::test(start_paused = true)]
async fn sizes_are_those_of_the_manifest() {
    for (told, kind) in [(99, CopyErrorKind::SourceBroken), (101, CopyErrorKind::SourceBroken)] {
        let (test, production) = pair();
        let mut layer = images::layer(&test, REPOSITORY, images::bytes(1, 100));
        layer.size = told;
        let manifest = images::image(&test, REPOSITORY, &[layer]);
        images::tag(&test, REPOSITORY, "1", &manifest);
        let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(production.state().tag(REPOSITORY, "1"), None);
    }
}

#[tokio::test(start_paused = true)]
async fn indexes_have_a_bound() {
    let (test, production) = pair();
    let layer = images::layer(&test, REPOSITORY, images::bytes(1, 100));
    let mut deep = images::image(&test, REPOSITORY, &[layer]);
    for _ in 0..4 {
        deep = images::index(&test, REPOSITORY, &[deep.descriptor()]);
    }
    images::tag(&test, REPOSITORY, "1", &deep);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    has(&production, &deep);
    let deeper = images::index(&test, REPOSITORY, &[deep.descriptor()]);
    images::tag(&test, REPOSITORY, "2", &deeper);
    let error = copier().copy(order(&test, &production, "team/web:2")).await.unwrap_err();
    assert_eq!(error.kind(), CopyErrorKind::Refused);
    assert!(error.to_string().contains("deep in each other"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn so_has_the_number_of_manifests_of_an_image() {
    let (test, production) = pair();
    let children: Vec<Descriptor> = (0..2_000_u32)
        .map(|number| {
            let annotation = json!({ "annotations": { "number": number.to_string() } });
            let kind = media_type::OCI_MANIFEST;
            // The destination has it already.
            images::image_of(&production, REPOSITORY, kind, &[], &annotation);
            images::image_of(&test, REPOSITORY, kind, &[], &annotation).descriptor()
        })
        .collect();
    for (tag, children) in [("1", &children[1..]), ("2", &children[..])] {
        images::tag(&test, REPOSITORY, tag, &images::index(&test, REPOSITORY, children));
    }
    let leave_out = |tag: &str| {
        let order = order(&test, &production, &format!("{REPOSITORY}:{tag}"));
        order.attachments(paas_registry::Attachments::LeaveOut)
    };
    // With the index itself, two thousand.
    assert_eq!(copier().copy(leave_out("1")).await.unwrap().manifests, 1);
    let error = copier().copy(leave_out("2")).await.unwrap_err();
    assert_eq!(error.kind(), CopyErrorKind::Refused);
    assert!(error.to_string().contains("more than 2000 manifests"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn manifests_fit_into_the_memory_that_is_allowed() {
    let (test, production) = pair();
    let large = json!({ "annotations": { "long": "x".repeat(1_200_000) } });
    let children = [1, 2].map(|seed| {
        let layer = images::layer(&test, REPOSITORY, images::bytes(seed, 100));
        images::image_of(&test, REPOSITORY, media_type::OCI_MANIFEST, &[layer], &large).descriptor()
    });
    images::tag(&test, REPOSITORY, "1", &images::index(&test, REPOSITORY, &children));
    let with = |megabytes: usize| {
        let limits = CopyLimits { images: 1, blobs: 1, memory: megabytes << 20, ..CopyLimits::default() };
        builder().limits(limits).build().unwrap().copy(order(&test, &production, NAME))
    };
    let error = with(2).await.unwrap_err();
    assert_eq!(error.kind(), CopyErrorKind::Refused);
    assert!(error.to_string().contains("memory"), "{error}");
    // One after the other they fit.
    with(3).await.unwrap();
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn manifests_that_claim_to_be_two_things_are_refused() {
    let (test, production) = pair();
    let more = json!({ "manifests": [] });
    let both = images::image_of(&test, REPOSITORY, media_type::OCI_MANIFEST, &[], &more);
    images::tag(&test, REPOSITORY, "1", &both);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::Refused, Some(Side::Source)));
    assert_eq!(production.count(Method::Put, "/"), 0);
}
