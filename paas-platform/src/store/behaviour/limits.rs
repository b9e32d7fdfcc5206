//! What is too large, and names that are none.

use super::{super::*, KIND, Must, Subject, TOPIC, code, table};
use std::time::Duration;

table![the_largest_is_taken_and_one_more_is_not, names_that_are_none_are_refused, leases_have_limits,];

async fn the_largest_is_taken_and_one_more_is_not(subject: &dyn Subject) {
    let store = subject.empty().await;
    let (key, kind) = ("k".repeat(limits::MAX_KEY), "k".repeat(limits::MAX_KIND));
    let record = vec![7; limits::MAX_RECORD];
    let entry = vec![7; limits::MAX_ENTRY];
    let largest = Batch::new()
        .create(kind.clone().into(), key.clone(), record.clone())
        .append(key.clone(), 1, entry.clone())
        .enqueue(kind.clone().into(), entry.clone());
    store.commit(largest).await.must();
    let read = store.read(kind.clone().into(), &key).await.must();
    assert_eq!(read.map(|record| record.bytes.len()), Some(limits::MAX_RECORD));

    let more = |bytes: &[u8]| [bytes, &[7]].concat();
    let mut many = (0..=limits::MAX_CHANGES).map(|id| Change::Acknowledge { topic: TOPIC, id: id as u64 });
    for batch in [
        Batch::new().create(KIND, format!("{key}k"), b""),
        Batch::new().create(format!("{kind}k").into(), "k", b""),
        Batch::new().create(KIND, "k", more(&record)),
        Batch::new().append(format!("{key}k"), 1, b""),
        Batch::new().append("s", 1, more(&entry)),
        Batch::new().enqueue(format!("{kind}k").into(), b""),
        Batch::new().enqueue(TOPIC, more(&entry)),
        (0..5).fold(Batch::new(), |batch, key| batch.create(KIND, key.to_string(), record.clone())),
        many.by_ref().fold(Batch::new(), Batch::change),
    ] {
        assert_eq!(code(store.commit(batch).await), "store.too_large");
    }
}

async fn names_that_are_none_are_refused(subject: &dyn Subject) {
    let store = subject.empty().await;
    for word in ["", "A", "1a", "a b", "ä", "a/b", "-"] {
        let kind = Kind::from(word.to_owned());
        assert_eq!(code(store.commit(Batch::new().create(kind, "k", b"")).await), "store.invalid");
        let topic = Topic::from(word.to_owned());
        assert_eq!(code(store.commit(Batch::new().enqueue(topic, b"")).await), "store.invalid");
    }
    for text in ["", "a\0b", "a\nb", "\u{7f}"] {
        assert_eq!(code(store.commit(Batch::new().create(KIND, text, b"")).await), "store.invalid");
        assert_eq!(code(store.commit(Batch::new().append(text, 1, b"")).await), "store.invalid");
        let second = Duration::from_secs(1);
        assert_eq!(code(store.acquire(LeaseRequest::new(text, "h", second)).await), "store.invalid");
        assert_eq!(code(store.acquire(LeaseRequest::new("l", text, second)).await), "store.invalid");
    }
}

async fn leases_have_limits(subject: &dyn Subject) {
    let store = subject.empty().await;
    let longer = limits::MAX_LEASE + Duration::from_millis(1);
    for duration in [Duration::ZERO, Duration::from_micros(999), longer, Duration::MAX] {
        let asked = LeaseRequest::new("l", "h", duration);
        assert_eq!(code(store.acquire(asked).await), "store.invalid");
    }
    let lease = store.acquire(LeaseRequest::new("l", "h", limits::MAX_LEASE)).await.must();
    assert_eq!(code(store.renew(&lease.fence(), longer).await), "store.invalid");
}
