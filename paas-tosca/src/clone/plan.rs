//! Which texts are to be changed, and how.

use super::{
    edit::{self, Edit},
    follow::{self, Changed},
    insert::{self, Entry},
    said,
    scalar::{self, Quotes},
    trace::{self, Change, Stuck, Tracer},
};
use crate::{
    Limits, Source,
    profile::{Belonging, Said, belongings, registry_of},
    tosca::{Document, Files},
    yaml::{self, Kind, NodeRef, scalar_boolean},
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
}

/// Plans a clone.
pub(super) fn plan(
    mapping: &Mapping,
    given: &BTreeMap<String, String>,
    document: &Document<'_>,
    files: &Files,
) -> Plan {
    let Some(root) = files.roots().next() else { return Plan::default() };
    let tracer = Tracer {
        document,
        root,
        files: files.sources.iter().map(|source| &**source.name()).collect(),
        given,
    };
    let mut planner = Planner { mapping, files, tracer, plan: Plan::default(), values: HashMap::new() };
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

struct Planner<'c, 't> {
    mapping: &'c Mapping,
    files: &'c Files,
    tracer: Tracer<'c, 't>,
    plan: Plan,
    /// What values become, by the keys of the values.
    values: HashMap<(usize, u32), String>,
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
        let outcome = match at {
            Said::Value(at) => {
                let change = self.tracer.change(*at, *node, text, &new);
                change.and_then(|change| self.change(&change, cause.as_ref()))
            }
            Said::Own { property } => self.own(*node, property, &new),
            Said::Artifact { file, url } => self.artifact(*file, *url, &new, cause.as_ref()),
        };
        match outcome {
            Ok(()) => _ = changed.insert((*node, property_of(*part).to_owned())),
            Err(stuck) => self.stuck(stuck, cause),
        }
    }

    fn stuck(&mut self, Stuck { at, why, help }: Stuck, cause: Option<Place>) {
        let diagnostic = Diagnostic::new(Code::CloneFixed, why).at(at).help(help);
        let diagnostic = match cause {
            Some(place) => diagnostic.label(place, "to be changed by this"),
            None => diagnostic,
        };
        self.plan.diagnostics.push(diagnostic);
    }

    /// The text of a file that a value stands in.
    fn text(&self, at: NodeRef<'t>) -> Result<(Arc<str>, &str), Stuck> {
        self.tracer.editable(at)?;
        let file = at.place().file;
        let source = self.files.sources.iter().find(|source| **source.name() == *file);
        Ok((file, source.map_or("", Source::text)))
    }

    fn push(&mut self, file: Arc<str>, edits: impl IntoIterator<Item = Edit>) {
        self.plan.edits.entry(file).or_default().extend(edits);
    }

    fn change(&mut self, change: &Change<'t>, cause: Option<&Place>) -> Result<(), Stuck> {
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
        let _ = cause;
        Ok(())
    }

    fn note(&mut self, at: NodeRef<'t>, new: &str, input: Option<&str>) {
        let input = input.map(str::to_owned);
        self.plan.changes.push(Changing { at: at.place(), new: new.to_owned(), input });
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

    /// Gives an artifact another registry: the address of its repository, if it has one.
    fn artifact(
        &mut self,
        file: NodeRef<'t>,
        url: Option<NodeRef<'t>>,
        new: &str,
        cause: Option<&Place>,
    ) -> Result<(), Stuck> {
        let old = url.and_then(NodeRef::text).unwrap_or_default();
        let Some(url) = url.filter(|_| !old.is_empty()) else {
            return self.change(&Change { at: file, new: new.to_owned(), input: None }, cause);
        };
        let stuck = |why: &str| Stuck {
            at: url.place(),
            why: why.to_owned(),
            help: "write the whole image as the `file` of the artifact".to_owned(),
        };
        let name = file.text().unwrap_or_default();
        let before = new.strip_suffix(name).map(|before| before.trim_end_matches('/'));
        let Some(before) = before else {
            return Err(stuck("the address of this repository and the `file` cannot be changed together"));
        };
        let (scheme, rest) = old.split_once("://").map_or(("https", old), |(scheme, rest)| (scheme, rest));
        if rest.split('/').next().is_some_and(|host| host.contains('@')) {
            return Err(stuck("this address has a user, who is not known to another registry"));
        }
        let is_hub =
            before.is_empty() || !before.split('/').next().is_some_and(|host| host.contains(['.', ':']));
        let address = match (is_hub, before) {
            (true, "") => "docker.io".to_owned(),
            (true, folders) => format!("docker.io/{folders}"),
            (false, before) => before.to_owned(),
        };
        let scheme = if old.contains("://") { format!("{scheme}://") } else { String::new() };
        let written = format!("{scheme}{address}");
        if registry_of(&written) != before {
            return Err(stuck("this address cannot be that of another registry"));
        }
        self.change(&Change { at: url, new: written, input: None }, cause)
    }

    /// Gives the template another name.
    fn name(&mut self) {
        let Some(new) = self.mapping.name.as_deref() else { return };
        let cause = self.mapping.origins.of("name");
        if let Err(stuck) = self.set_name(new) {
            self.stuck(stuck, cause);
        }
    }

    fn set_name(&mut self, new: &str) -> Result<(), Stuck> {
        const KEY: &str = "template_name";
        let root = self.tracer.root;
        let (file, text) = self.text(root)?;
        let metadata = root.entry("metadata");
        let in_metadata = metadata.and_then(|(_, map)| map.entry(KEY));
        let is_said =
            |entry: &(NodeRef<'_>, NodeRef<'_>)| entry.1.text().is_some_and(|text| !text.is_empty());
        let value = scalar::string(new, Quotes::None, "");
        let edits = match in_metadata.or_else(|| root.entry(KEY).filter(is_said)) {
            Some((_, value)) if value.text() == Some(new) => Vec::new(),
            Some((_, old)) if !old.is_null() && old.text() != Some("") => edit::set_string(text, old, new),
            Some((key, old)) if old.text() == Some("") && !old.is_null() => {
                let _ = key;
                edit::set_string(text, old, new)
            }
            Some((key, old)) => insert::fill(text, key, old, &value).into_iter().collect(),
            None => {
                let edit = match metadata {
                    Some((key, map)) if map.is_null() => {
                        insert::fill(text, key, map, &format!("{{ {KEY}: {value} }}"))
                    }
                    Some((_, map)) => insert::add(text, map, &[], &Entry { keys: &[KEY], value: &value }),
                    None => {
                        let keys = ["metadata", KEY];
                        let after = ["tosca_definitions_version"];
                        insert::add(text, root, &after, &Entry { keys: &keys, value: &value })
                    }
                };
                vec![edit.ok_or_else(|| nowhere(root))?]
            }
        };
        self.push(file, edits);
        Ok(())
    }

    /// Gives an input another default.
    fn input(&mut self, name: &str, new: &str) {
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
pub(super) fn check_inputs(mapping: &Mapping, files: &Files, diagnostics: &mut Diagnostics) {
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
            diagnostics.push(diagnostic.at(said::place(mapping, Part::Inputs, name)).help(help));
        }
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

fn nowhere(at: NodeRef<'_>) -> Stuck {
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
