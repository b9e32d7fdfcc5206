//! Processes whose clocks are wrong: they end nothing early, and let no second copy begin.

use super::world::{Fate, WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::{Period, State, StateName, SyncRule};
use paas_platform::{
    Images, Platform,
    seam::{Timestamp, VirtualClock},
};
use std::{sync::atomic::Ordering, time::Duration};

const BEGIN: u64 = 1_800_000_000_000;

fn images_of(platform: &Platform) -> Images {
    platform.acting_as("images".parse().unwrap()).images()
}

/// Another process, with a clock that shows this and stands.
async fn behind(world: &World, millis: u64) -> (Images, VirtualClock) {
    let clock = VirtualClock::at(Timestamp::from_millis(millis));
    let process = world.another_at("behind", clock.clone()).await;
    (images_of(&process), clock)
}

#[tokio::test(start_paused = true)]
async fn a_process_that_is_behind_ends_no_period() {
    for lag in [1_000, 120_000, 3_600_000, 400 * 86_400_000] {
        let world = World::new(automatic()).await;
        world.release(WEB, &digest(1)).await;
        pass(1).await;
        let before = world.images().read(&name(WEB)).await.unwrap();
        let (other, _) = behind(&world, BEGIN - lag).await;
        other.sweep().await.unwrap();
        assert!(other.carry_on(4).await.unwrap().is_empty());
        assert_eq!(world.images().read(&name(WEB)).await.unwrap(), before, "{lag}");
        assert!(world.images().carry_on(4).await.unwrap().is_empty(), "{lag}");
        pass(600).await;
        world.carry_on().await;
        assert_eq!(world.state(WEB).await, StateName::Synced);
    }
}

/// Until it is told the time, a machine that was started shows what its own battery remembers.
#[tokio::test(start_paused = true)]
async fn a_process_that_learns_the_time_late_has_ended_nothing() {
    let day = Period::from_seconds(86_400).unwrap();
    let world = World::new(Some(SyncRule::Automatic { period: day })).await;
    for number in 1..=20u8 {
        world.release(&format!("retail-shop/web:{number}"), &digest(number)).await;
    }
    pass(1).await;
    let (other, clock) = behind(&world, 1_577_836_800_000).await;
    other.sweep().await.unwrap();
    other.carry_on(100).await.unwrap();
    clock.advance(Duration::from_millis(BEGIN + 5_000 - 1_577_836_800_000));
    other.sweep().await.unwrap();
    assert!(other.carry_on(100).await.unwrap().is_empty());
    assert_eq!(world.hands.begun(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_process_that_is_behind_ends_no_lease() {
    let world = World::new(Some(SyncRule::Manual)).await;
    world.release(WEB, &digest(1)).await;
    pass(1).await;
    world.hands.next(Fate::After(Duration::from_secs(300)));
    let (_, first) = world.images().sync(&name(WEB)).await.unwrap();
    pass(1).await;
    let (other, _) = behind(&world, BEGIN - 120_000).await;
    other.sweep().await.unwrap();
    other.carry_on(4).await.unwrap();
    assert!(world.images().sync(&name(WEB)).await.is_err());
    assert!(other.sync(&name(WEB)).await.is_err());
    pass(300).await;
    first.unwrap().wait().await.unwrap();
    assert_eq!((world.hands.begun(), world.hands.most.load(Ordering::SeqCst)), (1, 1));
}

/// A copy whose lease has ended by the clock of the process that carries it out, too.
#[tokio::test(start_paused = true)]
async fn a_person_who_begins_a_copy_anew_ends_the_old_one() {
    let world = World::new(Some(SyncRule::Manual)).await;
    let (images, clock) = behind(&world, BEGIN).await;
    world.release(WEB, &digest(1)).await;
    world.hands.next(Fate::After(Duration::from_secs(300)));
    world.hands.next(Fate::After(Duration::from_secs(300)));
    let (_, first) = images.sync(&name(WEB)).await.unwrap();
    while world.hands.begun() < 1 {
        tokio::task::yield_now().await;
    }
    // The machine slept: nothing ran, and it is an hour later.
    clock.advance(Duration::from_secs(3_600));
    let again = images.sync(&name(WEB)).await;
    first.unwrap().wait().await;
    let second = match again {
        Ok((_, second)) => second,
        Err(_) => images.sync(&name(WEB)).await.unwrap().1,
    };
    pass(301).await;
    assert!(second.is_some());
    assert_eq!((world.hands.begun(), world.hands.most.load(Ordering::SeqCst)), (2, 1));
    let status = images.read(&name(WEB)).await.unwrap();
    assert!(matches!(status.image.state, State::Synced(_)), "{status:?}");
}
