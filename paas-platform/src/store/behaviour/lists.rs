//! Lists of records, page by page.

use super::{super::*, KIND, Must, OTHER, Subject, table};

table![
    a_list_is_in_the_order_of_bytes,
    a_prefix_is_taken_literally,
    pages_follow_one_another,
    changes_between_two_pages_neither_hide_nor_double,
    a_page_ends_when_it_is_large,
];

async fn keys(store: &dyn Store, list: List) -> Vec<String> {
    store.list(list).await.must().items.into_iter().map(|record| record.key).collect()
}

async fn a_list_is_in_the_order_of_bytes(subject: &dyn Subject) {
    let store = subject.empty().await;
    let mut all = ["a", "B", "b", "a/b", "a-b", "ä", "z", "10", "9", "a b", "\u{ffff}", "\u{10000}"];
    let batch = all.iter().fold(Batch::new(), |batch, key| batch.create(KIND, *key, b""));
    store.commit(batch.create(OTHER, "other", b"")).await.must();
    all.sort_unstable();
    assert_eq!(keys(&store, List::of(KIND)).await, all);
    assert_eq!(keys(&store, List::of(OTHER)).await, ["other"]);
    assert!(keys(&store, List::of(Kind::new("none"))).await.is_empty());
}

async fn a_prefix_is_taken_literally(subject: &dyn Subject) {
    let store = subject.empty().await;
    let all = ["a", "a%", "a%b", "a_b", "axb", "b", "a\u{10ffff}", "a\u{10ffff}x", "b\u{10ffff}"];
    let batch = all.iter().fold(Batch::new(), |batch, key| batch.create(KIND, *key, b""));
    store.commit(batch).await.must();
    let list = |prefix: &str| keys(&store, List::of(KIND).with_prefix(prefix));
    assert_eq!(list("a%").await, ["a%", "a%b"]);
    assert_eq!(list("a_").await, ["a_b"]);
    assert_eq!(list("a\u{10ffff}").await, ["a\u{10ffff}", "a\u{10ffff}x"]);
    assert_eq!(list("b").await, ["b", "b\u{10ffff}"]);
    assert!(list("A").await.is_empty());
    let after_all = List::of(KIND).with_prefix("a%").after("a%b");
    assert!(keys(&store, after_all).await.is_empty());
    let before_all = List::of(KIND).with_prefix("b").after("a");
    assert_eq!(keys(&store, before_all).await, ["b", "b\u{10ffff}"]);
}

async fn pages_follow_one_another(subject: &dyn Subject) {
    let store = subject.empty().await;
    let all: Vec<String> = (0..25).map(|number| format!("p/{number:02}")).collect();
    let batch = all.iter().fold(Batch::new(), |batch, key| batch.create(KIND, key, b""));
    store.commit(batch.create(KIND, "q", b"")).await.must();
    for limit in [1, 7, 24, 25, 26] {
        let mut seen = Vec::new();
        let mut list = List::of(KIND).with_prefix("p/").limit(limit);
        loop {
            let page = store.list(list.clone()).await.must();
            assert!(page.items.len() <= limit && (!page.more || page.items.len() == limit));
            seen.extend(page.items.into_iter().map(|record| record.key));
            if !page.more {
                break;
            }
            list = list.after(seen.last().cloned().unwrap_or_default());
        }
        assert_eq!(seen, all, "{limit} a page");
    }
    // A page of nothing would never end.
    assert_eq!(keys(&store, List::of(KIND).limit(0)).await, ["p/00"]);
}

async fn changes_between_two_pages_neither_hide_nor_double(subject: &dyn Subject) {
    let store = subject.empty().await;
    let batch =
        ["b", "d", "f", "h"].into_iter().fold(Batch::new(), |batch, key| batch.create(KIND, key, b""));
    let first = store.commit(batch).await.must();
    let list = List::of(KIND).limit(2);
    assert_eq!(keys(&store, list.clone()).await, ["b", "d"]);
    let batch = Batch::new().create(KIND, "a", b"").delete(KIND, "d", first.version).create(KIND, "e", b"");
    store.commit(batch).await.must();
    assert_eq!(keys(&store, list.after("d")).await, ["e", "f"]);
}

async fn a_page_ends_when_it_is_large(subject: &dyn Subject) {
    let store = subject.empty().await;
    let large = vec![b'x'; limits::MAX_RECORD];
    for key in ["a", "b", "c"] {
        store.commit(Batch::new().create(KIND, key, large.clone())).await.must();
    }
    let page = store.list(List::of(KIND)).await.must();
    assert_eq!(page.items.len(), limits::MAX_PAGE_BYTES / limits::MAX_RECORD);
    assert!(page.more);
    let rest = store.list(List::of(KIND).after("b")).await.must();
    assert_eq!((rest.items.len(), rest.more), (1, false));
}
