//! Inputs: new defaults.

use super::{
    edit::{self, Edit},
    insert::{self, Entry},
    plan::{Planner, nowhere},
    said,
    scalar::{self, Quotes},
    trace::{self, Stuck},
};
use crate::{
    Limits, Source,
    tosca::Files,
    yaml::{self, Kind, NodeRef, scalar_boolean},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, shown},
    mapping::{Mapping, Part},
};
use std::collections::BTreeSet;

impl<'t> Planner<'_, 't> {
    /// Gives an input another default.
    pub(super) fn input(&mut self, name: &str, new: &str) {
        let cause = said::place(self.mapping, Part::Inputs, name);
        let Some(definition) = trace::definition(self.tracer.root, name) else { return };
        if let Err(stuck) = self.set_input(definition, new) {
            self.stuck(stuck, cause);
        }
    }

    fn set_input(&mut self, definition: NodeRef<'t>, new: &str) -> Result<(), Stuck> {
        let (file, text) = self.text(definition)?;
        let is_string = definition.get("type").and_then(NodeRef::text) == Some("string");
        let like = |quotes, old| match is_string {
            true => scalar::string(new, quotes, old),
            false => as_yaml(new),
        };
        let edits = match trace::written(definition) {
            Some((_, value)) if is_same(value, new, is_string) => Vec::new(),
            Some((key, value)) if value.is_null() => {
                insert::fill(text, key, value, &like(Quotes::None, "")).into_iter().collect()
            }
            Some((_, value)) if value.kind() == Kind::Scalar && is_string => {
                edit::set_string(text, value, new)
            }
            Some((_, value)) if value.kind() == Kind::Scalar => edit::set(text, value, |_| as_yaml(new)),
            Some((_, value)) => {
                let span = edit::span(value);
                let start = edit::content_start(text, span.start);
                vec![Edit::new(start..end_of(text, start, span.end), like(Quotes::None, ""))]
            }
            None => {
                let entry = Entry { keys: &["default"], value: &like(Quotes::None, "") };
                insert::add(text, definition, &["type"], &entry).into_iter().collect()
            }
        };
        if edits.is_empty() && trace::written(definition).is_none_or(|(_, it)| !is_same(it, new, is_string)) {
            return Err(nowhere(definition));
        }
        self.push(file, edits);
        Ok(())
    }
}

/// What is wrong with the inputs of a mapping.
pub(super) fn check(mapping: &Mapping, files: &Files, diagnostics: &mut Diagnostics) {
    let Some(root) = files.roots().next() else { return };
    let inputs = root.get("topology_template").and_then(|topology| topology.get("inputs"));
    let names: Vec<_> =
        inputs.into_iter().flat_map(NodeRef::entries).filter_map(|(key, _)| key.text()).collect();
    let secrets = root.get("metadata").and_then(|it| it.get("secret_inputs")).and_then(NodeRef::text);
    let secrets: BTreeSet<_> = secrets.unwrap_or_default().split(',').map(str::trim).collect();
    for name in mapping.inputs.keys() {
        let Some(definition) = inputs.and_then(|inputs| inputs.get(name)) else {
            diagnostics.push(said::no_match(mapping, Part::Inputs, name, names.iter().copied()));
            continue;
        };
        let mark = definition.get("metadata").and_then(|it| it.get("secret")).and_then(NodeRef::text);
        let is_marked = mark.is_some_and(|mark| scalar_boolean(mark) != Some(false));
        if is_marked || secrets.contains(name.as_str()) {
            let message = format!("the secret input {} cannot have a default", shown(name));
            let diagnostic = Diagnostic::new(Code::CloneWrongValue, message);
            let help = "remove it: its value belongs to the call that creates the stack";
            diagnostics.push(diagnostic.at(said::key_place(mapping, Part::Inputs, name)).help(help));
        }
    }
}

/// A value that is no string, on one line.
fn as_yaml(text: &str) -> String {
    let tree = yaml::load(&Source::new("", text), &Limits::default()).tree;
    tree.map_or_else(|| scalar::string(text, Quotes::Double, text), |tree| scalar::flow(tree.root()))
}

/// Whether an input has this value already.
fn is_same(value: NodeRef<'_>, new: &str, is_string: bool) -> bool {
    match value.kind() {
        Kind::Scalar if is_string => !value.is_null() && value.text() == Some(new),
        _ => !value.is_null() && scalar::flow(value) == as_yaml(new),
    }
}

/// Where a list or a map ends that begins at `start`: the reader may leave out its bracket.
fn end_of(text: &str, start: usize, end: usize) -> usize {
    let bracket = match text.as_bytes().get(start) {
        Some(b'[') => ']',
        Some(b'{') => '}',
        _ => return end,
    };
    let written = text.get(start..end).unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    match rest.find(bracket).filter(|_| !written.ends_with(bracket)) {
        Some(more) => end + more + 1,
        None => end,
    }
}
