//! Where the values of a container were written, and which of them could not be read.

use crate::diagnostic::{Origin, Place};
use std::collections::{BTreeMap, BTreeSet};

/// Where the values of a container were written, by the names of their properties.
///
/// Like an [`Origin`], it serves messages only: it makes no two containers differ, and is never stored.
///
/// ```
/// use paas_core::{application::Origins, diagnostic::Place};
///
/// let mut origins = Origins::default();
/// origins.note("image", Place::start_of("a.yaml"));
/// origins.note_entry("labels", "team", Place::start_of("b.yaml"));
/// assert_eq!(origins.of("image").unwrap().file.as_ref(), "a.yaml");
/// assert_eq!(origins.of_entry("labels", "team").unwrap().file.as_ref(), "b.yaml");
/// assert_eq!(origins.of("resources"), None);
/// assert_eq!(origins, Origins::default());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Origins {
    values: Vec<(&'static str, Origin)>,
    entries: BTreeMap<(&'static str, String), Origin>,
    unread: BTreeSet<&'static str>,
}

impl Origins {
    /// Notes where the value of a property was written.
    pub fn note(&mut self, property: &'static str, origin: impl Into<Origin>) {
        self.values.push((property, origin.into()));
    }

    /// Notes where an entry of a property was written: of a map by its key, of a list by the item itself.
    pub fn note_entry(
        &mut self,
        property: &'static str,
        entry: impl Into<String>,
        origin: impl Into<Origin>,
    ) {
        self.entries.entry((property, entry.into())).or_insert_with(|| origin.into());
    }

    /// Notes that what a property says is not known: it was diagnosed, or depends on an input without a value.
    pub fn note_unread(&mut self, property: &'static str) {
        self.unread.insert(property);
    }

    /// Where the value of a property was written.
    pub fn of(&self, property: &str) -> Option<Place> {
        self.values.iter().find(|(name, _)| *name == property).and_then(|(_, origin)| origin.place())
    }

    /// Where an entry of a property was written.
    pub fn of_entry(&self, property: &'static str, entry: &str) -> Option<Place> {
        // Looked up for messages only.
        self.entries.get(&(property, entry.to_owned())).and_then(Origin::place)
    }

    /// Whether what a property says is not known, so that nothing can be concluded from its absence.
    pub fn is_unread(&self, property: &str) -> bool {
        self.unread.contains(property)
    }
}

impl PartialEq for Origins {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origins {}
