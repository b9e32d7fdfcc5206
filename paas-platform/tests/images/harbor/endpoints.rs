//! The other registry, as the Harbor that copies knows it.

use super::world::{Harbors, WEB, digest, release, sync};
use paas_client::harbor::{NewRegistry, RegistryKind};
use paas_core::images::promotion::{Failure, FailureKind, Happening, State};
use paas_platform::Platform;

async fn failed(platform: &Platform) -> Failure {
    let (change, state) = sync(platform, WEB).await;
    let State::PendingSync(pending) = state else { panic!("{change:?}") };
    pending.failure.unwrap()
}

#[tokio::test]
async fn another_registry_of_the_name_is_left_as_it_is() {
    let harbors = Harbors::new(0);
    let production = harbors.client(&harbors.production);
    let others = NewRegistry::new("test", RegistryKind::Harbor, harbors.production.url());
    production.create_registry(&others).await.unwrap();
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let failure = failed(&platform).await;
    assert_eq!(failure.kind, FailureKind::Unexpected);
    assert_eq!(failure.message, "Harbor knows another registry as `test`: give this one another name");
    let there = production.list_registries().collect_all().await.unwrap();
    assert_eq!((there.len(), there[0].url.as_str()), (1, harbors.production.url()));
}

#[tokio::test]
async fn one_that_is_known_already_is_told_the_credential_once() {
    let harbors = Harbors::new(0);
    let production = harbors.client(&harbors.production);
    production.create_registry(&Harbors::endpoint("test", &harbors.test, "admin")).await.unwrap();
    let platform = harbors.platform(harbors.copier()).await;
    for number in [1, 2] {
        Harbors::push(&harbors.test, "1.4", &digest(number));
        release(&platform, WEB, &digest(number)).await;
        assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    }
    assert_eq!(harbors.changes("/registries"), ["POST 201", "PUT 200"]);
}

#[tokio::test]
async fn one_that_production_does_not_reach_may_be_reached_later() {
    let harbors = Harbors::apart(0);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    assert_eq!(failed(&platform).await.kind, FailureKind::Unreachable);
    assert!(harbors.production.harbor_reaches(&harbors.test));
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
}

#[tokio::test]
async fn one_that_somebody_deletes_is_made_known_again() {
    let harbors = Harbors::new(0);
    let production = harbors.client(&harbors.production);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    let there = production.find_registry("test").await.unwrap().unwrap();
    production.delete_registry(there.id).await.unwrap();
    Harbors::push(&harbors.test, "1.4", &digest(2));
    release(&platform, WEB, &digest(2)).await;
    // It is noticed by the first copy that meets it, and the next one is good again.
    assert_eq!(failed(&platform).await.kind, FailureKind::Unexpected);
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
}
