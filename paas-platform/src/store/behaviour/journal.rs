//! Streams of the journal.

use super::{super::*, KIND, Must, Subject, code, fail, table};

table![
    entries_are_numbered_from_one,
    who_was_overtaken_is_refused,
    streams_do_not_know_one_another,
    a_stream_is_read_from_any_place,
];

async fn entries_are_numbered_from_one(subject: &dyn Subject) {
    let store = subject.empty().await;
    assert_eq!(code(store.commit(Batch::new().append("s", 0, b"")).await), "store.out_of_turn");
    store.commit(Batch::new().append("s", 1, b"a").append("s", 2, b"b")).await.must();
    store.commit(Batch::new().append("s", 3, b"c").create(KIND, "s", b"")).await.must();
    let page = store.scan("s", 1, 10).await.must();
    let seen: Vec<_> = page.items.iter().map(|entry| (entry.number, entry.bytes.as_slice())).collect();
    assert_eq!(seen, [(1, b"a".as_slice()), (2, b"b"), (3, b"c")]);
    assert!(page.items.iter().all(|entry| entry.stream == "s" && entry.epoch == Epoch::UNFENCED));
    assert!(page.items.is_sorted_by_key(|entry| entry.at));
}

async fn who_was_overtaken_is_refused(subject: &dyn Subject) {
    let store = subject.empty().await;
    store.commit(Batch::new().append("s", 1, b"")).await.must();
    store.commit(Batch::new().append("s", 2, b"mine")).await.must();
    for number in [1, 2, 4, u64::MAX] {
        match store.commit(Batch::new().append("s", number, b"late")).await {
            Err(StoreError::OutOfTurn { stream, number: given, next }) => {
                assert_eq!((stream.as_str(), given, next), ("s", number, 3));
            }
            other => fail(&format!("{other:?}")),
        }
    }
    assert_eq!(store.scan("s", 1, 10).await.must().items.len(), 2);
}

async fn streams_do_not_know_one_another(subject: &dyn Subject) {
    let store = subject.empty().await;
    store
        .commit(Batch::new().append("s", 1, b"s1").append("s/t", 1, b"t1").append("s", 2, b"s2"))
        .await
        .must();
    let page = store.scan("s", 1, 10).await.must();
    assert_eq!(page.items.iter().map(|entry| entry.bytes.as_slice()).collect::<Vec<_>>(), [b"s1", b"s2"]);
    assert_eq!(store.scan("s/t", 1, 10).await.must().items.len(), 1);
    assert!(store.scan("t", 1, 10).await.must().items.is_empty());
}

async fn a_stream_is_read_from_any_place(subject: &dyn Subject) {
    let store = subject.empty().await;
    let batch = (1..=10).fold(Batch::new(), |batch, number| batch.append("s", number, b""));
    store.commit(batch).await.must();
    for (from, limit, numbers, more) in [
        (0, 3, vec![1, 2, 3], true),
        (4, 3, vec![4, 5, 6], true),
        (8, 3, vec![8, 9, 10], false),
        (10, 3, vec![10], false),
        (11, 3, vec![], false),
        (u64::MAX, 3, vec![], false),
        (9, 0, vec![9], true),
    ] {
        let page = store.scan("s", from, limit).await.must();
        let seen: Vec<u64> = page.items.iter().map(|entry| entry.number).collect();
        assert_eq!((seen, page.more), (numbers, more), "{limit} from {from}");
    }
}
