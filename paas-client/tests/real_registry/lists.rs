//! Tags and repositories, over all pages.

use super::bed::{Auth, Registry, builder, bytes, client, image, name};
use paas_client::{ErrorKind, Limits};

#[tokio::test]
async fn all_pages_are_read() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let pusher = client(&registry.url);
    let shop = name("team-a/shop");
    let manifest = image(&pusher, &shop, &bytes(1_000, 1)).await;
    let tags: Vec<String> = (0..7).map(|number| format!("1.{number}")).collect();
    for tag in &tags {
        pusher.put_manifest(&shop, &tag.parse().unwrap(), &manifest).await.unwrap();
    }
    for number in 0..6 {
        let repository = name(&format!("team-b/service-{number}"));
        let manifest = image(&pusher, &repository, &bytes(1_000, 1)).await;
        pusher.put_manifest(&repository, &"1".parse().unwrap(), &manifest).await.unwrap();
    }
    for page in [1, 2, 7, 1_000, 5_000] {
        let limits = Limits { page, ..Limits::default() };
        let client = builder(&registry.url).limits(limits).build().unwrap();
        let mut found: Vec<String> =
            client.tags(&shop).collect_all().await.unwrap().iter().map(ToString::to_string).collect();
        found.sort();
        assert_eq!(found, tags, "{page}");
        let found = client.repositories().collect_all().await.unwrap();
        assert_eq!(found.len(), 7, "{page}");
        assert!(found.contains(&shop));
    }
    let error = pusher.tags(&name("team-a/other")).collect_all().await.unwrap_err();
    assert_eq!((error.kind(), error.server_code()), (ErrorKind::NotFound, Some("NAME_UNKNOWN")));
}
