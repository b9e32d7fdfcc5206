//! What follows from what is mapped: texts that show a property which the clone says otherwise.

use super::trace::{Tracer, function};
use crate::{tosca::Value, yaml::NodeRef};
use std::collections::{BTreeSet, HashMap};

/// Values inside values that are looked at.
const DEEPEST: usize = 64;

/// Properties that are changed: of which node, and their names.
pub(super) type Changed = BTreeSet<(usize, String)>;

/// The places in an application whose values are functions that read a changed property.
pub(super) fn followers(tracer: &Tracer<'_, '_>, changed: &Changed) -> BTreeSet<Vec<String>> {
    let mut all = BTreeSet::new();
    if changed.is_empty() {
        return all;
    }
    let mut walk = Walk { tracer, changed, known: HashMap::new(), all: &mut all };
    for (index, node) in tracer.document.topology.nodes.iter().enumerate() {
        let own = |property: &str| vec!["services".to_owned(), node.name.to_owned(), property.to_owned()];
        for (key, value) in &node.properties {
            walk.value(index, value, own(key.text().unwrap_or_default()), DEEPEST);
        }
        for (key, value) in &node.create_inputs {
            let mut path = own("environment");
            path.push(key.text().unwrap_or_default().to_owned());
            walk.value(index, value, path, DEEPEST);
        }
    }
    for output in &tracer.document.topology.outputs {
        // Outputs are of no node: `SELF` means nothing there.
        walk.value(0, &output.value, vec!["outputs".to_owned(), output.name.to_owned()], DEEPEST);
    }
    all
}

struct Walk<'w, 'c, 't> {
    tracer: &'w Tracer<'c, 't>,
    changed: &'w Changed,
    /// What is known of values of nodes: many may lead to the same.
    known: HashMap<((usize, u32), usize), bool>,
    all: &'w mut BTreeSet<Vec<String>>,
}

impl<'t> Walk<'_, '_, 't> {
    fn value(&mut self, node: usize, value: &Value<'t>, path: Vec<String>, deeper: usize) {
        if deeper == 0 {
            return;
        }
        if function(value.at).is_some() {
            if self.reads(value.at, node, DEEPEST) {
                self.all.insert(path);
            }
            return;
        }
        let with = |step: String| path.iter().cloned().chain([step]).collect::<Vec<_>>();
        for (index, item) in value.items().iter().enumerate() {
            self.value(node, item, with(index.to_string()), deeper - 1);
        }
        for (key, item) in value.entries() {
            self.value(node, item, with(key.text().unwrap_or_default().to_owned()), deeper - 1);
        }
    }

    /// Whether a function reads a changed property. What inputs give is another matter.
    fn reads(&mut self, at: NodeRef<'t>, node: usize, deeper: usize) -> bool {
        if deeper == 0 {
            return false;
        }
        let key = (at.key(), node);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        // What leads to itself leads nowhere.
        self.known.insert(key, false);
        let reads = match function(at) {
            Some(("get_input", _)) => false,
            Some(("get_property", argument)) => match self.tracer.property(argument, node) {
                Some((index, name, _)) if self.changed.contains(&(index, name.to_owned())) => true,
                Some((index, _, value)) => self.reads(value, index, deeper - 1),
                None => false,
            },
            _ => {
                at.items().any(|item| self.reads(item, node, deeper - 1))
                    || at.entries().any(|(_, value)| self.reads(value, node, deeper - 1))
            }
        };
        self.known.insert(key, reads);
        reads
    }
}
