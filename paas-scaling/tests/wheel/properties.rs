//! Whatever is done to a wheel, it does what a sorted set does.

use super::model::Model;
use paas_scaling::wheel::TimingWheel;
use proptest::prelude::*;

/// So many timers, few enough to meet again and again.
const TIMERS: u32 = 40;

/// Something that is done to both.
#[derive(Debug, Clone)]
enum Work {
    /// A deadline so much from the wheel's time.
    Schedule(u32, i64),
    /// A deadline that is near none: the first, the last.
    ScheduleAt(u32, u32),
    /// The deadline that another timer has: many at one tick.
    Join(u32, u32),
    Cancel(u32),
    /// Cancelled, and scheduled for the very deadline that it had.
    Again(u32),
    /// Elsewhere, and back to the deadline that it had.
    ThereAndBack(u32, i64),
    /// As many as the budget allows, so much later; after each a timer is given a deadline.
    Pop {
        later: i64,
        budget: usize,
        between: Vec<(u32, i64)>,
    },
    NextDeadline,
}

/// Spans about which levels change, and all sorts of others.
fn spans() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 0..4_i64,
        4 => 0..200_i64,
        3 => (1..6_u32, -2..=2_i64).prop_map(|(level, near)| (1_i64 << (6 * level)) + near),
        2 => (0..32_u32).prop_map(|bits| 1_i64 << bits),
        2 => 0..=i64::from(u32::MAX),
        1 => -100..0_i64,
    ]
}

/// Times of a wheel: any, and those after which levels change.
fn times() -> impl Strategy<Value = u32> {
    prop_oneof![
        Just(0),
        any::<u32>(),
        (0..32_u32, 0..100_u32).prop_map(|(bits, before)| (1_u32 << bits).saturating_sub(before)),
        (0..5_000_u32).prop_map(|before| u32::MAX - before),
    ]
}

fn work() -> impl Strategy<Value = Work> {
    let id = || 0..TIMERS;
    prop_oneof![
        6 => (id(), spans()).prop_map(|(id, span)| Work::Schedule(id, span)),
        1 => (id(), prop_oneof![Just(0), Just(u32::MAX), any::<u32>()]).prop_map(|(id, at)| Work::ScheduleAt(id, at)),
        3 => (id(), id()).prop_map(|(id, other)| Work::Join(id, other)),
        2 => id().prop_map(Work::Cancel),
        3 => id().prop_map(Work::Again),
        3 => (id(), spans()).prop_map(|(id, span)| Work::ThereAndBack(id, span)),
        4 => (spans(), 0..12_usize, prop::collection::vec((id(), spans()), 0..6))
            .prop_map(|(later, budget, between)| Work::Pop { later, budget, between }),
        2 => Just(Work::NextDeadline),
    ]
}

/// A wheel, and what it should be.
struct Both {
    wheel: TimingWheel,
    model: Model,
}

impl Both {
    fn new(now: u32) -> Self {
        Self { wheel: TimingWheel::new(now), model: Model::new(now) }
    }

    fn after(&self, span: i64) -> u32 {
        let at = i64::from(self.model.now) + span;
        u32::try_from(at.clamp(0, i64::from(u32::MAX))).unwrap()
    }

    fn schedule(&mut self, id: u32, at: u32) {
        self.wheel.schedule(id, at);
        self.model.schedule(id, at);
    }

    fn cancel(&mut self, id: u32) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.wheel.cancel(id), self.model.cancel(id));
        Ok(())
    }

    fn pop(&mut self, now: u32) -> Result<bool, TestCaseError> {
        let (fired, expected) = (self.wheel.pop(now), self.model.pop(now));
        prop_assert_eq!(fired, expected);
        prop_assert_eq!(self.wheel.now(), self.model.now);
        Ok(fired.is_some())
    }

    fn carry_out(&mut self, work: Work) -> Result<(), TestCaseError> {
        match work {
            Work::Schedule(id, span) => self.schedule(id, self.after(span)),
            Work::ScheduleAt(id, at) => self.schedule(id, at),
            Work::Join(id, other) => {
                if let Some(at) = self.model.deadline(other) {
                    self.schedule(id, at);
                }
            }
            Work::Cancel(id) => self.cancel(id)?,
            Work::Again(id) => {
                let former = self.model.deadline(id);
                self.cancel(id)?;
                former.into_iter().for_each(|at| self.schedule(id, at));
            }
            Work::ThereAndBack(id, span) => {
                let former = self.model.deadline(id);
                self.schedule(id, self.after(span));
                former.into_iter().for_each(|at| self.schedule(id, at));
            }
            Work::Pop { later, budget, between } => {
                let now = self.after(later);
                let mut between = between.into_iter();
                for _ in 0..budget {
                    if !self.pop(now)? {
                        break;
                    }
                    if let Some((id, span)) = between.next() {
                        self.schedule(id, self.after(span));
                    }
                }
            }
            Work::NextDeadline => {
                prop_assert_eq!(self.wheel.next_deadline(), self.model.next_deadline());
            }
        }
        Ok(())
    }

    fn are_the_same(&self) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.wheel.len(), self.model.pending.len());
        prop_assert_eq!(self.wheel.is_empty(), self.model.pending.is_empty());
        for id in 0..=TIMERS {
            prop_assert_eq!(self.wheel.deadline(id), self.model.deadline(id), "timer {}", id);
        }
        Ok(())
    }

    /// Lets all fire, asking for the next deadline before each.
    fn drain(&mut self) -> Result<(), TestCaseError> {
        loop {
            prop_assert_eq!(self.wheel.next_deadline(), self.model.next_deadline());
            if !self.pop(u32::MAX)? {
                return Ok(());
            }
        }
    }
}

proptest! {
    #[test]
    fn a_wheel_does_what_a_sorted_set_does(now in times(), work in prop::collection::vec(work(), 0..150)) {
        let mut both = Both::new(now);
        for work in work {
            both.carry_out(work)?;
            both.are_the_same()?;
        }
        both.drain()?;
    }

    /// With few ticks ahead and a small step each time, as an engine turns it.
    #[test]
    fn second_by_second_it_does_the_same(
        now in times(),
        seconds in prop::collection::vec(prop::collection::vec((0..TIMERS, 0..150_i64, any::<bool>()), 0..4), 1..300),
    ) {
        let mut both = Both::new(now);
        for work in seconds {
            for (id, span, cancels) in work {
                if cancels { both.cancel(id)? } else { both.schedule(id, both.after(span)) }
            }
            prop_assert_eq!(both.wheel.next_deadline(), both.model.next_deadline());
            let next = both.after(1);
            while both.pop(next)? {}
        }
        both.are_the_same()?;
        both.drain()?;
    }

    /// Two wheels with the same pending timers and the same time give the same, whatever was before.
    #[test]
    fn what_was_before_does_not_matter(now in times(), work in prop::collection::vec(work(), 0..150)) {
        let mut both = Both::new(now);
        for work in work {
            both.carry_out(work)?;
        }
        let Both { mut wheel, model } = both;
        let mut fresh = TimingWheel::with_capacity(model.now, 3);
        model.pending.iter().rev().for_each(|(at, id)| fresh.schedule(*id, *at));
        prop_assert_eq!(fresh.len(), wheel.len());
        loop {
            let fired = wheel.pop(u32::MAX);
            prop_assert_eq!(fired, fresh.pop(u32::MAX));
            if fired.is_none() {
                break;
            }
        }
    }
}
