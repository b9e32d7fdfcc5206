//! Rules 9 to 13: counts.

use crate::desk::{Desk, fixed, metric, policy};
use paas_core::scaling::{Side, Window};
use paas_scaling::{CountSource, Removal};

fn day() -> Window {
    fixed("day", "08:00-20:00", 5)
}

#[test]
fn rule_9_an_echo_of_the_platform_is_no_intent() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.observed(4, CountSource::Platform).to("08:00").observed(3, CountSource::Platform).to("20:00");
    insta::assert_snapshot!(desk.counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    20:00 5 -> 2: `day` is closed: back to the count from before
    ");
}

#[test]
fn rule_9_a_template_that_changes_the_scale_is_intent() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.observed(4, CountSource::Template).to("21:00");
    insta::assert_snapshot!(desk.counts(), @"
    08:00 4 -> 5: `day` is open and holds the count
    20:00 5 -> 4: `day` is closed: back to the count from before
    ");
}

#[test]
fn rule_9_the_count_of_a_replaced_policy_is_not_asked_for() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    // The desk says 99 here.
    desk.replace(policy(1, 9, [fixed("day", "08:00-19:00", 5)]));
    assert_eq!(desk.count(), 2);
}

#[test]
fn rule_10_the_baseline_is_the_count_before_the_first_of_adjoining_windows() {
    let windows = [day(), fixed("evening", "20:00-22:00", 7)];
    let mut desk = Desk::new(policy(1, 9, windows), 3, "07:00");
    insta::assert_snapshot!(desk.to("23:00").counts(), @"
    08:00 3 -> 5: `day` is open and holds the count
    20:00 5 -> 7: `evening` is open and holds the count
    22:00 7 -> 3: `evening` is closed: back to the count from before
    ");
}

#[test]
fn rule_10_the_count_goes_back_within_the_bounds_of_then() {
    let windows = [day(), metric("evening", "20:00-22:00", (4, 6), 1, 1)];
    let mut desk = Desk::new(policy(1, 9, windows), 2, "07:00");
    insta::assert_snapshot!(desk.to("20:00").counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    20:00 5 -> 4: `day` is closed: back to the count from before
    ");
}

#[test]
fn rule_10_what_a_person_sets_stays_until_the_next_edge_and_is_gone_back_to() {
    let windows = [day(), fixed("evening", "20:00-22:00", 7), metric("all", "00:00-00:00", (1, 9), 1, 1)];
    let mut desk = Desk::new(policy(1, 9, windows), 3, "07:00");
    desk.to("12:00").person(6).to("19:59");
    assert_eq!(desk.count(), 6);
    insta::assert_snapshot!(desk.to("23:00").counts(), @"
    08:00 3 -> 5: `day` is open and holds the count
    20:00 6 -> 7: `evening` is open and holds the count
    22:00 7 -> 6: `evening` is closed: back to the count that a person set
    ");
}

#[test]
fn rule_10_a_persons_count_begins_the_quiet_time_of_the_open_window() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 1)]), 3, "07:00");
    insta::assert_snapshot!(desk.person(6).fires("all", Side::Upper).counts(), @"07:00 hold: an action was not long ago: alarms wait until 2026-11-23T07:05:00Z");
}

#[test]
fn rule_11_fixed_before_and_now_takes_the_new_count_and_keeps_the_old_baseline() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.to("12:00").replace(policy(1, 9, [fixed("other", "10:00-18:00", 8)])).to("21:00");
    insta::assert_snapshot!(desk.counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    12:00 5 -> 8: `other` is open and holds the count (the policy was replaced)
    18:00 8 -> 2: `other` is closed: back to the count from before
    ");
}

#[test]
fn rule_11_fixed_before_and_none_now_goes_back() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.to("12:00").replace(policy(1, 9, [fixed("other", "14:00-18:00", 8)])).to("21:00");
    insta::assert_snapshot!(desk.counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    12:00 5 -> 2: `day` is closed: back to the count from before (the policy was replaced)
    14:00 2 -> 8: `other` is open and holds the count
    18:00 8 -> 2: `other` is closed: back to the count from before
    ");
}

#[test]
fn rule_11_none_before_and_fixed_now_keeps_the_present_count() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.replace(policy(1, 9, [fixed("early", "06:00-08:00", 4)])).to("09:00");
    insta::assert_snapshot!(desk.counts(), @"
    07:00 2 -> 4: `early` is open and holds the count (the policy was replaced)
    08:00 4 -> 2: `early` is closed: back to the count from before
    ");
}

#[test]
fn rule_11_the_quiet_time_is_kept_and_rules_change_in_one_action() {
    let all = |out| metric("all", "00:00-00:00", (1, 9), out, 0);
    let mut desk = Desk::new(policy(1, 9, [all(1)]), 2, "07:00");
    desk.fires("all", Side::Upper).to("07:02").fires("all", Side::Upper).log();
    // Other steps: the rule is watched as before, and what fires still fires.
    insta::assert_snapshot!(desk.replace(policy(1, 9, [all(3)])).to("07:05").log(), @"07:05 3 -> 6: the metric of `all` is above its upper threshold");
    let other = metric("other", "00:00-00:00", (1, 9), 1, 0);
    insta::assert_snapshot!(desk.replace(policy(1, 9, [other])).log(), @"07:05 watches other upper");
}

#[test]
fn rule_11_the_same_policy_again_changes_nothing() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.to("12:00").person(7).log();
    let same = desk.policy.clone();
    insta::assert_snapshot!(desk.replace(same).log(), @"");
    assert_eq!(desk.count(), 7);
}

#[test]
fn rule_12_disabled_nothing_moves_and_enabled_it_enters_what_is_open() {
    let mut desk = Desk::new(policy(1, 9, [day(), metric("all", "00:00-00:00", (1, 9), 1, 1)]), 2, "07:00");
    desk.enable(false).to("09:00").fires("all", Side::Upper).enable(true).to("20:00");
    insta::assert_snapshot!(desk.log(), @"
    07:00 watches all upper, all lower
    07:00 watches nothing
    09:00 hold: scaling of the service is disabled
    09:00 2 -> 5: `day` is open and holds the count (scaling was enabled)
    09:00 watches all upper, all lower
    20:00 5 -> 2: `day` is closed: back to the count from before
    ");
}

#[test]
fn rule_12_a_run_that_ended_meanwhile_is_gone_back_from() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.to("12:00").enable(false).to("21:00");
    assert_eq!(desk.count(), 5);
    insta::assert_snapshot!(desk.enable(true).counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    21:00 5 -> 2: `day` is closed: back to the count from before (scaling was enabled)
    ");
}

#[test]
fn rule_12_unless_a_person_set_the_count_since() {
    let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
    desk.to("12:00").enable(false).to("13:00").person(20).to("21:00").log();
    insta::assert_snapshot!(desk.enable(true).to("+1 20:00").counts(), @"
    +1 08:00 20 -> 5: `day` is open and holds the count
    +1 20:00 5 -> 9: `day` is closed: back to the count from before
    ");
}

#[test]
fn rule_12_disabling_cancels_a_drain() {
    let mut day = day();
    day.grace_ms = 60_000;
    let mut desk = Desk::new(policy(1, 9, [day]), 7, "07:00");
    desk.to("08:00").enable(false).to("23:00");
    insta::assert_snapshot!(desk.counts(), @"
    08:00 drains 7 -> 5 until 08:01: `day` is open and holds the count
    08:00 drains no more, 7 stay: scaling was disabled
    ");
}

#[test]
fn rule_12_a_policy_that_is_not_enabled_waits_for_one_that_is() {
    let mut sleeping = policy(1, 9, [day()]);
    sleeping.enabled = false;
    let mut desk = Desk::new(sleeping.clone(), 2, "07:00");
    // To enable the service is not to enable the policy.
    desk.enable(true).to("09:00");
    assert_eq!(desk.count(), 2);
    desk.replace(policy(1, 9, [day()])).to("10:00").replace(sleeping);
    insta::assert_snapshot!(desk.to("23:00").counts(), @"09:00 2 -> 5: `day` is open and holds the count (scaling was enabled)");
    assert_eq!(desk.count(), 5);
}

#[test]
fn rule_12_removed_it_goes_back_or_stays() {
    let begun = || {
        let mut desk = Desk::new(policy(1, 9, [day()]), 2, "07:00");
        desk.to("12:00").log();
        desk
    };
    insta::assert_snapshot!(begun().remove(Removal::Restore).log(), @"12:00 5 -> 2: the scaling policy was taken away: back to the count from before its window");
    insta::assert_snapshot!(begun().remove(Removal::Leave).log(), @"");
    let mut desk = begun();
    desk.remove(Removal::Leave);
    assert_eq!((desk.engine.len(), desk.engine.next_deadline()), (0, None));
}

#[test]
fn rule_13_the_engine_never_leaves_the_bounds_by_itself() {
    let mut desk =
        Desk::new(policy(3, 6, [day(), metric("evening", "20:00-22:00", (3, 4), 9, 9)]), 2, "07:00");
    insta::assert_snapshot!(desk.to("20:01").fires("evening", Side::Lower).counts(), @"
    08:00 2 -> 5: `day` is open and holds the count
    20:00 5 -> 3: `day` is closed: back to the count from before
    20:01 hold: an action was not long ago: alarms wait until 2026-11-23T20:05:00Z
    ");
    // Steps beyond zero end at the bound.
    let mut desk = Desk::new(policy(0, 6, [metric("all", "00:00-00:00", (0, 6), 9, 9)]), 2, "07:00");
    insta::assert_snapshot!(desk.fires("all", Side::Lower).counts(), @"07:00 2 -> 0: the metric of `all` is below its lower threshold");
}
