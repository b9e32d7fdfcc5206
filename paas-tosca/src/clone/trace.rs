//! Where a value was written: through inputs, properties and the beginnings of joined texts.

use crate::{
    tosca::{Document, Node},
    yaml::{Kind, NodeRef},
};
use paas_core::diagnostic::Place;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Functions that lead to functions. More than this lead nowhere.
const DEEPEST: usize = 32;

/// What a template is looked up in.
pub(super) struct Tracer<'c, 't> {
    pub(super) document: &'c Document<'t>,
    /// The template's root.
    pub(super) root: NodeRef<'t>,
    /// The names of all files that can be changed.
    pub(super) files: BTreeSet<&'c str>,
    /// Values of inputs that come from outside.
    pub(super) given: &'c BTreeMap<String, String>,
    /// Nodes by the name of the node that their template stands for, and by their own.
    named: FxHashMap<(&'t str, &'t str), usize>,
    /// Nodes that templates stand for, by their names in the application.
    outer: FxHashMap<&'t str, usize>,
}

/// A single value that is to become another one.
#[derive(Debug)]
pub(super) struct Change<'t> {
    pub(super) at: NodeRef<'t>,
    pub(super) new: String,
    /// The input whose default it is.
    pub(super) input: Option<&'t str>,
}

/// Why a value cannot be changed.
#[derive(Debug)]
pub(super) struct Stuck {
    pub(super) at: Place,
    pub(super) why: String,
    pub(super) help: String,
}

impl Stuck {
    fn new(at: NodeRef<'_>, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: at.place(), why: why.into(), help: help.into() }
    }
}

impl<'c, 't> Tracer<'c, 't> {
    pub(super) fn new(
        document: &'c Document<'t>,
        root: NodeRef<'t>,
        files: BTreeSet<&'c str>,
        given: &'c BTreeMap<String, String>,
    ) -> Self {
        let nodes = || document.topology.nodes.iter().enumerate();
        let named = nodes().map(|(index, node)| ((node.within, node.own_name()), index)).collect();
        let outer = nodes().filter(|(_, node)| node.is_replaced).map(|(index, node)| (node.name, index));
        Self { document, root, files, given, named, outer: outer.collect() }
    }

    /// What is to be changed so that a value of a node becomes another.
    pub(super) fn change(
        &self,
        at: NodeRef<'t>,
        node: usize,
        old: &str,
        new: &str,
    ) -> Result<Change<'t>, Stuck> {
        self.change_within(at, node, (old, new), DEEPEST)
    }

    fn change_within(
        &self,
        at: NodeRef<'t>,
        node: usize,
        (old, new): (&str, &str),
        deeper: usize,
    ) -> Result<Change<'t>, Stuck> {
        let (found, node, input) = self.find(at, node, deeper)?;
        if let Some((word, argument)) = function(found) {
            let joined = match word {
                "concat" => argument.items().next(),
                "join" => argument.items().next().and_then(|list| list.items().next()),
                _ => None,
            };
            let beginning = joined.filter(|_| deeper > 0).and_then(|first| {
                let text = self.text(first, node, deeper - 1)?;
                let rest = old.strip_prefix(&text)?;
                let new = new.strip_suffix(rest).filter(|new| !new.is_empty())?;
                Some((first, text, new))
            });
            let Some((first, text, new)) = beginning else {
                let why = format!("`{old}` is made by `{word}`, so that it cannot be changed in one place");
                return Err(Stuck::new(
                    at,
                    why,
                    "write the value itself, or map the input that it is made of",
                ));
            };
            return self.change_within(first, node, (&text, new), deeper - 1);
        }
        self.editable(found)?;
        if found.text() != Some(old) {
            let why = format!("it cannot be seen where `{old}` is written");
            return Err(Stuck::new(at, why, "write the value itself here"));
        }
        Ok(Change { at: found, new: new.to_owned(), input })
    }

    /// Whether a value stands in a file of the template's own.
    pub(super) fn editable(&self, at: NodeRef<'t>) -> Result<(), Stuck> {
        let file = at.place().file;
        if self.files.contains(&*file) && !file.contains("://") {
            return Ok(());
        }
        let why = format!("this is written in `{file}`, which is not the template's own");
        Err(Stuck::new(at, why, "write the value in the template itself"))
    }

    /// The text that a value stands for, if it is written somewhere.
    fn text(&self, at: NodeRef<'t>, node: usize, deeper: usize) -> Option<String> {
        let (found, ..) = self.find(at, node, deeper).ok()?;
        found.text().map(str::to_owned)
    }

    /// What is written where inputs and properties lead to, the node whose it is, and the input.
    fn find(
        &self,
        at: NodeRef<'t>,
        node: usize,
        deeper: usize,
    ) -> Result<(NodeRef<'t>, usize, Option<&'t str>), Stuck> {
        let Some((word, argument)) = function(at) else { return Ok((at, node, None)) };
        if deeper == 0 {
            return Err(Stuck::new(at, "the value leads through too many functions", "write it here"));
        }
        match word {
            "get_input" => {
                let (value, node, input) = self.input(at, argument, node)?;
                let (found, node, inner) = self.find(value, node, deeper - 1)?;
                Ok((found, node, inner.or(input)))
            }
            "get_property" => {
                let Some((index, _, value)) = self.property(argument, node) else {
                    let why = "it cannot be seen which property this is";
                    return Err(Stuck::new(at, why, "write the value itself here"));
                };
                self.find(value, index, deeper - 1)
            }
            _ => Ok((at, node, None)),
        }
    }

    /// Where the value of an input is written, and in which node's template.
    fn input(
        &self,
        at: NodeRef<'t>,
        argument: NodeRef<'t>,
        node: usize,
    ) -> Result<(NodeRef<'t>, usize, Option<&'t str>), Stuck> {
        let mut path = argument.items();
        let name = if argument.kind() == Kind::Scalar { Some(argument) } else { path.next() };
        let name = name.and_then(NodeRef::text).unwrap_or_default();
        let own = self.document.topology.nodes.get(node);
        let outer = own.filter(|own| !own.within.is_empty()).and_then(|own| self.outer(own.within));
        if let Some((index, value)) = outer.and_then(|(index, outer)| Some((index, outer.property(name)?.at)))
        {
            // The property of the node that the template stands for.
            return follow(value, path).map(|found| (found, index, None)).ok_or_else(|| {
                Stuck::new(at, "it cannot be seen where this is written", "write the value itself here")
            });
        }
        let is_nested = outer.is_some();
        if !is_nested && self.given.contains_key(name) {
            let why = format!("the value of the input `{name}` is given from outside");
            return Err(Stuck::new(at, why, format!("give `{name}` the value that it shall have")));
        }
        let root = own.filter(|_| is_nested).map_or(self.root, |own| own.at.root());
        let written = definition(root, name).and_then(written).and_then(|(_, value)| follow(value, path));
        let Some(value) = written else {
            let why = format!("the input `{name}` has no default that could be changed");
            return Err(Stuck::new(at, why, format!("map the input: `inputs: {{ {name}: … }}`")));
        };
        Ok((value, node, definition(self.root, name).and(argument_name(argument)).filter(|_| !is_nested)))
    }

    /// The property that a function asks for: its node, its name, and the value at the path behind it.
    pub(super) fn property(
        &self,
        argument: NodeRef<'t>,
        node: usize,
    ) -> Option<(usize, &'t str, NodeRef<'t>)> {
        let nodes = &self.document.topology.nodes;
        let mut path = argument.items();
        let own = nodes.get(node)?;
        let (mut index, mut asked) = match path.next()?.text()? {
            "SELF" => (node, own),
            name => self.named(own.within, name)?,
        };
        let mut name = path.next()?.text()?;
        // A requirement leads to its target.
        if asked.property(name).is_none()
            && let Some(link) = asked.requirements.iter().find(|link| link.name == name)
        {
            (index, asked) = (link.target, nodes.get(link.target)?);
            name = path.next()?.text()?;
        }
        Some((index, name, follow(asked.property(name)?.at, path)?))
    }

    /// A node by the name that it has in its own template.
    fn named(&self, within: &str, name: &str) -> Option<(usize, &Node<'t>)> {
        let index = *self.named.get(&(within, name))?;
        Some((index, self.document.topology.nodes.get(index)?))
    }

    /// The node that a template stands for.
    fn outer(&self, name: &str) -> Option<(usize, &Node<'t>)> {
        let index = *self.outer.get(name)?;
        Some((index, self.document.topology.nodes.get(index)?))
    }
}

/// The definition of an input.
pub(super) fn definition<'t>(root: NodeRef<'t>, name: &str) -> Option<NodeRef<'t>> {
    root.get("topology_template")?.get("inputs")?.get(name)
}

/// The key and the value that give an input its value.
pub(super) fn written(definition: NodeRef<'_>) -> Option<(NodeRef<'_>, NodeRef<'_>)> {
    definition.entry("value").or_else(|| definition.entry("default"))
}

fn argument_name(argument: NodeRef<'_>) -> Option<&str> {
    argument.text().or_else(|| argument.items().next().and_then(NodeRef::text))
}

/// The function that a value is, and what it takes.
pub(super) fn function(node: NodeRef<'_>) -> Option<(&str, NodeRef<'_>)> {
    const WORDS: [&str; 6] = ["get_input", "get_property", "concat", "join", "token", "get_attribute"];
    let (key, argument) = node.only_entry()?;
    let word = key.text()?;
    WORDS.contains(&word).then_some((word, argument))
}

/// What stands at a path in a value.
fn follow<'t>(value: NodeRef<'t>, path: impl Iterator<Item = NodeRef<'t>>) -> Option<NodeRef<'t>> {
    let mut value = value;
    for step in path {
        let step = step.text()?;
        value = match value.kind() {
            Kind::Mapping => value.get(step)?,
            Kind::Sequence => value.items().nth(step.parse().ok()?)?,
            Kind::Scalar => return None,
        };
    }
    Some(value)
}
