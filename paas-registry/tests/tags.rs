//! What may be replaced, and what "done" means.

use crate::support::{
    builder, client, copier, images, order, pair, place_by,
    registry::{Fault, Faults, Registry},
};
use paas_client::{registry::Digest, transport::Method};
use paas_registry::{CopyErrorKind, CopyOrder, Overwrite, Side};
use std::time::Duration;

const NAME: &str = "team/web:1";
const REPOSITORY: &str = "team/web";

#[tokio::test(start_paused = true)]
async fn an_unchanged_image_costs_one_request_a_side() {
    let (test, production) = pair();
    let manifest = images::tagged(&test, NAME, 1, &[1_000]);
    let copier = copier();
    let order = order(&test, &production, NAME);
    copier.copy(order.clone()).await.unwrap();
    test.take_log();
    production.take_log();
    let copied = copier.copy(order).await.unwrap();
    assert_eq!((copied.unchanged, copied.digest), (true, manifest.digest().clone()));
    assert_eq!((copied.requests.source, copied.requests.destination), (1, 1));
    for registry in [test, production] {
        let log = registry.take_log();
        let asked: Vec<_> = log.iter().map(|asked| (asked.method, asked.path.as_str())).collect();
        assert_eq!(asked, [(Method::Head, "/v2/team/web/manifests/1")]);
    }
}

#[tokio::test(start_paused = true)]
async fn another_image_under_the_tag_is_a_conflict_and_never_a_success() {
    let (test, production) = pair();
    let other = images::tagged(&production, NAME, 2, &[1_000]);
    let manifest = images::tagged(&test, NAME, 1, &[1_000]);
    let refused = [Overwrite::Never, Overwrite::ours([]), Overwrite::ours([Digest::of("an older one")])];
    for overwrite in refused {
        let error = copier().copy(order(&test, &production, NAME).overwrite(overwrite)).await.unwrap_err();
        assert_eq!((error.kind(), error.side()), (CopyErrorKind::TagConflict, Some(Side::Destination)));
        assert_eq!((error.found(), error.is_retryable()), (Some(other.digest()), false));
        assert!(error.to_string().contains(&other.digest().to_string()), "{error}");
        assert_eq!(production.state().tag(REPOSITORY, "1"), Some(other.digest()));
    }
    // Nothing was read or sent for it.
    assert_eq!((test.count(Method::Get, "/blobs/"), production.count(Method::Post, "/")), (0, 0));
    let ours = Overwrite::ours([Digest::of("an older one"), other.digest().clone()]);
    copier().copy(order(&test, &production, NAME).overwrite(ours)).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(manifest.digest()));
    images::tag(&production, REPOSITORY, "1", &other);
    copier().copy(order(&test, &production, NAME).overwrite(Overwrite::Always)).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(manifest.digest()));
}

#[tokio::test(start_paused = true)]
async fn who_puts_the_tag_in_the_meantime_wins() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000_000]);
    test.manners().slow = Duration::from_millis(200);
    let copying = copier().copy(order(&test, &production, NAME));
    let (other, result) = tokio::join!(
        async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            images::tagged(&production, NAME, 2, &[1_000])
        },
        copying
    );
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.found()), (CopyErrorKind::TagConflict, Some(other.digest())));
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(other.digest()));
}

#[tokio::test(start_paused = true)]
async fn only_the_image_that_was_ordered_is_copied() {
    let (test, production) = pair();
    let released = images::tagged(&test, NAME, 1, &[1_000]);
    let order = || order(&test, &production, NAME).expecting(released.digest().clone());
    let pushed = images::tagged(&test, NAME, 2, &[1_000]);
    let error = copier().copy(order()).await.unwrap_err();
    assert_eq!((error.kind(), error.found()), (CopyErrorKind::SourceChanged, Some(pushed.digest())));
    assert_eq!(production.count(Method::Put, "/"), 0);
    images::tag(&test, REPOSITORY, "1", &released);
    assert_eq!(copier().copy(order()).await.unwrap().digest, *released.digest());

    // By digest it is copied whatever the tag stands for now.
    images::tag(&test, REPOSITORY, "1", &pushed);
    let digest = format!("{REPOSITORY}@{}", released.digest());
    let source = place_by(client(&test), &digest);
    let order = CopyOrder::new(source, place_by(client(&production), "team/web:2"));
    copier().copy(order.expecting(released.digest().clone())).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, "2"), Some(released.digest()));
}

#[tokio::test(start_paused = true)]
async fn what_the_destination_reads_afterwards_decides() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000]);
    let other = images::tagged(&production, "team/other:1", 2, &[1_000]);
    production.state().repository(REPOSITORY);
    // After the tag is put, somebody else puts it.
    let (quick, manifest) = (production.clone(), other.clone());
    let mut was_put = false;
    production.fails(Faults::by(move |_, request| {
        let is_tag = request.path() == "/v2/team/web/manifests/1";
        if is_tag && was_put && request.method == Method::Head {
            let mut state = quick.state();
            let there = state.repository(REPOSITORY);
            there.manifests.insert(manifest.digest().clone(), manifest.clone());
            there.tags.insert("1".to_owned(), manifest.digest().clone());
        }
        was_put |= is_tag && request.method == Method::Put;
        None
    }));
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.found()), (CopyErrorKind::NotEqual, Some(other.digest())));
    assert!(error.requested_tag() && !error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_destination_that_is_behind_is_read_again() {
    let (test, production) = pair();
    let manifest = images::tagged(&test, NAME, 1, &[1_000]);
    let mut readings = 0;
    production.fails(Faults::by(move |_, request| {
        let reads = request.method == Method::Head && request.path().ends_with("/manifests/1");
        readings += u32::from(reads);
        // The first is before the copy.
        (reads && (2..=3).contains(&readings)).then_some(Fault::Status(404, "MANIFEST_UNKNOWN"))
    }));
    copier().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(manifest.digest()));
}

#[tokio::test(start_paused = true)]
async fn a_destination_that_tells_another_digest_is_not_believed() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000]);
    production.fails(Faults::by(|_, request| {
        (request.method == Method::Put && request.path().contains("/manifests/"))
            .then_some(Fault::LiesAboutDigest)
    }));
    let error = copier().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.side()),
        (CopyErrorKind::ContentDamaged, Some(Side::Destination)),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_digest_is_the_place_of_no_other_image() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000]);
    let wrong = format!("{REPOSITORY}@{}", Digest::of("another"));
    let order = CopyOrder::new(place_by(client(&test), NAME), place_by(client(&production), &wrong));
    let error = copier().copy(order).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::Refused, Some(Side::Destination)));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_or_dropped_copy_puts_no_tag() {
    for is_dropped in [true, false] {
        let (test, production) = pair();
        images::tagged(&test, NAME, 1, &[2_000_000, 1_000]);
        test.manners().slow = Duration::from_millis(50);
        let copier = builder().build().unwrap();
        let mut copying = copier.copy(order(&test, &production, NAME));
        let canceller = copying.canceller();
        tokio::select! {
            _ = &mut copying => panic!("it is too quick for this test"),
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        if is_dropped {
            drop(copying);
            canceller.cancel();
        } else {
            canceller.cancel();
            let error = copying.await.unwrap_err();
            assert_eq!((error.kind(), error.requested_tag()), (CopyErrorKind::Cancelled, false));
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(production.count(Method::Put, "/manifests/"), 0);
        assert_eq!(production.state().tag(REPOSITORY, "1"), None);
        // And it can be taken up.
        copier.copy(order(&test, &production, NAME)).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_tag_that_cannot_be_moved_is_told_as_that() {
    let test = Registry::new("test.bank.test");
    let production = Registry::new("production.bank.test");
    production.manners().immutable.insert("1".to_owned());
    let other = images::tagged(&production, NAME, 2, &[1_000]);
    images::tagged(&test, NAME, 1, &[1_000]);
    let error =
        copier().copy(order(&test, &production, NAME).overwrite(Overwrite::Always)).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (CopyErrorKind::TagImmutable, false));
    assert_eq!(error.client().and_then(paas_client::Error::status), Some(412));
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(other.digest()));
}

#[tokio::test(start_paused = true)]
async fn one_image_may_have_two_digests() {
    use paas_client::registry::Algorithm;
    let (test, production) = pair();
    let manifest = images::tagged(&test, NAME, 1, &[1_000]);
    let long = Digest::by(Algorithm::Sha512, manifest.bytes());
    test.state().repository(REPOSITORY).manifests.insert(long.clone(), manifest.clone());
    let source = place_by(client(&test), &format!("{REPOSITORY}@{long}"));
    let order = CopyOrder::new(source, place_by(client(&production), NAME));
    let copied = copier().copy(order.clone()).await.unwrap();
    assert_eq!((copied.digest, copied.unchanged), (long, false));
    assert_eq!(production.state().tag(REPOSITORY, "1"), Some(manifest.digest()));
    assert!(copier().copy(order).await.unwrap().unchanged);
}
