//! Which texts are to be changed, and how.

use super::{
    edit::{self, Edit},
    follow::{self, Changed},
    insert::{self, Entry},
    said,
    scalar::{self, Quotes},
    trace::{Change, Stuck, Tracer},
};
use crate::{
    Source,
    profile::{Belonging, Said, belongings},
    tosca::{Document, Files},
    yaml::NodeRef,
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place, shown},
    mapping::{Mapping, Part},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// What is to be done to make a clone.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The changes, by the names of files.
    pub(super) edits: BTreeMap<Arc<str>, Vec<Edit>>,
    /// The values that are changed.
    pub(super) changes: Vec<Changing>,
    /// Places in the application that show what is changed.
    pub(super) followers: BTreeSet<Vec<String>>,
    pub(super) diagnostics: Diagnostics,
}

/// A value that is changed.
#[derive(Debug)]
pub(super) struct Changing {
    pub(super) at: Place,
    pub(super) new: String,
    /// The input whose default it is.
    pub(super) input: Option<String>,
    /// The entry of the mapping that asks for it.
    pub(super) cause: Option<Place>,
}

/// Plans a clone.
pub(super) fn plan(
    mapping: &Mapping,
    given: &BTreeMap<String, String>,
    document: &Document<'_>,
    files: &Files,
) -> Plan {
    let Some(root) = files.roots().next() else { return Plan::default() };
    let names = files.sources.iter().map(|source| &**source.name()).collect();
    let tracer = Tracer::new(document, root, names, given);
    let mut planner =
        Planner { mapping, files, tracer, plan: Plan::default(), values: HashMap::new(), cause: None };
    let mut changed = Changed::new();
    for belonging in belongings(document) {
        planner.belonging(&belonging, &mut changed);
    }
    planner.name();
    for (name, text) in &mapping.inputs {
        planner.input(name, text);
    }
    let Planner { tracer, mut plan, .. } = planner;
    plan.followers = follow::followers(&tracer, &changed);
    plan
}

pub(super) struct Planner<'c, 't> {
    pub(super) mapping: &'c Mapping,
    files: &'c Files,
    pub(super) tracer: Tracer<'c, 't>,
    plan: Plan,
    /// What values become, by the keys of the values.
    values: HashMap<(usize, u32), String>,
    /// The entry of the mapping that is being carried out.
    cause: Option<Place>,
}

impl<'t> Planner<'_, 't> {
    /// Gives something of the tenant's another name, where it is written.
    fn belonging(&mut self, belonging: &Belonging<'t>, changed: &mut Changed) {
        let Belonging { part, text, node, at } = belonging;
        let new = match part {
            Part::Networks => self.mapping.network(text).into(),
            Part::Tiers => self.mapping.tier(text).into(),
            Part::Servers => self.mapping.server(text).into(),
            _ => self.mapping.image(text),
        };
        if *new == **text {
            return;
        }
        let entry = self.mapping.entry_for(*part, text);
        let cause = entry.and_then(|entry| said::place(self.mapping, *part, entry));
        self.cause.clone_from(&cause);
        let outcome = match at {
            Said::Value(at) => {
                let change = self.tracer.change(*at, *node, text, &new);
                change.and_then(|change| self.change(&change))
            }
            Said::Own { property } => self.own(*node, property, &new),
            Said::Artifact { file, url } => self.artifact(*file, *url, &new),
        };
        match outcome {
            Ok(()) => _ = changed.insert((*node, property_of(*part).to_owned())),
            Err(stuck) => self.stuck(stuck, cause),
        }
    }

    pub(super) fn stuck(&mut self, Stuck { at, why, help }: Stuck, cause: Option<Place>) {
        let diagnostic = Diagnostic::new(Code::CloneFixed, why).at(at).help(help);
        let diagnostic = match cause {
            Some(place) => diagnostic.label(place, "to be changed by this"),
            None => diagnostic,
        };
        self.plan.diagnostics.push(diagnostic);
    }

    /// The text of a file that a value stands in.
    pub(super) fn text(&self, at: NodeRef<'t>) -> Result<(Arc<str>, &str), Stuck> {
        self.tracer.editable(at)?;
        let file = at.place().file;
        let source = self.files.sources.iter().find(|source| **source.name() == *file);
        Ok((file, source.map_or("", Source::text)))
    }

    pub(super) fn push(&mut self, file: Arc<str>, edits: impl IntoIterator<Item = Edit>) {
        self.plan.edits.entry(file).or_default().extend(edits);
    }

    pub(super) fn change(&mut self, change: &Change<'t>) -> Result<(), Stuck> {
        let Change { at, new, input } = change;
        if let Some(other) = self.values.insert(at.key(), new.clone()) {
            if other == *new {
                return Ok(());
            }
            return Err(Stuck {
                at: at.place(),
                why: format!("this value would have to be {} and {}", shown(&other), shown(new)),
                help: "it is used in several places: write it in each".to_owned(),
            });
        }
        let (file, text) = self.text(*at)?;
        let edits = edit::set_string(text, *at, new);
        if edits.is_empty() {
            return Err(nowhere(*at));
        }
        self.push(file, edits);
        self.note(*at, new, *input);
        Ok(())
    }

    pub(super) fn note(&mut self, at: NodeRef<'t>, new: &str, input: Option<&str>) {
        let input = input.map(str::to_owned);
        let cause = self.cause.clone();
        self.plan.changes.push(Changing { at: at.place(), new: new.to_owned(), input, cause });
    }

    /// Gives a node a property in place of its own name.
    fn own(&mut self, node: usize, property: &str, new: &str) -> Result<(), Stuck> {
        let Some(node) = self.tracer.document.topology.nodes.get(node) else { return Ok(()) };
        let map = node.written();
        if self.values.insert(map.key(), new.to_owned()).is_some_and(|other| other == new) {
            return Ok(());
        }
        let (file, text) = self.text(map)?;
        let value = scalar::string(new, Quotes::None, "");
        let given = map.entry("properties").filter(|(key, _)| is_inside(map, *key));
        let edit = match given {
            Some((key, value_of)) if value_of.is_null() => {
                insert::fill(text, key, value_of, &format!("{{ {property}: {value} }}"))
            }
            Some((_, properties)) => {
                // By an alias they may stand elsewhere.
                self.tracer.editable(properties)?;
                insert::add(text, properties, &[], &Entry { keys: &[property], value: &value })
            }
            None => {
                let keys = ["properties", property];
                insert::add(text, map, &["type", "copy"], &Entry { keys: &keys, value: &value })
            }
        };
        self.push(file, [edit.ok_or_else(|| nowhere(node.at))?]);
        self.note(node.at, new, None);
        Ok(())
    }
}

fn property_of(part: Part) -> &'static str {
    match part {
        Part::Networks => "network_name",
        Part::Tiers => "tier",
        Part::Servers => "server",
        _ => "image",
    }
}

pub(super) fn nowhere(at: NodeRef<'_>) -> Stuck {
    Stuck {
        at: at.place(),
        why: "there is no place here where the new value could be written".to_owned(),
        help: "write the old value in the ordinary form, with a line for each".to_owned(),
    }
}

fn is_inside(map: NodeRef<'_>, key: NodeRef<'_>) -> bool {
    let (outer, inner) = (edit::span(map), edit::span(key));
    outer.start <= inner.start && inner.end <= outer.end
}
