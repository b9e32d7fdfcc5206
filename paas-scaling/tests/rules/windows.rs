//! Rules 1 to 4: windows. What rule 1 says of days and clocks is tested with the calendar.

use crate::desk::{Desk, fixed, metric, policy};
use paas_core::{
    diagnostic::Code,
    scaling::{Cycle, Side, Weekday},
};
use paas_scaling::Plan;

#[test]
fn rule_1_a_window_is_open_from_its_start_until_before_its_end() {
    let mut desk = Desk::new(policy(1, 9, [fixed("day", "08:00-20:00", 5)]), 2, "07:59:59");
    insta::assert_snapshot!(desk.to("07:59:59").log(), @"");
    insta::assert_snapshot!(desk.to("08:00").log(), @"08:00 2 -> 5: `day` is open and holds the count");
    insta::assert_snapshot!(desk.to("19:59:59").log(), @"");
    insta::assert_snapshot!(desk.to("20:00").log(), @"20:00 5 -> 2: `day` is closed: back to the count from before");
}

#[test]
fn rule_1_a_window_over_midnight_belongs_to_the_day_of_its_start() {
    let mut night = fixed("night", "22:00-06:00", 7);
    night.cycle = Cycle::Weekly([Weekday::Mon].into());
    // Monday begins; Sunday's night is none.
    let mut desk = Desk::new(policy(1, 9, [night]), 2, "00:30");
    insta::assert_snapshot!(desk.to("+3 12:00").log(), @"
    22:00 2 -> 7: `night` is open and holds the count
    +1 06:00 7 -> 2: `night` is closed: back to the count from before
    ");
}

#[test]
fn rule_2_adjoining_fixed_windows_hand_over_in_one_action() {
    let windows = [
        fixed("morning", "08:00-12:00", 4),
        fixed("noon", "12:00-13:00", 8),
        fixed("rest", "13:00-20:00", 3),
    ];
    let mut desk = Desk::new(policy(1, 9, windows), 2, "07:00");
    insta::assert_snapshot!(desk.to("21:00").log(), @"
    08:00 2 -> 4: `morning` is open and holds the count
    12:00 4 -> 8: `noon` is open and holds the count
    13:00 8 -> 3: `rest` is open and holds the count
    20:00 3 -> 2: `rest` is closed: back to the count from before
    ");
}

#[test]
fn rule_2_where_a_window_follows_itself_there_is_no_edge() {
    let mut desk = Desk::new(policy(1, 9, [fixed("always", "06:00-06:00", 5)]), 2, "05:00");
    insta::assert_snapshot!(desk.log(), @"05:00 2 -> 5: `always` is open and holds the count (scaling of the service begins)");
    assert_eq!(desk.engine.next_deadline(), None);
    // So what a person sets stays.
    insta::assert_snapshot!(desk.person(7).to("+9 00:00").log(), @"");
    assert_eq!(desk.count(), 7);
}

#[test]
fn rule_3_windows_that_contradict_each_other_are_refused_by_name() {
    let problems =
        Plan::new(&policy(1, 9, [fixed("day", "08:00-20:00", 5), fixed("noon", "12:00-13:00", 8)]))
            .unwrap_err();
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::WindowOverlap]);
    let message = &problems.iter().next().unwrap().message;
    assert!(message.contains("`day` and `noon`"), "{message}");

    let apart = [metric("low", "08:00-20:00", (1, 3), 1, 1), metric("high", "12:00-13:00", (5, 9), 1, 1)];
    let problems = Plan::new(&policy(1, 9, apart)).unwrap_err();
    assert_eq!(problems.iter().next().unwrap().code, Code::BoundsDisjoint);
}

#[test]
fn rule_3_alarms_keep_to_what_all_open_windows_allow() {
    let windows = [metric("day", "08:00-20:00", (2, 6), 5, 0), metric("noon", "12:00-13:00", (1, 4), 1, 0)];
    let mut desk = Desk::new(policy(1, 9, windows), 2, "12:00");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"12:00 2 -> 4: the metric of `day` is above its upper threshold");
    desk.to("12:59").fires("day", Side::Upper).counts();
    // When one of them closes, what fires still may go on.
    insta::assert_snapshot!(desk.to("13:00").counts(), @"13:00 4 -> 6: the metric of `day` is above its upper threshold");
}

#[test]
fn rule_4_entering_a_metric_window_does_not_move_the_count() {
    let mut desk = Desk::new(policy(1, 9, [metric("day", "08:00-20:00", (4, 6), 1, 1)]), 2, "07:00");
    insta::assert_snapshot!(desk.to("21:00").log(), @"
    08:00 watches day upper, day lower
    20:00 watches nothing
    ");
    assert_eq!(desk.count(), 2);
}

#[test]
fn rule_4_a_fixed_window_overrides_alarms() {
    let windows = [metric("day", "08:00-20:00", (1, 9), 1, 1), fixed("noon", "12:00-13:00", 8)];
    let mut desk = Desk::new(policy(1, 9, windows), 2, "12:30");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"
    12:30 2 -> 8: `noon` is open and holds the count (scaling of the service begins)
    12:30 hold: `noon` is open and holds the count
    ");
    // Afterwards it counts again, as far as it still fires.
    desk.to("12:58").fires("day", Side::Upper).counts();
    insta::assert_snapshot!(desk.to("13:00").counts(), @"
    13:00 8 -> 2: `noon` is closed: back to the count from before
    13:00 2 -> 3: the metric of `day` is above its upper threshold
    ");
}
