//! What a wheel does, as plainly as can be.

use std::collections::{BTreeMap, BTreeSet};

/// A sorted set of what is pending.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) now: u32,
    pub(super) pending: BTreeSet<(u32, u32)>,
    deadlines: BTreeMap<u32, u32>,
}

impl Model {
    pub(super) fn new(now: u32) -> Self {
        Self { now, ..Self::default() }
    }

    pub(super) fn schedule(&mut self, id: u32, at: u32) {
        self.cancel(id);
        let at = at.max(self.now);
        self.pending.insert((at, id));
        self.deadlines.insert(id, at);
    }

    pub(super) fn cancel(&mut self, id: u32) -> bool {
        let former = self.deadlines.remove(&id);
        former.is_some_and(|at| self.pending.remove(&(at, id)))
    }

    pub(super) fn deadline(&self, id: u32) -> Option<u32> {
        self.deadlines.get(&id).copied()
    }

    pub(super) fn next_deadline(&self) -> Option<u32> {
        self.pending.first().map(|(at, _)| *at)
    }

    pub(super) fn pop(&mut self, now: u32) -> Option<(u32, u32)> {
        // What is due at the wheel's time fires even if it is told an earlier one.
        let now = now.max(self.now);
        let first = self.pending.first().copied().filter(|(at, _)| *at <= now);
        self.now = first.map_or(now, |(at, _)| at);
        if let Some((_, id)) = first {
            self.cancel(id);
        }
        first
    }
}
