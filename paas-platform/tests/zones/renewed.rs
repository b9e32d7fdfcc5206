//! Namespaces that come and go: what the zones had of one that was deleted is nobody's.

use super::world::{Fate, PROJECT, World, ZONES, carry_on, digest, name, pass, rule, zone};
use paas_core::{
    access::{Role, Subject},
    images::distribution::Standing,
    tenant::Tenant,
};
use paas_platform::{
    Acting, ErrorKind,
    store::{Batch, Kind, Store, kinds},
};
use std::time::Duration;

const LAB: &str = "secret-lab/web:1";

fn trusted(world: &World) -> Acting {
    world.platform.acting_as("anna@bank.test".parse().unwrap())
}

/// The namespace `secret-lab` of the tenant `retail`, with one image in all zones.
async fn lab(world: &World) {
    trusted(world).namespaces().create("retail", "secret-lab").await.unwrap();
    trusted(world).zones().set_rule("secret-lab", rule(&ZONES)).await.unwrap();
    world.registries.push("north", LAB, &digest(1));
    world.settle().await;
}

/// Another tenant, and its administrator.
async fn eve(world: &World) -> Acting {
    let mut other = Tenant::new("other");
    other.project = Some("ffff".to_owned());
    trusted(world).tenants().put(&other).await.unwrap();
    let eve = Subject::new("99").with_name("eve").with_tenant("ffff", Role::TenantAdministrator);
    world.platform.acting_for(eve.with_namespace("secret-lab")).unwrap()
}

async fn delete_images(world: &World) {
    for place in ZONES {
        world.registries.delete(place, LAB);
    }
    world.registries.with(|content| content.events.clear());
}

async fn record(world: &World, kind: Kind, key: &str) -> Option<paas_platform::store::Record> {
    world.store.read(kind, key).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_namespace_with_images_in_zones_is_not_deleted() {
    let world = World::new().await;
    lab(&world).await;
    let namespaces = trusted(&world).namespaces();
    let error = namespaces.delete("retail", "secret-lab").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NamespaceTaken);
    assert!(error.to_string().contains("secret-lab/web:1"), "{error}");
    assert!(error.help().contains("scan"), "{}", error.help());
    // Its own images are meant, and not those of one that is called nearly so.
    namespaces.create("retail", "secret").await.unwrap();
    namespaces.delete("retail", "secret").await.unwrap();
    // Nothing was changed.
    assert_eq!(world.zones().status("retail").await.unwrap().len(), 2);
    // Removed in one zone alone, it is in the others.
    world.registries.delete("north", LAB);
    world.settle().await;
    assert_eq!(
        namespaces.delete("retail", "secret-lab").await.unwrap_err().kind(),
        ErrorKind::NamespaceTaken
    );
    delete_images(&world).await;
    world.zones().scan().await.unwrap();
    namespaces.delete("retail", "secret-lab").await.unwrap();
    // Its rule went with it.
    assert!(record(&world, kinds::ZONE_RULE, "secret-lab").await.is_none());
    assert!(record(&world, kinds::ZONE_RULE, "retail-shop").await.is_some());
    assert_eq!(world.zones().scan().await.unwrap().namespaces, 1);
}

#[tokio::test(start_paused = true)]
async fn without_a_rule_nobody_sees_that_images_are_gone_and_the_error_says_so() {
    let world = World::new().await;
    lab(&world).await;
    let (namespaces, zones) = (trusted(&world).namespaces(), trusted(&world).zones());
    zones.delete_rule("secret-lab").await.unwrap();
    delete_images(&world).await;
    zones.scan().await.unwrap();
    let error = namespaces.delete("retail", "secret-lab").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NamespaceTaken);
    assert!(error.help().contains("rule"), "{}", error.help());
    zones.set_rule("secret-lab", rule(&["south", "north"])).await.unwrap();
    zones.scan().await.unwrap();
    namespaces.delete("retail", "secret-lab").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_makes_a_namespace_anew_sees_nothing_of_the_old_one() {
    let world = World::new().await;
    world.registries.next(Fate::Fails(paas_core::images::promotion::FailureKind::Unavailable));
    lab(&world).await;
    let left = [(kinds::ZONED_IMAGE, LAB), (kinds::ZONE_WORK, LAB), (kinds::ZONE_RULE, "secret-lab")];
    let mut records = Vec::new();
    for (kind, key) in &left {
        records.push(record(&world, kind.clone(), key).await.unwrap());
    }
    assert!(!trusted(&world).zones().journal(&name(LAB)).await.unwrap().is_empty());
    delete_images(&world).await;
    world.zones().scan().await.unwrap();
    trusted(&world).namespaces().delete("retail", "secret-lab").await.unwrap();
    // At that very moment somebody has seen it, or set its rule.
    for (record, (kind, key)) in records.iter().zip(left.clone()) {
        world.store.commit(Batch::new().create(kind, key, record.bytes.clone())).await.unwrap();
    }
    let eve = eve(&world).await;
    eve.namespaces().create("other", "secret-lab").await.unwrap();
    for (kind, key) in left {
        assert!(record(&world, kind.clone(), key).await.is_none(), "{kind:?} is left");
    }
    assert!(record(&world, kinds::ZONE_RULE, "retail-shop").await.is_some());
    assert!(eve.zones().journal(&name(LAB)).await.unwrap().is_empty());
    assert_eq!(eve.zones().read(&name(LAB)).await.unwrap_err().kind(), ErrorKind::UnknownImage);
    // What is pushed now is hers, with a journal from its beginning.
    eve.zones().set_rule("secret-lab", rule(&ZONES)).await.unwrap();
    world.registries.push("south", LAB, &digest(1));
    world.settle().await;
    assert_eq!(eve.zones().read(&name(LAB)).await.unwrap().origin, Some(zone("south")));
    let journal = eve.zones().journal(&name(LAB)).await.unwrap();
    assert_eq!(journal.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 3]);
    // The old tenant learns nothing of it.
    let ben = Subject::new("5f3c").with_tenant(PROJECT, Role::TenantAdministrator);
    let ben = world.platform.acting_for(ben.with_namespace("secret-lab")).unwrap();
    assert_eq!(ben.zones().journal(&name(LAB)).await.unwrap_err().kind(), ErrorKind::Denied);
}

#[tokio::test(start_paused = true)]
async fn a_rule_of_a_namespace_that_was_deleted_counts_for_none_of_that_name() {
    let world = World::new().await;
    let (namespaces, zones) = (trusted(&world).namespaces(), trusted(&world).zones());
    lab(&world).await;
    let old = record(&world, kinds::ZONE_RULE, "secret-lab").await.unwrap();
    delete_images(&world).await;
    zones.scan().await.unwrap();
    namespaces.delete("retail", "secret-lab").await.unwrap();
    // For the same tenant: it begins with none.
    namespaces.create("retail", "secret-lab").await.unwrap();
    assert_eq!(zones.rule("secret-lab").await.unwrap().rule, None);
    // Written late by a process that knows nothing of it: it is nobody's.
    let late = Batch::new().create(kinds::ZONE_RULE, "secret-lab", old.bytes);
    world.store.commit(late).await.unwrap();
    assert_eq!(zones.rule("secret-lab").await.unwrap().rule, None);
    assert_eq!(zones.status("retail").await.unwrap().len(), 1);
    world.registries.push("north", LAB, &digest(2));
    world.settle().await;
    assert_eq!(world.registries.get("south", LAB), None);
    // A rule takes its place.
    zones.set_rule("secret-lab", rule(&["north", "south"])).await.unwrap();
    zones.scan().await.unwrap();
    world.settle().await;
    assert_eq!(world.registries.get("south", LAB), Some(digest(2)));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_copy_says_nothing_of_a_namespace_that_was_made_anew_meanwhile() {
    let world = World::new().await;
    trusted(&world).namespaces().create("retail", "secret-lab").await.unwrap();
    trusted(&world).zones().set_rule("secret-lab", rule(&["north", "south"])).await.unwrap();
    world.registries.push("north", LAB, &digest(1));
    world.registries.next(Fate::After(Duration::from_secs(15)));
    world.zones().scan().await.unwrap();
    let copies = world.zones().carry_on(4).await.unwrap();
    assert_eq!(copies.len(), 1);
    // Nobody can delete it now; what a store of before would let pass is what is tried.
    for kind in [kinds::ZONED_IMAGE, kinds::ZONE_WORK] {
        let found = record(&world, kind.clone(), LAB).await.unwrap();
        world.store.commit(Batch::new().delete(kind, LAB, found.version)).await.unwrap();
    }
    trusted(&world).namespaces().delete("retail", "secret-lab").await.unwrap();
    // The same tenant: only the id tells one from the other.
    trusted(&world).namespaces().create("retail", "secret-lab").await.unwrap();
    trusted(&world).zones().set_rule("secret-lab", rule(&["north", "south"])).await.unwrap();
    for copy in copies {
        assert!(copy.wait().await.is_empty());
    }
    assert!(record(&world, kinds::ZONED_IMAGE, LAB).await.is_none());
    assert!(world.zones().journal(&name(LAB)).await.unwrap().is_empty());
    // Looked at by who knows the new one, it is there.
    world.settle().await;
    let seen = world.zones().look(&name(LAB)).await.unwrap().unwrap();
    assert!(seen.standings.values().all(|standing| *standing != Standing::Unknown), "{seen:?}");
    pass(5).await;
    assert!(!carry_on(&world.zones()).await);
}
