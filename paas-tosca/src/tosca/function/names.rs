//! Things by their names, where they are very many and functions ask for one after the other.

use super::Evaluation;
use crate::{
    tosca::library::{ArtifactDef, CapabilityDef, PropertyDef, RequirementDef},
    yaml::NodeRef,
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Up to so many things are looked at one after the other; the others are remembered by their names.
const FEW: usize = 32;

type ByName<'t, T> = FxHashMap<&'t str, T>;

/// What is remembered: maps of the template, and lists of definitions, by what tells them from others.
#[derive(Default)]
pub(super) struct Names<'t> {
    entries: RefCell<FxHashMap<(usize, u32), ByName<'t, NodeRef<'t>>>>,
    definitions: RefCell<FxHashMap<usize, ByName<'t, usize>>>,
}

/// A definition that has a name.
pub(super) trait Named<'t> {
    fn name(&self) -> &'t str;
}

impl<'t> Named<'t> for PropertyDef<'t> {
    fn name(&self) -> &'t str {
        self.name
    }
}

impl<'t> Named<'t> for CapabilityDef<'t> {
    fn name(&self) -> &'t str {
        self.name
    }
}

impl<'t> Named<'t> for RequirementDef<'t> {
    fn name(&self) -> &'t str {
        self.name
    }
}

impl<'t> Named<'t> for ArtifactDef<'t> {
    fn name(&self) -> &'t str {
        self.name
    }
}

impl<'c, 't> Evaluation<'c, 't> {
    /// The value of a key of a map.
    pub(super) fn entry(&self, map: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
        if map.entries().len() <= FEW {
            return map.get(key);
        }
        let mut known = self.names.entries.borrow_mut();
        let by_name = known.entry(map.key()).or_insert_with(|| {
            let mut by_name = FxHashMap::default();
            for (key, value) in map.entries() {
                // Of equal names the first counts.
                by_name.entry(key.text().unwrap_or_default()).or_insert(value);
            }
            by_name
        });
        by_name.get(key).copied()
    }

    /// The definition of a name. Those of the library stay where they are, so that their place tells them from others.
    pub(super) fn find<T: Named<'t>>(&self, all: &'c [T], name: &str) -> Option<&'c T> {
        if all.len() <= FEW {
            return all.iter().find(|definition| definition.name() == name);
        }
        let mut known = self.names.definitions.borrow_mut();
        let by_name = known.entry(all.as_ptr().addr()).or_insert_with(|| {
            all.iter().enumerate().rev().map(|(position, definition)| (definition.name(), position)).collect()
        });
        by_name.get(name).and_then(|&position| all.get(position))
    }
}
