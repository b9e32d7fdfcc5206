//! Cases by name.

use super::world::{Fate, WEB, World, ZONES, carry_on, digest, name, pass, rule, zone};
use paas_client::notification::HeaderSecret;
use paas_core::{
    access::Role,
    images::{distribution::Standing, promotion::FailureKind},
};
use paas_platform::{
    ErrorKind, Platform, RegistryZoneCopier, ZoneHappening, ZonesSettings, seam::SystemClock,
    store::MemoryStore,
};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn what_is_pushed_in_one_zone_goes_to_the_others_and_comes_to_rest() {
    let world = World::new().await;
    world.registries.push("north", WEB, &digest(1));
    world.settle().await;
    for place in ZONES {
        assert_eq!(world.registries.get(place, WEB), Some(digest(1)));
    }
    world.registries.push("north", WEB, &digest(2));
    world.settle().await;
    let journal = world.zones().journal(&name(WEB)).await.unwrap();
    assert_eq!(world.registries.get("south", WEB), Some(digest(2)), "{journal:?}");
    assert_eq!(world.registries.copies(), 4);
    assert_eq!(world.standing("north").await, Standing::Origin);
    // The journal tells it, once.
    let journal = world.zones().journal(&name(WEB)).await.unwrap();
    assert_eq!(journal.len(), 5);
    assert_eq!(journal[0].what, ZoneHappening::Belongs { zone: zone("north") });
    assert!(journal.iter().enumerate().all(|(index, entry)| entry.number == index as u64 + 1));
    // Deleted where it belongs: it is kept in the others, and does not come back.
    world.registries.delete("north", WEB);
    world.settle().await;
    assert_eq!(world.registries.get("north", WEB), None);
    assert_eq!(world.standing("south").await, Standing::Kept);
    // Deleted in another one: it is mended there.
    world.registries.push("north", WEB, &digest(3));
    world.settle().await;
    world.registries.delete("south", WEB);
    world.settle().await;
    assert_eq!(world.registries.get("south", WEB), Some(digest(3)));
    // Gone everywhere: nothing is kept but the journal.
    for place in ZONES {
        world.registries.delete(place, WEB);
    }
    world.settle().await;
    assert_eq!(world.zones().read(&name(WEB)).await.unwrap_err().kind(), ErrorKind::UnknownImage);
    let last = world.zones().journal(&name(WEB)).await.unwrap().pop().unwrap();
    assert_eq!(last.what, ZoneHappening::Gone);
    // Told of while a zone is down, and pushed only then: its journal goes on.
    world.registries.set_down("east", true);
    world.zones().notice(&zone("north"), [name(WEB)]);
    world.settle().await;
    world.registries.set_down("east", false);
    world.registries.push("north", WEB, &digest(4));
    world.settle().await;
    assert_eq!(world.registries.get("east", WEB), Some(digest(4)));
    assert!(world.zones().journal(&name(WEB)).await.unwrap().len() as u64 > last.number);
}

#[tokio::test(start_paused = true)]
async fn failures_are_told_and_tried_again_later_each_time() {
    let world = World::new().await;
    world.registries.push("north", WEB, &digest(1));
    for _ in 0..3 {
        world.registries.next(Fate::Fails(FailureKind::Unavailable));
        world.registries.next(Fate::Lies);
    }
    world.settle().await;
    assert_eq!(world.registries.copies(), 2);
    assert!(
        world.status("east").await.starts_with("behind by 1; last error: "),
        "{}",
        world.status("east").await
    );
    pass(20).await;
    assert!(!carry_on(&world.zones()).await);
    for seconds in [40, 80, 160] {
        pass(seconds).await;
        carry_on(&world.zones()).await;
    }
    world.settle().await;
    assert_eq!(world.registries.copies(), 8);
    assert_eq!(world.status("east").await, "in step");

    // What does not pass by itself waits for a person.
    world.registries.push("north", WEB, &digest(2));
    world.registries.next(Fate::Fails(FailureKind::Denied));
    world.settle().await;
    pass(100_000).await;
    assert!(!carry_on(&world.zones()).await);
    let behind = world.zones().images("retail", true).await.unwrap();
    assert_eq!(behind.len(), 1);
    let (place, _) = behind[0].standings.iter().find(|(_, s)| matches!(s, Standing::Behind { .. })).unwrap();
    world.zones().retry(&name(WEB), place).await.unwrap();
    world.settle().await;
    assert!(world.zones().images("retail", true).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_zone_that_is_down_is_asked_again_and_catches_up() {
    let world = World::new().await;
    world.registries.set_down("south", true);
    world.registries.push("north", WEB, &digest(1));
    world.settle().await;
    assert_eq!(world.registries.get("east", WEB), Some(digest(1)));
    assert_eq!(world.status("south").await, "1 not known; last error: no connection");
    let scan = world.zones().scan().await.unwrap();
    assert_eq!(scan.failures.len(), 1, "{scan:?}");
    world.registries.set_down("south", false);
    pass(60).await;
    world.settle().await;
    assert_eq!(world.status("south").await, "in step");
    assert_eq!(world.registries.copies(), 2);

    // With many images, one that is down is asked three times and no more.
    for number in 0..100 {
        world.registries.push("north", &format!("retail-shop/api:{number}"), &digest(9));
    }
    world.registries.set_down("south", true);
    let before = world.registries.with(|content| content.asked);
    world.zones().scan().await.unwrap();
    let asked = world.registries.with(|content| content.asked) - before;
    assert_eq!(asked, 202, "those that answer are asked for each image");
}

/// The process that copies ends in the middle, without a word.
#[test]
fn what_a_process_leaves_another_one_takes_up() {
    let runtime =
        || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let first = runtime();
    let world = first.block_on(async {
        let world = World::new().await;
        world.registries.push("north", WEB, &digest(1));
        for _ in 0..2 {
            world.registries.next(Fate::After(Duration::from_secs(1_000_000)));
        }
        let zones = world.zones();
        zones.scan().await.unwrap();
        assert_eq!(zones.carry_on(4).await.unwrap().len(), 2);
        pass(5).await;
        assert_eq!(world.standing("south").await, Standing::Copying);
        world
    });
    drop(first);
    runtime().block_on(async {
        let at = paas_platform::seam::Timestamp::from_millis(1_800_000_000_000 + 30_000);
        let later = paas_platform::seam::VirtualClock::at(at);
        let zones = world.another("two", later.clone()).await;
        assert!(zones.carry_on(4).await.unwrap().is_empty(), "it may be at work still");
        later.advance(Duration::from_secs(60));
        assert!(zones.carry_on(4).await.unwrap().is_empty(), "what is lost waits as what failed");
        later.advance(Duration::from_secs(60));
        assert!(carry_on(&zones).await);
        assert_eq!(world.registries.copies(), 4);
        assert_eq!(world.registries.get("south", WEB), Some(digest(1)));
    });
}

#[tokio::test(start_paused = true)]
async fn a_long_copy_keeps_its_lease_and_others_away() {
    let world = World::new().await;
    let other = world.another("two", world.clock).await;
    world.registries.push("north", WEB, &digest(1));
    for _ in 0..2 {
        world.registries.next(Fate::After(Duration::from_secs(300)));
    }
    world.zones().scan().await.unwrap();
    let copies = world.zones().carry_on(4).await.unwrap();
    for _ in 0..14 {
        pass(20).await;
        assert!(other.carry_on(4).await.unwrap().is_empty());
    }
    // Pushed meanwhile: it goes out when these have ended.
    world.registries.push("north", WEB, &digest(2));
    world.registries.push("north", "retail-shop/other:1", &digest(1));
    for copy in copies {
        copy.wait().await;
    }
    world.settle().await;
    assert_eq!(world.registries.get("south", WEB), Some(digest(2)));
    assert_eq!(world.status("south").await, "in step");
}

#[tokio::test(start_paused = true)]
async fn a_conflict_is_told_and_waits_for_a_person_either_way() {
    let world = World::new().await;
    world.registries.push("north", WEB, &digest(1));
    world.settle().await;
    world.registries.push("south", WEB, &digest(7));
    world.settle().await;
    assert_eq!(world.standing("south").await, Standing::Conflict { there: digest(7) });
    assert_eq!(world.registries.get("south", WEB), Some(digest(7)));
    assert_eq!(world.status("south").await, "1 in conflict");
    // Who may not change the state of images may not say which one is right.
    let denied = world.as_role(Role::RestrictedMember).replace(&name(WEB), &zone("south"), &digest(7)).await;
    assert_eq!(denied.unwrap_err().kind(), ErrorKind::Denied);
    let senior = world.as_role(Role::SeniorMember);
    senior.replace(&name(WEB), &zone("south"), &digest(7)).await.unwrap();
    world.settle().await;
    assert_eq!(world.registries.get("south", WEB), Some(digest(1)));
    world.registries.push("south", WEB, &digest(8));
    world.settle().await;
    senior.take_over(&name(WEB), &zone("south")).await.unwrap();
    world.settle().await;
    for place in ZONES {
        assert_eq!(world.registries.get(place, WEB), Some(digest(8)));
    }

    // Found in two zones before anything is known: nobody's, until somebody says whose.
    let other = "retail-shop/api:1";
    world.registries.push("north", other, &digest(3));
    world.registries.push("south", other, &digest(4));
    world.registries.with(|content| content.events.clear());
    world.zones().scan().await.unwrap();
    world.settle().await;
    assert_eq!(world.zones().read(&name(other)).await.unwrap().origin, None);
    let unknown = senior.replace(&name(other), &zone("south"), &digest(4)).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownImage);
    senior.take_over(&name(other), &zone("south")).await.unwrap();
    senior.replace(&name(other), &zone("north"), &digest(3)).await.unwrap();
    world.settle().await;
    assert_eq!(world.registries.get("east", other), Some(digest(4)));
    assert_eq!(world.registries.get("north", other), Some(digest(4)));
}

#[tokio::test(start_paused = true)]
async fn rules_are_for_those_who_may_and_count_at_once() {
    let world = World::new().await;
    let senior = world.as_role(Role::SeniorMember);
    for role in [Role::RestrictedMember, Role::ReadOnly] {
        let user = world.as_role(role);
        assert_eq!(user.set_rule("retail-shop", rule(&ZONES)).await.unwrap_err().kind(), ErrorKind::Denied);
        assert_eq!(user.delete_rule("retail-shop").await.unwrap_err().kind(), ErrorKind::Denied);
    }
    let unknown = senior.set_rule("retail-shop", rule(&["north", "moon"])).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownZone);
    let unknown = world.zones().set_rule("nobodys", rule(&ZONES)).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::UnknownNamespace);

    world.registries.push("north", WEB, &digest(1));
    senior.set_rule("retail-shop", rule(&["north", "south"])).await.unwrap();
    let settings = ZonesSettings::default().scan(Duration::from_secs(1_000_000));
    let keeping = world.zones().keep(settings, |report| drop(report.unwrap()));
    pass(20).await;
    assert_eq!(world.registries.get("south", WEB), Some(digest(1)));
    assert_eq!(world.registries.get("east", WEB), None);
    // Set anew: all is looked at again, long before the period has passed.
    senior.set_rule("retail-shop", rule(&ZONES)).await.unwrap();
    pass(20).await;
    assert_eq!(world.registries.get("east", WEB), Some(digest(1)));
    senior.delete_rule("retail-shop").await.unwrap();
    world.registries.push("north", WEB, &digest(2));
    world.zones().notice(&zone("north"), [name(WEB)]);
    pass(20).await;
    assert_eq!(world.registries.get("south", WEB), Some(digest(1)));
    assert!(world.zones().status("retail").await.unwrap().is_empty());
    assert_eq!(world.zones().rule("retail-shop").await.unwrap().rule, None);
    keeping.stop().await;
}

#[tokio::test(start_paused = true)]
async fn notifications_are_taken_of_those_who_know_the_secret() {
    let world = World::new().await;
    world.registries.push("north", WEB, &digest(1));
    let secret = HeaderSecret::new("Bearer a-long-enough-secret").unwrap();
    let body = serde_json::json!({ "events": [{
        "id": "1", "action": "push",
        "target": {
            "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(1).to_string(),
            "repository": "retail-shop/web", "tag": "1.4", "size": 7,
        },
    }] });
    let body = body.to_string();
    let zones = world.zones();
    let take = |place: &str, header: Option<&str>| {
        zones.take_notifications(&zone(place), body.as_bytes(), header, &secret)
    };
    assert!(take("north", None).is_err() && take("north", Some("Bearer something-else")).is_err());
    assert_eq!(take("moon", Some("Bearer a-long-enough-secret")).unwrap(), 0);
    pass(2).await;
    zones.look_at_noticed().await.unwrap();
    assert!(!carry_on(&zones).await);
    assert_eq!(take("north", Some("Bearer a-long-enough-secret")).unwrap(), 1);
    pass(2).await;
    zones.look_at_noticed().await.unwrap();
    assert!(carry_on(&zones).await);
    assert_eq!(world.registries.get("south", WEB), Some(digest(1)));
}

#[tokio::test(start_paused = true)]
async fn what_is_about_an_image_is_no_image_of_its_own() {
    let world = World::new().await;
    let signature = format!("retail-shop/web:sha256-{}.sig", "01".repeat(32));
    world.registries.push("north", WEB, &digest(1));
    // As a copy brings it along, and tells of it in the zone where it puts it.
    world.registries.push("north", &signature, &digest(2));
    world.registries.push("south", &signature, &digest(2));
    world.settle().await;
    assert_eq!(world.zones().scan().await.unwrap().images, 1);
    world.settle().await;
    assert_eq!(world.registries.copies(), 2);
    assert_eq!(world.registries.get("east", &signature), None);
    assert_eq!(world.zones().read(&name(&signature)).await.unwrap_err().kind(), ErrorKind::UnknownImage);
}

#[tokio::test(start_paused = true)]
async fn a_platform_without_zones_says_so() {
    let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await.unwrap();
    let zones = platform.acting_as("zones".parse().unwrap()).zones();
    for error in [
        zones.scan().await.map(drop).unwrap_err(),
        zones.carry_on(1).await.map(drop).unwrap_err(),
        zones.look(&name(WEB)).await.map(drop).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
    // Whoever gives a copier meant to have zones.
    let copier = RegistryZoneCopier::new([]).unwrap();
    let builder = Platform::builder().store(MemoryStore::new(SystemClock::new())).zone_copier(copier);
    let error = builder.connect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("no zones"), "{error}");
}
