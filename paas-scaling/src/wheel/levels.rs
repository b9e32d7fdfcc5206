//! All slots of all levels.

use super::{
    bucket::Bucket,
    deadlines::Deadlines,
    id_set::IdSet,
    place::{Place, SLOTS},
};

/// The buckets, and which of them are not empty.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    buckets: Box<[Bucket]>,
    /// Numbers of slots: the smallest has the earliest deadlines.
    occupied: IdSet,
}

impl Levels {
    pub(super) fn new() -> Self {
        Self { buckets: vec![Bucket::new(); SLOTS].into(), occupied: IdSet::with_room(SLOTS) }
    }

    /// Bytes for the buckets and what they hold.
    pub(super) fn heap_bytes(&self) -> usize {
        let held: usize = self.buckets.iter().map(Bucket::heap_bytes).sum();
        held + size_of_val(&*self.buckets) + self.occupied.heap_bytes()
    }

    /// The slot with the earliest deadlines.
    pub(super) fn first(&self) -> Option<Place> {
        self.occupied.first().map(Place)
    }

    /// A timer comes.
    pub(super) fn add(&mut self, place: Place, id: u32, at: u32) {
        if let Some(bucket) = self.buckets.get_mut(place.0 as usize) {
            if bucket.is_empty() {
                self.occupied.insert(place.0);
            }
            bucket.add(id, at);
        }
    }

    /// A timer leaves. The table of deadlines knows already.
    pub(super) fn remove(&mut self, place: Place, at: u32, now: u32, deadlines: &mut Deadlines) {
        if let Some(bucket) = self.buckets.get_mut(place.0 as usize) {
            bucket.remove(at, place.span(now), deadlines);
            if bucket.is_empty() {
                self.occupied.remove(place.0);
            }
        }
    }

    /// A timer stays in its slot, with another deadline.
    pub(super) fn shift(&mut self, place: Place, from: u32, to: u32) {
        if let Some(bucket) = self.buckets.get_mut(place.0 as usize) {
            bucket.shift(from, to);
        }
    }

    /// The earliest deadline in a slot that is not empty.
    pub(super) fn earliest(&mut self, place: Place, now: u32, deadlines: &mut Deadlines) -> Option<u32> {
        let bucket = self.buckets.get_mut(place.0 as usize)?;
        Some(bucket.earliest(place.span(now), deadlines))
    }

    /// All timers of a slot leave it.
    pub(super) fn take(&mut self, place: Place, now: u32, deadlines: &mut Deadlines) -> Vec<u32> {
        self.occupied.remove(place.0);
        let bucket = self.buckets.get_mut(place.0 as usize);
        bucket.map(|bucket| bucket.take(place.span(now), deadlines)).unwrap_or_default()
    }

    /// Gives an empty slot room to use again.
    pub(super) fn keep(&mut self, place: Place, ids: Vec<u32>) {
        if let Some(bucket) = self.buckets.get_mut(place.0 as usize) {
            bucket.keep(ids);
        }
    }
}
