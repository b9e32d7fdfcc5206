//! The table of deadlines.

/// Flipping it takes a deadline out of every span and back: no span reaches over it.
const MARK: u32 = 1 << 31;

/// A run of deadlines that begin with the same bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// What a deadline is shifted by.
    pub(super) shift: u32,
    /// What then is left of each.
    pub(super) prefix: u32,
}

impl Span {
    /// Whether a deadline is one of these.
    pub(super) const fn holds(self, at: u32) -> bool {
        at >> self.shift == self.prefix
    }

    /// The first of these.
    pub(super) const fn start(self) -> u32 {
        self.prefix << self.shift
    }
}

/// What each timer waits for, by its id.
///
/// A deadline before the wheel's time says that the timer waits for nothing: it fired, or it was cancelled.
#[derive(Debug, Clone, Default)]
pub(super) struct Deadlines(Vec<u32>);

impl Deadlines {
    pub(super) fn with_capacity(timers: usize) -> Self {
        Self(Vec::with_capacity(timers))
    }

    /// Room for timers, in bytes.
    pub(super) const fn heap_bytes(&self) -> usize {
        self.0.capacity() * size_of::<u32>()
    }

    /// How many have a place in the table.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives so many a place in the table.
    pub(super) fn grow(&mut self, timers: usize) {
        self.0.resize(timers, 0);
    }

    /// Before any time if the timer has no place in the table.
    pub(super) fn of(&self, id: u32) -> u32 {
        self.0.get(id as usize).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, id: u32, at: u32) {
        if let Some(deadline) = self.0.get_mut(id as usize) {
            *deadline = at;
        }
    }

    /// Leaves, of entries of a slot, one for each timer whose deadline is there.
    pub(super) fn leave_one_each(&mut self, ids: &mut Vec<u32>, span: Span) {
        // A timer's first entry marks its deadline, so that it is in no span when a second one is looked at.
        ids.retain(|id| {
            let deadline = self.0.get_mut(*id as usize).filter(|at| span.holds(**at));
            deadline.map(|at| *at ^= MARK).is_some()
        });
        for id in ids {
            if let Some(at) = self.0.get_mut(*id as usize) {
                *at ^= MARK;
            }
        }
    }
}
