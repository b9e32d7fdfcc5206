//! Signatures, bills of materials and what else is about an image go with it.

use crate::support::{
    copier, images, order, pair,
    registry::{Manners, Registry},
};
use paas_client::{
    registry::{Content, Descriptor, Digest, Manifest, media_type},
    transport::Method,
};
use paas_registry::{Attachments, CopyErrorKind, Overwrite, Side};
use serde_json::json;
use std::time::Duration;

const NAME: &str = "team/web:1";
const REPOSITORY: &str = "team/web";
const SIGNATURE: &str = "application/vnd.bank.signature";

/// A registry with a list of referrers, or without.
fn registry(host: &str, referrers: bool) -> Registry {
    Registry::with(host, Manners { referrers, ..Manners::default() })
}

/// An artifact about a manifest. A registry without a list has it under the tag that stands for that.
fn sign(registry: &Registry, about: &Manifest, seed: u64) -> Manifest {
    let layer = images::blob(registry, REPOSITORY, SIGNATURE, images::bytes(seed, 300));
    let more = json!({
        "subject": about.descriptor(), "artifactType": SIGNATURE, "annotations": { "by": seed.to_string() },
    });
    let signature = images::image_of(registry, REPOSITORY, media_type::OCI_MANIFEST, &[layer], &more);
    if !registry.manners().referrers {
        let tag = about.digest().fallback_tag();
        let mut entries = listed(registry, about);
        let mut entry = signature.descriptor();
        entry.artifact_type = Some(SIGNATURE.to_owned());
        entries.push(entry);
        let list = images::index(registry, REPOSITORY, &entries);
        images::tag(registry, REPOSITORY, tag.as_str(), &list);
    }
    signature
}

/// What stands in the list under the tag.
fn listed(registry: &Registry, about: &Manifest) -> Vec<Descriptor> {
    let state = registry.state();
    let Some(there) = state.repositories.get(REPOSITORY) else { return Vec::new() };
    let list = there.tags.get(about.digest().fallback_tag().as_str()).map(|digest| &there.manifests[digest]);
    match list.map(|list| list.content().unwrap()) {
        Some(Content::Index { manifests, .. }) => manifests,
        _ => Vec::new(),
    }
}

/// Something under a tag of cosign.
fn cosign(registry: &Registry, about: &Manifest, suffix: &str, seeds: &[u64]) -> Manifest {
    let layers: Vec<Descriptor> =
        seeds.iter().map(|seed| images::layer(registry, REPOSITORY, images::bytes(*seed, 200))).collect();
    let manifest = images::image(registry, REPOSITORY, &layers);
    images::tag(registry, REPOSITORY, &format!("{}.{suffix}", about.digest().fallback_tag()), &manifest);
    manifest
}

fn has(registry: &Registry, manifest: &Manifest) -> bool {
    let state = registry.state();
    let there = &state.repositories[REPOSITORY];
    there.manifests.get(manifest.digest()).is_some_and(|manifest| there.lacks(manifest, true).is_empty())
}

#[tokio::test(start_paused = true)]
async fn referrers_go_between_registries_of_both_kinds() {
    for (from, to) in [(true, true), (true, false), (false, true), (false, false)] {
        let (test, production) = (registry("test.bank.test", from), registry("production.bank.test", to));
        let image = images::tagged(&test, NAME, 1, &[1_000]);
        let signatures = [sign(&test, &image, 10), sign(&test, &image, 11)];
        // About what is about it.
        let nested = sign(&test, &signatures[1], 12);
        let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
        assert_eq!(copied.attachments, 3, "{from} {to}");
        for signature in signatures.iter().chain([&nested]) {
            assert!(has(&production, signature), "{from} {to}");
        }
        if !to {
            let mut names: Vec<Digest> =
                listed(&production, &image).into_iter().map(|entry| entry.digest).collect();
            names.sort();
            let mut expected: Vec<Digest> = signatures.iter().map(|one| one.digest().clone()).collect();
            expected.sort();
            assert_eq!(names, expected);
            let entry = &listed(&production, &signatures[1])[0];
            assert_eq!(entry.artifact_type.as_deref(), Some(SIGNATURE));
            assert_eq!(entry.annotations["by"], "12");
        }
        assert_eq!(production.state().missing(), Vec::<String>::new());
        // Whoever sees the tag finds the signatures.
        let log = production.take_log();
        let last = log.iter().rposition(|asked| asked.is(Method::Put, "/manifests/")).unwrap();
        assert!(log[last].path.ends_with("/manifests/1"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_there_is_added_to() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let own = sign(&production, &image, 50);
    let ours = sign(&test, &image, 10);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    let names: Vec<Digest> = listed(&production, &image).into_iter().map(|entry| entry.digest).collect();
    assert_eq!(names, [own.digest().clone(), ours.digest().clone()]);
    // Once more changes nothing.
    production.state().repository(REPOSITORY).tags.remove("1");
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!((copied.attachments, listed(&production, &image).len()), (0, 2));
}

#[tokio::test(start_paused = true)]
async fn children_of_an_index_have_their_own() {
    let (test, production) = pair();
    let children: Vec<Manifest> = (0..3)
        .map(|seed| {
            let layer = images::layer(&test, REPOSITORY, images::bytes(seed, 100));
            images::image(&test, REPOSITORY, &[layer])
        })
        .collect();
    let inner = images::index(&test, REPOSITORY, &[children[2].descriptor()]);
    let entries = [children[0].descriptor(), children[1].descriptor(), inner.descriptor()];
    let index = images::index(&test, REPOSITORY, &entries);
    images::tag(&test, REPOSITORY, "1", &index);
    let first = sign(&test, &children[1], 10);
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.attachments, 1);
    assert!(has(&production, &first));
    // Later ones come when they are asked for, also if the image is there already.
    let second = sign(&test, &children[2], 11);
    assert!(copier().copy(order(&test, &production, NAME)).await.unwrap().unchanged);
    assert!(!has(&production, &second));
    let always = order(&test, &production, NAME).attachments(Attachments::Always);
    let copied = copier().copy(always).await.unwrap();
    assert_eq!((copied.unchanged, copied.attachments), (true, 1));
    assert!(has(&production, &second));
}

#[tokio::test(start_paused = true)]
async fn what_cosign_has_tagged_goes_too() {
    let (test, production) = pair();
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let tagged =
        [("sig", 10), ("att", 20), ("sbom", 30)].map(|(suffix, seed)| cosign(&test, &image, suffix, &[seed]));
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.attachments, 3);
    for (manifest, suffix) in tagged.iter().zip(["sig", "att", "sbom"]) {
        let tag = format!("{}.{suffix}", image.digest().fallback_tag());
        assert_eq!(production.state().tag(REPOSITORY, &tag), Some(manifest.digest()));
    }
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn no_signature_of_the_destination_is_lost() {
    let (test, production) = pair();
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    cosign(&test, &image, "sig", &[10]);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    let always = || order(&test, &production, NAME).attachments(Attachments::Always);
    // A second signature at the source: the first is still there.
    let both = cosign(&test, &image, "sig", &[10, 11]);
    copier().copy(always()).await.unwrap();
    let tag = format!("{}.sig", image.digest().fallback_tag());
    assert_eq!(production.state().tag(REPOSITORY, &tag), Some(both.digest()));
    // One that only the destination has.
    let own = cosign(&production, &image, "sig", &[10, 99]);
    let error = copier().copy(always()).await.unwrap_err();
    assert_eq!((error.kind(), error.found()), (CopyErrorKind::TagConflict, Some(own.digest())));
    assert_eq!(production.state().tag(REPOSITORY, &tag), Some(own.digest()));
    copier().copy(always().overwrite(Overwrite::Always)).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, &tag), Some(both.digest()));
}

#[tokio::test(start_paused = true)]
async fn they_can_be_left_out() {
    let (test, production) = pair();
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let signature = sign(&test, &image, 10);
    test.take_log();
    let order = order(&test, &production, NAME).attachments(Attachments::LeaveOut);
    let copied = copier().copy(order).await.unwrap();
    assert_eq!((copied.attachments, has(&production, &signature)), (0, false));
    assert_eq!(test.count(Method::Get, "/referrers/"), 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_listed_but_gone_is_in_nobody_s_way() {
    let (test, production) = (registry("test.bank.test", false), registry("production.bank.test", true));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let (gone, there) = (sign(&test, &image, 10), sign(&test, &image, 11));
    test.state().repository(REPOSITORY).manifests.remove(gone.digest());
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.attachments, 1);
    assert!(has(&production, &there));
}

#[tokio::test(start_paused = true)]
async fn an_artifact_that_is_copied_by_its_tag_is_listed() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let signature = sign(&test, &image, 10);
    images::tag(&test, REPOSITORY, "signature", &signature);
    copier().copy(order(&test, &production, "team/web:signature")).await.unwrap();
    assert_eq!(listed(&production, &image)[0].digest, *signature.digest());
    // Once, however often it is put.
    let again = order(&test, &production, "team/web:signature").thorough();
    copier().copy(again).await.unwrap();
    assert_eq!(listed(&production, &image).len(), 1);
    assert_eq!(production.state().tag(REPOSITORY, "1"), None);
}

#[tokio::test(start_paused = true)]
async fn an_image_of_somebody_under_the_tag_of_the_list_is_not_touched() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    sign(&test, &image, 10);
    let tag = image.digest().fallback_tag().to_string();
    let somebodys = images::tagged(&production, &format!("{REPOSITORY}:{tag}"), 5, &[10]);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.found()), (CopyErrorKind::TagConflict, Some(somebodys.digest())));
    assert_eq!(production.state().tag(REPOSITORY, &tag), Some(somebodys.digest()));
}

#[tokio::test(start_paused = true)]
async fn many_at_once_all_get_into_the_list() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    for seed in 10..30 {
        sign(&test, &image, seed);
    }
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(listed(&production, &image).len(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_list_without_end_is_not_read_to_its_end() {
    let (test, production) = pair();
    test.manners().endless = true;
    images::tagged(&test, NAME, 1, &[1_000]);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::Refused, Some(Side::Source)), "{error}");
    let pages = test.count(Method::Get, "/referrers/");
    assert!(pages <= 21, "{pages}");
    assert_eq!(production.state().tag(REPOSITORY, "1"), None);
}

/// GitLab's registry takes the tag of the list for the digest in it.
#[tokio::test(start_paused = true)]
async fn an_image_under_the_tag_of_its_own_list_is_no_list() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    production.manners().tag_is_digest = true;
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    let signatures = [sign(&test, &image, 10), sign(&test, &image, 11)];
    let copied = copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.attachments, 2);
    assert_eq!(listed(&production, &image).len(), signatures.len());
}

/// A registry that takes its time is no copy that hangs.
#[tokio::test(start_paused = true)]
async fn all_get_into_the_list_of_a_slow_registry() {
    let (test, production) = (registry("test.bank.test", true), registry("production.bank.test", false));
    let image = images::tagged(&test, NAME, 1, &[1_000]);
    for seed in 10..14 {
        sign(&test, &image, seed);
    }
    production.manners().slow = Duration::from_secs(25);
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(listed(&production, &image).len(), 4);
}
