//! Lost and doubled notifications, events of our own copies, 5,000 events in a burst: the scan ends with the right states,
//! and there is no copy loop between zones.

use super::world::{World, ZONES, digest, name, pass, zone};
use paas_platform::{
    ZonesSettings,
    seam::{Timestamp, TokioClock},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

#[tokio::test(start_paused = true)]
async fn a_burst_ends_in_step_with_each_image_copied_once_to_each_zone() {
    const IMAGES: usize = 250;
    let world = World::new().await;
    let image = |number: usize| format!("retail-shop/web:{number}");
    // Each image is pushed in one zone; of a third of them nothing is told, of the others again and again, also in zones
    // that do not have them: 5,000 events.
    let mut events = Vec::new();
    for number in 0..IMAGES {
        let place = ZONES[number % 3];
        world.registries.push(place, &image(number), &digest(u8::try_from(number % 200).unwrap()));
        if number % 3 != 0 || number % 2 == 0 {
            events.push((zone(place), name(&image(number))));
        }
    }
    world.registries.with(|content| content.events.clear());
    let told = events.clone();
    let mut burst = (0..5_000).map(|at| {
        let (place, image) = told[(at * 7) % told.len()].clone();
        if at % 5 == 4 { (zone(ZONES[at % 3]), image) } else { (place, image) }
    });
    let zones = world.zones();
    // The first of each comes from where it was pushed.
    for (place, image) in events.drain(..) {
        zones.notice(&place, [image]);
    }
    let count = burst.by_ref().map(|(place, image)| zones.notice(&place, [image])).count();
    assert_eq!(count, 5_000);

    let reports = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&reports);
    let settings = ZonesSettings::default().scan(Duration::from_secs(3_600));
    let keeping = zones.keep(settings, move |report| heard.lock().unwrap().push(report.unwrap()));
    // What the copies raise is told of, twice, for an hour and a half.
    for _ in 0..540 {
        pass(10).await;
        let raised = world.registries.with(|content| std::mem::take(&mut content.events));
        for (place, image) in raised {
            zones.notice(&place, [image.clone()]);
            zones.notice(&place, [image]);
        }
    }
    keeping.stop().await;

    assert_eq!(reports.lock().unwrap().len(), 2);
    assert_eq!(world.registries.copies(), IMAGES * 2, "each image goes to each other zone once");
    assert!(world.registries.with(|content| content.most) <= 4);
    for number in 0..IMAGES {
        let expected = Some(digest(u8::try_from(number % 200).unwrap()));
        for place in ZONES {
            assert_eq!(world.registries.get(place, &image(number)), expected, "{number} in {place}");
        }
        let image = zones.read(&name(&image(number))).await.unwrap();
        assert!(image.is_in_step() && image.origin == Some(zone(ZONES[number % 3])), "{image:?}");
    }
    for place in ZONES {
        assert_eq!(world.status(place).await, "in step");
    }
    // Another scan finds nothing to do.
    let scan = zones.scan().await.unwrap();
    assert_eq!((scan.images, scan.behind, scan.changes.len(), scan.failures.len()), (IMAGES, 0, 0, 0));
    assert!(zones.carry_on(4).await.unwrap().is_empty());
}

/// Three processes at once, whose clocks are hours apart, each told of everything.
#[tokio::test(start_paused = true)]
async fn processes_whose_clocks_differ_copy_nothing_back_and_nothing_on() {
    let world = World::new().await;
    let start = 1_800_000_000_000;
    let hour = 3_600_000;
    let ahead = TokioClock::from(Timestamp::from_millis(start + 5 * hour));
    let behind = TokioClock::from(Timestamp::from_millis(start - 7 * hour));
    let all = [world.zones(), world.another("two", ahead).await, world.another("three", behind).await];
    let settings = ZonesSettings::default().scan(Duration::from_secs(600));
    let keeping: Vec<_> =
        all.iter().map(|zones| zones.keep(settings, |report| drop(report.unwrap()))).collect();
    for round in 0..40u8 {
        let place = ZONES[usize::from(round % 3)];
        let image = format!("retail-shop/{place}:{}", round / 10);
        world.registries.push(place, &image, &digest(round + 1));
        for _ in 0..12 {
            pass(10).await;
            let raised = world.registries.with(|content| std::mem::take(&mut content.events));
            for (at, image) in raised {
                for zones in &all {
                    zones.notice(&at, [image.clone()]);
                }
            }
        }
    }
    pass(3_000).await;
    for keeping in keeping {
        keeping.stop().await;
    }
    world.zones().scan().await.unwrap();
    for place in ZONES {
        assert_eq!(world.status(place).await, "in step");
    }
    // Each push goes to two zones, and nothing else is copied.
    assert_eq!(world.registries.copies(), 80);
}
