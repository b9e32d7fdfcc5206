//! What breaks in the middle goes on from there.

use crate::support::{
    CHUNK, builder, few_tries, images, order, pair,
    registry::{Fault, Faults, Kept, Manners, Registry},
    small_chunks,
};
use paas_client::{BoxFuture, RetryPolicy, transport::Method};
use paas_registry::{
    Copied, Copier, CopyError, CopyErrorKind, CopyLimits, Side, UploadRecord, UploadRecords,
};
use std::{
    collections::BTreeMap,
    num::NonZeroU64,
    sync::{Arc, Mutex},
    time::Duration,
};

const NAME: &str = "team/web:1";

/// A blob of so many bytes has forty chunks.
const LARGE: usize = 40 * CHUNK as usize;

fn chunked() -> Copier {
    builder().limits(small_chunks()).build().unwrap()
}

/// The bytes of blobs that came to a registry.
fn bytes_of_blobs(registry: &Registry) -> u64 {
    registry.take_log().iter().filter(|asked| asked.path.contains("/uploads/")).map(|asked| asked.bytes).sum()
}

/// An image of one large layer, copied while these requests to the destination break after so many bytes.
async fn with_breaks(
    manners: Manners,
    at: &'static [u64],
) -> (Registry, Registry, Result<Copied, CopyError>) {
    let (test, _) = pair();
    let production = Registry::with("production.bank.test", manners);
    images::tagged(&test, NAME, 1, &[LARGE]);
    let mut chunk = 0;
    production.fails(Faults::by(move |_, request| {
        if request.method != Method::Patch {
            return None;
        }
        chunk += 1;
        at.contains(&chunk).then_some(Fault::LosesBody(CHUNK / 2))
    }));
    let copied = chunked().copy(order(&test, &production, NAME)).await;
    (test, production, copied)
}

#[tokio::test(start_paused = true)]
async fn a_destination_that_keeps_what_came_gets_nothing_twice() {
    let (test, production, copied) = with_breaks(Manners::default(), &[3, 10, 11, 30]).await;
    let copied = copied.unwrap();
    assert_eq!(copied.retries, 4);
    assert_eq!(production.state().tag("team/web", "1"), test.state().tag("team/web", "1"));
    let sent = bytes_of_blobs(&production);
    assert!(sent < LARGE as u64 + 1_000, "{sent}");
    // The source is read on from near where it broke.
    let log = test.take_log();
    let ranges: Vec<_> = log.iter().filter_map(|asked| asked.range.as_deref()).collect();
    assert!(ranges.len() >= 2, "{ranges:?}");
}

#[tokio::test(start_paused = true)]
async fn one_that_drops_a_broken_chunk_gets_that_chunk_again() {
    let manners = Manners { kept: Kept::Before, ..Manners::default() };
    let (_, production, copied) = with_breaks(manners, &[3, 10, 11, 30]).await;
    assert_eq!(copied.unwrap().retries, 4);
    let sent = bytes_of_blobs(&production);
    // Of each broken chunk, the half that came.
    assert!(sent < LARGE as u64 + 2 * CHUNK + 1_000, "{sent}");
}

#[tokio::test(start_paused = true)]
async fn one_that_loses_the_upload_gets_the_blob_again() {
    let manners = Manners { kept: Kept::Nothing, ..Manners::default() };
    let (_, production, copied) = with_breaks(manners, &[3, 10]).await;
    assert_eq!(copied.unwrap().retries, 2);
    let sent = bytes_of_blobs(&production);
    assert!((LARGE as u64..LARGE as u64 + 10 * CHUNK).contains(&sent), "{sent}");
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_less_than_it_is_sent_gets_the_rest() {
    let manners = Manners { takes: CHUNK / 2 + 7, ..Manners::default() };
    let (test, production, copied) = with_breaks(manners, &[]).await;
    assert!(copied.unwrap().retries > 20);
    assert_eq!(production.state().tag("team/web", "1"), test.state().tag("team/web", "1"));
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn many_breaks_are_borne_as_long_as_it_goes_forward() {
    // Each second chunk breaks: far more than the tries in a row.
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    production.fails(Faults::by(|number, request| {
        (request.method == Method::Patch && number % 2 == 0).then_some(Fault::LosesBody(CHUNK / 3))
    }));
    let copied = chunked().copy(order(&test, &production, NAME)).await.unwrap();
    assert!(copied.retries > 20, "{}", copied.retries);
    let sent = bytes_of_blobs(&production);
    assert!(sent < LARGE as u64 + 1_000, "{sent}");
}

#[tokio::test(start_paused = true)]
async fn but_not_for_ever_if_it_does_not() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    production
        .fails(Faults::by(|_, request| (request.method == Method::Patch).then_some(Fault::LosesBody(0))));
    let error = chunked().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::Unreachable, Some(Side::Destination)));
    assert!(error.is_retryable() && !error.requested_tag());
    assert_eq!(production.count(Method::Patch, "/"), few_tries().attempts as usize);
    assert_eq!(production.state().tag("team/web", "1"), None);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_breaks_is_read_on() {
    for ranges in [true, false] {
        let (test, production) = pair();
        test.manners().ranges = ranges;
        images::tagged(&test, NAME, 1, &[LARGE, 100_000]);
        let mut blobs = 0;
        test.fails(Faults::by(move |_, request| {
            blobs += u32::from(request.path().contains("/blobs/"));
            (blobs <= 4).then_some(Fault::CutsAnswer(200_000))
        }));
        let copied = chunked().copy(order(&test, &production, NAME)).await.unwrap();
        // The client reads on by itself; the destination notices nothing.
        assert_eq!(copied.retries, 0);
        assert!(bytes_of_blobs(&production) < LARGE as u64 + 102_000);
        assert_eq!(production.state().missing(), Vec::<String>::new());
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_breaks_too_often_is_to_blame() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    test.fails(Faults::by(|_, request| request.path().contains("/blobs/").then_some(Fault::CutsAnswer(10))));
    let error = chunked().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::Unreachable, Some(Side::Source)), "{error}");
    assert_eq!(production.state().tag("team/web", "1"), None);
}

#[tokio::test(start_paused = true)]
async fn what_is_spoilt_on_its_way_is_fetched_once_more() {
    for size in [1_000, LARGE] {
        let (test, production) = pair();
        images::tagged(&test, NAME, 1, &[size]);
        let layer = layer(&test);
        test.fails(Faults::first(1, "GET", "/blobs/", Fault::SpoilsAnswer));
        chunked().copy(order(&test, &production, NAME)).await.unwrap();
        assert_eq!(production.state().missing(), Vec::<String>::new());

        let other = Registry::new("other.bank.test");
        let part = layer.clone();
        test.fails(Faults::by(move |_, request| request.url.contains(&part).then_some(Fault::SpoilsAnswer)));
        test.take_log();
        let error = chunked().copy(order(&test, &other, NAME)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.side()),
            (CopyErrorKind::ContentDamaged, Some(Side::Source)),
            "{error}"
        );
        // Once more, and not again and again.
        assert_eq!(test.count(Method::Get, &layer), 2);
        assert!(other.state().uploads.is_empty());
        assert_eq!(other.state().tag("team/web", "1"), None);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_spoilt_is_forgotten_all_over() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    let layer = layer(&test);
    let mut readings = 0;
    test.fails(Faults::by(move |_, request| {
        readings += u32::from(request.url.contains(&layer));
        (request.url.contains(&layer) && readings == 1).then_some(Fault::SpoilsAnswer)
    }));
    // The second time it breaks in the middle, and goes on with what was right.
    let mut chunk = 0;
    production.fails(Faults::by(move |_, request| {
        chunk += u32::from(request.method == Method::Patch);
        (request.method == Method::Patch && chunk == 39 + 30).then_some(Fault::LosesBody(CHUNK / 2))
    }));
    let copied = chunked().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.retries, 2);
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn waiting_has_an_end_too() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    production
        .fails(Faults::by(|_, request| (request.method == Method::Patch).then_some(Fault::LosesBody(0))));
    let retry = RetryPolicy { attempts: 10_000, deadline: Duration::from_secs(5), ..few_tries() };
    let begun = tokio::time::Instant::now();
    let copier = builder().limits(small_chunks()).retry(retry).build().unwrap();
    copier.copy(order(&test, &production, NAME)).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

/// The digest of the largest blob, as addresses have it.
fn layer(test: &Registry) -> String {
    let state = test.state();
    let blobs = &state.repositories["team/web"].blobs;
    blobs.iter().max_by_key(|(_, blob)| blob.len()).unwrap().0.hex().to_owned()
}

#[tokio::test(start_paused = true)]
async fn lost_answers_cost_no_second_sending() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000, 2_000]);
    production.fails(Faults::first(2, "PUT", "/uploads/", Fault::LosesAnswer));
    let copied = chunked().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.retries, 2);
    assert!(bytes_of_blobs(&production) < 4_500);
    assert_eq!(production.state().missing(), Vec::<String>::new());
    // That of the tag, too.
    images::tagged(&test, "team/web:2", 2, &[1_000]);
    production.fails(Faults::first(1, "PUT", "/manifests/", Fault::LosesAnswer));
    chunked().copy(order(&test, &production, "team/web:2")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn tokens_may_end_in_the_middle() {
    for lasts in [2, 5, 10].map(Duration::from_secs) {
        let manners =
            || Manners { token_lasts: Some(lasts), slow: Duration::from_millis(5), ..Manners::default() };
        let test = Registry::with("test.bank.test", manners());
        let production = Registry::with("production.bank.test", manners());
        images::tagged(&test, NAME, 1, &[LARGE, 1_000, 2_000]);
        chunked().copy(order(&test, &production, NAME)).await.unwrap();
        assert_eq!(production.state().missing(), Vec::<String>::new());
        assert!(production.state().tokens.len() > 1);
        assert!(bytes_of_blobs(&production) < LARGE as u64 + 10 * CHUNK);
    }
}

/// Records in memory, as a store has them.
#[derive(Clone, Debug, Default)]
struct Records(Arc<Mutex<BTreeMap<String, String>>>);

impl UploadRecords for Records {
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<UploadRecord>> {
        let written = self.0.lock().unwrap().get(key).cloned();
        Box::pin(async move { serde_json::from_str(&written?).ok() })
    }

    fn keep<'a>(&'a self, key: &'a str, record: UploadRecord) -> BoxFuture<'a, ()> {
        let written = serde_json::to_string(&record).unwrap();
        self.0.lock().unwrap().insert(key.to_owned(), written);
        Box::pin(async {})
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, ()> {
        self.0.lock().unwrap().remove(key);
        Box::pin(async {})
    }
}

/// Copies until the destination has been sent so many chunks, and is dropped then, as by a crash.
async fn until_chunk(copier: &Copier, test: &Registry, production: &Registry, chunks: usize) {
    production.manners().slow = Duration::from_millis(1);
    let mut copying = copier.copy(order(test, production, NAME));
    while production.count(Method::Patch, "/") < chunks {
        tokio::select! {
            _ = &mut copying => panic!("it is too quick for this test"),
            () = tokio::time::sleep(Duration::from_millis(1)) => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_process_goes_on_with_an_upload_that_was_recorded() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    let records = Records::default();
    let recorded = || builder().limits(small_chunks()).upload_records(records.clone()).build().unwrap();
    until_chunk(&recorded(), &test, &production, 20).await;
    assert_eq!(records.0.lock().unwrap().len(), 1);
    let before = bytes_of_blobs(&production);
    assert!(before >= 19 * CHUNK);
    let copied = recorded().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(production.state().missing(), Vec::<String>::new());
    // Nothing twice: what broke off had been kept.
    assert!(copied.bytes_sent + before <= LARGE as u64 + CHUNK + 1_000, "{} {before}", copied.bytes_sent);
    assert!(records.0.lock().unwrap().is_empty());
    assert!(production.state().uploads.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_record_that_is_of_no_use_any_more_does_no_harm() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    let records = Records::default();
    let recorded = || builder().limits(small_chunks()).upload_records(records.clone()).build().unwrap();
    until_chunk(&recorded(), &test, &production, 5).await;
    // The registry has cleaned up.
    production.state().uploads.clear();
    recorded().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(production.state().missing(), Vec::<String>::new());
    assert!(records.0.lock().unwrap().is_empty());

    // What was recorded holds other bytes: that shows at the end, and it is sent anew.
    let other = Registry::new("production.bank.test");
    until_chunk(&recorded(), &test, &other, 5).await;
    other.state().uploads.values_mut().for_each(|upload| upload.bytes[3] ^= 1);
    let copied = recorded().copy(order(&test, &other, NAME)).await.unwrap();
    assert_eq!(copied.retries, 1);
    assert_eq!(other.state().missing(), Vec::<String>::new());
    assert!(records.0.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn without_records_blobs_that_had_arrived_are_not_sent_again() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE, 1_000, 2_000, 3_000]);
    until_chunk(&chunked(), &test, &production, 10).await;
    let copied = chunked().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (1, 4));
}

#[tokio::test(start_paused = true)]
async fn what_took_long_before_it_broke_is_tried_again() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    test.manners().slow = Duration::from_secs(5);
    production.fails(Faults::first(1, "PUT", "/uploads/", Fault::LosesBody(LARGE as u64 - 1)));
    let copied = builder().build().unwrap().copy(order(&test, &production, NAME)).await.unwrap();
    assert_eq!(copied.retries, 1);
    assert!(bytes_of_blobs(&production) < LARGE as u64 + 1_000);
}

#[tokio::test(start_paused = true)]
async fn what_is_read_after_a_break_is_held_against_the_digest_too() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    let ends = production.clone();
    let mut chunk = 0;
    production.fails(Faults::by(move |_, request| {
        chunk += u32::from(request.method == Method::Patch);
        (request.method == Method::Patch && chunk == 10).then_some(Fault::LosesBody(CHUNK / 2))
    }));
    // The first reading is right as far as it goes; what comes after the break is not, whenever it is read.
    let mut readings = 0;
    test.fails(Faults::by(move |_, request| {
        let is_layer = request.path().contains("/blobs/") && ends.count(Method::Patch, "/") > 0;
        readings += u32::from(is_layer);
        (is_layer && readings > 1).then_some(Fault::SpoilsAnswer)
    }));
    let error = chunked().copy(order(&test, &production, NAME)).await.unwrap_err();
    assert_eq!((error.kind(), error.side()), (CopyErrorKind::ContentDamaged, Some(Side::Source)), "{error}");
    // The destination was not even asked.
    let log = production.take_log();
    assert!(log.iter().all(|asked| asked.status != 400), "{log:?}");
}

/// Copies an image of one large layer in chunks; how much of it the destination was sent.
async fn in_chunks(manners: Manners, faults: Faults) -> (Result<Copied, CopyError>, u64, Registry) {
    let (test, production) = (pair().0, Registry::with("production.bank.test", manners));
    images::tagged(&test, NAME, 1, &[LARGE]);
    production.fails(faults);
    let copied = chunked().copy(order(&test, &production, NAME)).await;
    let sent = bytes_of_blobs(&production);
    (copied, sent, production)
}

/// Amazon's registry stores all chunks and tells only of the first; what is sent from there on it refuses (416).
#[tokio::test(start_paused = true)]
async fn one_that_tells_of_the_first_chunk_alone_gets_the_blob_in_one() {
    let manners = Manners { tells: CHUNK as usize, ..Manners::default() };
    let (copied, sent, production) = in_chunks(manners, Faults::default()).await;
    assert_eq!(copied.unwrap().blobs_sent, 2);
    assert!(sent < LARGE as u64 + 4 * CHUNK, "{sent}");
    assert_eq!(production.state().missing(), Vec::<String>::new());
    assert!(production.state().uploads.is_empty());
}

/// GitHub's registry refuses chunks of more than 4 MiB, and takes larger blobs in one.
#[tokio::test(start_paused = true)]
async fn one_that_refuses_chunks_gets_the_blob_in_one() {
    for (status, code) in [
        (416, ""),
        (416, "RANGE_INVALID"),
        (400, "BLOB_UPLOAD_INVALID"),
        (400, "UNKNOWN"),
        (405, "UNSUPPORTED"),
    ] {
        let refuses = Faults::by(move |_, request| {
            (request.method == Method::Patch).then_some(Fault::Status(status, code))
        });
        let (copied, _, production) = in_chunks(Manners::default(), refuses).await;
        assert_eq!(copied.unwrap().blobs_sent, 2, "{status} {code}");
        assert_eq!(production.state().missing(), Vec::<String>::new());
    }
}

/// Quay tells one byte too many of an upload that it is asked for.
#[tokio::test(start_paused = true)]
async fn one_that_does_not_know_how_far_it_is_gets_the_blob_anew() {
    let manners = Manners { ahead: 1, ..Manners::default() };
    let breaks = Faults::first(1, "PATCH", "/uploads/", Fault::LosesBody(CHUNK / 2));
    let (copied, _, production) = in_chunks(manners, breaks).await;
    assert_eq!(copied.unwrap().blobs_sent, 2);
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

/// The question how far an upload is came late into the specification.
#[tokio::test(start_paused = true)]
async fn one_that_does_not_tell_how_far_it_is_gets_the_blob_anew() {
    for (status, code) in [(405, "UNSUPPORTED"), (403, "DENIED"), (401, "UNAUTHORIZED"), (404, ""), (405, "")]
    {
        let mut chunks = 0;
        let faults = Faults::by(move |_, request| match request.method {
            Method::Patch => {
                chunks += 1;
                (chunks == 5).then_some(Fault::LosesBody(CHUNK / 2))
            }
            Method::Get if request.path().contains("/uploads/") => Some(Fault::Status(status, code)),
            _ => None,
        });
        let (copied, _, production) = in_chunks(Manners::default(), faults).await;
        assert_eq!(copied.unwrap().blobs_sent, 2, "{status} {code}");
        assert_eq!(production.state().missing(), Vec::<String>::new());
    }
}

/// Of a proxy that answers once in place of the registry, nothing is believed.
#[tokio::test(start_paused = true)]
async fn a_page_of_somebody_else_costs_no_upload() {
    let mut chunks = 0;
    let mut pages = 0;
    let faults = Faults::by(move |_, request| match request.method {
        Method::Patch => {
            chunks += 1;
            (chunks == 30).then_some(Fault::LosesBody(CHUNK / 2))
        }
        Method::Get if request.path().contains("/uploads/") => {
            pages += 1;
            (pages == 1).then_some(Fault::Status(404, ""))
        }
        _ => None,
    });
    let (copied, sent, _) = in_chunks(Manners::default(), faults).await;
    copied.unwrap();
    assert!(sent < LARGE as u64 + 1_000, "{sent}");
}

#[tokio::test(start_paused = true)]
async fn one_that_has_lost_the_upload_goes_on_to_get_parts() {
    let loses = Faults::first(1, "PATCH", "/uploads/", Fault::Status(400, "BLOB_UPLOAD_INVALID"));
    let (copied, _, production) = in_chunks(Manners::default(), loses).await;
    assert_eq!(copied.unwrap().retries, 1);
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

/// It never breaks, and never ends.
#[tokio::test(start_paused = true)]
async fn a_source_that_trickles_is_given_up() {
    for kept in [Kept::Part, Kept::Nothing] {
        let (test, production) = pair();
        images::tagged(&test, NAME, 1, &[LARGE]);
        production.manners().kept = kept;
        test.manners().slow = Duration::from_secs(20);
        let lowest_rate = NonZeroU64::new(1 << 20);
        let limits = CopyLimits { lowest_rate, ..small_chunks() };
        let copier = builder().limits(limits).build().unwrap();
        let begun = tokio::time::Instant::now();
        let error = copier.copy(order(&test, &production, NAME)).await.unwrap_err();
        assert_eq!((error.kind(), error.side()), (CopyErrorKind::Unreachable, Some(Side::Source)), "{error}");
        assert!(error.is_retryable() && error.to_string().contains("given up"), "{error}");
        // What is asked before the blob takes its time too.
        assert!(begun.elapsed() < Duration::from_secs(900), "{:?}", begun.elapsed());
        assert_eq!(test.count(Method::Get, "/blobs/"), 2, "it is asked for the layer again");
        // When the source is well again, it goes on.
        test.manners().slow = Duration::ZERO;
        copier.copy(order(&test, &production, NAME)).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_destination_makes_no_source_slow() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[LARGE]);
    production.manners().slow = Duration::from_secs(20);
    let lowest_rate = NonZeroU64::new(1 << 20);
    let copier = builder().limits(CopyLimits { lowest_rate, ..small_chunks() }).build().unwrap();
    let begun = tokio::time::Instant::now();
    copier.copy(order(&test, &production, NAME)).await.unwrap();
    assert!(begun.elapsed() > Duration::from_secs(800), "{:?}", begun.elapsed());
}
