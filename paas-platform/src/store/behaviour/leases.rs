//! Leases and fences.

use super::{super::*, KIND, Must, Subject, TOPIC, code, fail, table};
use std::time::Duration;

/// Long enough for a few calls of a slow store, short enough to wait for.
const SHORT: Duration = Duration::from_millis(400);
const LONG: Duration = Duration::from_secs(600);

table![
    a_lease_has_one_holder,
    a_lease_runs_out,
    a_renewed_lease_lasts,
    a_lease_that_was_given_back_is_free,
    the_same_holder_takes_over_from_itself,
    a_fenced_write_keeps_its_epoch,
    a_late_writer_is_refused,
    a_lost_lease_cannot_be_renewed_or_given_back,
    a_fence_of_nothing_does_not_hold,
];

async fn a_lease_has_one_holder(subject: &dyn Subject) {
    let store = subject.empty().await;
    assert_eq!(store.lease("l").await.must(), None);
    let lease = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    assert_eq!((lease.name.as_str(), lease.holder.as_str(), lease.epoch), ("l", "one", Epoch(1)));
    match store.acquire(LeaseRequest::new("l", "two", LONG)).await {
        Err(error @ StoreError::LeaseHeld { .. }) => {
            assert!(error.is_retryable());
            assert!(error.to_string().contains("`one`"), "{error}");
        }
        other => fail(&format!("{other:?}")),
    }
    assert_eq!(store.lease("l").await.must(), Some(lease));
    store.acquire(LeaseRequest::new("m", "two", LONG)).await.must();
}

async fn a_lease_runs_out(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", SHORT)).await.must();
    subject.pass(SHORT).await;
    assert_eq!(store.lease("l").await.must(), None);
    let second = store.acquire(LeaseRequest::new("l", "two", LONG)).await.must();
    assert_eq!(second.epoch, Epoch(first.epoch.0 + 1));
    assert!(second.until > first.until);
}

async fn a_renewed_lease_lasts(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", SHORT)).await.must();
    let renewed = store.renew(&first.fence(), LONG).await.must();
    assert_eq!((renewed.epoch, renewed.holder.as_str()), (first.epoch, "one"));
    assert!(renewed.until > first.until);
    subject.pass(SHORT).await;
    assert_eq!(code(store.acquire(LeaseRequest::new("l", "two", LONG)).await), "store.lease_held");
    assert_eq!(code(store.renew(&first.fence(), Duration::ZERO).await), "store.invalid");
    store.commit(Batch::new().create(KIND, "a", b"").fenced_by(first.fence())).await.must();
}

async fn a_lease_that_was_given_back_is_free(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    store.release(&first.fence()).await.must();
    assert_eq!(store.lease("l").await.must(), None);
    let late = Batch::new().create(KIND, "a", b"").fenced_by(first.fence());
    assert_eq!(code(store.commit(late).await), "store.fenced");
    let second = store.acquire(LeaseRequest::new("l", "two", LONG)).await.must();
    assert_eq!(second.epoch, Epoch(2));
}

async fn the_same_holder_takes_over_from_itself(subject: &dyn Subject) {
    let store = subject.empty().await;
    let before = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    let after = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    assert_eq!(after.epoch, Epoch(2));
    let batch = Batch::new().create(KIND, "a", b"");
    assert_eq!(code(store.commit(batch.clone().fenced_by(before.fence())).await), "store.fenced");
    store.commit(batch.fenced_by(after.fence())).await.must();
}

async fn a_fenced_write_keeps_its_epoch(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    store.release(&first.fence()).await.must();
    let second = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    let batch = Batch::new().create(KIND, "a", b"").append("s", 1, b"").enqueue(TOPIC, b"");
    let done = store.commit(batch.fenced_by(second.fence())).await.must();
    let record = store.read(KIND, "a").await.must();
    assert_eq!(record.map(|record| record.epoch), Some(second.epoch));
    assert!(store.scan("s", 1, 10).await.must().items.iter().all(|entry| entry.epoch == second.epoch));
    assert!(store.peek(TOPIC, 0, 10).await.must().items.iter().all(|told| told.epoch == second.epoch));
    store.commit(Batch::new().put(KIND, "a", done.version, b"")).await.must();
    let record = store.read(KIND, "a").await.must();
    assert_eq!(record.map(|record| record.epoch), Some(Epoch::UNFENCED));
}

async fn a_late_writer_is_refused(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", SHORT)).await.must();
    let batch = |key: &str| Batch::new().create(KIND, key, b"").append("s", 1, b"").enqueue(TOPIC, b"");
    subject.pass(SHORT).await;
    // Nobody has taken it yet, but somebody could have.
    assert_eq!(code(store.commit(batch("a").fenced_by(first.fence())).await), "store.fenced");
    let second = store.acquire(LeaseRequest::new("l", "two", LONG)).await.must();
    match store.commit(batch("a").fenced_by(first.fence())).await {
        Err(StoreError::Fenced { lease, epoch, now_at }) => {
            assert_eq!((lease.as_str(), epoch, now_at), ("l", first.epoch, second.epoch));
        }
        other => fail(&format!("{other:?}")),
    }
    assert_eq!(store.read(KIND, "a").await.must(), None);
    assert!(store.scan("s", 1, 10).await.must().items.is_empty());
    assert!(store.peek(TOPIC, 0, 10).await.must().items.is_empty());
    store.commit(batch("a").fenced_by(second.fence())).await.must();
}

async fn a_lost_lease_cannot_be_renewed_or_given_back(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.acquire(LeaseRequest::new("l", "one", SHORT)).await.must();
    subject.pass(SHORT).await;
    assert_eq!(code(store.renew(&first.fence(), LONG).await), "store.fenced");
    assert_eq!(code(store.release(&first.fence()).await), "store.fenced");
    let second = store.acquire(LeaseRequest::new("l", "two", LONG)).await.must();
    assert_eq!(code(store.renew(&first.fence(), LONG).await), "store.fenced");
    assert_eq!(code(store.release(&first.fence()).await), "store.fenced");
    assert_eq!(store.lease("l").await.must(), Some(second));
}

async fn a_fence_of_nothing_does_not_hold(subject: &dyn Subject) {
    let store = subject.empty().await;
    for (lease, epoch) in [("l", Epoch(1)), ("l", Epoch::UNFENCED)] {
        let fence = Fence { lease: lease.into(), epoch };
        assert_eq!(code(store.commit(Batch::new().fenced_by(fence.clone())).await), "store.fenced");
        assert_eq!(code(store.renew(&fence, LONG).await), "store.fenced");
        assert_eq!(code(store.release(&fence).await), "store.fenced");
    }
    let lease = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    for epoch in [Epoch(0), Epoch(lease.epoch.0 + 1), Epoch(u64::MAX)] {
        let fence = Fence { lease: "l".into(), epoch };
        assert_eq!(code(store.commit(Batch::new().fenced_by(fence)).await), "store.fenced");
    }
    let other = Fence { lease: "m".into(), epoch: lease.epoch };
    assert_eq!(code(store.commit(Batch::new().fenced_by(other)).await), "store.fenced");
}
