//! As whom a client asks: as nobody, by password.

use super::bed::{Auth, PASSWORD, Registry, USER, anna, builder, bytes, client, fetch, image, name, push};
use paas_client::{ErrorKind, registry::RegistryLogin};

#[tokio::test]
async fn a_registry_that_is_open_to_all_is_asked_as_nobody() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    client.ping().await.unwrap();
    let content = bytes(100_000, 1);
    let digest = push(&client, &shop, &content).await;
    assert_eq!(client.blob_size(&shop, &digest).await.unwrap(), Some(100_000));
    assert_eq!(fetch(&client, &shop, &digest, 0).await, content);
    // A password that nobody asks for is not shown; nor does it hurt.
    anna(&registry.url).ping().await.unwrap();
}

#[tokio::test]
async fn a_registry_that_wants_a_password_gets_it() {
    let Some(registry) = Registry::start(Auth::Passwords).await else { return };
    let (anna, shop) = (anna(&registry.url), name("team-a/shop"));
    anna.ping().await.unwrap();
    let manifest = image(&anna, &shop, &bytes(100_000, 1)).await;
    let tag = "1".parse().unwrap();
    anna.put_manifest(&shop, &tag, &manifest).await.unwrap();
    assert_eq!(anna.manifest(&shop, &tag).await.unwrap().unwrap(), manifest);

    for login in [RegistryLogin::anonymous(), RegistryLogin::user(USER, "wrong-password")] {
        let other = builder(&registry.url).login(login).build().unwrap();
        for error in [
            other.ping().await.unwrap_err(),
            other.manifest(&shop, &tag).await.unwrap_err(),
            other.manifest_descriptor(&shop, &tag).await.unwrap_err(),
            other.blob(&shop, manifest.digest(), 0).await.unwrap_err(),
            other.start_upload(&shop).await.unwrap_err(),
            other.tags(&shop).collect_all().await.unwrap_err(),
            other.delete_manifest(&shop, &tag).await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)), "{error}");
            assert_eq!(error.code(), "client.registry.unauthorized");
            assert!(!error.is_retryable() && !error.outcome_unknown(), "{error}");
            assert!(!format!("{error} {error:?}").contains(PASSWORD));
        }
    }
}
