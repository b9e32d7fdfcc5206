//! Logins by tokens of an endpoint.

use super::{
    bed::{Auth, Registry, USER, anna, builder, bytes, client, fetch, image, name, push},
    issuer::Issuer,
};
use paas_client::{
    ErrorKind,
    registry::{Mount, RegistryLogin},
};

#[tokio::test]
async fn tokens_are_got_by_the_scopes_that_calls_need_and_kept() {
    let (issuer, _server, realm) = Issuer::start().await;
    let Some(registry) = Registry::start(Auth::Tokens(&realm)).await else { return };
    issuer.allow("team-a/shop", &["pull", "push", "delete"]);
    let (anna, shop, tag) = (anna(&registry.url), name("team-a/shop"), "1".parse().unwrap());
    anna.ping().await.unwrap();
    assert_eq!(anna.manifest(&shop, &tag).await.unwrap(), None);
    let manifest = image(&anna, &shop, &bytes(100_000, 1)).await;
    anna.put_manifest(&shop, &tag, &manifest).await.unwrap();
    assert_eq!(anna.manifest(&shop, &tag).await.unwrap().unwrap(), manifest);
    assert_eq!(anna.tags(&shop).collect_all().await.unwrap().len(), 1);
    anna.delete_manifest(&shop, &manifest.digest().into()).await.unwrap();
    // One for each kind of thing that was done; one that may push serves for pulling, too.
    let scope = |actions: &str| format!("repository:team-a/shop:{actions}");
    assert_eq!(issuer.asked(), [String::new(), scope("pull"), scope("pull,push"), scope("delete")]);

    // Many at once ask for one.
    let other = super::bed::anna(&registry.url);
    let asked = issuer.asked().len();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (other, shop, tag) = (other.clone(), shop.clone(), "1".parse().unwrap());
            tokio::spawn(async move { other.manifest_descriptor(&shop, &tag).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), None);
    }
    assert_eq!(issuer.asked().len(), asked + 1);
}

#[tokio::test]
async fn a_mount_needs_both_repositories_in_one_token() {
    let (issuer, _server, realm) = Issuer::start().await;
    let Some(registry) = Registry::start(Auth::Tokens(&realm)).await else { return };
    issuer.allow("team-a/shop", &["pull", "push"]);
    issuer.allow("prod/shop", &["pull", "push"]);
    issuer.allow("team-b/closed", &["push"]);
    let (anna, shop, prod) = (anna(&registry.url), name("team-a/shop"), name("prod/shop"));
    let content = bytes(100_000, 1);
    let digest = push(&anna, &shop, &content).await;
    let asked = issuer.asked().len();
    assert!(matches!(anna.mount_blob(&prod, &digest, &shop).await.unwrap(), Mount::Mounted));
    assert_eq!(
        issuer.asked()[asked..],
        ["repository:prod/shop:pull,push repository:team-a/shop:pull".to_owned()]
    );
    assert_eq!(fetch(&anna, &prod, &digest, 0).await, content);

    // What may not be pulled is uploaded instead.
    let closed = name("team-b/closed");
    let mount = anna.mount_blob(&prod, &digest, &closed).await.unwrap();
    assert!(matches!(mount, Mount::Upload(upload) if upload.repository() == &prod));
    // Where nothing may be pushed there is no upload.
    let error = anna.mount_blob(&name("other/shop"), &digest, &shop).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_in_the_middle_of_a_copy() {
    let (issuer, _server, realm) = Issuer::start().await;
    let Some(registry) = Registry::start(Auth::Tokens(&realm)).await else { return };
    issuer.allow("team-a/shop", &["pull", "push"]);
    let (anna, shop) = (anna(&registry.url), name("team-a/shop"));

    // It lives shorter than the endpoint says: the registry refuses it, and another one is got.
    issuer.set_lives(300, -100);
    let error = anna.start_upload(&shop).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized, "{error}");
    assert!(error.to_string().contains("does not accept the token"), "{error}");
    issuer.set_lives(300, 300);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let mut upload = anna.start_upload(&shop).await.unwrap();
    // To give it up takes the right to delete, with this registry.
    let error = anna.cancel_upload(&upload).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");

    // It lives as short as the endpoint says: it is renewed before its end.
    issuer.set_lives(2, 2);
    let other = super::bed::anna(&registry.url);
    let content = bytes(100_000, 1);
    push(&other, &shop, &content).await;
    let asked = issuer.asked().len();
    tokio::time::sleep(std::time::Duration::from_millis(1_600)).await;
    other.upload_status(&mut upload).await.unwrap();
    assert_eq!(issuer.asked().len(), asked + 1);
}

#[tokio::test]
async fn who_may_not_is_told_so_without_a_loop() {
    let (issuer, _server, realm) = Issuer::start().await;
    let Some(registry) = Registry::start(Auth::Tokens(&realm)).await else { return };
    issuer.allow("team-a/shop", &["pull"]);
    let (reader, shop) = (anna(&registry.url), name("team-a/shop"));
    let error = reader.start_upload(&shop).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(401)), "{error}");
    assert!(!error.is_retryable());
    assert_eq!(issuer.asked().len(), 1);
    let error = reader.repositories().collect_all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
    issuer.allow_catalogue();
    // The token that was got a moment ago does not have it; one of later does.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(reader.repositories().collect_all().await.unwrap(), []);

    // Nobody gets tokens, too; they open nothing here.
    let nobody = client(&registry.url);
    nobody.ping().await.unwrap();
    let error = nobody.start_upload(&name("team-b/shop")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");

    let wrong = builder(&registry.url).login(RegistryLogin::user(USER, "wrong-password")).build().unwrap();
    for error in [wrong.ping().await.unwrap_err(), wrong.start_upload(&shop).await.unwrap_err()] {
        assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)), "{error}");
        assert!(error.to_string().contains("endpoint for tokens does not accept the login"), "{error}");
        assert!(!format!("{error} {error:?}").contains("wrong-password"));
    }
}
