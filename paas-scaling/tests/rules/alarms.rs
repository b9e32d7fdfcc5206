//! Rules 5 to 8: alarms.

use crate::desk::{Desk, at, fixed, metric, policy, window};
use paas_core::scaling::{Alarm, AlarmState, Bounds, Rule, Side, Threshold};
use paas_scaling::Settings;

/// Open all day, from 1 to 9, with a quiet time of five minutes.
fn day(out: u32, less: u32) -> paas_core::scaling::Window {
    metric("day", "00:00-00:00", (1, 9), out, less)
}

#[test]
fn rule_5_upper_asks_out_and_lower_asks_in() {
    let mut desk = Desk::new(policy(1, 9, [day(2, 1)]), 4, "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"09:00 4 -> 6: the metric of `day` is above its upper threshold");
    desk.resolves("day", Side::Upper).to("10:00").counts();
    insta::assert_snapshot!(desk.fires("day", Side::Lower).counts(), @"10:00 6 -> 5: the metric of `day` is below its lower threshold");
}

#[test]
fn rule_5_out_wins_over_in_and_the_largest_step_counts() {
    let windows = [
        day(1, 1),
        metric("memory", "00:00-00:00", (1, 9), 3, 2),
        metric("disk", "00:00-00:00", (1, 9), 2, 1),
    ];
    let mut desk = Desk::new(policy(1, 9, windows), 4, "09:00");
    // What fires within the quiet time is judged together at its end.
    desk.fires("disk", Side::Upper).log();
    desk.fires("day", Side::Lower).fires("memory", Side::Upper).to("09:04").fires("disk", Side::Upper).log();
    insta::assert_snapshot!(desk.to("09:05").counts(), @"09:05 6 -> 8: the metric of `disk` is above its upper threshold");
    let mut desk =
        Desk::new(policy(1, 9, [day(1, 1), metric("memory", "00:00-00:00", (1, 9), 3, 2)]), 4, "09:00");
    desk.person(4).fires("day", Side::Upper).fires("memory", Side::Upper).log();
    desk.to("09:03").fires("day", Side::Upper).fires("memory", Side::Upper).log();
    insta::assert_snapshot!(desk.to("09:05").counts(), @"09:05 4 -> 7: the metric of `memory` is above its upper threshold");
}

#[test]
fn rule_5_in_takes_all_who_could_ask_and_the_smallest_step() {
    let windows = [
        day(1, 3),
        metric("memory", "00:00-00:00", (1, 9), 1, 2),
        metric("out", "00:00-00:00", (1, 9), 1, 0),
    ];
    let mut desk = Desk::new(policy(1, 9, windows), 8, "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Lower).counts(), @"09:00 hold: other rules do not ask to scale in");
    insta::assert_snapshot!(desk.fires("memory", Side::Lower).counts(), @"09:00 8 -> 6: the metric of `memory` is below its lower threshold");
}

#[test]
fn rule_5_nothing_is_scaled_in_while_something_is_unknown() {
    let windows = [day(1, 1), metric("out", "00:00-00:00", (1, 9), 1, 0)];
    let mut desk = Desk::new(policy(1, 9, windows), 8, "09:00");
    insta::assert_snapshot!(desk.says("out", Side::Upper, AlarmState::NoData).fires("day", Side::Lower).counts(), @"
    09:00 hold: a metric is missing, so nobody knows how high it is
    09:00 hold: a metric is missing, so nobody knows how high it is
    ");
    insta::assert_snapshot!(desk.resolves("out", Side::Upper).counts(), @"09:00 8 -> 7: the metric of `day` is below its lower threshold");
}

#[test]
fn rule_6_clamping_never_turns_an_action_round() {
    // Beyond its bounds by a person's hand.
    let mut desk = Desk::new(policy(2, 6, [metric("day", "00:00-00:00", (2, 6), 3, 3)]), 5, "09:00");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"09:00 5 -> 6: the metric of `day` is above its upper threshold");
    insta::assert_snapshot!(desk.to("09:05").fires("day", Side::Upper).counts(), @"09:05 hold: the count is at its most, 6, or beyond");
    desk.to("09:06").person(9).to("09:12").log();
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"09:12 hold: the count is at its most, 6, or beyond");
    desk.person(1).to("09:18").log();
    insta::assert_snapshot!(desk.fires("day", Side::Lower).counts(), @"09:18 hold: the count is at its least, 2, or below");
    // In from above goes down by the step, not to the bound.
    desk.person(9).to("09:24").log();
    insta::assert_snapshot!(desk.fires("day", Side::Lower).counts(), @"09:24 9 -> 6: the metric of `day` is below its lower threshold");
    assert_eq!(desk.count(), 6);
}

#[test]
fn rule_7_what_still_fires_when_the_quiet_time_ends_acts_again() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    desk.fires("day", Side::Upper)
        .to("09:03")
        .fires("day", Side::Upper)
        .to("09:08")
        .fires("day", Side::Upper);
    insta::assert_snapshot!(desk.to("10:00").counts(), @"
    09:00 4 -> 5: the metric of `day` is above its upper threshold
    09:03 hold: an action was not long ago: alarms wait until 2026-11-23T09:05:00Z
    09:05 5 -> 6: the metric of `day` is above its upper threshold
    09:08 hold: an action was not long ago: alarms wait until 2026-11-23T09:10:00Z
    09:10 6 -> 7: the metric of `day` is above its upper threshold
    ");
    // The last notification was at 09:08: it is believed until 09:13.
    assert_eq!(desk.count(), 7);
}

#[test]
fn rule_7_what_resolved_meanwhile_does_not_act() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    desk.fires("day", Side::Upper)
        .to("09:03")
        .fires("day", Side::Upper)
        .to("09:04")
        .resolves("day", Side::Upper);
    desk.to("10:00");
    assert_eq!(desk.count(), 5);
}

#[test]
fn rule_7_the_same_notification_again_is_no_second_trigger() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    let alarm = desk.alarm("day", Side::Upper, AlarmState::Firing);
    desk.told(&alarm).to("09:01").told(&alarm).to("09:10").told(&alarm);
    insta::assert_snapshot!(desk.counts(), @"
    09:00 4 -> 5: the metric of `day` is above its upper threshold
    09:01 hold: this notification has come before
    09:10 hold: this notification has come before
    ");
}

#[test]
fn rule_7_an_alarm_that_is_not_repeated_is_unknown_after_its_time_to_live() {
    let mut desk =
        Desk::new(policy(1, 9, [day(1, 1), metric("out", "00:00-00:00", (1, 9), 1, 0)]), 9, "09:00");
    desk.fires("out", Side::Upper).to("09:04:59").log();
    desk.to("09:05").log();
    insta::assert_snapshot!(desk.fires("day", Side::Lower).counts(), @"09:05 hold: an alarm was not repeated in time, so nobody knows whether it fires");
}

#[test]
fn rule_7_an_alarm_that_comes_too_late_is_not_believed() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    let alarm = desk.alarm("day", Side::Upper, AlarmState::Firing);
    insta::assert_snapshot!(desk.to("09:05").told(&alarm).counts(), @"09:05 hold: an alarm was not repeated in time, so nobody knows whether it fires");
    // What is older than what is known is not looked at.
    insta::assert_snapshot!(desk.resolves("day", Side::Upper).told(&alarm).counts(), @"
    09:05 hold: no alarm fires
    09:05 hold: something newer is known of this rule
    ");
}

#[test]
fn rule_7_an_alarm_whose_sender_never_resolves_is_over_after_its_time_to_live() {
    let windows = [day(1, 1), metric("out", "00:00-00:00", (1, 9), 1, 0)];
    let mut desk = Desk::new(policy(1, 9, windows), 9, "09:00");
    let mut alarm = desk.alarm("out", Side::Upper, AlarmState::Firing);
    alarm.never_resolves = true;
    desk.told(&alarm).to("09:04").fires("day", Side::Lower).log();
    insta::assert_snapshot!(desk.to("09:05").counts(), @"09:05 9 -> 8: the metric of `day` is below its lower threshold");
}

#[test]
fn rule_7_the_lower_alarm_of_a_rule_resolves_its_upper_one_and_the_reverse() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    desk.person(4).to("09:03").fires("day", Side::Upper).to("09:04").fires("day", Side::Lower).log();
    insta::assert_snapshot!(desk.to("09:05").counts(), @"09:05 4 -> 3: the metric of `day` is below its lower threshold");
    desk.to("09:08").fires("day", Side::Lower).to("09:09").fires("day", Side::Upper).log();
    insta::assert_snapshot!(desk.to("09:10").counts(), @"09:10 3 -> 4: the metric of `day` is above its upper threshold");
}

#[test]
fn rule_7_missing_metrics_are_unknown_never_zero() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    insta::assert_snapshot!(desk.says("day", Side::Lower, AlarmState::NoData).to("23:00").counts(), @"09:00 hold: a metric is missing, so nobody knows how high it is");
    assert_eq!(desk.count(), 4);
}

#[test]
fn rule_8_edges_act_within_the_quiet_time_and_alarms_wait() {
    let windows = [metric("day", "00:00-00:00", (1, 9), 1, 1), fixed("noon", "12:00-13:00", 8)];
    let mut desk = Desk::new(policy(1, 9, windows), 4, "11:58");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).to("12:00").counts(), @"
    11:58 4 -> 5: the metric of `day` is above its upper threshold
    12:00 5 -> 8: `noon` is open and holds the count
    ");
}

#[test]
fn rule_8_a_window_that_is_left_begins_no_quiet_time_and_one_that_is_entered_does() {
    // Left, and none entered: the alarm acts at once.
    let windows = || [metric("day", "00:00-00:00", (1, 9), 1, 1), fixed("noon", "12:00-13:00", 8)];
    let mut desk = Desk::new(policy(1, 9, windows()), 4, "11:00");
    desk.to("12:58").fires("day", Side::Upper).log();
    insta::assert_snapshot!(desk.to("13:00").counts(), @"
    13:00 8 -> 4: `noon` is closed: back to the count from before
    13:00 4 -> 5: the metric of `day` is above its upper threshold
    ");
    // Left, and a metric window entered: its quiet time begins.
    let windows = [metric("evening", "13:00-20:00", (1, 9), 1, 1), fixed("noon", "12:00-13:00", 8)];
    let mut desk = Desk::new(policy(1, 9, windows), 4, "11:00");
    desk.to("13:00").log();
    insta::assert_snapshot!(desk.fires("evening", Side::Upper).to("13:03").fires("evening", Side::Upper).to("13:05").counts(), @"
    13:00 hold: an action was not long ago: alarms wait until 2026-11-23T13:05:00Z
    13:03 hold: an action was not long ago: alarms wait until 2026-11-23T13:05:00Z
    13:05 4 -> 5: the metric of `evening` is above its upper threshold
    ");
}

#[test]
fn rule_8_the_quiet_time_is_that_of_the_rule_that_acted() {
    let mut slow = metric("slow", "00:00-00:00", (1, 9), 2, 0);
    slow.retrigger_ms = 600_000;
    let mut desk = Desk::new(policy(1, 9, [day(1, 1), slow]), 2, "09:00");
    desk.fires("slow", Side::Upper).log();
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"09:00 hold: an action was not long ago: alarms wait until 2026-11-23T09:10:00Z");
    // A person's count: the longest of those that are open.
    desk.to("09:30").person(3).log();
    insta::assert_snapshot!(desk.fires("day", Side::Upper).counts(), @"09:30 hold: an action was not long ago: alarms wait until 2026-11-23T09:40:00Z");
}

#[test]
fn rule_8_of_several_that_act_together_the_longest_counts() {
    let mut slow = metric("slow", "00:00-00:00", (1, 9), 1, 1);
    slow.retrigger_ms = 900_000;
    let mut desk = Desk::new(policy(1, 9, [day(2, 2), slow]), 5, "09:00");
    desk.person(5).fires("slow", Side::Upper).fires("day", Side::Upper).to("09:14").log();
    desk.fires("slow", Side::Upper).fires("day", Side::Upper);
    insta::assert_snapshot!(desk.to("09:15").counts(), @"
    09:14 hold: an action was not long ago: alarms wait until 2026-11-23T09:15:00Z
    09:14 hold: an action was not long ago: alarms wait until 2026-11-23T09:15:00Z
    09:15 5 -> 7: the metric of `day` is above its upper threshold
    ");
    // The step is that of `day`, and the time that of `slow`.
    insta::assert_snapshot!(desk.to("09:21").fires("day", Side::Upper).counts(), @"09:21 hold: an action was not long ago: alarms wait until 2026-11-23T09:30:00Z");
}

#[test]
fn rule_8_without_a_retrigger_time_an_alarm_acts_once_a_second_at_most() {
    let mut hasty = day(1, 1);
    hasty.retrigger_ms = 0;
    let mut desk = Desk::new(
        policy(
            1,
            4,
            [{
                hasty.rule = metric("day", "00:00-00:00", (1, 4), 1, 1).rule;
                hasty
            }],
        ),
        1,
        "09:00",
    );
    insta::assert_snapshot!(desk.fires("day", Side::Upper).to("09:01").counts(), @"
    09:00 1 -> 2: the metric of `day` is above its upper threshold
    09:00:01 2 -> 3: the metric of `day` is above its upper threshold
    09:00:02 3 -> 4: the metric of `day` is above its upper threshold
    ");
}

#[test]
fn rule_17_alarms_of_closed_windows_are_dropped() {
    let mut desk = Desk::new(policy(1, 9, [metric("day", "08:00-20:00", (1, 9), 1, 1)]), 4, "07:59");
    insta::assert_snapshot!(desk.fires("day", Side::Upper).to("09:00").counts(), @"07:59 hold: the window of the rule is closed");
    // One that fired before the window closed says nothing of the next day.
    let mut settings = Settings::default();
    settings.alarm_ttl_ms = 86_400_000;
    let windows = [metric("day", "08:00-20:00", (1, 9), 1, 1)];
    let mut desk = Desk::with(settings, policy(1, 9, windows), 4, "19:58");
    desk.person(4).fires("day", Side::Upper).to("+1 10:00");
    assert_eq!(desk.count(), 4);
}

#[test]
fn rule_17_a_threshold_is_passed_for_so_long_from_the_entry_on_at_the_earliest() {
    let slow = window(
        "day",
        "08:00-20:00",
        Rule::Metric {
            metric: "cpu".to_owned(),
            upper: Some(Threshold::new(0.75).for_ms(120_000)),
            lower: None,
            bounds: Bounds { min: 1, max: 9 },
        },
    );
    let mut desk = Desk::new(policy(1, 9, [slow]), 4, "07:00");
    desk.to("08:00:10").log();
    insta::assert_snapshot!(desk.fires("day", Side::Upper).to("08:10").counts(), @"
    08:00:10 hold: the threshold must be passed for longer since the window opened: until 2026-11-23T08:02:00Z
    08:02 4 -> 5: the metric of `day` is above its upper threshold
    ");
}

#[test]
fn rule_17_alarms_of_rules_that_were_changed_are_not_taken_for_those_of_today() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    let old = desk.alarm("day", Side::Upper, AlarmState::Firing);
    let mut changed = day(1, 1);
    if let Rule::Metric { upper, .. } = &mut changed.rule {
        *upper = Some(Threshold::new(0.9).for_ms(0));
    }
    desk.replace(policy(1, 9, [changed])).log();
    insta::assert_snapshot!(desk.told(&old).counts(), @"09:00 hold: the policy of the service has no such rule, now");
}

#[test]
fn who_is_unknown_is_told_of() {
    let mut desk = Desk::new(policy(1, 9, [day(1, 1)]), 4, "09:00");
    let alarm = desk.alarm("day", Side::Upper, AlarmState::Firing);
    let verdict = desk.engine.alarm("nobody", &alarm, at("09:00"));
    assert_eq!(verdict.hold, Some(paas_scaling::Hold::UnknownService));
    // An alarm from the future is of now: clocks differ.
    let early = Alarm::new(alarm.rule, AlarmState::Firing, at("12:00"));
    desk.told(&early).to("09:20");
    assert_eq!(desk.count(), 5);
}

#[test]
fn many_alarms_in_one_call_are_the_same_as_one_by_one() {
    let plan = paas_scaling::Plan::new(&policy(1, 9, [day(1, 1)])).unwrap();
    let begun = || {
        let mut engine = paas_scaling::Engine::new(Settings::default());
        for index in 0..100 {
            engine.upsert(&format!("app-{index}"), &plan, 4, at("09:00"));
        }
        engine
    };
    let (mut one, mut many) = (begun(), begun());
    let rule = plan.policy().alarm_rules().next().unwrap().id;
    let alarm = Alarm::new(rule, AlarmState::Firing, at("09:00"));
    let service = |index: usize| one.service(&format!("app-{}", index * 7 % 100)).unwrap();
    let alarms: Vec<_> = (0..150).map(|index| (service(index), alarm)).collect();
    let mut told = Vec::new();
    many.alarms_by_id(&alarms, at("09:00"), |service, verdict| told.push((service, verdict)));
    let alone: Vec<_> = alarms
        .iter()
        .map(|(service, alarm)| (*service, one.alarm_by_id(*service, alarm, at("09:00"))))
        .collect();
    assert_eq!(told, alone);
    assert_eq!(one.snapshot(), many.snapshot());
}
