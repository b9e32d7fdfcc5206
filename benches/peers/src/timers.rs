//! A million timers: ours, tokio-util's `DelayQueue` and a binary heap.
//!
//! *The day*: a million pending timers, uniform over 24 hours; ticks of a second; each timer that fires is scheduled
//! anew, uniform over the 24 hours after it. When it fires next follows from its id and the tick, so all engines must
//! fire the same timers at the same ticks, in whatever order within one. *The burst*: of a million timers half are due
//! at eight, and the others later.

mod delay_queue;
mod heap;
mod wheel;

use crate::{HEAP, clock::thread_time};
use serde_json::{Value, json};
use std::time::Duration;

/// Turns that each engine has.
const TURNS: usize = 5;

/// Pending all the time.
const TIMERS: u32 = 1_000_000;

/// Seconds.
const DAY: u32 = 86_400;

/// Midnight of 2026-11-23, in UTC.
const MIDNIGHT: u32 = 1_795_392_000;

/// What the timers are kept in.
trait Engine {
    /// Its name.
    const NAME: &str;

    /// Empty, with room for timers below this number.
    fn new(timers: u32, now: u32) -> Self;

    /// Schedules a timer that is not pending, so that it could be cancelled.
    fn schedule(&mut self, id: u32, at: u32);

    /// Lets time come to `now` and all timers fire that are due, each of which may be given a new deadline.
    async fn fire(&mut self, now: u32, anew: impl FnMut(u32) -> Option<u32>);
}

/// What came of a turn.
struct Turn {
    /// Nanoseconds to schedule a timer.
    schedule: f64,
    /// Nanoseconds to let one fire and to schedule it anew.
    fire: f64,
    /// Nanoseconds for one of a burst.
    burst: f64,
    /// Bytes in use when all are scheduled or when the day is over: what is more.
    rest: usize,
    /// Bytes in use at most.
    peak: usize,
    fired: Fired,
}

/// Which timers fired when.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Fired {
    count: u64,
    sum: u64,
}

impl Fired {
    fn note(&mut self, id: u32, at: u32) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(random(id, at.wrapping_mul(31)));
    }
}

/// Has all turns and gives a line for each engine.
pub(crate) fn measure() -> Vec<Value> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let (mut wheel, mut delay_queue, mut heap) = (Vec::new(), Vec::new(), Vec::new());
    // Without tokio's budget, which would have a task of many expirations wait.
    runtime.block_on(tokio::task::unconstrained(async {
        for _ in 0..TURNS {
            wheel.push(turn::<wheel::Wheel>().await);
            delay_queue.push(turn::<delay_queue::Delays>().await);
            heap.push(turn::<heap::Heap>().await);
        }
    }));
    vec![
        line::<wheel::Wheel>(&wheel, &wheel),
        line::<delay_queue::Delays>(&delay_queue, &wheel),
        line::<heap::Heap>(&heap, &wheel),
    ]
}

async fn turn<E: Engine>() -> Turn {
    let (before, mut fired) = (HEAP.current_usage(), Fired::default());
    HEAP.reset_peak_usage();
    let in_use = || HEAP.current_usage() - before;

    let mut engine = E::new(TIMERS, MIDNIGHT);
    let start = thread_time();
    for id in 0..TIMERS {
        engine.schedule(id, next(id, MIDNIGHT));
    }
    let schedule = each(start, TIMERS.into());
    let mut rest = in_use();

    let start = thread_time();
    for now in MIDNIGHT + 1..=MIDNIGHT + DAY {
        let anew = |id| {
            fired.note(id, now);
            Some(next(id, now))
        };
        engine.fire(now, anew).await;
    }
    let fire = each(start, fired.count);
    rest = rest.max(in_use());
    let peak = HEAP.peak_usage() - before;
    drop(engine);
    Turn { schedule, fire, burst: burst::<E>().await, rest, peak, fired }
}

/// Nanoseconds for each timer of those that are due at eight, half of all.
async fn burst<E: Engine>() -> f64 {
    let eight = MIDNIGHT + 8 * 3_600;
    let mut engine = E::new(TIMERS, MIDNIGHT);
    let (mut due, mut count) = (0, 0);
    for id in 0..TIMERS {
        let number = random(id, 0);
        let is_due = number.is_multiple_of(2);
        due += u64::from(is_due);
        let later = 1 + (number >> 32) as u32 % (15 * 3_600);
        engine.schedule(id, if is_due { eight } else { eight + later });
    }
    engine.fire(eight - 1, |_| unreachable!("nothing is due before eight")).await;
    let start = thread_time();
    let taken = |_| {
        count += 1;
        None
    };
    engine.fire(eight, taken).await;
    assert_eq!(count, due, "{}: not all of the burst, or more", E::NAME);
    each(start, due)
}

fn each(start: Duration, count: u64) -> f64 {
    (thread_time() - start).as_secs_f64() * 1e9 / count as f64
}

/// When a timer fires next that has fired.
fn next(id: u32, at: u32) -> u32 {
    at + 1 + (random(id, at) >> 32) as u32 % DAY
}

/// SplitMix64 of two numbers.
fn random(id: u32, at: u32) -> u64 {
    let mut number = (u64::from(id) << 32 | u64::from(at)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

fn line<E: Engine>(turns: &[Turn], ours: &[Turn]) -> Value {
    for (turn, ours) in turns.iter().zip(ours) {
        assert_eq!(turn.fired, ours.fired, "{}: other timers fired than ours", E::NAME);
    }
    let median = |figure: fn(&Turn) -> f64| middle(turns.iter().map(figure).collect());
    // Each turn beside ours of the same round: a machine that gets slower does so for both.
    let times = |figure: fn(&Turn) -> f64| {
        middle(turns.iter().zip(ours).map(|(turn, ours)| figure(turn) / figure(ours)).collect())
    };
    let bytes =
        |figure: fn(&Turn) -> usize| turns.iter().map(figure).max().unwrap_or(0) as f64 / f64::from(TIMERS);
    json!({
        "part": "timers",
        "engine": E::NAME,
        "fired": turns.iter().map(|turn| turn.fired.count).max(),
        "schedule_ns": median(|turn| turn.schedule),
        "fire_ns": median(|turn| turn.fire),
        "fire_times_ours": times(|turn| turn.fire),
        "burst_ns": median(|turn| turn.burst),
        "burst_times_ours": times(|turn| turn.burst),
        "rest_bytes": bytes(|turn| turn.rest),
        "peak_bytes": bytes(|turn| turn.peak),
    })
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
