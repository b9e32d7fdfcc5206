//! Ours.

use super::Engine;
use paas_scaling::wheel::TimingWheel;
use std::hint::black_box;

pub(super) struct Wheel(TimingWheel);

impl Engine for Wheel {
    const NAME: &str = "wheel";

    fn new(timers: u32, now: u32) -> Self {
        Self(TimingWheel::with_capacity(now, timers as usize))
    }

    fn schedule(&mut self, id: u32, at: u32) {
        self.0.schedule(id, at);
    }

    async fn fire(&mut self, now: u32, mut anew: impl FnMut(u32) -> Option<u32>) {
        while let Some((_, id)) = self.0.pop(now) {
            if let Some(at) = anew(id) {
                self.0.schedule(id, at);
            }
        }
        // Whoever turns it asks when to come again.
        black_box(self.0.next_deadline());
    }
}
