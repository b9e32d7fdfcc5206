//! Who may what.

use super::world::{PROJECT, WEB, World, automatic, digest, name};
use paas_core::{
    access::{Role, Subject},
    images::promotion::{StateName, SyncRule},
};
use paas_platform::{ErrorKind, ImageQuery};

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
    // A list does not tell which tenants there are; to who may see all it does.
    for tenant in ["retail", "nobody"] {
        assert!(stranger.list(tenant, &ImageQuery::default()).await.unwrap().is_empty(), "{tenant}");
        let namespaces = world.platform.acting_for(Subject::new("77")).unwrap().namespaces();
        assert!(namespaces.list(tenant).await.unwrap().is_empty(), "{tenant}");
    }
    let unknown = world.images().list("nobody", &ImageQuery::default()).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownTenant);
    // Who does not belong to the namespace sees none of it.
    let outside = Subject::new("78").with_tenant(PROJECT, Role::RestrictedMember);
    let outside = world.platform.acting_for(outside).unwrap().images();
    assert!(outside.list("retail", &ImageQuery::default()).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whoever_may_push_may_ask_those_who_decide() {
    let world = World::new(Some(SyncRule::Manual)).await;
    world.push(WEB, &digest(1)).await;
    let (restricted, senior) = (world.as_role(Role::RestrictedMember), world.as_role(Role::SeniorMember));
    world.told();
    // For what nobody could do now, nobody is asked.
    let early = restricted.ask_for_sync(&name(WEB), "please").await.unwrap_err();
    assert_eq!(early.kind(), ErrorKind::ImageState);
    restricted.ask_for_release(&name(WEB), "for the fair\non Monday").await.unwrap();
    senior.release(&name(WEB), &digest(1)).await.unwrap();
    restricted.ask_for_sync(&name(WEB), "").await.unwrap();
    assert_eq!(restricted.ask_for_release(&name(WEB), "").await.unwrap_err().kind(), ErrorKind::ImageState);
    assert_eq!(world.told(), ["release_wished", "released", "sync_wished"]);
    // It is in the journal, also where nobody is told.
    let journal = world.images().journal(&name(WEB)).await.unwrap();
    let words: Vec<String> = journal.iter().map(|entry| entry.change.to_string()).collect();
    let asked = format!("ben asks to have `{WEB}` released ({}): for the fair on Monday", digest(1).short());
    assert_eq!(words[1], asked);
    assert_eq!(words[3], format!("ben asks to have `{WEB}` synced ({})", digest(1).short()));
    assert_eq!(world.state(WEB).await, StateName::PendingSync);
    let reader = world.as_role(Role::ReadOnly);
    for refused in [reader.ask_for_sync(&name(WEB), "").await, reader.ask_for_release(&name(WEB), "").await] {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Denied);
    }
    let nothing = restricted.ask_for_release(&name("retail-shop/nothing:1"), "").await.unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::UnknownImage);
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
