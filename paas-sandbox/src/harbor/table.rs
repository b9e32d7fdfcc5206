use std::collections::{BTreeMap, btree_map};

/// Rows under numbers, of which none is given twice.
#[derive(Debug)]
pub(super) struct Table<T> {
    rows: BTreeMap<u64, T>,
    last: u64,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), last: 0 }
    }
}

impl<T> Table<T> {
    /// Adds a row; answers its number.
    pub(super) fn add(&mut self, row: T) -> u64 {
        self.last += 1;
        self.rows.insert(self.last, row);
        self.last
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.rows.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut T> {
        self.rows.get_mut(&id)
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<T> {
        self.rows.remove(&id)
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(u64, &T) -> bool) {
        self.rows.retain(|id, row| keep(*id, row));
    }

    /// The rows in the order of their numbers.
    pub(super) fn iter(&self) -> btree_map::Iter<'_, u64, T> {
        self.rows.iter()
    }

    pub(super) fn iter_mut(&mut self) -> btree_map::IterMut<'_, u64, T> {
        self.rows.iter_mut()
    }

    /// The number of the first row that is so.
    pub(super) fn find(&self, mut is_so: impl FnMut(&T) -> bool) -> Option<u64> {
        self.rows.iter().find(|(_, row)| is_so(row)).map(|(id, _)| *id)
    }
}
