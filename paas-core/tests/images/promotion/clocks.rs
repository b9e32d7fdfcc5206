//! Periods, leases, and clocks that are wrong.

use super::bed::*;
use paas_core::{
    images::promotion::{FailureKind, Happening, Observation, Order, StateName, SyncRule, WaitsFor},
    scaling::Timestamp,
};

#[test]
fn a_period_counts_from_the_release_whenever_the_rule_came() {
    let image = pending();
    // Without a rule, and with a manual one, nothing is ever due.
    for (rule, waits) in [(None, WaitsFor::Rule), (Some(SyncRule::Manual), WaitsFor::Person)] {
        assert_eq!(image.next_deadline(rule.as_ref(), at(10)), None);
        assert_eq!(image.waits_for(rule.as_ref()), Some(waits));
        assert!(time(&image, &context(rule, "c-1"), at(9 * HOUR)).is_nothing());
    }
    // It has waited for longer than that already.
    assert_eq!(name(&time(&image, &context(hourly(), "c-1"), at(9 * HOUR))), Some(StateName::Syncing));
}

#[test]
fn a_lease_is_lost_after_its_end_and_only_then() {
    let image = syncing();
    assert_eq!(image.next_deadline(None, at(20)), Some(at(80)));
    assert!(time(&image, &context(None, "x"), at(79)).is_nothing());

    let renewed = image.observe(Observation::CopyRenewed { copy: copy("c-1") }, at(60));
    assert!(renewed.writes && renewed.change.is_none() && renewed.orders.is_empty());
    let image = renewed.image.unwrap();
    assert!(time(&image, &context(None, "x"), at(119)).is_nothing());

    let lost = time(&image, &context(None, "x"), at(120));
    assert_eq!((name(&lost), happened(&lost)), (Some(StateName::PendingSync), Some(Happening::CopyFailed)));
    assert_eq!(lost.change.unwrap().failure, Some(FailureKind::LeaseLost));
    assert_eq!(lost.orders, [look(&image), Order::Abandon { copy: copy("c-1"), image: image.name.clone() }]);
}

#[test]
fn a_copy_that_never_ends_ends_after_a_day() {
    let mut image = syncing();
    let mut now = at(20);
    while image.state.name() == StateName::Syncing {
        now = now.plus(20);
        assert!(now < at(25 * HOUR), "it goes on for ever");
        image = see(&image, Observation::CopyRenewed { copy: copy("c-1") }, now);
        image = time(&image, &context(None, "x"), now).image.unwrap();
    }
    assert!(now >= at(24 * HOUR));
}

#[test]
fn a_clock_that_is_behind_ends_nothing_early() {
    // By an hour, a day, a year: whether others agree or not, what they wrote stays.
    for behind in [HOUR, 24 * HOUR, 365 * 24 * HOUR] {
        let back = Timestamp::from_seconds(at(0).seconds() - behind);
        for image in [pushed(), pending(), synced()] {
            assert!(time(&image, &context(hourly(), "c-1"), back).is_nothing());
            assert!(time(&image, &context(hourly(), "c-1"), back.plus(HOUR)).is_nothing());
        }
        let woken = pending().next_deadline(hourly().as_ref(), back).unwrap();
        assert!(woken <= back.plus(2 * HOUR), "{woken}");
        for image in StateName::ALL.iter().map(|state| image_in(*state)) {
            for seen in [
                Observation::Pushed { digest: image.digest.clone() },
                Observation::CopyRenewed { copy: copy("c-1") },
            ] {
                let seen = image.observe(seen, back);
                assert!(image.is_gone() || !seen.writes, "{seen:?}");
            }
        }
    }
    assert!(synced().observe(in_production(1), at(0)).is_nothing());
}

#[test]
fn a_lease_ends_although_a_wrong_clock_gave_it() {
    let day = 24 * HOUR;
    let until = syncing().state.copy().unwrap().until;
    // As far as clocks may differ, it is waited for.
    let behind = Timestamp::from_seconds(until.seconds() - 60 - day);
    assert_eq!(syncing().next_deadline(None, behind), Some(until));
    assert!(time(&syncing(), &context(None, "x"), behind).is_nothing());
    // Beyond that it is one that begins now.
    let back = Timestamp::from_seconds(behind.seconds() - 1);
    assert_eq!(syncing().next_deadline(None, back), Some(back));
    let image = time(&syncing(), &context(None, "x"), back).image.unwrap();
    assert_eq!(
        (image.state.name(), image.next_deadline(None, back)),
        (StateName::Syncing, Some(back.plus(60)))
    );
    assert_eq!(name(&time(&image, &context(None, "x"), back.plus(60))), Some(StateName::PendingSync));
}
