//! What users of other autoscalers reported, and must not happen here. Those about when windows are open are with the
//! calendar.

use crate::desk::{Desk, WEB, at, fixed, metric, policy, window};
use paas_core::scaling::{AlarmState, Bounds, FixedCount, Rule, Side, Threshold};
use paas_scaling::{
    Plan, Removal,
    simulate::{Load, Simulation},
};

/// kedacore/keda#1941, #5688: minutes pass between the end of a window and its effect.
#[test]
fn keda_1941_and_5688_a_window_ends_to_the_second() {
    // Not even the quiet time of an alarm delays it.
    let windows = [fixed("day", "08:00-20:00", 9), metric("all", "00:00-00:00", (1, 20), 1, 1)];
    let mut desk = Desk::new(policy(1, 20, windows), 2, "07:59");
    desk.fires("all", Side::Upper).to("19:59").fires("all", Side::Lower).log();
    insta::assert_snapshot!(desk.to("20:00").counts(), @"
    20:00 9 -> 3: `day` is closed: back to the count from before
    20:00 3 -> 2: the metric of `all` is below its lower threshold
    ");
}

/// kedacore/keda#6665: where one window hands over to the next the count goes 10, 12, 11.
#[test]
fn keda_6665_a_hand_over_is_one_step() {
    let windows = [fixed("morning", "08:00-12:00", 10), fixed("afternoon", "12:00-18:00", 11)];
    let mut desk = Desk::new(policy(1, 20, windows), 2, "07:00");
    desk.to("11:59").log();
    insta::assert_snapshot!(desk.to("12:01").counts(), @"12:00 10 -> 11: `afternoon` is open and holds the count");
}

/// kedacore/keda#6726: after a window the count goes to the minimum, not to what it was.
#[test]
fn keda_6726_after_a_window_the_count_is_what_it_was() {
    let mut desk = Desk::new(policy(1, 20, [fixed("day", "08:00-20:00", 9)]), 6, "07:00");
    desk.to("21:00");
    assert_eq!(desk.count(), 6);
}

/// kedacore/keda#1757, #3956, #4474: no window can scale down, or to nothing.
#[test]
fn keda_1757_a_window_can_scale_down_and_to_nothing() {
    let mut desk = Desk::new(policy(0, 20, [fixed("night", "22:00-06:00", 0)]), 6, "21:00");
    insta::assert_snapshot!(desk.to("+1 07:00").counts(), @"
    22:00 6 -> 0: `night` is open and holds the count
    +1 06:00 0 -> 6: `night` is closed: back to the count from before
    ");
    let only_in = window(
        "calm",
        "22:00-06:00",
        Rule::Metric {
            metric: "cpu".to_owned(),
            upper: None,
            lower: Some(Threshold::new(0.3).for_ms(0).by(2)),
            bounds: Bounds { min: 2, max: 20 },
        },
    );
    let mut desk = Desk::new(policy(1, 20, [only_in]), 6, "23:00");
    insta::assert_snapshot!(desk.fires("calm", Side::Lower).counts(), @"23:00 6 -> 4: the metric of `calm` is below its lower threshold");
}

/// kedacore/keda#2031: a window that ends when it begins is accepted, and never scales down.
#[test]
fn keda_2031_a_window_that_ends_when_it_begins_is_the_whole_day() {
    let mut desk = Desk::new(policy(1, 9, [fixed("always", "06:00-06:00", 5)]), 2, "05:00");
    desk.to("+3 00:00");
    assert_eq!(desk.count(), 5);
    desk.remove(Removal::Restore);
    insta::assert_snapshot!(desk.counts(), @"
    05:00 2 -> 5: `always` is open and holds the count (scaling of the service begins)
    +3 00:00 5 -> 2: the scaling policy was taken away: back to the count from before its window
    ");
}

/// kedacore/keda#3646, #3877: several windows with different counts.
#[test]
fn keda_3646_each_window_has_its_own_count() {
    let counts = [(1, "08:00-09:00"), (4, "10:00-11:00"), (2, "12:00-13:00")];
    let windows = counts.map(|(count, span)| fixed(span, span, count));
    let mut desk = Desk::new(policy(1, 9, windows), 3, "07:00");
    for (count, time) in [(1, "08:30"), (3, "09:30"), (4, "10:30"), (3, "11:30"), (2, "12:30"), (3, "13:30")]
    {
        desk.to(time);
        assert_eq!(desk.count(), count, "{time}");
    }
}

/// kedacore/keda#4733, #6062: what was paused does not go on; #3304, #944: a pause that keeps the count.
#[test]
fn keda_4733_a_pause_keeps_the_count_and_ends() {
    let mut desk = Desk::new(policy(1, 9, [fixed("day", "08:00-20:00", 5)]), 2, "07:00");
    desk.to("09:00").enable(false).to("10:00");
    assert_eq!(desk.count(), 5);
    desk.to("21:00").enable(true).to("+1 09:00");
    assert_eq!(desk.count(), 5);
    desk.to("+1 21:00");
    assert_eq!(desk.count(), 2);
}

/// knative/serving#2705: a rash decision right after a restart.
#[test]
fn knative_2705_no_rash_decision_after_a_restart() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 4)]), 8, "09:00");
    desk.restart("09:01", &[]).log();
    insta::assert_snapshot!(desk.fires("all", Side::Lower).counts(), @"09:01 hold: nothing is scaled in soon after a restart: until 2026-11-23T09:06:00Z");
    assert_eq!(desk.count(), 8);
}

/// kubernetes/kubernetes#61007, #105187: a missing metric is taken for zero.
#[test]
fn kubernetes_61007_a_missing_metric_is_not_zero() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 4)]), 8, "09:00");
    desk.says("all", Side::Lower, AlarmState::NoData)
        .says("all", Side::Upper, AlarmState::NoData)
        .to("23:00");
    assert_eq!(desk.count(), 8);
}

/// kubernetes/kubernetes#106765: there is no dry run.
#[test]
fn kubernetes_106765_a_day_can_be_tried_out() {
    let policy = policy(1, 9, [fixed("day", "08:00-20:00", 5)]);
    let plan = Plan::new(&policy).unwrap();
    let mut desk = Desk::new(policy, 2, "00:00");
    let timeline = Simulation::day(&plan, "2026-11-23", 2, Load::constant(1.0)).unwrap().run();
    desk.to("23:59");
    assert_eq!(desk.counts().lines().count(), timeline.decisions.len());
}

/// kubernetes/kubernetes#101371, #81581: a stabilisation window is not a cool-down, so that steps surprise.
#[test]
fn kubernetes_101371_after_an_action_there_is_quiet() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 1)]), 4, "09:00");
    desk.fires("all", Side::Upper).log();
    for second in ["09:00:30", "09:01", "09:02", "09:04:59"] {
        desk.to(second).fires("all", Side::Upper);
        assert_eq!(desk.count(), 5, "{second}");
    }
}

/// kedacore/keda#3674, kubernetes/kubernetes#107598: busy containers are killed when the count goes down.
#[test]
fn keda_3674_containers_drain_before_they_are_stopped() {
    let mut all = metric("all", "00:00-00:00", (1, 9), 1, 2);
    all.grace_ms = 90_000;
    let mut desk = Desk::new(policy(1, 9, [all]), 4, "09:00");
    desk.fires("all", Side::Lower).to("09:01:29");
    assert_eq!(desk.count(), 4);
    desk.to("09:01:30");
    assert_eq!(desk.count(), 2);
}

/// hashicorp/nomad-autoscaler#191: after a crash the state is not what the plan asks for.
#[test]
fn nomad_191_after_a_crash_the_plan_holds_again() {
    let mut desk = Desk::new(policy(1, 9, [fixed("day", "08:00-20:00", 5)]), 2, "07:00");
    desk.restart("12:00", &[]);
    assert_eq!((desk.count(), desk.engine.explain(WEB, at("12:00")).unwrap().baseline), (5, Some(2)));
}

/// AWS and others: a fixed count outside the bounds is refused or ignored in silence.
#[test]
fn a_fixed_count_outside_the_bounds_is_told_of_before_anything_runs() {
    let policy = policy(2, 6, [window("day", "08:00-20:00", Rule::Fixed { count: FixedCount::Count(9) })]);
    let problems = Plan::new(&policy).unwrap_err();
    let message = &problems.iter().next().unwrap().message;
    assert_eq!(message, "`day` fixes the count at 9, but `web` scales from 2 to 6");
}
