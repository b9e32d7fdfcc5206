//! What hangs, or is much, keeps nobody else waiting.

use super::world::{Fate, WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::{FailureKind, State, StateName};
use paas_platform::{
    ImagesSettings,
    seam::{Timestamp, TokioClock},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::Instant;

/// No further sweep than the first.
fn settings() -> ImagesSettings {
    ImagesSettings::default().sweep(Duration::from_secs(1_000_000))
}

#[tokio::test(start_paused = true)]
async fn a_test_registry_that_hangs_holds_up_no_copy() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    world.test.set_hanging(true);
    let images = world.images();
    images.notice((0..100).map(|number| name(&format!("retail-shop/other:{number}"))));
    let keeping = images.keep(settings(), |_| ());
    pass(620).await;
    assert_eq!(world.state(WEB).await, StateName::Synced);
    // And it ends at once.
    let began = Instant::now();
    keeping.stop().await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

/// Another process began a copy, and ended.
#[test]
fn a_lost_lease_is_noticed_while_registries_hang() {
    let runtime =
        || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let first = runtime();
    let world = first.block_on(async {
        let world = World::new(automatic()).await;
        world.release(WEB, &digest(1)).await;
        pass(600).await;
        world.hands.next(Fate::After(Duration::from_secs(1_000_000)));
        assert_eq!(world.images().carry_on(4).await.unwrap().len(), 1);
        pass(1).await;
        world
    });
    drop(first);
    runtime().block_on(async {
        world.test.set_hanging(true);
        let clock = TokioClock::from(Timestamp::from_millis(1_800_000_000_000 + 700_000));
        let second = world.another_at("two", clock).await;
        let images = second.acting_as("images".parse().unwrap()).images();
        images.notice([name(WEB)]);
        let keeping = images.keep(settings(), |_| ());
        pass(100).await;
        assert_eq!(images.read(&name(WEB)).await.unwrap().status, StateName::Synced);
        keeping.stop().await;
    });
}

#[tokio::test(start_paused = true)]
async fn a_sweep_of_a_registry_that_hangs_ends_and_says_so_once() {
    let world = World::new(automatic()).await;
    for number in 0..200 {
        world.push(&format!("retail-shop/web:{number}"), &digest(1)).await;
    }
    world.test.set_hanging(true);
    let began = Instant::now();
    let report = world.images().sweep().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1_200), "{:?}", began.elapsed());
    assert_eq!((report.images, report.changes.len()), (0, 0));
    assert!(report.failures.len() <= 4, "{:?}", report.failures);
    world.test.set_hanging(false);
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.images, report.changes.len(), report.failures.len()), (200, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_is_down_is_asked_a_few_times_and_no_more() {
    let world = World::new(automatic()).await;
    world.tenant("other", automatic()).await;
    for number in 0..200 {
        world.push(&format!("retail-shop/web:{number}"), &digest(1)).await;
    }
    let before = world.test.asked();
    world.test.set_down(true);
    let report = world.images().sweep().await.unwrap();
    assert!(world.test.asked() - before <= 20, "{}", world.test.asked() - before);
    let last = report.failures.last().unwrap();
    assert_eq!((&last.namespace, last.kind), (&None, FailureKind::Unreachable));
    assert!(
        last.message.contains("not looked at: 199 images, 0 namespaces") && report.failures.len() <= 4,
        "{:?}",
        report.failures
    );
    assert_eq!((report.images, report.changes.len()), (0, 0));

    // Production the same: of the rest there is one failure.
    world.test.set_down(false);
    for number in 0..50 {
        let image = format!("retail-shop/web:{number}");
        world.images().release(&name(&image), &digest(1)).await.unwrap();
    }
    // Each release has somebody look there.
    pass(1).await;
    world.production.set_down(true);
    let before = world.production.asked();
    let report = world.images().sweep().await.unwrap();
    assert!(world.production.asked() - before <= 20);
    assert_eq!((report.images, report.changes.len(), report.failures.len()), (200, 0, 4), "{report:?}");
    let last = report.failures.last().unwrap();
    assert!(last.message.contains("not looked at there: 47 images"), "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn many_images_are_swept_at_once_and_their_registry_is_listed_once() {
    let world = World::new(automatic()).await;
    world.test.set_listing_all();
    for tenant in ["one", "two", "three"] {
        world.tenant(tenant, automatic()).await;
        for number in 0..700 {
            world.test.put(&format!("{tenant}/web{}:{number}", number % 7), &digest(1));
        }
    }
    world.test.set_delay(Duration::from_millis(20));
    let began = Instant::now();
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.namespaces, report.images, report.changes.len()), (4, 2_100, 2_100));
    // One after the other: 42 seconds.
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!((world.test.listed(), world.test.asked()), (1, 2_100));
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_is_down_is_not_asked_for_all_that_was_noticed() {
    let world = World::new(automatic()).await;
    let images = world.images();
    let reports = Arc::new(Mutex::new(0));
    let told = Arc::clone(&reports);
    let keeping = images.keep(settings(), move |_| *told.lock().unwrap() += 1);
    pass(1).await;
    world.test.set_down(true);
    for number in 0..1_000 {
        let image = format!("retail-shop/web:{number}");
        world.test.put(&image, &digest(1));
        images.notice([name(&image)]);
    }
    let before = world.test.asked();
    pass(300).await;
    let asked = world.test.asked() - before;
    assert!((10..=700).contains(&asked), "{asked}");
    world.test.set_down(false);
    pass(310).await;
    assert_eq!(images.list("retail", &Default::default()).await.unwrap().len(), 1_000);
    assert_eq!(*reports.lock().unwrap(), 1);
    keeping.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_hangs_gives_its_slot_back_and_one_that_goes_on_keeps_it() {
    let world = World::new(automatic()).await;
    for (number, fate) in [(1, Fate::After(Duration::from_secs(1_000_000))), (2, Fate::InMinutes(180))] {
        world.release(&format!("retail-shop/web:{number}"), &digest(number)).await;
        world.hands.next(fate);
    }
    pass(600).await;
    let mut copies = world.images().carry_on(2).await.unwrap();
    let (going, hanging) = (copies.pop().unwrap(), copies.pop().unwrap());
    let began = Instant::now();
    let end = hanging.wait().await.unwrap();
    assert_eq!(end.failure, Some(FailureKind::Unreachable));
    assert!(end.message.unwrap().contains("no further"));
    assert_eq!(began.elapsed().as_secs() / 60, 15);
    assert_eq!(world.state("retail-shop/web:2").await, StateName::Syncing);
    // It is tried again, and this time it works.
    pass(120).await;
    world.carry_on().await;
    assert_eq!(world.state("retail-shop/web:1").await, StateName::Synced);
    going.wait().await;
    assert_eq!(began.elapsed().as_secs() / 60, 180);
    assert_eq!(world.state("retail-shop/web:2").await, StateName::Synced);
}

#[tokio::test(start_paused = true)]
async fn tenants_share_the_copies() {
    let world = World::new(automatic()).await;
    world.tenant("other", automatic()).await;
    for number in 1..=20 {
        // The namespace of many comes first by its name too.
        world.release_any(&format!("other/web:{number}"), &digest(number)).await;
    }
    world.release(WEB, &digest(99)).await;
    for _ in 0..21 {
        world.hands.next(Fate::After(Duration::from_secs(100)));
    }
    pass(600).await;
    let images = world.images();
    let first: Vec<_> =
        images.carry_on(2).await.unwrap().iter().map(|copy| copy.image().to_string()).collect();
    assert!(first.len() == 2 && first.contains(&WEB.to_owned()), "{first:?}");
    // What nobody else wants, it has alone.
    pass(101).await;
    let next = images.carry_on(2).await.unwrap();
    assert_eq!(next.iter().filter(|copy| copy.image().namespace() == Some("other")).count(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_was_perhaps_put_into_production_is_looked_at() {
    let world = World::new(automatic()).await;
    world.production.set_down(true);
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::Fails(FailureKind::Unreachable));
    world.carry_on().await;
    world.push(WEB, &digest(2)).await;
    let image = world.images().read(&name(WEB)).await.unwrap().image;
    assert_eq!(image.state, State::InDevelopment);
    assert!(image.production.seen.is_none() && !image.production.perhaps.is_empty());
    world.production.set_down(false);
    world.production.put(WEB, &digest(1));
    world.images().sweep().await.unwrap();
    let image = world.images().read(&name(WEB)).await.unwrap().image;
    assert_eq!(image.production.digest(), Some(&digest(1)));
}

#[tokio::test(start_paused = true)]
async fn what_is_about_an_image_is_no_image() {
    let world = World::new(automatic()).await;
    let digits = "9f".repeat(32);
    for tag in [format!("sha256-{digits}"), format!("sha256-{digits}.sig"), format!("sha256-{digits}.sbom")] {
        world.test.put(&format!("retail-shop/web:{tag}"), &digest(1));
    }
    world.test.put(WEB, &digest(2));
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.images, report.changes.len()), (1, 1));
    let about = name(&format!("retail-shop/web:sha256-{digits}.att"));
    world.test.put(&about.to_string(), &digest(3));
    assert_eq!(world.images().look(&about).await.unwrap(), None);
    assert!(world.images().release(&about, &digest(3)).await.is_err());
    let keeping = world.images().keep(settings(), |_| ());
    world.images().notice([about.clone()]);
    pass(20).await;
    keeping.stop().await;
    assert_eq!(world.images().list("retail", &Default::default()).await.unwrap().len(), 1);
}
