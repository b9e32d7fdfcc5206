//! What registries say, and what people call images.

use paas_client::{
    harbor::WebhookEvent,
    notification::{HeaderSecret, Notifications},
    registry::{self, Content, Descriptor, Manifest, media_type},
};
use paas_core::images;

/// The kinds that a manifest can be said to be; the last is none.
const KINDS: [&str; 5] = [
    media_type::OCI_MANIFEST,
    media_type::OCI_INDEX,
    media_type::DOCKER_MANIFEST,
    media_type::DOCKER_LIST,
    "text/plain",
];

/// What both sides of a notification know.
const SECRET: &str = "Bearer of-the-fuzzer";

/// Manifests, notifications and webhooks from somewhere: they are read or refused, and what was read can be used. And names of
/// images: the client and the rules take the same.
pub fn registry(bytes: &[u8]) {
    for kind in KINDS {
        let Ok(manifest) = Manifest::new(kind, bytes.to_vec()) else { continue };
        assert!(manifest.digest().is_of(bytes), "the digest of something else");
        match manifest.content() {
            Ok(Content::Image { config, layers, subject, .. }) => {
                layers.iter().chain([&config]).chain(&subject).for_each(fits);
            }
            Ok(Content::Index { manifests, subject, .. }) => {
                manifests.iter().chain(&subject).for_each(fits);
            }
            _ => {}
        }
    }
    posted(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        text.lines().chain([text]).for_each(named);
    }
}

/// A descriptor can be shown, and asked for by its digest.
fn fits(descriptor: &Descriptor) {
    let shown = descriptor.digest.to_string();
    assert_eq!(shown.parse().ok(), Some(descriptor.digest.clone()), "a digest that is not read again");
}

/// What is posted is read only from who may post.
fn posted(bytes: &[u8]) {
    let Ok(secret) = HeaderSecret::new(SECRET) else { return };
    assert!(Notifications::read(bytes, None, &secret).is_err(), "from anybody");
    assert!(WebhookEvent::read(bytes, Some("Bearer"), &secret).is_err(), "from anybody");
    if let Ok(read) = Notifications::read(bytes, Some(SECRET), &secret) {
        for event in &read.events {
            // What is to be looked at can be looked for.
            if event.change().is_some() {
                let name = event.repository.parse::<registry::RepositoryName>();
                assert!(name.is_ok(), "no repository: {}", event.repository);
            }
        }
    }
    // It is read, or it is refused.
    let _ = WebhookEvent::read(bytes, Some(SECRET), &secret);
}

/// The rules and the client have the same names, and write them as they were.
fn named(text: &str) {
    let ours = text.parse::<images::RepositoryName>();
    assert_eq!(ours.is_ok(), text.parse::<registry::RepositoryName>().is_ok(), "repository {text:?}");
    let tag = text.parse::<images::Tag>();
    assert_eq!(tag.is_ok(), text.parse::<registry::Tag>().is_ok(), "tag {text:?}");
    let digest = text.parse::<images::Digest>();
    assert_eq!(digest.is_ok(), text.parse::<registry::Digest>().is_ok(), "digest {text:?}");
    assert!(ours.is_ok() || !images::is_namespace(text), "a namespace that is no repository: {text:?}");
    if let Ok(image) = text.parse::<images::ImageName>() {
        assert_eq!(image.to_string(), text, "another image");
    }
}
