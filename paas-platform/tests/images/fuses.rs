//! A registry that comes up empty costs no releases.

use super::world::{WEB, World, digest, name, pass};
use paas_core::{
    access::{Role, Subject},
    images::promotion::{FailureKind, Happening, StateName},
};
use paas_platform::{ErrorKind, ImagesSettings, SweepSettings};
use std::time::Duration;

fn image(number: u8) -> String {
    format!("retail-shop/web:{number}")
}

/// Eight are released, and two are not.
async fn world() -> World {
    let world = World::new(None).await;
    for number in 0..8 {
        world.release(&image(number), &digest(number)).await;
    }
    for number in 8..10 {
        world.push(&image(number), &digest(number)).await;
    }
    world
}

#[tokio::test(start_paused = true)]
async fn an_empty_registry_costs_no_releases_until_a_person_says_that_it_is_right() {
    let world = world().await;
    for number in 0..10 {
        world.test.remove(&image(number));
    }
    for _ in 0..3 {
        let report = world.images().sweep().await.unwrap();
        assert_eq!((report.images, report.changes.len(), report.failures.len()), (0, 0, 1));
        let failure = &report.failures[0];
        assert_eq!(
            (failure.kind, failure.namespace.as_deref()),
            (FailureKind::SourceMissing, Some("retail-shop"))
        );
        for words in ["10 of 10", "8 of 8", "paas image sweep --namespace retail-shop --accept-deletions"] {
            assert!(failure.message.contains(words), "{words}: {}", failure.message);
        }
    }
    assert_eq!(world.state(&image(3)).await, StateName::PendingSync);

    // Back again, nothing has happened to them.
    for number in 0..6 {
        world.test.put(&image(number), &digest(number));
    }
    let report = world.images().sweep().await.unwrap();
    // Two releases of eight are no fault.
    assert_eq!((report.images, report.failures.len()), (6, 0));
    let gone: Vec<_> = report.changes.iter().map(|change| (change.image.to_string(), change.what)).collect();
    assert_eq!(gone, [6, 7, 8, 9].map(|number| (image(number), Happening::Deleted)));

    for number in 0..6 {
        world.test.remove(&image(number));
    }
    assert_eq!(world.images().sweep().await.unwrap().changes, []);
    let settings = SweepSettings::default().namespace("retail-shop").accepting_deletions();
    let report = world.images().sweep_by(&settings).await.unwrap();
    assert_eq!((report.changes.len(), report.failures.len()), (6, 0));
    assert_eq!(world.images().read(&name(&image(0))).await.unwrap_err().kind(), ErrorKind::UnknownImage);
}

#[tokio::test(start_paused = true)]
async fn small_namespaces_are_protected_together() {
    let world = World::new(None).await;
    for number in 0..9 {
        let tenant = format!("tenant-{number}");
        world.tenant(&tenant, None).await;
        world.release_any(&format!("{tenant}/web:1"), &digest(number)).await;
        world.test.remove(&format!("{tenant}/web:1"));
    }
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.changes.len(), report.failures.len()), (0, 1));
    assert_eq!(report.failures[0].namespace, None);
    assert!(report.failures[0].message.contains("9 of 9"), "{report:?}");
    // One namespace of them may be seen to.
    let settings = SweepSettings::default().namespace("tenant-3").accepting_deletions();
    assert_eq!(world.images().sweep_by(&settings).await.unwrap().changes.len(), 1);
    assert_eq!(world.state("tenant-4/web:1").await, StateName::PendingSync);
}

#[tokio::test(start_paused = true)]
async fn what_nobody_released_may_be_cleaned_up() {
    let world = world().await;
    for number in 50..200 {
        world.push(&image(number), &digest(number)).await;
        world.test.remove(&image(number));
    }
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.images, report.changes.len(), report.failures.len()), (10, 150, 0));
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_deletions_that_are_told_meets_the_same_fuse() {
    let world = world().await;
    let images = world.images();
    let settings = ImagesSettings::default().sweep(Duration::from_secs(1_000_000));
    let keeping = images.keep(settings, |_| ());
    pass(1).await;
    // One after the other: the first three are believed.
    for number in 0..8 {
        world.test.remove(&image(number));
        images.notice([name(&image(number))]);
        pass(20).await;
    }
    let left = images.list("retail", &Default::default()).await.unwrap();
    assert_eq!(left.iter().filter(|status| status.status == StateName::PendingSync).count(), 5);
    keeping.stop().await;
    let report = images.sweep().await.unwrap();
    assert_eq!((report.changes.len(), report.failures.len()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn single_deletions_that_are_told_are_believed() {
    let world = world().await;
    let images = world.images();
    let settings = ImagesSettings::default().sweep(Duration::from_secs(1_000_000));
    let keeping = images.keep(settings, |_| ());
    pass(1).await;
    for number in 0..8 {
        world.test.remove(&image(number));
        images.notice([name(&image(number))]);
        pass(1_000).await;
        assert_eq!(images.read(&name(&image(number))).await.unwrap_err().kind(), ErrorKind::UnknownImage);
    }
    keeping.stop().await;
}

#[tokio::test(start_paused = true)]
async fn one_namespace_is_swept_by_those_who_may() {
    let world = World::new(None).await;
    world.tenant("other", None).await;
    world.test.put(WEB, &digest(1));
    world.test.put("other/web:1", &digest(1));
    let only = SweepSettings::default().namespace("retail-shop");
    let senior = world.as_role(Role::SeniorMember);
    let report = senior.sweep_by(&only).await.unwrap();
    assert_eq!((report.namespaces, report.images), (1, 1));
    let denied = [SweepSettings::default().namespace("other"), SweepSettings::default().namespace("nothing")];
    for settings in &denied {
        assert_eq!(senior.sweep_by(settings).await.map(drop).unwrap_err().kind(), ErrorKind::Denied);
    }
    let stranger =
        world.platform.acting_for(Subject::new("77").with_tenant("other", Role::ReadOnly)).unwrap();
    assert_eq!(stranger.images().sweep_by(&only).await.map(drop).unwrap_err().kind(), ErrorKind::Denied);
    let nothing = world.images().sweep_by(&SweepSettings::default().namespace("nothing")).await;
    assert_eq!(nothing.map(drop).unwrap_err().kind(), ErrorKind::UnknownNamespace);
}
