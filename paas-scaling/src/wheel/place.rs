//! Where a deadline waits: on which level, in which slot.

use super::deadlines::Span;

/// Some bits of deadlines, which tell the slots of a level apart.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// How far above the lowest bit they begin.
    shift: u32,
    /// How many they are.
    bits: u32,
    /// Slots of the levels below.
    below: u32,
}

/// From the nearest deadlines to the furthest.
///
/// What is less than a quarter of an hour away is mostly on the first level, such as the end of a retrigger time, and
/// what is less than three days away on the second, such as the next edge of a window. So most timers move once or not at
/// all before they fire, and all slots together take 64 kB.
const LEVELS: [Level; 4] = [
    Level { shift: 0, bits: 10, below: 0 },
    Level { shift: 10, bits: 8, below: 1_024 },
    Level { shift: 18, bits: 8, below: 1_280 },
    Level { shift: 26, bits: 6, below: 1_536 },
];

/// Slots of all levels.
pub(super) const SLOTS: usize = 1_600;

/// A slot of a level, by its number among all.
///
/// The level is that of the highest bit in which the deadline differs from the wheel's time, and the slot is what the
/// deadline has on that level. So all that is on a level lies after the wheel's time, before all that is on the levels
/// above, and in the order of slots. And the place follows from the deadline and the time alone: two entries of one timer
/// with the same deadline are always in the same slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(pub(super) u32);

impl Place {
    /// Where a deadline waits that is not before the wheel's time: nowhere, if it has come.
    pub(super) fn of(at: u32, now: u32) -> Option<Self> {
        let [first, second, third, fourth] = LEVELS;
        let level = match (at ^ now).checked_ilog2()? {
            0..10 => first,
            10..18 => second,
            18..26 => third,
            _ => fourth,
        };
        Some(Self(level.below + (at >> level.shift) % (1 << level.bits)))
    }

    /// Whether all that waits here has the same deadline.
    pub(super) fn is_one_tick(self) -> bool {
        let [_, second, ..] = LEVELS;
        self.0 < second.below
    }

    /// The deadlines that wait here.
    pub(super) fn span(self, now: u32) -> Span {
        let [first, second, third, fourth] = LEVELS;
        let level = match self.0 {
            slot if slot < second.below => first,
            slot if slot < third.below => second,
            slot if slot < fourth.below => third,
            _ => fourth,
        };
        // Above the highest level there is nothing.
        let above = now.checked_shr(level.shift + level.bits).unwrap_or_default();
        Span { shift: level.shift, prefix: above << level.bits | (self.0 - level.below) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_all_bits_and_slots() {
        let (mut shift, mut below) = (0, 0);
        for level in LEVELS {
            assert_eq!((level.shift, level.below), (shift, below));
            (shift, below) = (shift + level.bits, below + (1 << level.bits));
        }
        assert_eq!((shift, below as usize), (u32::BITS, SLOTS));
    }

    #[test]
    fn places_are_in_the_order_of_deadlines() {
        let far = u32::MAX;
        for now in [0, 1, 1_023, 1_024, 262_143, 1 << 26, (1 << 26) - 1, 3 << 30, far - 1_024, far - 1] {
            let deadlines = (0..32).map(|bit| now.saturating_add(1 << bit));
            let mut after: Vec<u32> = deadlines.chain([far - 1, far]).filter(|at| *at > now).collect();
            after.sort_unstable();
            let places: Vec<u32> =
                after.iter().map(|at| Place::of(*at, now).expect("it has not come").0).collect();
            assert!(places.is_sorted(), "{now}: {places:?}");
        }
        assert_eq!(Place::of(7, 7), None);
    }

    #[test]
    fn a_span_holds_what_waits_there() {
        let now = 5_000;
        for at in [5_001, 5_119, 5_120, 262_143, 262_144, 1 << 26, 1 << 31, u32::MAX] {
            let place = Place::of(at, now).expect("it has not come");
            let span = place.span(now);
            assert!(span.holds(at) && span.holds(span.start()));
            assert!(span.start() > now && span.start() <= at);
            assert_eq!(Place::of(span.start(), now), Some(place));
            assert!(!span.holds(now) && !span.holds(span.start() - 1));
        }
    }
}
