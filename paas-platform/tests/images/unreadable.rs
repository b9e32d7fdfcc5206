//! One record that cannot be read stops nothing for the others.

use super::world::{WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::{FailureKind, StateName};
use paas_platform::{ImagesSettings, store::kinds};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

#[tokio::test(start_paused = true)]
async fn an_image_of_a_later_version_is_passed_over() {
    let world = World::new(automatic()).await;
    for image in ["retail-shop/aaa:1", WEB] {
        world.release(image, &digest(1)).await;
    }
    world.spoil(kinds::IMAGE, "retail-shop/aaa:1").await;
    pass(600).await;
    world.carry_on().await;
    assert_eq!(world.state(WEB).await, StateName::Synced);
    world.test.put("retail-shop/zzz:1", &digest(2));
    let report = world.images().sweep().await.unwrap();
    assert_eq!(world.state("retail-shop/zzz:1").await, StateName::InDevelopment);
    let failures: Vec<_> =
        report.failures.iter().map(|failure| (failure.what.as_deref(), failure.kind)).collect();
    assert_eq!(failures, [(Some("retail-shop/aaa:1"), FailureKind::Unexpected)]);
    assert!(report.failures[0].message.contains("newer version"), "{report:?}");
    // Nor does it hide the others.
    let seen = world.images().list("retail", &Default::default()).await.unwrap();
    assert_eq!(seen.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_namespace_or_a_tenant_of_a_later_version_is_passed_over() {
    for (kind, key, what) in [(kinds::NAMESPACE, "another", "another"), (kinds::TENANT, "another", "another")]
    {
        let world = World::new(automatic()).await;
        world.tenant("another", automatic()).await;
        world.release_any("another/web:1", &digest(1)).await;
        world.release(WEB, &digest(1)).await;
        world.spoil(kind, key).await;
        pass(600).await;
        world.carry_on().await;
        assert_eq!(world.state(WEB).await, StateName::Synced);
        let report = world.images().sweep().await.unwrap();
        assert_eq!((report.namespaces, report.images, report.failures.len()), (1, 1, 1));
        assert_eq!(report.failures[0].namespace.as_deref(), Some(what));
        assert_eq!(world.images().list("retail", &Default::default()).await.unwrap().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_told_once_and_no_name_is_lost_by_it() {
    let world = World::new(automatic()).await;
    world.tenant("another", automatic()).await;
    world.release_any("another/web:1", &digest(1)).await;
    world.spoil(kinds::NAMESPACE, "another").await;
    let (errors, reports) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let (told_errors, told_reports) = (Arc::clone(&errors), Arc::clone(&reports));
    let images = world.images();
    world.test.put(WEB, &digest(1));
    images.notice([name("another/web:2"), name(WEB)]);
    let settings = ImagesSettings::default().sweep(Duration::from_secs(1_000_000));
    let keeping = images.keep(settings, move |report| {
        *if report.is_ok() { &told_reports } else { &told_errors }.lock().unwrap() += 1;
    });
    pass(1_000).await;
    assert_eq!((*errors.lock().unwrap(), *reports.lock().unwrap()), (1, 1));
    assert_eq!(world.state(WEB).await, StateName::InDevelopment);
    keeping.stop().await;
}
