//! Rules 15 to 17: time, restarts, the same again.

use crate::desk::{Desk, WEB, at, fixed, metric, policy};
use paas_core::scaling::{AlarmState, Side, Window};
use paas_scaling::{Engine, InvalidSnapshot};

fn windows() -> [Window; 3] {
    [
        fixed("day", "08:00-18:00", 5),
        fixed("evening", "20:00-22:00", 7),
        metric("all", "00:00-00:00", (1, 9), 1, 1),
    ]
}

#[test]
fn rule_15_after_a_time_without_engine_it_goes_to_what_holds_now_once() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    desk.to("07:30").log();
    insta::assert_snapshot!(desk.restart("12:00", &[]).log(), @"12:00 2 -> 5: `day` is open and holds the count (caught up: edges were missed meanwhile)");
    // Neither the end of the day nor the evening is made up for.
    insta::assert_snapshot!(desk.restart("21:00", &[]).log(), @"21:00 5 -> 7: `evening` is open and holds the count (caught up: edges were missed meanwhile)");
    insta::assert_snapshot!(desk.restart("23:00", &[]).log(), @"23:00 7 -> 2: `evening` is closed: back to the count from before (caught up: edges were missed meanwhile)");
    insta::assert_snapshot!(desk.restart("23:30", &[]).log(), @"");
}

#[test]
fn rule_15_unless_a_person_set_the_count_meanwhile() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    desk.to("12:00").log();
    insta::assert_snapshot!(desk.restart("19:00", &[(WEB, 8)]).log(), @"");
    assert_eq!(desk.count(), 8);
    // Inside the same window it stays too, and is gone back to.
    desk.to("21:00").log();
    insta::assert_snapshot!(desk.restart("21:10", &[(WEB, 3), ("nobody", 1)]).to("23:00").counts(), @"");
    assert_eq!(desk.count(), 3);
}

#[test]
fn rule_15_no_alarm_scales_in_for_one_retrigger_after_a_restart_and_out_it_may() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 1)]), 4, "09:00");
    desk.restart("09:30", &[]).log();
    insta::assert_snapshot!(desk.fires("all", Side::Lower).to("09:34").fires("all", Side::Lower).to("09:35").counts(), @"
    09:30 hold: nothing is scaled in soon after a restart: until 2026-11-23T09:35:00Z
    09:34 hold: nothing is scaled in soon after a restart: until 2026-11-23T09:35:00Z
    09:35 4 -> 3: the metric of `all` is below its lower threshold
    ");
    desk.restart("10:00", &[]).log();
    insta::assert_snapshot!(desk.fires("all", Side::Upper).counts(), @"10:00 3 -> 4: the metric of `all` is above its upper threshold");
}

#[test]
fn rule_15_an_engine_that_is_late_does_not_make_up_for_edges() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    insta::assert_snapshot!(desk.late("21:00").log(), @"
    07:00 watches all upper, all lower
    21:00 2 -> 7: `evening` is open and holds the count (caught up: edges were missed meanwhile)
    ");
    // One edge that comes a little late was not missed.
    insta::assert_snapshot!(desk.late("22:00:03").log(), @"22:00:03 7 -> 2: `evening` is closed: back to the count from before");
}

#[test]
fn rule_15_a_drain_whose_time_is_over_ends() {
    let mut all = metric("all", "00:00-00:00", (1, 9), 1, 2);
    all.grace_ms = 60_000;
    let mut desk = Desk::new(policy(1, 9, [all]), 6, "09:00");
    desk.fires("all", Side::Lower).log();
    insta::assert_snapshot!(desk.restart("09:30", &[]).log(), @"09:30 6 -> 4: the time to drain is over");
}

#[test]
fn rule_16_a_snapshot_goes_on_as_the_engine_itself() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    desk.to("07:58").fires("all", Side::Upper).log();
    let snapshot = desk.engine.snapshot();
    let mut replica = Engine::load(&snapshot).unwrap();
    assert_eq!(replica.snapshot(), snapshot);
    assert_eq!(replica.zones_were(), None);
    for time in ["08:00", "08:03", "18:00", "20:00", "22:00"] {
        assert_eq!(replica.advance(at(time), usize::MAX), desk.engine.advance(at(time), usize::MAX));
    }
    assert_eq!(replica.snapshot(), desk.engine.snapshot());
}

#[test]
fn rule_16_what_is_due_when_a_snapshot_is_taken_is_due_afterwards() {
    let mut desk = Desk::new(policy(1, 9, [metric("all", "00:00-00:00", (1, 9), 1, 1)]), 4, "09:00");
    desk.fires("all", Side::Upper).to("09:03").fires("all", Side::Upper).to("09:04:59").log();
    // Another service moves the time on, and this one has not had its turn when the snapshot is taken.
    desk.engine.set_enabled("nobody", true, at("09:05"));
    desk.engine.set_enabled(WEB, true, at("09:05"));
    let mut replica = Engine::load(&desk.engine.snapshot()).unwrap();
    let advance = replica.advance(at("09:05"), usize::MAX);
    assert_eq!(advance, desk.engine.advance(at("09:05"), usize::MAX));
    assert_eq!(advance.actions.len(), 1);
}

#[test]
fn rule_16_what_is_no_snapshot_is_refused() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    desk.fires("all", Side::Upper);
    let snapshot = desk.engine.snapshot();
    let refused = |bytes: &[u8]| Engine::load(bytes).unwrap_err();
    assert_eq!(refused(b"{}"), InvalidSnapshot::NotASnapshot);
    assert_eq!(refused(&snapshot[..10]), InvalidSnapshot::Damaged);
    let mut newer = snapshot.clone();
    newer[8] = 7;
    assert_eq!(refused(&newer), InvalidSnapshot::Newer { format: 7 });
    for place in 12..snapshot.len() {
        let mut damaged = snapshot.clone();
        damaged[place] ^= 0x10;
        assert_eq!(refused(&damaged), InvalidSnapshot::Damaged, "{place}");
    }
    for length in 12..snapshot.len() {
        assert_eq!(refused(&snapshot[..length]), InvalidSnapshot::Damaged, "{length}");
    }
}

#[test]
fn rule_16_time_does_not_run_backwards() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "12:00");
    desk.late("07:00").to("17:00");
    assert_eq!((desk.count(), desk.engine.now()), (5, at("12:00")));
}

#[test]
fn rule_17_what_is_watched_is_told_when_it_changes() {
    let windows = [metric("day", "08:00-20:00", (1, 9), 1, 1), metric("noon", "12:00-13:00", (1, 9), 1, 0)];
    let mut desk = Desk::new(policy(1, 9, windows), 2, "07:00");
    insta::assert_snapshot!(desk.to("21:00").log(), @"
    08:00 watches day upper, day lower
    12:00 watches day upper, day lower, noon upper
    13:00 watches day upper, day lower
    20:00 watches nothing
    ");
}

#[test]
fn an_explanation_says_what_holds_and_what_is_waited_for() {
    let mut desk = Desk::new(policy(1, 9, windows()), 2, "07:00");
    desk.to("12:00").says("all", Side::Upper, AlarmState::Firing);
    let explanation = desk.engine.explain(WEB, at("12:00")).unwrap();
    insta::assert_snapshot!(explanation.to_string());
    let before = desk.engine.snapshot();
    let later = desk.engine.explain(WEB, at("19:00")).unwrap();
    insta::assert_snapshot!(later.to_string());
    assert_eq!(desk.engine.snapshot(), before, "to ask changes nothing");
    assert_eq!(desk.engine.explain("nobody", at("19:00")), None);
}
