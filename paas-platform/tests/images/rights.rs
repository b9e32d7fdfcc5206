//! Who may what.

use super::world::{PROJECT, WEB, World, automatic, digest, name};
use paas_core::access::{Role, Subject};
use paas_platform::{ErrorKind, ImageQuery, Platform, seam::SystemClock, store::MemoryStore};

#[tokio::test(start_paused = true)]
async fn senior_members_and_up_decide_and_members_of_the_namespace_see() {
    let world = World::new(automatic()).await;
    world.push(WEB, &digest(1)).await;
    for (role, decides, sees) in [
        (Role::TenantAdministrator, true, true),
        (Role::SeniorMember, true, true),
        (Role::RestrictedMember, false, true),
        (Role::ReadOnly, false, true),
    ] {
        let images = world.as_role(role);
        assert_eq!(images.read(&name(WEB)).await.is_ok(), sees, "{role:?}");
        assert_eq!(images.list("retail", &ImageQuery::default()).await.unwrap().len(), usize::from(sees));
        let released = images.release(&name(WEB), &digest(1)).await;
        assert_eq!(released.is_ok(), decides, "{role:?}");
        if decides {
            images.withdraw(&name(WEB)).await.unwrap();
        } else {
            assert_eq!(released.unwrap_err().kind(), ErrorKind::Denied);
            assert_eq!(images.withdraw(&name(WEB)).await.unwrap_err().kind(), ErrorKind::Denied);
            assert_eq!(images.look(&name(WEB)).await.unwrap_err().kind(), ErrorKind::Denied);
        }
    }
    // Nobody of another tenant learns anything, not even what is there.
    let stranger = Subject::new("77").with_tenant("other", Role::TenantAdministrator);
    let stranger = world.platform.acting_for(stranger.with_namespace("retail-shop")).unwrap().images();
    for image in [WEB, "retail-shop/nothing:1", "nobody/nothing:1"] {
        let error = stranger.read(&name(image)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Denied, "{image}");
    }
    // Who does not belong to the namespace sees none of it.
    let outside = Subject::new("78").with_tenant(PROJECT, Role::RestrictedMember);
    let outside = world.platform.acting_for(outside).unwrap().images();
    assert!(outside.list("retail", &ImageQuery::default()).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whoever_may_push_may_ask() {
    let world = World::new(automatic()).await;
    world.push(WEB, &digest(1)).await;
    world.told();
    let restricted = world.as_role(Role::RestrictedMember);
    restricted.ask_for_sync(&name(WEB), "for the fair\non Monday").await.unwrap();
    assert_eq!(world.told(), ["ben wants: for the fair on Monday"]);
    let reader = world.as_role(Role::ReadOnly);
    assert_eq!(reader.ask_for_sync(&name(WEB), "").await.unwrap_err().kind(), ErrorKind::Denied);
    // Where nobody listens, it is not said that it was heard.
    let deaf = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await.unwrap();
    let images = deaf.acting_as("anna".parse().unwrap()).images();
    assert_eq!(images.ask_for_sync(&name(WEB), "").await.unwrap_err().kind(), ErrorKind::UnknownNamespace);
}

#[tokio::test(start_paused = true)]
async fn rules_are_set_by_senior_members() {
    let world = World::new(None).await;
    for (role, may) in [(Role::SeniorMember, true), (Role::RestrictedMember, false)] {
        let user = Subject::new("5f3c").with_tenant(PROJECT, role).with_namespace("retail-shop");
        let namespaces = world.platform.acting_for(user).unwrap().namespaces();
        for rule in [automatic(), None] {
            let set = namespaces.set_sync_rule("retail", "retail-shop", rule).await;
            match set {
                Ok(namespace) => assert!(may && namespace.sync_rule == rule),
                Err(error) => assert!(!may && error.kind() == ErrorKind::Denied),
            }
        }
        assert_eq!(namespaces.open_in_production("retail", "retail-shop").await.is_ok(), may);
    }
}
