//! Copies: one at a time, under a lease, and what happens when their process ends.

use super::world::{Fate, WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::{FailureKind, Happening, State, StateName};
use paas_platform::ErrorKind;
use std::{sync::atomic::Ordering, time::Duration};

#[tokio::test(start_paused = true)]
async fn of_several_processes_one_copies() {
    let world = World::new(automatic()).await;
    let others = [world.another("two").await, world.another("three").await];
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::After(Duration::from_secs(300)));
    let mut copies = world.images().carry_on(4).await.unwrap();
    for other in &others {
        copies.extend(other.acting_as("images".parse().unwrap()).images().carry_on(4).await.unwrap());
    }
    assert_eq!(copies.len(), 1);
    // It says that it is at work, longer than its lease is.
    for _ in 0..14 {
        pass(20).await;
        for other in &others {
            let more = other.acting_as("images".parse().unwrap()).images().carry_on(4).await.unwrap();
            assert!(more.is_empty());
        }
    }
    assert_eq!(world.state(WEB).await, StateName::Syncing);
    assert_eq!(copies.pop().unwrap().wait().await.unwrap().what, Happening::Synced);
    assert_eq!(world.hands.begun(), 1);
}

/// The process that copies ends in the middle, without a word.
#[test]
fn a_copy_of_which_nobody_hears_is_lost_and_begun_anew() {
    // One runtime is one process: what runs in it ends with it.
    let runtime =
        || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let first = runtime();
    let world = first.block_on(async {
        let world = World::new(automatic()).await;
        world.release(WEB, &digest(1)).await;
        pass(600).await;
        world.hands.next(Fate::After(Duration::from_secs(1_000_000)));
        let copies = world.images().carry_on(4).await.unwrap();
        pass(5).await;
        assert_eq!((copies.len(), world.hands.begun()), (1, 1));
        world
    });
    drop(first);

    runtime().block_on(async {
        // The clock of the first process stands where it ended.
        let begun = world.images().read(&name(WEB)).await.unwrap();
        assert_eq!(begun.status, StateName::Syncing);
        let later = paas_platform::seam::VirtualClock::at(paas_platform::seam::Timestamp::from_millis(
            1_800_000_000_000 + 700_000,
        ));
        let second = world.another_at("two", later.clone()).await;
        let images = second.acting_as("images".parse().unwrap()).images();
        assert!(images.carry_on(4).await.unwrap().is_empty());
        let status = images.read(&name(WEB)).await.unwrap();
        let State::PendingSync(pending) = &status.image.state else { panic!("{status:?}") };
        assert_eq!(pending.failure.as_ref().unwrap().kind, FailureKind::LeaseLost);
        later.advance(Duration::from_secs(60));
        let copy = images.carry_on(4).await.unwrap().pop().unwrap();
        assert_eq!(copy.wait().await.unwrap().what, Happening::Synced);
        assert_eq!(world.production.get(WEB), Some(digest(1)));
    });
}

#[tokio::test(start_paused = true)]
async fn what_is_deleted_while_it_is_copied_is_abandoned() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::After(Duration::from_secs(1_000)));
    let copy = world.images().carry_on(4).await.unwrap().pop().unwrap();
    pass(1).await;
    world.test.remove(WEB);
    assert_eq!(
        world.images().look(&name(WEB)).await.unwrap().map(|status| status.status),
        Some(StateName::Gone)
    );
    copy.wait().await;
    assert_eq!(world.images().read(&name(WEB)).await.unwrap_err().kind(), ErrorKind::UnknownImage);
    assert_eq!(world.production.get(WEB), None);
    // Its journal outlives it, and goes on when it is pushed anew.
    let before = world.images().journal(&name(WEB)).await.unwrap().len();
    world.push(WEB, &digest(2)).await;
    let journal = world.images().journal(&name(WEB)).await.unwrap();
    assert_eq!((journal.len(), journal.last().unwrap().change.what), (before + 1, Happening::Pushed));
}

#[tokio::test(start_paused = true)]
async fn no_more_copies_at_once_than_are_allowed() {
    let world = World::new(automatic()).await;
    for number in 1..=10 {
        world.release(&format!("retail-shop/web:{number}"), &digest(number)).await;
        world.hands.next(Fate::After(Duration::from_secs(30)));
    }
    pass(600).await;
    for _ in 0..20 {
        world.images().carry_on(3).await.unwrap();
        pass(10).await;
    }
    assert_eq!(world.hands.most.load(Ordering::SeqCst), 3);
    assert_eq!(world.hands.begun(), 10);
    for number in 1..=10 {
        assert_eq!(world.state(&format!("retail-shop/web:{number}")).await, StateName::Synced);
    }
}

#[tokio::test(start_paused = true)]
async fn without_registries_nothing_is_copied() {
    let platform = paas_platform::Platform::builder()
        .store(paas_platform::store::MemoryStore::new(paas_platform::seam::SystemClock::new()))
        .connect()
        .await
        .unwrap();
    let images = platform.acting_as("images".parse().unwrap()).images();
    for error in [
        images.carry_on(1).await.map(drop).unwrap_err(),
        images.sweep().await.map(drop).unwrap_err(),
        images.sync(&name(WEB)).await.map(drop).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
}
