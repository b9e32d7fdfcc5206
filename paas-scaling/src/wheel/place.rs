//! Where a deadline waits: on which level, in which slot.

use super::deadlines::Span;

/// So many bits of a deadline tell the slots of a level apart.
const BITS: u32 = 6;

/// Slots of a level: as many as a word has bits.
pub(super) const SLOTS: usize = 1 << BITS;

/// Levels, so that all bits of a deadline are used.
pub(super) const LEVELS: usize = u32::BITS.div_ceil(BITS) as usize;

/// A slot of a level.
///
/// The level is that of the highest bit in which the deadline differs from the wheel's time, and the slot is what the
/// deadline has there. So all that is on a level lies after the wheel's time, before all that is on the levels above,
/// and in the order of slots. And the place follows from the deadline and the time alone: two entries of one timer with
/// the same deadline are always in the same slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) level: usize,
    pub(super) slot: u32,
}

impl Place {
    /// Where a deadline waits that is not before the wheel's time: nowhere, if it has come.
    pub(super) fn of(at: u32, now: u32) -> Option<Self> {
        let level = (at ^ now).checked_ilog2()? / BITS;
        Some(Self { level: level as usize, slot: (at >> (level * BITS)) % SLOTS as u32 })
    }

    /// Its number among all slots.
    pub(super) const fn index(self) -> usize {
        self.level * SLOTS + self.slot as usize
    }

    /// The deadlines that wait here.
    pub(super) const fn span(self, now: u32) -> Span {
        let shift = self.level as u32 * BITS;
        // Of the highest level there is nothing above.
        let above = match now.checked_shr(shift + BITS) {
            Some(bits) => bits << BITS,
            None => 0,
        };
        Span { shift, prefix: above | self.slot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_deadlines() {
        let far = u32::MAX;
        for now in [0, 1, 63, 64, 4_095, 1 << 24, (1 << 30) - 1, 1 << 30, 3 << 30, far - 64, far - 1] {
            let deadlines = (0..32).map(|bit| now.saturating_add(1 << bit));
            let mut after: Vec<u32> = deadlines.chain([far - 1, far]).filter(|at| *at > now).collect();
            after.sort_unstable();
            let places: Vec<usize> =
                after.iter().map(|at| Place::of(*at, now).expect("it has not come").index()).collect();
            assert!(places.is_sorted(), "{now}: {places:?}");
        }
        assert_eq!(Place::of(7, 7), None);
    }

    #[test]
    fn a_span_holds_what_waits_there() {
        let now = 5_000;
        for at in [5_001, 5_055, 5_056, 8_191, 8_192, 1 << 20, 1 << 31, u32::MAX] {
            let place = Place::of(at, now).expect("it has not come");
            let span = place.span(now);
            assert!(span.holds(at) && span.holds(span.start()));
            assert!(span.start() > now && span.start() <= at);
            assert_eq!(Place::of(span.start(), now), Some(place));
            assert!(!span.holds(now) && !span.holds(span.start() - 1));
        }
    }
}
