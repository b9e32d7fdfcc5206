//! The standard library's heap, and a table of deadlines: an entry that differs from it is dead.

use super::Engine;
use std::{cmp::Reverse, collections::BinaryHeap};

pub(super) struct Heap {
    entries: BinaryHeap<Reverse<(u32, u32)>>,
    deadlines: Vec<u32>,
}

impl Engine for Heap {
    const NAME: &str = "heap";

    fn new(timers: u32, _: u32) -> Self {
        let timers = timers as usize;
        Self { entries: BinaryHeap::with_capacity(timers), deadlines: vec![0; timers] }
    }

    fn schedule(&mut self, id: u32, at: u32) {
        self.deadlines[id as usize] = at;
        self.entries.push(Reverse((at, id)));
    }

    async fn fire(&mut self, now: u32, mut anew: impl FnMut(u32) -> Option<u32>) {
        while let Some(Reverse((at, id))) = self.entries.peek().copied().filter(|Reverse((at, _))| *at <= now)
        {
            self.entries.pop();
            if self.deadlines[id as usize] == at {
                self.deadlines[id as usize] = 0;
                if let Some(at) = anew(id) {
                    self.schedule(id, at);
                }
            }
        }
    }
}
