//! Names of services and their places: all names in one text, since there are a million of them.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// A text in which less than this is unused is left as it is.
const LEAST_WASTE: usize = 64 * 1024;

/// Names, by place and back.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    text: String,
    /// Where in the text the name of each place begins, and how long it is; the text may be longer than 4 GiB.
    spans: Vec<(u32, u32)>,
    places: HashTable<u32>,
    /// Bytes of the text that are nobody's.
    wasted: usize,
}

/// Texts begin at multiples of this, so that 32 bits reach far enough.
const ALIGNED: usize = 4;

impl Names {
    /// The name of a place; none: nobody has it.
    pub(super) fn name(&self, place: u32) -> &str {
        let Some(&(start, length)) = self.spans.get(place as usize) else { return "" };
        let start = start as usize * ALIGNED;
        self.text.get(start..start + length as usize).unwrap_or("")
    }

    /// The place of a name.
    pub(super) fn place(&self, name: &str) -> Option<u32> {
        self.places.find(FxBuildHasher.hash_one(name), |place| self.name(*place) == name).copied()
    }

    /// Gives a place a name that no other place has. The place must have none.
    pub(super) fn insert(&mut self, place: u32, name: &str) {
        while !self.text.len().is_multiple_of(ALIGNED) {
            self.text.push(' ');
        }
        let index = place as usize;
        if self.spans.len() <= index {
            self.spans.resize(index + 1, (0, 0));
        }
        let start = u32::try_from(self.text.len() / ALIGNED).unwrap_or(u32::MAX);
        self.text.push_str(name);
        if let Some(span) = self.spans.get_mut(index) {
            *span = (start, u32::try_from(name.len()).unwrap_or(u32::MAX));
        }
        let Self { text, spans, places, .. } = self;
        let hash = |place: &u32| {
            let (start, length) = spans.get(*place as usize).copied().unwrap_or_default();
            let start = start as usize * ALIGNED;
            FxBuildHasher.hash_one(text.get(start..start + length as usize).unwrap_or(""))
        };
        places.insert_unique(FxBuildHasher.hash_one(name), place, hash);
    }

    /// Takes the name of a place away.
    pub(super) fn remove(&mut self, place: u32) {
        let hash = FxBuildHasher.hash_one(self.name(place));
        if let Ok(found) = self.places.find_entry(hash, |other| *other == place) {
            found.remove();
        }
        if let Some(span) = self.spans.get_mut(place as usize) {
            self.wasted += span.1 as usize;
            *span = (0, 0);
        }
        if self.wasted > LEAST_WASTE && self.wasted > self.text.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut text = String::with_capacity(self.text.len() - self.wasted);
        for (start, length) in &mut self.spans {
            while !text.len().is_multiple_of(ALIGNED) {
                text.push(' ');
            }
            let old = *start as usize * ALIGNED;
            let name = self.text.get(old..old + *length as usize).unwrap_or("");
            *start = u32::try_from(text.len() / ALIGNED).unwrap_or(u32::MAX);
            text.push_str(name);
        }
        (self.text, self.wasted) = (text, 0);
    }

    pub(super) fn reserve(&mut self, places: usize) {
        self.spans.reserve_exact(places);
        let Self { text, spans, places: table, .. } = self;
        table.reserve(places, |place| {
            let (start, length) = spans.get(*place as usize).copied().unwrap_or_default();
            let start = start as usize * ALIGNED;
            FxBuildHasher.hash_one(text.get(start..start + length as usize).unwrap_or(""))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{LEAST_WASTE, Names};

    #[test]
    fn names_are_found_and_forgotten() {
        let mut names = Names::default();
        for place in 0..10_000 {
            names.insert(place, &format!("tenant-{place}/web"));
        }
        for place in (0..10_000).filter(|place| place % 10 != 0) {
            names.remove(place);
        }
        assert!(names.text.len() < 40_000 + LEAST_WASTE, "{}", names.text.len());
        for place in 0..10_000 {
            let name = format!("tenant-{place}/web");
            let is_there = place % 10 == 0;
            assert_eq!(names.place(&name), is_there.then_some(place));
            assert_eq!(names.name(place), if is_there { name.as_str() } else { "" });
        }
        names.insert(3, "another");
        assert_eq!((names.place("another"), names.name(3)), (Some(3), "another"));
    }

    #[test]
    fn an_empty_name_is_a_name() {
        let mut names = Names::default();
        assert_eq!(names.place(""), None);
        names.insert(0, "");
        assert_eq!(names.place(""), Some(0));
        names.remove(0);
        assert_eq!(names.place(""), None);
    }
}
