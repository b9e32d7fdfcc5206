//! Production holds something else than what was released.

use super::bed::*;
use paas_core::images::promotion::{
    Cause, Command, FailureKind, Happening, Observation, Order, State, StateName, Transition, WaitsFor,
};
use std::collections::BTreeSet;

#[test]
fn a_copy_that_left_something_else_in_production_waits_for_a_person() {
    let ended = syncing().observe(copied("c-1", 7), at(30));
    assert_eq!(name(&ended), Some(StateName::PendingSync));
    assert_eq!(ended.change.unwrap().failure, Some(FailureKind::NotEqual));
    let image = ended.image.unwrap();
    assert_eq!(image.production.digest(), Some(&digest(7)));
    assert_eq!(image.waits_for(hourly().as_ref()), Some(WaitsFor::Person));
}

#[test]
fn a_conflict_is_a_persons_to_decide_and_then_replaces_what_was_seen() {
    let conflict = failed("c-1", FailureKind::TagConflict, Some(Some(digest(7))));
    let image = see(&syncing(), conflict, at(30));
    let pressed = command(&image, Command::SyncNow, &context(hourly(), "c-2"), at(40)).unwrap();
    let [Order::Copy { replaces, .. }] = pressed.orders.as_slice() else { panic!("{:?}", pressed.orders) };
    assert_eq!(replaces, &BTreeSet::from([digest(7)]));
}

#[test]
fn a_copy_may_replace_what_lost_copies_may_have_left() {
    // Digest 1 is in production; a copy of 2 is lost; 3 is released.
    let mut image = synced();
    for (number, name) in [(2, "c-2"), (3, "c-3")] {
        image = see(&image, Observation::Pushed { digest: digest(number) }, at(100));
        let release = Command::Release { digest: digest(number) };
        image = command(&image, release, &context(None, "x"), at(110)).unwrap().image.unwrap();
        let begun = command(&image, Command::SyncNow, &context(hourly(), name), at(120)).unwrap();
        let [Order::Copy { replaces, .. }] = begun.orders.as_slice() else { panic!("{:?}", begun.orders) };
        assert_eq!(replaces, &(1..number).map(digest).collect());
        image = time(&begun.image.unwrap(), &context(None, "x"), at(180)).image.unwrap();
        assert_eq!(image.state.name(), StateName::PendingSync);
    }
}

#[test]
fn production_that_differs_is_copied_to_again_with_the_release_still_pinned() {
    for seen in [None, Some(digest(7))] {
        let found = synced().observe(Observation::ProductionSeen { digest: seen.clone() }, at(100));
        assert_eq!(
            (name(&found), happened(&found)),
            (Some(StateName::PendingSync), Some(Happening::ProductionDiffers))
        );
        let image = found.image.unwrap();
        assert_eq!(image.approval(), synced().approval());
        let State::PendingSync(waiting) = &image.state else { panic!("{image:?}") };
        assert_eq!((waiting.cause, waiting.since, waiting.attempts), (Cause::ProductionDiffers, at(100), 0));
        assert_eq!(image.production.approval, None);
        let begun = time(&image, &context(hourly(), "c-2"), at(100 + HOUR));
        let [Order::Copy { replaces, .. }] = begun.orders.as_slice() else { panic!("{:?}", begun.orders) };
        assert_eq!(replaces, &seen.into_iter().collect());
    }
    assert!(synced().observe(in_production(1), at(100)).is_nothing());
}

#[test]
fn what_did_not_come_by_a_release_is_replaced_only_when_a_person_decides_after_a_conflict() {
    // Somebody put it there by hand, and it was seen before the first copy.
    let seen = see(&pending(), Observation::ProductionSeen { digest: Some(digest(7)) }, at(20));
    let replaces = |begun: &Transition| match begun.orders.as_slice() {
        [Order::Copy { replaces, .. }] => replaces.clone(),
        orders => panic!("{orders:?}"),
    };
    let begun = time(&seen, &context(hourly(), "c-1"), at(2 * HOUR));
    assert_eq!(replaces(&begun), BTreeSet::new());
    let begun = command(&seen, Command::SyncNow, &context(hourly(), "c-1"), at(30)).unwrap();
    assert_eq!(replaces(&begun), BTreeSet::new());
    // The copy finds it; whoever presses after that has read it.
    let conflict = failed("c-1", FailureKind::TagConflict, Some(Some(digest(7))));
    let image = see(&begun.image.unwrap(), conflict, at(31));
    let pressed = command(&image, Command::SyncNow, &context(hourly(), "c-2"), at(40)).unwrap();
    assert_eq!(replaces(&pressed), BTreeSet::from([digest(7)]));
}
