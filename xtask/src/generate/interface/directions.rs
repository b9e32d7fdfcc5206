//! Which way types go.

use super::{Answer, Field, Interface, Of, Shape, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Which types are passed to the library, and which it gives.
pub(crate) struct Directions<'a> {
    /// Types that are only passed: of them, whatever can be written as JSON will do.
    taken: BTreeSet<&'a str>,
    /// Types that the library gives.
    given: BTreeSet<&'a str>,
}

impl<'a> Directions<'a> {
    pub(crate) fn new(interface: &'a Interface) -> Self {
        let types: Types<'a> = interface.types.iter().map(|one| (one.name.as_str(), one)).collect();
        let (mut given, mut taken) = (BTreeSet::new(), BTreeSet::new());
        reach(&types, &interface.error, &mut given);
        for function in interface.handles.iter().flat_map(|handle| &handle.functions) {
            if let Answer::Document(of) = &function.answer {
                reach_of(&types, of, &mut given);
            }
            for parameter in &function.parameters {
                reach_of(&types, &parameter.of, &mut taken);
            }
        }
        Self { taken: taken.difference(&given).copied().collect(), given }
    }

    /// Whether a type is passed to the library and never given by it.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// The types that the library gives.
    pub(crate) fn given(&self) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        self.given.iter().copied()
    }
}

type Types<'a> = BTreeMap<&'a str, &'a Type>;

fn reach<'a>(types: &Types<'a>, name: &str, reached: &mut BTreeSet<&'a str>) {
    let Some(found) = types.get(name) else { return };
    if !reached.insert(&found.name) {
        return;
    }
    match &found.shape {
        Shape::Object(fields) => {
            fields.iter().for_each(|Field { of, .. }| reach_of(types, of, reached));
        }
        Shape::Alias(of) => reach_of(types, of, reached),
        Shape::Words(_) => {}
    }
}

fn reach_of<'a>(types: &Types<'a>, of: &Of, reached: &mut BTreeSet<&'a str>) {
    match of {
        Of::Named(name) => reach(types, name, reached),
        Of::List(inner) | Of::Map(inner) => reach_of(types, inner, reached),
        Of::Union(arms) => arms.iter().for_each(|arm| reach_of(types, arm, reached)),
        _ => {}
    }
}
