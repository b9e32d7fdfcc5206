//! Messages that wait to be told.

use super::{super::*, KIND, Must, Subject, TOPIC, code, fail, table};

table![
    messages_wait_in_order_until_they_are_told,
    a_message_goes_with_its_batch_or_not_at_all,
    telling_twice_is_no_fault,
    ids_do_not_come_back,
    topics_do_not_know_one_another,
];

async fn ids(store: &dyn Store, topic: Topic) -> Vec<u64> {
    store.peek(topic, 0, 100).await.must().items.into_iter().map(|message| message.id).collect()
}

async fn messages_wait_in_order_until_they_are_told(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().enqueue(TOPIC, b"a").enqueue(TOPIC, b"b")).await.must();
    let second = store.commit(Batch::new().enqueue(TOPIC, b"c")).await.must();
    let all = [first.messages, second.messages].concat();
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    for _ in 0..2 {
        let page = store.peek(TOPIC, 0, 10).await.must();
        let bytes: Vec<_> = page.items.iter().map(|message| message.bytes.as_slice()).collect();
        assert_eq!((bytes, page.more), (vec![b"a".as_slice(), b"b", b"c"], false));
    }
    let [a, b, c] = all.as_slice() else { fail("there are not three") };
    let page = store.peek(TOPIC, *a, 1).await.must();
    assert_eq!((page.items.first().map(|message| message.id), page.more), (Some(*b), true));

    store.commit(Batch::new().acknowledge(TOPIC, *b)).await.must();
    assert_eq!(ids(&store, TOPIC).await, [*a, *c]);
}

async fn a_message_goes_with_its_batch_or_not_at_all(subject: &dyn Subject) {
    let store = subject.empty().await;
    let done = store.commit(Batch::new().enqueue(TOPIC, b"a")).await.must();
    let told = done.messages.first().copied().unwrap_or_default();
    let bad = Batch::new().acknowledge(TOPIC, told).enqueue(TOPIC, b"b").put(KIND, "none", Version(1), b"");
    assert_eq!(code(store.commit(bad).await), "store.conflict");
    assert_eq!(ids(&store, TOPIC).await, [told]);
}

async fn telling_twice_is_no_fault(subject: &dyn Subject) {
    let store = subject.empty().await;
    let done = store.commit(Batch::new().enqueue(TOPIC, b"a")).await.must();
    let told = done.messages.first().copied().unwrap_or_default();
    for id in [told, told, told + 100, u64::MAX] {
        store.commit(Batch::new().acknowledge(TOPIC, id)).await.must();
    }
    assert!(ids(&store, TOPIC).await.is_empty());
}

async fn ids_do_not_come_back(subject: &dyn Subject) {
    let store = subject.empty().await;
    let mut last = 0;
    for _ in 0..3 {
        let done = store.commit(Batch::new().enqueue(TOPIC, b"a")).await.must();
        let id = done.messages.first().copied().unwrap_or_default();
        assert!(id > last);
        store.commit(Batch::new().acknowledge(TOPIC, id)).await.must();
        last = id;
    }
}

async fn topics_do_not_know_one_another(subject: &dyn Subject) {
    let other = Topic::new("other");
    let store = subject.empty().await;
    let done = store.commit(Batch::new().enqueue(TOPIC, b"a").enqueue(other.clone(), b"b")).await.must();
    let batch = done.messages.iter().fold(Batch::new(), |batch, id| batch.acknowledge(TOPIC, *id));
    store.commit(batch).await.must();
    assert!(ids(&store, TOPIC).await.is_empty());
    assert_eq!(ids(&store, other).await.len(), 1);
}
