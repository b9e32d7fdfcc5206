//! Namespaces that come and go: what was in one that was deleted is nobody's.

use super::world::{PROJECT, WEB, World, automatic, digest, name, pass};
use paas_core::{
    access::{Role, Subject},
    images::promotion::{Period, StateName, SyncRule},
    tenant::Tenant,
};
use paas_platform::{
    Acting, ErrorKind, ImageNotice, Platform,
    store::{Batch, Store, kinds},
};

const LAB: &str = "secret-lab/web:1";

fn trusted(world: &World) -> Acting {
    world.platform.acting_as("anna@bank.test".parse().unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_namespace_with_images_is_not_deleted() {
    let world = World::new(None).await;
    let namespaces = trusted(&world).namespaces();
    namespaces.create("retail", "secret-lab").await.unwrap();
    world.push(LAB, &digest(1)).await;
    trusted(&world).images().release(&name(LAB), &digest(1)).await.unwrap();
    let error = namespaces.delete("retail", "secret-lab").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NamespaceTaken);
    assert!(error.to_string().contains("secret-lab/web:1"), "{error}");
    // Its own images are meant, and not those of one that is called nearly so.
    namespaces.create("retail", "secret").await.unwrap();
    namespaces.delete("retail", "secret").await.unwrap();
    // Nothing was changed.
    assert_eq!(world.state(LAB).await, StateName::PendingSync);
    world.test.remove(LAB);
    world.images().look(&name(LAB)).await.unwrap();
    namespaces.delete("retail", "secret-lab").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_makes_a_namespace_anew_sees_nothing_of_the_old_one() {
    let world = World::new(None).await;
    let namespaces = trusted(&world).namespaces();
    let old = namespaces.create("retail", "secret-lab").await.unwrap();
    world.push(LAB, &digest(1)).await;
    trusted(&world).images().release(&name(LAB), &digest(1)).await.unwrap();
    let record = world.store.read(kinds::IMAGE, LAB).await.unwrap().unwrap();
    world.test.remove(LAB);
    world.images().look(&name(LAB)).await.unwrap();
    namespaces.delete("retail", "secret-lab").await.unwrap();
    // At that very moment somebody has seen it.
    world.store.commit(Batch::new().create(kinds::IMAGE, LAB, record.bytes)).await.unwrap();

    let mut other = Tenant::new("other");
    other.project = Some("ffff".to_owned());
    trusted(&world).tenants().put(&other).await.unwrap();
    let eve = Subject::new("99").with_name("eve").with_tenant("ffff", Role::TenantAdministrator);
    let eve = world.platform.acting_for(eve.with_namespace("secret-lab")).unwrap();
    let new = eve.namespaces().create("other", "secret-lab").await.unwrap();
    assert_ne!(old.id, new.id);
    assert!(eve.images().list("other", &Default::default()).await.unwrap().is_empty());
    assert!(eve.images().journal(&name(LAB)).await.unwrap().is_empty());
    // What is pushed now is hers, and no release of before counts.
    world.push(LAB, &digest(1)).await;
    let images = eve.images().list("other", &Default::default()).await.unwrap();
    assert_eq!(images.iter().map(|image| image.status).collect::<Vec<_>>(), [StateName::InDevelopment]);
    let journal = eve.images().journal(&name(LAB)).await.unwrap();
    assert_eq!(journal.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1]);
    // The old tenant learns nothing of it.
    let ben = Subject::new("5f3c").with_tenant(PROJECT, Role::TenantAdministrator);
    let ben = world.platform.acting_for(ben.with_namespace("secret-lab")).unwrap();
    assert_eq!(ben.images().journal(&name(LAB)).await.unwrap_err().kind(), ErrorKind::Denied);
}

#[tokio::test(start_paused = true)]
async fn an_image_of_which_a_namespace_was_deleted_in_between_is_not_recorded() {
    let world = World::new(None).await;
    trusted(&world).namespaces().create("retail", "secret-lab").await.unwrap();
    trusted(&world).namespaces().delete("retail", "secret-lab").await.unwrap();
    world.test.put(LAB, &digest(1));
    let error = world.images().look(&name(LAB)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownNamespace);
    assert!(world.store.read(kinds::IMAGE, LAB).await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_namespace_goes_on_when_it_is_opened() {
    let world = World::new(None).await;
    let namespaces = trusted(&world).namespaces();
    namespaces.create("retail", "secret-lab").await.unwrap();
    let month = Period::from_seconds(30 * 86_400).unwrap();
    let rule = Some(SyncRule::Automatic { period: month });
    namespaces.set_sync_rule("retail", "secret-lab", rule).await.unwrap();
    world.push(LAB, &digest(1)).await;
    trusted(&world).images().release(&name(LAB), &digest(1)).await.unwrap();
    pass(30 * 86_400).await;
    assert!(world.carry_on().await.is_empty());
    pass(60).await;
    world.told();
    namespaces.open_in_production("retail", "secret-lab").await.unwrap();
    assert_eq!(world.told(), ["namespace_found"]);
    world.carry_on().await;
    assert_eq!(world.state(LAB).await, StateName::Synced);
    // To open it again tells nobody anything.
    world.told();
    namespaces.open_in_production("retail", "secret-lab").await.unwrap();
    assert!(world.told().is_empty());
}

/// What the embedding program does when it is told is its own affair.
#[tokio::test(start_paused = true)]
async fn a_hook_that_panics_keeps_no_image_from_production() {
    let world = World::new(automatic()).await;
    let platform = Platform::builder()
        .store({
            let store: std::sync::Arc<dyn Store> = world.store.clone();
            store
        })
        .registries(world.test.clone(), world.production.clone(), world.hands.clone())
        .image_hook(|notice: &ImageNotice| panic!("{notice:?}"))
        .clock(world.clock)
        .connect()
        .await
        .unwrap();
    world.test.put(WEB, &digest(1));
    let images = platform.acting_as("images".parse().unwrap()).images();
    images.look(&name(WEB)).await.unwrap();
    images.release(&name(WEB), &digest(1)).await.unwrap();
    pass(600).await;
    for copy in images.carry_on(4).await.unwrap() {
        copy.wait().await.unwrap();
    }
    assert_eq!(world.production.get(WEB), Some(digest(1)));
}
