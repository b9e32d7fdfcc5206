//! What a wheel takes, whatever is done to it.

use paas_scaling::wheel::TimingWheel;
use proptest::prelude::*;

/// What a wheel takes at least: its empty buckets.
fn empty() -> usize {
    TimingWheel::new(0).heap_bytes()
}

#[test]
fn a_timer_scheduled_over_and_over_takes_no_more() {
    let mut wheel = TimingWheel::new(1_000);
    for turn in 0..1_000_000_u32 {
        // Other slots, other levels, and the same deadlines again.
        wheel.schedule(turn % 3, 2_000 + turn.wrapping_mul(2_654_435_761) % 3_000_000_000);
    }
    assert_eq!(wheel.len(), 3);
    assert!(wheel.heap_bytes() < empty() + 100_000, "{} bytes", wheel.heap_bytes());
}

#[test]
fn a_timer_cancelled_over_and_over_takes_no_more() {
    let mut wheel = TimingWheel::new(1_000);
    // Another one keeps the slot from being emptied.
    wheel.schedule(0, 5_000_001);
    for _ in 0..1_000_000 {
        wheel.schedule(1, 5_000_000);
        wheel.cancel(1);
    }
    assert!(wheel.heap_bytes() < empty() + 1_000, "{} bytes", wheel.heap_bytes());
    assert_eq!(wheel.pop(u32::MAX), Some((5_000_001, 0)));
    assert_eq!(wheel.pop(u32::MAX), None);
}

#[test]
fn a_timer_that_is_due_over_and_over_takes_no_more() {
    let mut wheel = TimingWheel::new(1_000);
    wheel.schedule(0, 1_000);
    for _ in 0..1_000_000 {
        wheel.schedule(1, 1_000);
        wheel.cancel(1);
    }
    assert!(wheel.heap_bytes() < empty() + 1_000, "{} bytes", wheel.heap_bytes());
    assert_eq!(wheel.pop(1_000), Some((1_000, 0)));
    assert_eq!(wheel.pop(1_000), None);
}

#[test]
fn what_many_timers_took_is_given_back() {
    let timers = 100_000;
    let table = 5 * timers as usize;
    let mut wheel = TimingWheel::with_capacity(0, timers as usize);
    // All in one slot.
    (0..timers).for_each(|id| wheel.schedule(id, 20_000_000 + id));
    assert!(wheel.heap_bytes() > empty() + table);
    (10..timers).for_each(|id| assert!(wheel.cancel(id)));
    assert!(wheel.heap_bytes() < empty() + table, "{} bytes for ten", wheel.heap_bytes());
    (0..10).for_each(|id| assert!(wheel.cancel(id)));
    assert!(wheel.heap_bytes() < empty() + table, "{} bytes after cancelling", wheel.heap_bytes());
    (0..timers).for_each(|id| wheel.schedule(id, 50_000));
    while wheel.pop(50_000).is_some() {}
    assert!(wheel.heap_bytes() < empty() + table, "{} bytes after a burst", wheel.heap_bytes());
}

proptest! {
    // Each case is much work.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.div_ceil(8), ..ProptestConfig::default() })]

    /// Deadlines from near to far, moved about, cancelled and popped: at most 30 bytes for each timer, and room
    /// for 32 in each slot.
    #[test]
    fn dead_entries_are_bounded(seed in any::<u64>(), horizon in 3_u32..32, cancels in 0..5_u64) {
        let timers = 6_000;
        let mut wheel = TimingWheel::with_capacity(0, timers as usize);
        (0..timers).for_each(|id| wheel.schedule(id, 1 + id));
        let mut random = seed;
        let mut most = 0;
        for turn in 0..100_000_u32 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let id = (random >> 40) as u32 % timers;
            let span = (random >> 8) as u32 >> (32 - horizon);
            if random % 7 < cancels {
                wheel.cancel(id);
            }
            wheel.schedule(id, wheel.now().saturating_add(span));
            if turn % 8 == 0 {
                let _ = wheel.pop(wheel.now().saturating_add(1));
            }
            if turn % 1_000 == 0 {
                most = most.max(wheel.heap_bytes());
            }
        }
        let kept = 1_600 * 32 * size_of::<u32>();
        prop_assert!(most < empty() + kept + 30 * timers as usize, "{most} bytes");
    }
}
