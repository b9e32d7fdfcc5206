//! Records, one at a time.

use super::{super::*, KIND, Must, OTHER, Subject, code, fail, table};

table![
    a_record_comes_back_as_it_was_written,
    what_is_not_there_is_none,
    a_record_is_created_once,
    a_record_is_put_only_over_the_version_that_was_read,
    a_deleted_record_is_gone,
    a_version_does_not_come_back_with_a_record_of_the_same_name,
    kinds_have_names_of_their_own,
    any_bytes_are_kept,
];

async fn a_record_comes_back_as_it_was_written(subject: &dyn Subject) {
    let store = subject.empty().await;
    let done = store.commit(Batch::new().create(KIND, "a/b", b"one")).await.must();
    let record = store.read(KIND, "a/b").await.must();
    let expected = Record::new(KIND, "a/b".into(), done.version, Epoch::UNFENCED, b"one".into());
    assert_eq!(record, Some(expected));
}

async fn what_is_not_there_is_none(subject: &dyn Subject) {
    let store = subject.empty().await;
    assert_eq!(store.read(KIND, "a").await.must(), None);
    assert_eq!(store.read(KIND, "").await.must(), None);
    let batch = Batch::new().put(KIND, "a", Version(1), b"x");
    match store.commit(batch).await {
        Err(StoreError::Conflict { kind, key, expected: Some(Version(1)), actual: None }) => {
            assert_eq!((kind, key.as_str()), (KIND, "a"));
        }
        other => fail(&format!("{other:?}")),
    }
    assert_eq!(code(store.commit(Batch::new().delete(KIND, "a", Version(1))).await), "store.conflict");
}

async fn a_record_is_created_once(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"one")).await.must();
    match store.commit(Batch::new().create(KIND, "a", b"two")).await {
        Err(StoreError::Conflict { expected: None, actual: Some(actual), .. }) => {
            assert_eq!(actual, first.version);
        }
        other => fail(&format!("{other:?}")),
    }
    assert_eq!(store.read(KIND, "a").await.must().map(|record| record.bytes), Some(b"one".into()));
}

async fn a_record_is_put_only_over_the_version_that_was_read(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"one")).await.must();
    let second = store.commit(Batch::new().put(KIND, "a", first.version, b"two")).await.must();
    assert!(second.version > first.version);
    match store.commit(Batch::new().put(KIND, "a", first.version, b"three")).await {
        Err(StoreError::Conflict { expected, actual, .. }) => {
            assert_eq!((expected, actual), (Some(first.version), Some(second.version)));
        }
        other => fail(&format!("{other:?}")),
    }
    let record = store.read(KIND, "a").await.must();
    assert_eq!(record.map(|record| (record.version, record.bytes)), Some((second.version, b"two".into())));
}

async fn a_deleted_record_is_gone(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"one")).await.must();
    let wrong = Version(first.version.0 + 1);
    assert_eq!(code(store.commit(Batch::new().delete(KIND, "a", wrong)).await), "store.conflict");
    store.commit(Batch::new().delete(KIND, "a", first.version)).await.must();
    assert_eq!(store.read(KIND, "a").await.must(), None);
    assert_eq!(code(store.commit(Batch::new().delete(KIND, "a", first.version)).await), "store.conflict");
}

async fn a_version_does_not_come_back_with_a_record_of_the_same_name(subject: &dyn Subject) {
    let store = subject.empty().await;
    let first = store.commit(Batch::new().create(KIND, "a", b"one")).await.must();
    store.commit(Batch::new().delete(KIND, "a", first.version)).await.must();
    let second = store.commit(Batch::new().create(KIND, "a", b"two")).await.must();
    assert!(second.version > first.version);
    let late = store.commit(Batch::new().put(KIND, "a", first.version, b"late")).await;
    assert_eq!(code(late), "store.conflict");
}

async fn kinds_have_names_of_their_own(subject: &dyn Subject) {
    let store = subject.empty().await;
    store.commit(Batch::new().create(KIND, "a", b"one").create(OTHER, "a", b"two")).await.must();
    assert_eq!(store.read(OTHER, "a").await.must().map(|record| record.bytes), Some(b"two".into()));
}

async fn any_bytes_are_kept(subject: &dyn Subject) {
    let store = subject.empty().await;
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let keys = ["ä/ö ü", "A", "a'b\"c\\d", "%_*?", "日本"];
    for key in keys {
        let batch = Batch::new().create(KIND, key, all.clone()).append(key, 1, all.clone());
        store.commit(batch).await.must();
    }
    store.commit(Batch::new().create(KIND, "nothing", b"")).await.must();
    for key in keys {
        assert_eq!(store.read(KIND, key).await.must().map(|record| record.bytes), Some(all.clone()));
        let page = store.scan(key, 1, 1).await.must();
        assert_eq!(page.items.first().map(|entry| &entry.bytes), Some(&all));
    }
    assert_eq!(store.read(KIND, "nothing").await.must().map(|record| record.bytes), Some(Vec::new()));
}
