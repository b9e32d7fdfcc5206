//! Rule 14: scale-in with grace.

use crate::desk::{Desk, fixed, metric, policy};
use paas_core::scaling::{Side, Window};
use paas_scaling::Start;

/// Open all day, with a grace of two minutes and a quiet time of five.
fn day(less: u32) -> Window {
    let mut day = metric("day", "00:00-00:00", (1, 20), 1, less);
    day.grace_ms = 120_000;
    day
}

fn graceful(mut window: Window, minutes: u64) -> Window {
    window.grace_ms = minutes * 60_000;
    window
}

#[test]
fn rule_14_containers_drain_first() {
    let mut desk = Desk::new(policy(1, 20, [day(2)]), 8, "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("09:01").fires("day", Side::Lower).to("09:04").counts(), @"
    09:00 drains 8 -> 6 until 09:02: the metric of `day` is below its lower threshold
    09:01 hold: containers drain until 2026-11-23T09:02:00Z
    09:02 8 -> 6: the time to drain is over
    ");
    // The quiet time began with the drain.
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("09:05").counts(), @"
    09:04 hold: an action was not long ago: alarms wait until 2026-11-23T09:05:00Z
    09:05 drains 6 -> 4 until 09:07: the metric of `day` is below its lower threshold
    ");
}

#[test]
fn rule_14_the_quiet_time_does_not_end_before_the_drain() {
    let mut desk = Desk::new(policy(1, 20, [graceful(day(2), 10)]), 8, "09:00");
    desk.fires("day", Side::Lower)
        .to("09:04")
        .fires("day", Side::Lower)
        .to("09:08")
        .fires("day", Side::Lower);
    insta::assert_snapshot!(desk.to("09:10").counts(), @"
    09:00 drains 8 -> 6 until 09:10: the metric of `day` is below its lower threshold
    09:04 hold: containers drain until 2026-11-23T09:10:00Z
    09:08 hold: containers drain until 2026-11-23T09:10:00Z
    09:10 8 -> 6: the time to drain is over
    09:10 drains 6 -> 4 until 09:20: the metric of `day` is below its lower threshold
    ");
}

#[test]
fn rule_14_an_alarm_that_asks_out_cancels_the_drain_and_waits_for_the_quiet_time() {
    let mut desk = Desk::new(policy(1, 20, [day(2)]), 8, "09:00");
    desk.fires("day", Side::Lower).to("09:01").fires("day", Side::Upper);
    insta::assert_snapshot!(desk.to("09:05").counts(), @"
    09:00 drains 8 -> 6 until 09:02: the metric of `day` is below its lower threshold
    09:01 drains no more, 8 stay: the metric of `day` is above its upper threshold again
    09:01 hold: an action was not long ago: alarms wait until 2026-11-23T09:05:00Z
    09:05 8 -> 9: the metric of `day` is above its upper threshold
    ");
}

#[test]
fn rule_14_after_a_cancel_the_quiet_time_is_that_of_the_drains_start() {
    let mut desk = Desk::new(policy(1, 20, [graceful(day(2), 10)]), 8, "09:00");
    // Ten minutes of drain would have made it 09:10.
    desk.fires("day", Side::Lower).to("09:07").fires("day", Side::Upper);
    insta::assert_snapshot!(desk.counts(), @"
    09:00 drains 8 -> 6 until 09:10: the metric of `day` is below its lower threshold
    09:07 drains no more, 8 stay: the metric of `day` is above its upper threshold again
    09:07 8 -> 9: the metric of `day` is above its upper threshold
    ");
}

#[test]
fn rule_14_an_edge_to_as_many_or_more_cancels_the_drain() {
    let windows = [day(4), fixed("noon", "12:00-13:00", 8)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "11:59");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("12:30").counts(), @"
    11:59 drains 8 -> 4 until 12:01: the metric of `day` is below its lower threshold
    12:00 drains no more, 8 stay: what holds now asks for at least as many
    ");
    let windows = [day(4), fixed("noon", "12:00-13:00", 10)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "11:59");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("12:30").counts(), @"
    11:59 drains 8 -> 4 until 12:01: the metric of `day` is below its lower threshold
    12:00 drains no more, 8 stay: what holds now asks for at least as many
    12:00 8 -> 10: `noon` is open and holds the count
    ");
}

#[test]
fn rule_14_an_edge_between_shrinks_the_drain() {
    let windows = [day(4), fixed("noon", "12:00-13:00", 6)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "11:59");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("12:30").counts(), @"
    11:59 drains 8 -> 4 until 12:01: the metric of `day` is below its lower threshold
    12:00 drains 8 -> 6 until 12:01: `noon` is open and holds the count
    12:01 8 -> 6: the time to drain is over
    ");
}

#[test]
fn rule_14_an_edge_below_extends_the_drain() {
    let windows = [day(4), graceful(fixed("noon", "12:00-13:00", 2), 3)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "11:59");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("12:30").counts(), @"
    11:59 drains 8 -> 4 until 12:01: the metric of `day` is below its lower threshold
    12:00 drains 8 -> 2 until 12:03: `noon` is open and holds the count
    12:03 8 -> 2: the time to drain is over
    ");
}

#[test]
fn rule_14_an_edge_at_the_end_of_the_drain_comes_first() {
    let windows = [day(4), fixed("noon", "12:01-13:00", 10)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "11:59");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("12:30").counts(), @"
    11:59 drains 8 -> 4 until 12:01: the metric of `day` is below its lower threshold
    12:01 drains no more, 8 stay: what holds now asks for at least as many
    12:01 8 -> 10: `noon` is open and holds the count
    ");
}

#[test]
fn rule_14_a_persons_count_cancels_the_drain() {
    let mut desk = Desk::new(policy(1, 20, [day(4)]), 8, "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("09:01").person(7).to("09:04").counts(), @"
    09:00 drains 8 -> 4 until 09:02: the metric of `day` is below its lower threshold
    09:01 drains no more, 8 stay: a person set the count
    ");
    assert_eq!(desk.count(), 7);
}

#[test]
fn rule_14_a_back_end_that_drains_by_itself_is_told_the_count_at_once() {
    let mut desk = Desk::new(policy(1, 20, [day(4)]), Start::draining_itself(8), "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).to("09:04").counts(), @"09:00 8 -> 4: the metric of `day` is below its lower threshold");
}

#[test]
fn rule_14_fixed_windows_drain_on_their_way_in_and_out() {
    let windows = [graceful(fixed("night", "22:00-06:00", 2), 5)];
    let mut desk = Desk::new(policy(1, 20, windows), 8, "21:00");
    insta::assert_snapshot!(desk.to("+1 07:00").counts(), @"
    22:00 drains 8 -> 2 until 22:05: `night` is open and holds the count
    22:05 8 -> 2: the time to drain is over
    +1 06:00 2 -> 8: `night` is closed: back to the count from before
    ");
}

#[test]
fn rule_14_a_drain_does_not_go_below_the_bounds_of_a_new_policy() {
    let mut desk = Desk::new(policy(1, 20, [day(4)]), 8, "09:00");
    let narrower = |least| {
        let mut other = policy(least, 20, [day(4)]);
        other.windows[0].rule = metric("day", "00:00-00:00", (least, 20), 1, 4).rule;
        other
    };
    desk.fires("day", Side::Lower).to("09:01").log();
    insta::assert_snapshot!(desk.replace(narrower(6)).counts(), @"09:01 drains 8 -> 6 until 09:02: the new policy asks for more than what is drained to");
    insta::assert_snapshot!(desk.replace(narrower(9)).counts(), @"
    09:01 drains no more, 8 stay: what holds now asks for at least as many
    09:01 8 -> 9: the new policy asks for more than what is drained to
    ");
}
