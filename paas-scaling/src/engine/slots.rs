//! What is known of the alarms of a service, in one word where nothing is known.

use super::alarms::Slot;
use smallvec::SmallVec;
use std::ops::{Deref, DerefMut};

/// What is known of a service's alarms, sorted by rule.
///
/// Most services have a rule or two of which anything is known, and many have none: it is one pointer, so that a service
/// fits one line of the processor's cache.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots(Option<Box<SmallVec<[Slot; 2]>>>);

impl Slots {
    /// Puts another one at a place.
    pub(super) fn insert(&mut self, place: usize, slot: Slot) {
        let slots = self.0.get_or_insert_default();
        if place <= slots.len() {
            slots.insert(place, slot);
        }
    }
}

impl Deref for Slots {
    type Target = [Slot];

    fn deref(&self) -> &[Slot] {
        self.0.as_deref().map_or(&[], SmallVec::as_slice)
    }
}

impl DerefMut for Slots {
    fn deref_mut(&mut self) -> &mut [Slot] {
        self.0.as_deref_mut().map_or(&mut [], SmallVec::as_mut_slice)
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        let slots: SmallVec<[Slot; 2]> = slots.into_iter().collect();
        Self((!slots.is_empty()).then(|| Box::new(slots)))
    }
}
