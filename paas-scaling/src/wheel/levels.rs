//! All slots of all levels.

use super::{
    bucket::Bucket,
    deadlines::Deadlines,
    place::{LEVELS, Place, SLOTS},
};

/// The buckets, and which of them are not empty.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    buckets: Box<[Bucket]>,
    /// A bit for each slot of each level.
    occupied: [u64; LEVELS],
}

impl Levels {
    pub(super) fn new() -> Self {
        Self { buckets: vec![Bucket::new(); LEVELS * SLOTS].into(), occupied: [0; LEVELS] }
    }

    /// Bytes for the buckets and what they hold.
    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.buckets) + self.buckets.iter().map(Bucket::heap_bytes).sum::<usize>()
    }

    /// The slot with the earliest deadlines.
    pub(super) fn first(&self) -> Option<Place> {
        let (level, slots) = self.occupied.iter().enumerate().find(|(_, slots)| **slots != 0)?;
        Some(Place { level, slot: slots.trailing_zeros() })
    }

    /// A timer comes.
    pub(super) fn add(&mut self, place: Place, id: u32, at: u32) {
        if let Some(bucket) = self.buckets.get_mut(place.index()) {
            bucket.add(id, at);
            self.set_occupied(place, true);
        }
    }

    /// A timer leaves. The table of deadlines knows already.
    pub(super) fn remove(&mut self, place: Place, at: u32, now: u32, deadlines: &mut Deadlines) {
        if let Some(bucket) = self.buckets.get_mut(place.index()) {
            bucket.remove(at, place.span(now), deadlines);
            if bucket.is_empty() {
                self.set_occupied(place, false);
            }
        }
    }

    /// A timer stays in its slot, with another deadline.
    pub(super) fn shift(&mut self, place: Place, from: u32, to: u32) {
        if let Some(bucket) = self.buckets.get_mut(place.index()) {
            bucket.shift(from, to);
        }
    }

    /// The earliest deadline in a slot that is not empty.
    pub(super) fn earliest(&mut self, place: Place, now: u32, deadlines: &mut Deadlines) -> Option<u32> {
        let bucket = self.buckets.get_mut(place.index())?;
        Some(bucket.earliest(place.span(now), deadlines))
    }

    /// All timers of a slot leave it.
    pub(super) fn take(&mut self, place: Place, now: u32, deadlines: &mut Deadlines) -> Vec<u32> {
        self.set_occupied(place, false);
        let bucket = self.buckets.get_mut(place.index());
        bucket.map(|bucket| bucket.take(place.span(now), deadlines)).unwrap_or_default()
    }

    /// Gives an empty slot room to use again.
    pub(super) fn keep(&mut self, place: Place, ids: Vec<u32>) {
        if let Some(bucket) = self.buckets.get_mut(place.index()) {
            bucket.keep(ids);
        }
    }

    fn set_occupied(&mut self, place: Place, occupied: bool) {
        if let Some(slots) = self.occupied.get_mut(place.level) {
            let bit = 1 << place.slot;
            *slots = if occupied { *slots | bit } else { *slots & !bit };
        }
    }
}
