//! The wall clock of a time zone.

use super::local::Local;
use std::fmt;

/// The clocks of a time zone, from 1970 to the beginning of 2106: all their changes, in a table that is made once.
///
/// The way from an instant to local time and back is a search in this table, and near the instant that was asked for
/// mostly a subtraction.
pub struct Zone {
    name: Box<str>,
    /// Until the first change.
    first: Stretch,
    /// From each change on.
    later: Box<[Stretch]>,
}

/// A time without changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The instant with which it begins, in seconds since 1970.
    begin: i64,
    /// Seconds east of Greenwich.
    offset: i64,
    /// From this on the clock is right. When it begins after clocks were put back, the clock stands still just before.
    right_from: Local,
    /// This is what the clock has not shown yet at the end.
    until: Local,
}

/// An instant for a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// The first at which the clock shows that time or a later one, in seconds since 1970.
    pub(super) at: i64,
    /// What it shows then: a later time if that one was skipped.
    pub(super) shows: Local,
    /// Whether the clocks are changed at that instant: just before, it may show much less.
    pub(super) is_change: bool,
}

const FAR: i64 = 1 << 48;

impl Zone {
    /// Its name in the IANA database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A zone by its offset before the first change, and all changes: instants, each with the offset from then on.
    pub(super) fn new(name: &str, offset: i64, changes: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut current = Stretch { begin: -FAR, offset, right_from: Local(-FAR), until: Local(FAR) };
        let mut stretches = Vec::new();
        for (begin, offset) in changes {
            if offset == current.offset {
                continue;
            }
            // Clocks can be put back before they have shown again what they showed before.
            current.until = Local(begin + current.offset).max(current.right_from);
            stretches.push(current);
            let right_from = Local(begin + offset).max(current.until);
            current = Stretch { begin, offset, right_from, until: Local(FAR) };
        }
        stretches.push(current);
        let mut stretches = stretches.into_iter();
        let first = stretches.next().unwrap_or(current);
        Self { name: name.into(), first, later: stretches.collect() }
    }

    /// What is valid at an instant.
    pub(super) fn stretch(&self, at: i64) -> &Stretch {
        let begun = self.later.partition_point(|stretch| stretch.begin <= at);
        begun.checked_sub(1).and_then(|index| self.later.get(index)).unwrap_or(&self.first)
    }

    /// What the clock that never goes back shows at an instant.
    pub(super) fn shows(&self, at: i64) -> Local {
        self.stretch(at).shows(at)
    }

    /// The instant of a local time; soon found in this stretch.
    pub(super) fn moment(&self, near: &Stretch, local: Local) -> Moment {
        near.moment(local).unwrap_or_else(|| self.search(local))
    }

    fn search(&self, local: Local) -> Moment {
        let over = self.later.partition_point(|stretch| stretch.until <= local);
        let stretch =
            if local < self.first.until { &self.first } else { self.later.get(over).unwrap_or(&self.first) };
        // It is not right yet: the time was skipped.
        let gap = || Moment { at: stretch.begin, shows: stretch.right_from, is_change: true };
        stretch.moment(local).unwrap_or_else(gap)
    }
}

impl Stretch {
    /// What the clock that never goes back shows at an instant in it.
    pub(super) fn shows(&self, at: i64) -> Local {
        Local(at + self.offset).max(Local(self.right_from.0 - 1))
    }

    fn moment(&self, local: Local) -> Option<Moment> {
        let at = local.0 - self.offset;
        let is_right = self.right_from <= local && local < self.until;
        is_right.then_some(Moment { at, shows: local, is_change: at == self.begin })
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Local, Zone};
    use proptest::prelude::*;

    const HOUR: i64 = 3_600;

    #[test]
    fn a_clock_put_back_again_before_it_is_right_stands_still_all_the_time() {
        let zone = Zone::new("Test", 3 * HOUR, [(10 * HOUR, 2 * HOUR), (10 * HOUR + 1_800, HOUR)]);
        // It has shown 12:59:59, and does again two hours later.
        assert_eq!(zone.shows(10 * HOUR), Local(13 * HOUR - 1));
        assert_eq!(zone.shows(11 * HOUR), Local(13 * HOUR - 1));
        assert_eq!(zone.shows(12 * HOUR), Local(13 * HOUR));
        assert_eq!(zone.search(Local(13 * HOUR)).at, 12 * HOUR);
        assert_eq!(zone.search(Local(13 * HOUR - 1)).at, 10 * HOUR - 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// However wild the changes are.
        #[test]
        fn the_moment_of_a_time_is_the_first_at_which_a_plain_clock_shows_it_or_a_later_one(
            changes in prop::collection::vec((1..12_i64, -3..4_i64), 0..5), local in -5..60_i64, near in 0..60_i64,
        ) {
            let mut at = 0;
            let changes: Vec<(i64, i64)> = changes.into_iter().map(|(wait, offset)| { at += wait; (at, offset) }).collect();
            let zone = Zone::new("Test", 0, changes.iter().copied());
            let plain = |at: i64| at + changes.iter().rfind(|(begin, _)| *begin <= at).map_or(0, |(_, offset)| *offset);
            let first = (-20..).find(|at| plain(*at) >= local).unwrap();
            let found = zone.moment(zone.stretch(near), Local(local));
            prop_assert_eq!(found.at, first);
            prop_assert_eq!(found.shows, zone.shows(first));
            prop_assert_eq!(zone.shows(near).0, (-20..=near).map(plain).max().unwrap());
        }
    }
}
