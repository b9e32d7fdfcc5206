//! Everything out, everything in.

use super::{super::*, KIND, Must, OTHER, Subject, TOPIC, code, table};
use std::{
    io::Cursor,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

table![
    what_was_exported_is_there_after_the_import,
    counters_go_on_after_an_import,
    an_export_shows_one_moment,
    only_an_empty_store_is_filled,
    an_import_that_fails_leaves_nothing,
    what_no_store_could_hold_is_refused,
];

const LONG: Duration = Duration::from_secs(600);

async fn filled(subject: &dyn Subject) -> Arc<dyn Store> {
    let store = subject.empty().await;
    let lease = store.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    store.acquire(LeaseRequest::new("m", "two", LONG)).await.must();
    let batch = Batch::new().create(KIND, "a", b"text").create(KIND, "b", [0, 159, 146, 150]);
    let done = store.commit(batch.append("s", 1, b"one").append("t", 1, b"")).await.must();
    let batch = Batch::new().put(KIND, "a", done.version, "t\u{e4}xt\n\"").create(OTHER, "a", b"");
    let batch = batch.append("s", 2, b"two").enqueue(TOPIC, b"told").enqueue(TOPIC, b"waits");
    let done = store.commit(batch.fenced_by(lease.fence())).await.must();
    let told = done.messages.first().copied().unwrap_or_default();
    store.commit(Batch::new().acknowledge(TOPIC, told)).await.must();
    store
}

async fn text(store: &dyn Store) -> String {
    let (text, _) = export(store, Vec::new()).await.must();
    String::from_utf8(text).unwrap_or_default()
}

async fn items(store: &dyn Store) -> Vec<Item> {
    let items = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&items);
    let take = move |item| {
        taken.lock().unwrap_or_else(PoisonError::into_inner).push(item);
        Ok(())
    };
    store.dump(Box::new(take)).await.must();
    let items = items.lock().unwrap_or_else(PoisonError::into_inner);
    items.clone()
}

async fn what_was_exported_is_there_after_the_import(subject: &dyn Subject) {
    let store = filled(subject).await;
    let (bytes, counts) = export(&store, Vec::new()).await.must();
    assert_eq!((counts.records, counts.entries, counts.messages, counts.leases), (3, 3, 1, 2));
    let other = subject.empty().await;
    assert_eq!(import(&other, Cursor::new(bytes)).await.must(), counts);
    assert_eq!(text(&other).await, text(&store).await);
    assert_eq!(items(&other).await, items(&store).await);
    assert_eq!(other.read(KIND, "b").await.must(), store.read(KIND, "b").await.must());
    assert_eq!(other.scan("s", 1, 10).await.must(), store.scan("s", 1, 10).await.must());
    assert_eq!(other.peek(TOPIC, 0, 10).await.must(), store.peek(TOPIC, 0, 10).await.must());
    // Nobody holds what was leased elsewhere.
    assert_eq!(other.lease("l").await.must(), None);
}

async fn counters_go_on_after_an_import(subject: &dyn Subject) {
    let store = filled(subject).await;
    let other = subject.empty().await;
    import(&other, Cursor::new(text(&store).await)).await.must();
    let batch = || Batch::new().enqueue(TOPIC, b"next").append("s", 3, b"next");
    assert_eq!(other.commit(batch()).await.must(), store.commit(batch()).await.must());
    let lease = other.acquire(LeaseRequest::new("l", "three", LONG)).await.must();
    assert_eq!(lease.epoch, Epoch(2));
    let late = Fence { lease: "l".into(), epoch: Epoch(1) };
    assert_eq!(code(other.commit(Batch::new().fenced_by(late)).await), "store.fenced");
}

async fn an_export_shows_one_moment(subject: &dyn Subject) {
    let store = filled(subject).await;
    let before = items(&store).await;
    // Something is written as soon as the first item is out; the sink waits for it.
    let (first, go) = (Arc::new(Mutex::new(None)), Arc::new(Mutex::new(Vec::new())));
    let (write, seen) = (Arc::clone(&first), Arc::clone(&go));
    let take = move |item| {
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(item);
        if let Some(write) = write.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let write: Box<dyn FnOnce() + Send> = write;
            write();
        }
        Ok(())
    };
    let writer = Arc::clone(&store);
    let write: Box<dyn FnOnce() + Send> = Box::new(move || {
        let batch = Batch::new().create(KIND, "meanwhile", b"").append("s", 3, b"").enqueue(TOPIC, b"");
        wait(&mut writer.commit(batch)).must();
    });
    *first.lock().unwrap_or_else(PoisonError::into_inner) = Some(write);
    store.dump(Box::new(take)).await.must();
    assert_eq!(*go.lock().unwrap_or_else(PoisonError::into_inner), before);
    assert!(store.read(KIND, "meanwhile").await.must().is_some());
}

/// Waits on a thread that may block.
fn wait<T>(future: &mut BoxFuture<'_, T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

async fn only_an_empty_store_is_filled(subject: &dyn Subject) {
    let store = filled(subject).await;
    let before = text(&store).await;
    assert_eq!(code(import(&store, Cursor::new(before.clone())).await), "store.not_empty");
    assert_eq!(text(&store).await, before);
    let leased = subject.empty().await;
    leased.acquire(LeaseRequest::new("l", "one", LONG)).await.must();
    assert_eq!(code(import(&leased, Cursor::new(before)).await), "store.not_empty");
}

async fn an_import_that_fails_leaves_nothing(subject: &dyn Subject) {
    let store = filled(subject).await;
    let whole = text(&store).await;
    let other = subject.empty().await;
    let empty = text(&other).await;
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    for count in 0..lines.len() {
        let cut: String = lines.iter().take(count).copied().collect();
        assert_eq!(code(import(&other, Cursor::new(cut)).await), "store.bad_export");
        assert_eq!(text(&other).await, empty);
    }
    import(&other, Cursor::new(whole.clone())).await.must();
    assert_eq!(text(&other).await, whole);
}

async fn what_no_store_could_hold_is_refused(subject: &dyn Subject) {
    let good = items(&filled(subject).await).await;
    let store = subject.empty().await;
    let entry = |stream: &str, number| {
        Item::Entry(Entry::new(
            stream.into(),
            number,
            Epoch(0),
            crate::seam::Timestamp::default(),
            Vec::new(),
        ))
    };
    let record = |key: &str, version| {
        Item::Record(Record::new(KIND, key.into(), Version(version), Epoch(0), Vec::new()))
    };
    let counters = |version| Item::Counters { version: Version(version), message: 9 };
    let mut turned = good.clone();
    turned.reverse();
    for bad in [
        vec![],
        vec![record("a", 1)],
        vec![counters(9), counters(9)],
        vec![counters(u64::MAX)],
        vec![counters(1), record("a", 2)],
        vec![counters(9), record("", 1)],
        vec![counters(9), record("b", 1), record("a", 2)],
        vec![counters(9), record("a", 1), record("a", 2)],
        vec![counters(9), entry("s", 1), record("a", 1)],
        vec![counters(9), entry("s", 2)],
        vec![counters(9), entry("s", 1), entry("s", 3)],
        vec![counters(9), entry("s", 1), entry("t", 2)],
        vec![counters(9), Item::Lease { name: "l".into(), epoch: Epoch(u64::MAX) }],
        turned,
    ] {
        let shown = format!("{bad:?}");
        let outcome = store.restore(Box::new(bad.into_iter().map(Ok))).await;
        assert!(outcome.is_err(), "{shown}");
        assert_eq!(code(outcome), "store.invalid", "{shown}");
    }
    store.restore(Box::new(good.clone().into_iter().map(Ok))).await.must();
    assert_eq!(items(&store).await, good);
}
