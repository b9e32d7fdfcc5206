//! A set of ids that gives the smallest first.

/// Bits of a word.
const WORD: usize = u64::BITS as usize;

/// Layers, so that the highest is one word for sixteen million ids, and a few for more.
const LAYERS: usize = 4;

/// A bit for each id, and above it layers with a bit for each word that is not zero.
///
/// Ids are dense, so this takes a bit and a little more for each, and neither the order of insertion nor the number of
/// members makes it slower. A sorted list would have to be made anew whenever something comes while others are taken.
#[derive(Debug, Clone, Default)]
pub(super) struct IdSet {
    layers: [Vec<u64>; LAYERS],
}

impl IdSet {
    /// An empty set that holds ids below this number.
    pub(super) fn with_room(ids: usize) -> Self {
        let mut set = Self::default();
        set.grow(ids);
        set
    }

    /// Room for ids, in bytes.
    pub(super) fn heap_bytes(&self) -> usize {
        self.layers.iter().map(|layer| layer.capacity() * size_of::<u64>()).sum()
    }

    /// Lets it hold ids below this number.
    pub(super) fn grow(&mut self, ids: usize) {
        let mut words = ids;
        for layer in &mut self.layers {
            words = words.div_ceil(WORD);
            if words > layer.len() {
                layer.resize(words, 0);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    pub(super) fn contains(&self, id: u32) -> bool {
        let [ids, ..] = &self.layers;
        ids.get(id as usize / WORD).is_some_and(|word| word >> (id as usize % WORD) & 1 == 1)
    }

    /// Takes in an id that it has room for.
    pub(super) fn insert(&mut self, id: u32) {
        let mut index = id as usize;
        for layer in &mut self.layers {
            let Some(word) = layer.get_mut(index / WORD) else { return };
            let was_known = *word != 0;
            *word |= 1 << (index % WORD);
            if was_known {
                return;
            }
            index /= WORD;
        }
    }

    pub(super) fn remove(&mut self, id: u32) {
        let mut index = id as usize;
        for layer in &mut self.layers {
            let Some(word) = layer.get_mut(index / WORD) else { return };
            *word &= !(1 << (index % WORD));
            if *word != 0 {
                return;
            }
            index /= WORD;
        }
    }

    /// The smallest.
    pub(super) fn first(&self) -> Option<u32> {
        let [ids, second, third, fourth] = &self.layers;
        let top = fourth.iter().position(|word| *word != 0)?;
        let below = |layer: &Vec<u64>, index: usize| {
            layer.get(index).map(|word| index * WORD + word.trailing_zeros() as usize)
        };
        let index = below(ids, below(second, below(third, below(fourth, top)?)?)?)?;
        u32::try_from(index).ok()
    }

    /// Takes out the smallest.
    pub(super) fn pop_first(&mut self) -> Option<u32> {
        let id = self.first()?;
        self.remove(id);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn growing_keeps_what_is_in_it() {
        for last in [0, 63, 64, 4_095, 4_096, 262_143, 262_144, 20_000_000] {
            let mut set = IdSet::with_room(1);
            set.insert(0);
            set.grow(last as usize + 1);
            set.insert(last);
            assert!(set.contains(0) && set.contains(last) && !set.is_empty());
            assert_eq!(set.pop_first(), Some(0));
            assert_eq!(set.pop_first(), (last > 0).then_some(last));
            assert_eq!((set.pop_first(), set.is_empty()), (None, true));
        }
    }

    proptest! {
        #[test]
        fn it_is_a_sorted_set(work in prop::collection::vec((0..4_u8, 0..9_000_u32), 0..200)) {
            let (mut set, mut model) = (IdSet::default(), BTreeSet::new());
            let mut room = 0;
            for (what, id) in work {
                match what {
                    0 | 1 => {
                        room = room.max(id as usize + 1);
                        set.grow(room);
                        set.insert(id);
                        model.insert(id);
                    }
                    2 => {
                        set.remove(id);
                        model.remove(&id);
                    }
                    _ => prop_assert_eq!(set.pop_first(), model.pop_first()),
                }
                prop_assert_eq!(set.is_empty(), model.is_empty());
                prop_assert_eq!(set.contains(id), model.contains(&id));
            }
        }
    }
}
