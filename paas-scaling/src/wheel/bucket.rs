//! What waits in one slot.

use super::deadlines::{Deadlines, Span};

/// Room for so many ids an empty bucket keeps, so that few timers cost no allocation each; more is given back.
const KEPT: usize = 32;

/// So many entries without a timer a bucket may hold beside one for each of its timers.
const DEAD: usize = 8;

/// The ids of the timers whose deadlines are in a slot, in no order.
///
/// A timer that leaves does not look for its entry: that stays, dead, until the bucket is opened or has more dead
/// entries than timers. One that left and came again has two.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    ids: Vec<u32>,
    /// Timers that are here.
    live: u32,
    /// Not after any deadline here.
    earliest: u32,
    /// How many have that deadline; if none, the earliest is not known.
    holders: u32,
}

impl Bucket {
    pub(super) const fn new() -> Self {
        Self { ids: Vec::new(), live: 0, earliest: u32::MAX, holders: 0 }
    }

    /// Whether no timer is here.
    pub(super) const fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Room for ids, in bytes.
    pub(super) const fn heap_bytes(&self) -> usize {
        self.ids.capacity() * size_of::<u32>()
    }

    /// A timer comes.
    pub(super) fn add(&mut self, id: u32, at: u32) {
        self.ids.push(id);
        self.live += 1;
        self.notice(at);
    }

    /// A timer leaves. The table of deadlines knows already.
    pub(super) fn remove(&mut self, at: u32, span: Span, deadlines: &mut Deadlines) {
        self.live = self.live.saturating_sub(1);
        self.forget(at);
        if self.live == 0 {
            let ids = self.empty();
            self.keep(ids);
        } else if self.ids.len() > 2 * self.live as usize + DEAD {
            self.tidy(span, deadlines);
            if self.ids.capacity() > 4 * self.ids.len() + KEPT {
                self.ids.shrink_to(2 * self.ids.len());
            }
        }
    }

    /// A timer stays, with another deadline.
    pub(super) fn shift(&mut self, from: u32, to: u32) {
        self.forget(from);
        self.notice(to);
    }

    /// The earliest deadline: all are looked through if the ones that had it have left, else it is known.
    pub(super) fn earliest(&mut self, span: Span, deadlines: &mut Deadlines) -> u32 {
        if self.holders == 0 {
            self.tidy(span, deadlines);
            self.earliest = u32::MAX;
            for id in &self.ids {
                let at = deadlines.of(*id);
                if at < self.earliest {
                    (self.earliest, self.holders) = (at, 1);
                } else if at == self.earliest {
                    self.holders += 1;
                }
            }
        }
        self.earliest
    }

    /// All leave: the ids of the timers that are here, each once.
    pub(super) fn take(&mut self, span: Span, deadlines: &mut Deadlines) -> Vec<u32> {
        self.tidy(span, deadlines);
        self.empty()
    }

    /// Room for ids, to be used again if it is little.
    pub(super) fn keep(&mut self, mut ids: Vec<u32>) {
        if ids.capacity() <= KEPT {
            ids.clear();
            self.ids = ids;
        }
    }

    fn empty(&mut self) -> Vec<u32> {
        std::mem::replace(self, Self::new()).ids
    }

    /// Drops dead entries, if there are any.
    fn tidy(&mut self, span: Span, deadlines: &mut Deadlines) {
        if self.ids.len() > self.live as usize {
            deadlines.leave_one_each(&mut self.ids, span);
        }
        debug_assert_eq!(self.ids.len(), self.live as usize, "each timer has an entry where its deadline is");
    }

    fn notice(&mut self, at: u32) {
        if at < self.earliest {
            (self.earliest, self.holders) = (at, 1);
        } else if at == self.earliest {
            self.holders += 1;
        }
    }

    fn forget(&mut self, at: u32) {
        if at == self.earliest {
            self.holders = self.holders.saturating_sub(1);
        }
    }
}
