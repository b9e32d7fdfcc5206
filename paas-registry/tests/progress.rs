//! How far a copy is, and how fast.

use crate::support::{CHUNK, builder, copier, images, order, pair, small_chunks};
use paas_registry::{CopyLimits, Phase, Progress};
use std::{num::NonZeroU64, time::Duration};

const NAME: &str = "team/web:1";

#[tokio::test(start_paused = true)]
async fn progress_goes_forward_to_the_end() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000_000, 500_000, 1_000]);
    images::tagged(&test, "team/other:1", 1, &[1_000_000]);
    test.manners().slow = Duration::from_millis(10);
    let copier = builder().limits(small_chunks()).build().unwrap();
    copier.copy(order(&test, &production, "team/other:1")).await.unwrap();

    let copying = copier.copy(order(&test, &production, NAME));
    let mut watch = copying.watch();
    assert_eq!(watch.now(), Progress::default());
    assert_eq!(watch.now().phase, Phase::Waiting);
    let seen = async {
        let mut seen = Vec::new();
        while let Some(progress) = watch.changed().await {
            seen.push(progress);
        }
        seen
    };
    let (copied, seen) = tokio::join!(copying, seen);
    let copied = copied.unwrap();
    let last = *seen.last().unwrap();
    assert_eq!(last.phase, Phase::Ended);
    assert_eq!((last.blobs, last.blobs_done), (4, 4));
    assert_eq!((last.bytes, last.bytes), (last.bytes_done, copied.bytes_sent + 1_000_000));
    assert_eq!((last.mounted, last.skipped, last.bytes_sent), (1, 0, copied.bytes_sent));
    assert!(seen.len() > 8, "{}", seen.len());
    let is_forward = |pair: &[Progress]| {
        pair[0].phase <= pair[1].phase
            && pair[0].bytes_done <= pair[1].bytes_done
            && pair[1].bytes_done <= pair[1].bytes
    };
    assert!(seen.windows(2).all(is_forward), "{seen:?}");
    let phases: std::collections::BTreeSet<Phase> = seen.iter().map(|progress| progress.phase).collect();
    assert_eq!(phases.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn what_gets_lost_is_no_progress() {
    use crate::support::registry::{Fault, Faults, Kept};
    let (test, production) = pair();
    production.manners().kept = Kept::Before;
    images::tagged(&test, NAME, 1, &[20 * CHUNK as usize]);
    production.fails(Faults::by(|number, request| {
        (request.method.as_str() == "PATCH" && number % 5 == 0).then_some(Fault::LosesBody(CHUNK - 1))
    }));
    let copier = builder().limits(small_chunks()).build().unwrap();
    let copying = copier.copy(order(&test, &production, NAME));
    let watch = copying.watch();
    let copied = copying.await.unwrap();
    assert!(copied.retries > 0);
    assert_eq!(watch.now().bytes_done, watch.now().bytes);
    assert!(watch.now().bytes_sent > watch.now().bytes);
}

#[tokio::test(start_paused = true)]
async fn no_more_goes_than_is_allowed() {
    let (test, production) = pair();
    let names = ["team/a:1", "team/b:1", "team/c:1"];
    for (name, seed) in names.iter().zip(1..) {
        images::tagged(&test, name, seed, &[1_000_000, 1_000_000]);
    }
    let rate = NonZeroU64::new(500_000);
    let copier =
        builder().limits(CopyLimits { bytes_per_second: rate, ..CopyLimits::default() }).build().unwrap();
    let begun = tokio::time::Instant::now();
    let mut all = copier.copy_all(names.map(|name| order(&test, &production, name)));
    while let Some(ended) = all.next().await {
        ended.result.unwrap();
    }
    // Six million bytes; the last piece of each blob is not waited for.
    let took = begun.elapsed();
    assert!((Duration::from_millis(10_500)..Duration::from_millis(12_500)).contains(&took), "{took:?}");
}

/// Whoever watches must not take a copy that waits for others for one that hangs.
#[tokio::test(start_paused = true)]
async fn a_copy_that_waits_for_others_says_so() {
    use crate::support::registry::{Fault, Faults};
    let (test, production) = pair();
    for (name, seed) in [("team/first:1", 1), ("team/second:1", 2), ("team/third:1", 3)] {
        images::tagged(&test, name, seed, &[1_000]);
    }
    // The same as the first.
    images::tagged(&test, "team/fourth:1", 1, &[1_000]);
    test.fails(Faults::by(|_, request| {
        (request.method.as_str() == "GET" && request.url.contains("team/first/blobs")).then_some(Fault::Hangs)
    }));
    // The second waits for a place for its blobs, the third for one among the images.
    for (limits, name) in [
        (CopyLimits { blobs: 1, ..CopyLimits::default() }, "team/second:1"),
        (CopyLimits { images: 1, ..CopyLimits::default() }, "team/third:1"),
        (CopyLimits::default(), "team/fourth:1"),
    ] {
        let copier = builder().limits(limits).build().unwrap();
        let first = copier.copy(order(&test, &production, "team/first:1"));
        let hangs = first.watch();
        let first = tokio::spawn(first);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let other = copier.copy(order(&test, &production, name));
        let waits = other.watch();
        let other = tokio::spawn(other);
        tokio::time::sleep(Duration::from_secs(20)).await;
        assert!(!hangs.now().is_held_up(), "{:?}", hangs.now());
        assert!(waits.now().is_held_up(), "{name}: {:?}", waits.now());
        // Given up, the first leaves its place.
        first.abort();
        if name == "team/fourth:1" {
            tokio::time::sleep(Duration::from_secs(31)).await;
        }
        other.await.unwrap().unwrap();
        assert!(!waits.now().is_held_up());
        assert_eq!((waits.now().under_way, waits.now().held_up), (0, 0));
        production.state().repositories.clear();
    }
}

#[tokio::test(start_paused = true)]
async fn many_orders_end_with_their_numbers() {
    let (test, production) = pair();
    let orders: Vec<_> = (0..30)
        .map(|number| {
            let name = format!("team/web-{number}:1");
            if number % 3 > 0 {
                images::tagged(&test, &name, number, &[1_000]);
            }
            order(&test, &production, &name)
        })
        .collect();
    let mut all = copier().copy_all(orders);
    let mut ends = Vec::new();
    while let Some(ended) = all.next().await {
        assert_eq!(ended.result.is_ok(), ended.number % 3 > 0);
        ends.push(ended.number);
    }
    assert!(all.next().await.is_none());
    ends.sort_unstable();
    assert_eq!(ends, (0..30).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn orders_are_taken_as_there_is_room() {
    let (test, production) = pair();
    images::tagged(&test, NAME, 1, &[1_000]);
    let (template, taken) = (order(&test, &production, NAME), std::sync::Arc::new(std::sync::Mutex::new(0)));
    let counter = taken.clone();
    let endless = std::iter::repeat_with(move || {
        *counter.lock().unwrap() += 1;
        template.clone()
    });
    let copier = builder().limits(CopyLimits { images: 3, ..CopyLimits::default() }).build().unwrap();
    let mut all = copier.copy_all(endless);
    assert_eq!(*taken.lock().unwrap(), 0);
    all.next().await.unwrap().result.unwrap();
    assert!(*taken.lock().unwrap() <= 4);
}

#[tokio::test(start_paused = true)]
async fn what_turns_out_to_be_there_counts_once() {
    use crate::support::registry::{Fault, Faults};
    for size in [1_000, 3 << 20] {
        let (test, production) = pair();
        images::tagged(&test, "team/web:1", 1, &[size]);
        // All is there, and nobody hears of it.
        production.fails(Faults::first(2, "PUT", "/uploads/", Fault::LosesAnswer));
        let copying = copier().copy(order(&test, &production, "team/web:1"));
        let watch = copying.watch();
        copying.await.unwrap();
        let end = watch.now();
        assert_eq!((end.bytes_done, end.blobs_done), (end.bytes, end.blobs), "{end:?}");
        assert_eq!(end.bytes_sent, end.bytes);
    }
}
