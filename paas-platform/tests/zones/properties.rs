//! Whatever happens, a scan ends it: all zones in step, by a bounded number of copies.

use super::world::{Fate, Registries, World, ZONES, digest, name, pass, zone};
use paas_core::images::{
    ImageName,
    distribution::{Standing, ZoneName},
    promotion::FailureKind,
};
use paas_platform::ImageZones;
use proptest::prelude::*;
use std::{collections::BTreeMap, time::Duration};

#[derive(Debug, Clone)]
enum Act {
    /// Somebody pushes an image where it is always pushed.
    Push { image: usize, digest: u8 },
    /// Somebody deletes an image in a zone.
    Delete { image: usize, zone: usize },
    /// So many of what was told of arrive, from anywhere in what waits; some twice; some never.
    Tell { count: usize, from: usize, twice: bool, lose: bool },
    /// What is told too late or of nothing.
    Rumour { image: usize, zone: usize },
    /// A zone is down, or is back.
    Turn { zone: usize },
    /// The next copy goes wrong.
    Fail,
    /// The next copy takes long.
    Slow,
    /// A process looks at what was told of, and copies.
    Work { process: usize },
    /// A process is gone, with what it was told of and did.
    Crash { process: usize },
    /// Time goes by.
    Pass { seconds: u64 },
    /// A process scans.
    Scan { process: usize },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..4usize, 1..20u8).prop_map(|(image, digest)| Act::Push { image, digest }),
        2 => (0..4usize, 0..3usize).prop_map(|(image, zone)| Act::Delete { image, zone }),
        4 => (1..6usize, 0..9usize, any::<bool>(), any::<bool>())
            .prop_map(|(count, from, twice, lose)| Act::Tell { count, from, twice, lose }),
        1 => (0..4usize, 0..3usize).prop_map(|(image, zone)| Act::Rumour { image, zone }),
        1 => (0..3usize).prop_map(|zone| Act::Turn { zone }),
        1 => Just(Act::Fail),
        1 => Just(Act::Slow),
        5 => (0..2usize).prop_map(|process| Act::Work { process }),
        1 => (0..2usize).prop_map(|process| Act::Crash { process }),
        3 => (1..200u64).prop_map(|seconds| Act::Pass { seconds }),
        1 => (0..2usize).prop_map(|process| Act::Scan { process }),
    ]
}

const IMAGES: [&str; 4] = ["retail-shop/a:1", "retail-shop/b:1", "retail-shop/b:2", "retail-shop/c:1"];

/// Where an image is pushed: by people who keep to one zone.
fn home(image: usize) -> &'static str {
    ZONES[image % 3]
}

/// Copies that are begun are let run for a moment; those that fail or take long do so in time.
async fn work(zones: &ImageZones) {
    pass(2).await;
    zones.look_at_noticed().await.unwrap();
    zones.carry_on(4).await.unwrap();
    pass(1).await;
}

fn tell(registries: &Registries, zones: &[ImageZones], act: &Act) {
    let Act::Tell { count, from, twice, lose } = act else { return };
    for number in 0..*count {
        let event: Option<(ZoneName, ImageName)> = registries.with(|content| {
            let at = from % content.events.len().max(1);
            content.events.remove(at)
        });
        let Some((place, image)) = event else { return };
        if *lose && number % 2 == 0 {
            continue;
        }
        zones[number % 2].notice(&place, [image.clone()]);
        if *twice {
            zones[(number + 1) % 2].notice(&place, [image]);
        }
    }
}

async fn holds(acts: Vec<Act>) -> Result<(), TestCaseError> {
    let world = World::new().await;
    let mut processes = vec![world.zones(), world.another("two", world.clock).await];
    let registries = &world.registries;
    let mut down = [false; 3];
    let (mut pushes, mut deletions, mut troubles) = (0, 0, 0);
    for (number, act) in acts.iter().enumerate() {
        match act {
            Act::Push { image, digest: content } => {
                pushes += 1;
                registries.push(home(*image), IMAGES[*image], &digest(*content));
            }
            Act::Delete { image, zone } => {
                deletions += 1;
                registries.delete(ZONES[*zone], IMAGES[*image]);
            }
            Act::Tell { .. } => tell(registries, &processes, act),
            Act::Rumour { image, zone: place } => {
                processes[0].notice(&zone(ZONES[*place]), [name(IMAGES[*image])]);
            }
            Act::Turn { zone } => {
                troubles += 1;
                down[*zone] = !down[*zone];
                registries.set_down(ZONES[*zone], down[*zone]);
            }
            Act::Fail => {
                troubles += 1;
                registries.next(Fate::Fails(FailureKind::Unreachable));
            }
            Act::Slow => {
                troubles += 1;
                registries.next(Fate::After(Duration::from_secs(100)));
            }
            Act::Work { process } => work(&processes[*process]).await,
            Act::Crash { process } => {
                troubles += 1;
                processes[*process] = world.another(&format!("p{number}"), world.clock).await;
            }
            Act::Pass { seconds } => pass(*seconds).await,
            Act::Scan { process } => drop(processes[*process].scan().await.unwrap()),
        }
    }
    // The end: all zones are there, what is under way ends, one scan, and what it finds is done.
    for place in ZONES {
        registries.set_down(place, false);
    }
    pass(20_000).await;
    let last = world.another("last", world.clock).await;
    last.scan().await.unwrap();
    for _ in 0..12 {
        work(&last).await;
        pass(5_000).await;
    }
    let scan = last.scan().await.unwrap();
    prop_assert_eq!(scan.behind, 0, "{:?}", last.images("retail", true).await);
    let (failures, rest) = (scan.failures, last.images("retail", true).await.unwrap());
    prop_assert!(failures.is_empty() && rest.is_empty(), "{failures:?} {rest:?}");
    let before = registries.copies();
    work(&last).await;
    prop_assert_eq!(registries.copies(), before, "it has come to rest");

    // What the registries hold is what is recorded: where an image has a home, the others have what that has.
    for (index, image) in IMAGES.iter().enumerate() {
        let held: BTreeMap<&str, _> =
            ZONES.iter().filter_map(|place| Some((*place, registries.get(place, image)?))).collect();
        if let Some(at_home) = held.get(home(index)) {
            prop_assert!(held.len() == 3 && held.values().all(|there| there == at_home), "{image}: {held:?}");
        }
        match last.read(&name(image)).await {
            Ok(zoned) => {
                let is_kept = |standing: &Standing| matches!(standing, Standing::Kept | Standing::Absent);
                let is_deleted = !held.contains_key(home(index));
                prop_assert_eq!(is_deleted, zoned.standings.values().all(is_kept), "{:?}", zoned);
            }
            Err(_) => prop_assert!(held.is_empty(), "{image}: {held:?}"),
        }
    }
    // Each push goes to two zones; a deletion is mended once; what goes wrong is tried again.
    let most = 2 * pushes + deletions * 2 + troubles * 20;
    prop_assert!(
        before <= most,
        "{before} copies of {pushes} pushes, {deletions} deletions, {troubles} troubles"
    );
    Ok(())
}

proptest! {
    #[test]
    fn a_scan_ends_with_all_zones_in_step(acts in prop::collection::vec(act(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.unwrap().block_on(holds(acts))?;
    }
}
