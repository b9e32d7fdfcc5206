//! The loop: it looks at what was noticed, does what is due, and sweeps.

use super::world::{WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::StateName;
use paas_platform::ImagesSettings;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

#[tokio::test(start_paused = true)]
async fn images_are_kept_on_their_way_without_anybody() {
    let world = World::new(automatic()).await;
    let reports = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&reports);
    let settings = ImagesSettings::default().sweep(Duration::from_secs(3_600));
    let keeping = world.images().keep(settings, move |report| told.lock().unwrap().push(report.unwrap()));
    pass(1).await;
    assert_eq!(reports.lock().unwrap().len(), 1, "it begins with a sweep");

    world.test.put(WEB, &digest(1));
    world.images().notice([name(WEB)]);
    pass(6).await;
    assert_eq!(world.state(WEB).await, StateName::InDevelopment);
    world.as_role(paas_core::access::Role::SeniorMember).release(&name(WEB), &digest(1)).await.unwrap();
    pass(610).await;
    assert_eq!(world.state(WEB).await, StateName::Synced);

    // What nobody told of is found within the hour.
    world.test.put("retail-shop/api:1", &digest(2));
    pass(3_600).await;
    assert_eq!(world.state("retail-shop/api:1").await, StateName::InDevelopment);
    assert_eq!(reports.lock().unwrap().len(), 2);
    keeping.stop().await;
    world.test.put("retail-shop/api:2", &digest(2));
    pass(10_000).await;
    assert_eq!(reports.lock().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_notifications_is_one_look_for_each_image() {
    let world = World::new(automatic()).await;
    for number in 0..50 {
        world.test.put(&format!("retail-shop/web:{number}"), &digest(1));
    }
    let images = world.images();
    let names = (0..5_000).map(|number| name(&format!("retail-shop/web:{}", number % 50)));
    images.notice(names.chain([name("strange/thing:1")]));
    let settings = ImagesSettings::default().sweep(Duration::from_secs(1_000_000));
    let keeping = images.keep(settings, |report| drop(report.unwrap()));
    pass(20).await;
    keeping.stop().await;
    // Each once for what was told, and once for the sweep at the beginning.
    assert_eq!(world.test.asked(), 100);
    assert_eq!(images.list("retail", &Default::default()).await.unwrap().len(), 50);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_looked_at_is_not_forgotten() {
    let world = World::new(automatic()).await;
    world.test.set_down(true);
    let images = world.images();
    images.notice([name(WEB)]);
    let settings = ImagesSettings::default().sweep(Duration::from_secs(1_000_000));
    let keeping = images.keep(settings, |_| ());
    pass(60).await;
    world.test.put(WEB, &digest(1));
    world.test.set_down(false);
    // It was asked less and less often.
    pass(60).await;
    assert_eq!(world.state(WEB).await, StateName::InDevelopment);
    keeping.stop().await;
}
