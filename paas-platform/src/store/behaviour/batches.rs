//! Several changes at once.

use super::{super::*, KIND, Must, OTHER, Subject, TOPIC, code, table};
use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
};

table![
    a_batch_happens_as_a_whole,
    a_batch_with_one_fault_does_nothing,
    the_first_fault_is_the_error,
    a_batch_names_a_record_once,
    what_is_only_expected_is_left_alone,
    an_empty_batch_is_a_batch,
    of_writers_at_the_same_time_one_wins_each_round,
];

async fn a_batch_happens_as_a_whole(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"1").create(KIND, "b", b"1")).await.must();
    let batch = Batch::new()
        .put(KIND, "a", first.version, b"2")
        .delete(KIND, "b", first.version)
        .create(OTHER, "c", b"2")
        .append("s", 1, b"2")
        .append("s", 2, b"2")
        .enqueue(TOPIC, b"2");
    let second = store.commit(batch).await.must();
    for (kind, key) in [(KIND, "a"), (OTHER, "c")] {
        let version = store.read(kind, key).await.must().map(|record| record.version);
        assert_eq!(version, Some(second.version));
    }
    assert_eq!(store.read(KIND, "b").await.must(), None);
    assert_eq!(store.scan("s", 1, 10).await.must().items.len(), 2);
    let told = store.peek(TOPIC, 0, 10).await.must();
    assert_eq!(told.items.iter().map(|message| message.id).collect::<Vec<_>>(), second.messages);
}

async fn a_batch_with_one_fault_does_nothing(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"1").append("s", 1, b"1")).await.must();
    let good = || {
        Batch::new()
            .put(KIND, "a", first.version, b"2")
            .create(KIND, "new", b"2")
            .append("s", 2, b"2")
            .enqueue(TOPIC, b"2")
    };
    for (bad, expected) in [
        (good().create(KIND, "x", b"").put(KIND, "y", first.version, b""), "store.conflict"),
        (good().delete(KIND, "y", first.version), "store.conflict"),
        (good().expect(KIND, "y", Some(first.version)), "store.conflict"),
        (good().append("s", 2, b"again"), "store.out_of_turn"),
        (good().append("s", 4, b"too far"), "store.out_of_turn"),
        (good().create(KIND, "", b""), "store.invalid"),
    ] {
        assert_eq!(code(store.commit(bad).await), expected);
        assert_eq!(store.read(KIND, "a").await.must().map(|record| record.version), Some(first.version));
        assert_eq!(store.read(KIND, "new").await.must(), None);
        assert_eq!(store.read(KIND, "x").await.must(), None);
        assert_eq!(store.scan("s", 1, 10).await.must().items.len(), 1);
        assert!(store.peek(TOPIC, 0, 10).await.must().items.is_empty());
    }
    store.commit(good()).await.must();
}

async fn the_first_fault_is_the_error(subject: &dyn Subject) {
    let store = subject.empty().await;
    let fence = Fence { lease: "l".into(), epoch: Epoch(1) };
    let conflict = Batch::new().put(KIND, "a", Version(1), b"");
    assert_eq!(code(store.commit(conflict.clone().append("s", 5, b"")).await), "store.conflict");
    let turned = Batch::new().append("s", 5, b"").put(KIND, "a", Version(1), b"");
    assert_eq!(code(store.commit(turned).await), "store.out_of_turn");
    assert_eq!(code(store.commit(conflict.clone().fenced_by(fence.clone())).await), "store.fenced");
    assert_eq!(code(store.commit(conflict.create(KIND, "", b"").fenced_by(fence)).await), "store.invalid");
}

async fn a_batch_names_a_record_once(subject: &dyn Subject) {
    let store = subject.empty().await;
    let twice = Batch::new().create(KIND, "a", b"1").create(KIND, "a", b"2");
    assert_eq!(code(store.commit(twice).await), "store.invalid");
    let twice = Batch::new().expect(KIND, "a", None).create(KIND, "a", b"2");
    assert_eq!(code(store.commit(twice).await), "store.invalid");
    assert_eq!(store.read(KIND, "a").await.must(), None);
}

async fn what_is_only_expected_is_left_alone(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"1")).await.must();
    let batch =
        |version| Batch::new().expect(KIND, "a", version).expect(KIND, "none", None).enqueue(TOPIC, b"");
    store.commit(batch(Some(first.version))).await.must();
    assert_eq!(store.read(KIND, "a").await.must().map(|record| record.version), Some(first.version));
    assert_eq!(code(store.commit(batch(None)).await), "store.conflict");
    let other = Version(first.version.0 + 1);
    assert_eq!(code(store.commit(batch(Some(other))).await), "store.conflict");
}

async fn an_empty_batch_is_a_batch(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new()).await.must();
    let second = store.commit(Batch::new()).await.must();
    assert!(second.version > first.version);
}

async fn of_writers_at_the_same_time_one_wins_each_round(subject: &dyn Subject) {
    const WRITERS: u64 = 8;
    const ROUNDS: u64 = 5;
    let store = subject.empty().await;
    let start = store.commit(Batch::new().create(KIND, "count", 0_u64.to_le_bytes())).await.must();
    let mut at = start.version;
    for round in 1..=ROUNDS {
        let writers = (0..WRITERS).map(|writer| {
            let store = Arc::clone(&store);
            async move {
                let batch = Batch::new().put(KIND, "count", at, round.to_le_bytes());
                store.commit(batch.append("writers", round, writer.to_le_bytes())).await
            }
        });
        let outcomes = together(writers).await;
        let won: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        let lost = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(lost.into_iter().all(|error| error.code() == "store.conflict"), "{outcomes:?}");
        at = won.first().map_or(at, |committed| committed.version);
    }
    let count = store.read(KIND, "count").await.must().map(|record| record.bytes);
    assert_eq!(count, Some(ROUNDS.to_le_bytes().to_vec()));
    assert_eq!(store.scan("writers", 1, 100).await.must().items.len(), usize::try_from(ROUNDS).unwrap_or(0));
}

/// Polls all of them whenever one of them may go on.
async fn together<T>(futures: impl Iterator<Item = impl Future<Output = T> + Send>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| Some(Box::pin(future))).collect();
    let mut outcomes = Vec::new();
    let all = std::future::poll_fn(|context: &mut Context<'_>| {
        for slot in &mut waiting {
            if let Some(Poll::Ready(outcome)) = slot.as_mut().map(|future| future.as_mut().poll(context)) {
                outcomes.push(outcome);
                *slot = None;
            }
        }
        if waiting.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    });
    pin!(all).await;
    outcomes
}
