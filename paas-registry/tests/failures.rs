//! How failures are told: which may pass by themselves, and which wait for somebody.

use crate::support::{
    copier, few_tries, images, order, pair, place, place_by, production,
    registry::{Fault, Faults, Manners, Registry},
};
use paas_client::{Limits, RegistryClient};
use paas_registry::{CopyErrorKind, CopyOrder, Side};
use std::{collections::BTreeSet, time::Duration};

const NAME: &str = "team/web:1";

/// What comes of a copy while all requests like this fail at one side.
async fn failing(
    side: Side,
    method: &'static str,
    part: &'static str,
    fault: Fault,
) -> (CopyErrorKind, bool) {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000, 2_000_000]);
    let registry = if side == Side::Source { &test } else { &production };
    registry.fails(Faults::first(usize::MAX, method, part, fault));
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!(error.side(), Some(side), "{error}");
    assert_eq!(production.state().tag("team/web", "1"), None, "{error}");
    let told = error.to_string();
    assert!(told.contains(registry.url().as_str()) && !told.contains('\n'), "{told}");
    (error.kind(), error.is_retryable())
}

#[tokio::test(start_paused = true)]
async fn each_failure_has_its_kind() {
    use CopyErrorKind as Kind;
    use Side::{Destination, Source};
    let status = Fault::Status;
    for (side, method, part, fault, kind) in [
        (Source, "HEAD", "/manifests/1", Fault::NoConnection, Kind::Unreachable),
        (Source, "HEAD", "/manifests/1", status(401, "UNAUTHORIZED"), Kind::Denied),
        (Source, "HEAD", "/manifests/1", status(403, "DENIED"), Kind::Denied),
        (Source, "HEAD", "/manifests/1", status(404, "NAME_UNKNOWN"), Kind::SourceMissing),
        (Source, "GET", "/manifests/sha256", status(404, "MANIFEST_UNKNOWN"), Kind::SourceMissing),
        (Source, "GET", "/manifests/sha256", Fault::SpoilsAnswer, Kind::ContentDamaged),
        (Source, "GET", "/manifests/sha256", status(503, ""), Kind::Unavailable),
        (Source, "GET", "/blobs/", Fault::NoConnection, Kind::Unreachable),
        (Source, "GET", "/blobs/", status(404, "BLOB_UNKNOWN"), Kind::SourceBroken),
        (Source, "GET", "/blobs/", status(403, "DENIED"), Kind::Denied),
        (Source, "GET", "/blobs/", status(429, "TOOMANYREQUESTS"), Kind::Unavailable),
        (Source, "GET", "/blobs/", status(500, "UNKNOWN"), Kind::Unavailable),
        (Source, "GET", "/referrers/", status(500, "UNKNOWN"), Kind::Unavailable),
        (Destination, "HEAD", "/manifests/1", status(500, "UNKNOWN"), Kind::Unavailable),
        (Destination, "POST", "/uploads/", Fault::NoConnection, Kind::Unreachable),
        (Destination, "POST", "/uploads/", status(401, "UNAUTHORIZED"), Kind::Denied),
        (Destination, "POST", "/uploads/", status(403, "DENIED"), Kind::Denied),
        (Destination, "POST", "/uploads/", status(404, "NAME_UNKNOWN"), Kind::NamespaceMissing),
        (Destination, "POST", "/uploads/", status(404, "NOT_FOUND"), Kind::NamespaceMissing),
        (Destination, "POST", "/uploads/", status(404, ""), Kind::Unexpected),
        (Destination, "POST", "/uploads/", status(507, ""), Kind::StorageFull),
        (Destination, "PUT", "/uploads/", Fault::LosesBody(3), Kind::Unreachable),
        (Destination, "PUT", "/uploads/", status(413, ""), Kind::QuotaExceeded),
        (Destination, "PUT", "/uploads/", status(500, "UNKNOWN"), Kind::Unavailable),
        (Destination, "PUT", "/uploads/", status(500, "NO SPACE LEFT ON DEVICE"), Kind::StorageFull),
        (Destination, "PUT", "/uploads/", status(500, "DISK QUOTA EXCEEDED"), Kind::StorageFull),
        (Destination, "PUT", "/manifests/", status(503, "DISK QUOTA EXCEEDED"), Kind::StorageFull),
        (Destination, "PUT", "/uploads/", status(403, "DISK QUOTA EXCEEDED"), Kind::QuotaExceeded),
        (Destination, "PUT", "/uploads/", status(404, "BLOB_UPLOAD_UNKNOWN"), Kind::Unavailable),
        (Destination, "PUT", "/uploads/", status(400, "DIGEST_INVALID"), Kind::ContentDamaged),
        (Destination, "PUT", "/manifests/", status(400, "MANIFEST_INVALID"), Kind::Refused),
        (Destination, "PUT", "/manifests/", status(400, "MANIFEST_BLOB_UNKNOWN"), Kind::Unavailable),
        (Destination, "PUT", "/manifests/", status(403, "DENIED"), Kind::Denied),
        (Destination, "PUT", "/manifests/", status(412, "PRECONDITION"), Kind::TagImmutable),
        (Destination, "PUT", "/manifests/", status(500, "UNKNOWN"), Kind::Unavailable),
        (Destination, "PUT", "/manifests/", Fault::NoConnection, Kind::Unreachable),
    ] {
        let told = failing(side, method, part, fault.clone()).await;
        assert_eq!(told, (kind, kind.is_retryable()), "{side} {method} {part} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_passes_soon_is_not_told_at_all() {
    let faults = [
        Fault::NoConnection,
        Fault::LosesAnswer,
        Fault::LosesBody(1),
        Fault::CutsAnswer(0),
        Fault::Status(500, "UNKNOWN"),
        Fault::Status(503, ""),
        Fault::Status(429, "TOOMANYREQUESTS"),
    ];
    for fault in faults {
        let requests = {
            let (test, production) = pair();
            images::tagged(&test, NAME, 1, &[1_000, 2_000_000]);
            copier().copy(order(&test, &production, NAME)).await.unwrap();
            test.requests() + production.requests()
        };
        // Each request fails once, and the next time it does not.
        for index in 0..requests {
            let (test, production) = pair();
            let manifest = images::tagged(&test, NAME, 1, &[1_000, 2_000_000]);
            for registry in [&test, &production] {
                let fault = fault.clone();
                registry.fails(Faults::by(move |number, _| (number == index).then(|| fault.clone())));
            }
            let result = copier().copy(order(&test, &production, NAME)).await;
            assert!(result.is_ok(), "{fault:?} at {index}: {result:?}");
            assert_eq!(production.state().tag("team/web", "1"), Some(manifest.digest()));
            assert_eq!(production.state().missing(), Vec::<String>::new());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_namespace_that_is_missing_is_told_and_nothing_is_read() {
    let (test, _) = pair();
    let namespaces = BTreeSet::from(["other".to_owned()]);
    let production = production(Manners { namespaces: Some(namespaces), ..Manners::default() });
    images::tagged(&test, NAME, 1, &[1_000]);
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!(error.kind(), CopyErrorKind::NamespaceMissing);
    assert_eq!(test.count(paas_client::transport::Method::Get, "/blobs/"), 0);
    production.manners().namespaces = None;
    copier().copy(order(&test, &production, NAME)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down_is_not_asked_the_square_of_the_tries() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000]);
    production.fails(Faults::first(usize::MAX, "POST", "/uploads/", Fault::Status(503, "")));
    copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    // One blob after the other finds out; the client tries each by itself, and then nobody does again.
    let tries = few_tries().attempts as usize;
    assert!(production.count(paas_client::transport::Method::Post, "/uploads/") <= 2 * tries);
}

#[test]
fn codes_are_unique_and_words_are_plain() {
    let codes: BTreeSet<_> = CopyErrorKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), CopyErrorKind::ALL.len());
    for kind in CopyErrorKind::ALL {
        assert!(kind.code().starts_with("copy."));
        assert!(kind.meaning().ends_with('.') && !kind.help().ends_with('.') && !kind.words().ends_with('.'));
    }
}

#[tokio::test(start_paused = true)]
async fn errors_show_no_secret() {
    let (test, _) = pair();
    let production = Registry::new("production.bank.test");
    images::tagged(&test, NAME, 1, &[2_000_000]);
    production.fails(Faults::first(usize::MAX, "PUT", "/uploads/", Fault::Status(500, "UNKNOWN")));
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    // Where an upload goes is a secret.
    assert!(!format!("{error} {error:?}").contains("/uploads/1"), "{error}");
}

/// Who lets little through at once waits longer, and that is all.
#[tokio::test(start_paused = true)]
async fn a_wait_for_ones_own_place_is_no_failure_of_a_registry() {
    let (test, production) = pair();
    images::tagged(&test, "team/web:1", 1, &[400_000; 12]);
    production.manners().slow = Duration::from_secs(10);
    let limits = Limits { concurrent: 1, ..Limits::default() };
    let client = RegistryClient::builder().url(production.url()).transport(production.clone());
    let client = client.limits(limits).retry(few_tries()).build().unwrap();
    let order = CopyOrder::new(place(&test, "team/web:1"), place_by(client, "team/web:1"));
    let copied = copier().copy(order).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.retries), (13, 0));
}
