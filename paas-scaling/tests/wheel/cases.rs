//! Where a wheel could go wrong, one by one.

use paas_scaling::wheel::TimingWheel;
use std::iter;

fn all(wheel: &mut TimingWheel, now: u32) -> Vec<(u32, u32)> {
    iter::from_fn(|| wheel.pop(now)).collect()
}

#[test]
fn a_timer_that_comes_back_to_its_deadline_fires_once() {
    for (now, at) in [(0, 5), (0, 100), (60, 70), (4_000, 1 << 20), (u32::MAX - 1, u32::MAX)] {
        let mut wheel = TimingWheel::new(now);
        wheel.schedule(1, at);
        for _ in 0..3 {
            wheel.cancel(1);
            wheel.schedule(1, at);
            wheel.schedule(1, at.saturating_sub(3));
            wheel.schedule(1, at);
        }
        assert_eq!(all(&mut wheel, u32::MAX), [(at, 1)], "at {now}");
    }
}

#[test]
fn a_timer_that_comes_back_while_it_is_due_fires_once() {
    let mut wheel = TimingWheel::new(0);
    (0..4).for_each(|id| wheel.schedule(id, 10));
    assert_eq!(wheel.pop(10), Some((10, 0)));
    // One that was not given yet, and the one that was.
    assert!(wheel.cancel(2));
    wheel.schedule(2, 10);
    wheel.schedule(0, 3);
    wheel.schedule(1, 11);
    assert_eq!(all(&mut wheel, 10), [(10, 0), (10, 2), (10, 3)]);
    assert_eq!(all(&mut wheel, 20), [(11, 1)]);
}

#[test]
fn the_first_and_the_last_tick_are_ticks_as_any() {
    let mut wheel = TimingWheel::new(0);
    assert_eq!((wheel.deadline(0), wheel.cancel(0)), (None, false));
    wheel.schedule(0, 0);
    wheel.schedule(1, u32::MAX);
    assert_eq!(wheel.deadline(0), Some(0));
    assert_eq!(wheel.next_deadline(), Some(0));
    assert_eq!(all(&mut wheel, 0), [(0, 0)]);
    assert_eq!(wheel.next_deadline(), Some(u32::MAX));
    assert_eq!(all(&mut wheel, u32::MAX - 1), []);
    assert_eq!(all(&mut wheel, u32::MAX), [(u32::MAX, 1)]);
    wheel.schedule(1, u32::MAX);
    wheel.schedule(2, 7);
    assert_eq!(all(&mut wheel, u32::MAX), [(u32::MAX, 1), (u32::MAX, 2)]);
}

#[test]
fn time_does_not_go_back() {
    let mut wheel = TimingWheel::new(1_000);
    wheel.schedule(1, 1_001);
    assert_eq!(wheel.pop(10), None);
    assert_eq!(wheel.now(), 1_000);
    wheel.schedule(2, 5);
    assert_eq!(wheel.pop(10), Some((1_000, 2)));
    assert_eq!(wheel.deadline(1), Some(1_001));
}

#[test]
fn years_without_timers_are_one_jump() {
    // A step for each second of a hundred years would take half a minute.
    let mut wheel = TimingWheel::new(0);
    let year = 365 * 86_400;
    (0..100).for_each(|id| wheel.schedule(id, 1 + year * (100 - id)));
    let fired = all(&mut wheel, u32::MAX);
    assert_eq!(fired, (0..100).rev().map(|id| (1 + year * (100 - id), id)).collect::<Vec<_>>());
}

#[test]
fn a_timer_may_schedule_itself_over_and_over() {
    let mut wheel = TimingWheel::new(0);
    wheel.schedule(0, 0);
    let mut fired = Vec::new();
    while let Some((at, id)) = wheel.pop(200) {
        fired.push(at);
        wheel.schedule(id, at + 1);
    }
    assert_eq!(fired, (0..=200).collect::<Vec<_>>());
    assert_eq!(wheel.deadline(0), Some(201));
}

/// As long as a burst is not taken, time stands still; and what comes between is sorted in.
#[test]
fn a_burst_is_taken_in_portions() {
    let timers = 20_000;
    let mut wheel = TimingWheel::new(0);
    (0..timers).rev().for_each(|id| wheel.schedule(id, 28_800));
    let mut fired = Vec::new();
    for second in 28_800..28_806 {
        fired.extend(iter::from_fn(|| wheel.pop(second)).take(3_000));
        assert_eq!((wheel.now(), wheel.next_deadline()), (28_800, Some(28_800)));
        // The first has fired: it waits behind the burst.
        wheel.schedule(0, 28_801);
    }
    assert_eq!((fired.len(), wheel.len()), (18_000, 2_001));
    fired.extend(all(&mut wheel, 28_806));
    let expected = (0..timers).map(|id| (28_800, id)).chain([(28_801, 0)]);
    assert!(fired.into_iter().eq(expected));
}
