//! Names of services and their places: all names in one text, since there are a million of them.

use hashbrown::hash_table::{
    Entry::{Occupied, Vacant},
    HashTable,
};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// A text in which less than this is unused is left as it is.
const LEAST_WASTE: usize = 64 * 1024;

/// Names, by place and back.
///
/// A look-up goes to the table, and from there to the text: each step is one more place in memory, and with a million
/// names each of them is far away.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// All names, each behind its length: four bytes, the lowest first.
    text: Vec<u8>,
    /// Where in the text the name of each place begins.
    starts: Vec<Start>,
    table: HashTable<Entry>,
    /// Bytes of the text that are nobody's.
    wasted: usize,
}

/// Where a name begins in the text, in steps of [`ALIGNED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start(u32);

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: Start,
    place: u32,
}

/// Names begin at multiples of this, so that 32 bits reach far enough.
const ALIGNED: usize = 4;
const LENGTH: usize = 4;

impl Start {
    /// Of a place without a name.
    const NONE: Self = Self(u32::MAX);

    fn name(self, text: &[u8]) -> &[u8] {
        let length = |text: &[u8]| Some(u32::from_le_bytes(*text.first_chunk::<LENGTH>()?) as usize);
        let name = || {
            let (_, rest) = text.split_at_checked((self.0 as usize).checked_mul(ALIGNED)?)?;
            rest.get(LENGTH..LENGTH + length(rest)?)
        };
        if self == Self::NONE { &[] } else { name().unwrap_or_default() }
    }
}

/// What a name takes in the text.
const fn taken(name: &[u8]) -> usize {
    (LENGTH + name.len()).next_multiple_of(ALIGNED)
}

fn write(text: &mut Vec<u8>, name: &[u8]) -> Start {
    let start = Start(u32::try_from(text.len() / ALIGNED).unwrap_or(u32::MAX));
    let end = text.len() + taken(name);
    text.extend(u32::try_from(name.len()).unwrap_or(u32::MAX).to_le_bytes());
    text.extend(name);
    text.resize(end, 0);
    start
}

fn hash(name: &[u8]) -> u64 {
    FxBuildHasher.hash_one(name)
}

impl Names {
    /// The name of a place; none: nobody has it.
    pub(super) fn name(&self, place: u32) -> &str {
        let start = self.starts.get(place as usize).copied().unwrap_or(Start::NONE);
        // It was a text when it came in.
        std::str::from_utf8(start.name(&self.text)).unwrap_or_default()
    }

    /// The place of a name.
    pub(super) fn place(&self, name: &str) -> Option<u32> {
        let name = name.as_bytes();
        let found = self.table.find(hash(name), |entry| entry.start.name(&self.text) == name);
        found.map(|entry| entry.place)
    }

    /// Gives a place a name, if no other place has it; tells whether. The place must have none.
    pub(super) fn insert(&mut self, place: u32, name: &str) -> bool {
        let name = name.as_bytes();
        let Self { text, starts, table, .. } = self;
        let is_same = |entry: &Entry| entry.start.name(text) == name;
        let vacant = match table.entry(hash(name), is_same, |entry| hash(entry.start.name(text))) {
            Occupied(_) => return false,
            Vacant(vacant) => vacant,
        };
        // It is written right afterwards, at the end of the text.
        let start = Start(u32::try_from(text.len() / ALIGNED).unwrap_or(u32::MAX));
        vacant.insert(Entry { start, place });
        write(text, name);
        let index = place as usize;
        if starts.len() <= index {
            starts.resize(index + 1, Start::NONE);
        }
        if let Some(known) = starts.get_mut(index) {
            *known = start;
        }
        true
    }

    /// Takes the name of a place away.
    pub(super) fn remove(&mut self, place: u32) {
        let Some(start) = self.starts.get_mut(place as usize) else { return };
        let name = start.name(&self.text);
        if let Ok(found) = self.table.find_entry(hash(name), |entry| entry.place == place) {
            found.remove();
        }
        self.wasted += taken(name);
        *start = Start::NONE;
        if self.wasted > LEAST_WASTE && self.wasted > self.text.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let old = std::mem::take(&mut self.text);
        let mut text = Vec::with_capacity(old.len() - self.wasted);
        self.table.clear();
        let Self { starts, table, .. } = self;
        for (place, start) in (0_u32..).zip(starts).filter(|(_, start)| **start != Start::NONE) {
            *start = write(&mut text, start.name(&old));
            let hasher = |entry: &Entry| hash(entry.start.name(&text));
            table.insert_unique(hash(start.name(&text)), Entry { start: *start, place }, hasher);
        }
        (self.text, self.wasted) = (text, 0);
    }

    /// Room for the text of so many more names, of so many bytes together.
    pub(super) fn reserve_text(&mut self, bytes: usize, names: usize) {
        self.text.reserve_exact(bytes + names * (LENGTH + ALIGNED));
    }

    pub(super) fn reserve(&mut self, places: usize) {
        self.starts.reserve_exact(places);
        let Self { text, table, .. } = self;
        table.reserve(places, |entry| hash(entry.start.name(text)));
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
