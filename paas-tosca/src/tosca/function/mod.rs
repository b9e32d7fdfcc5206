//! Functions in values (TOSCA 1.3, chapter 4).
//!
//! What depends on the template alone has its value at once. What only shows when the application runs is checked as
//! far as it can be, and becomes a [`Data::Deferred`] of a known type.

mod artifact;
mod entity;
mod input;
mod lookup;
mod names;
mod path;
mod property;
mod runtime;
mod text;

use super::{
    convert::Reader,
    deferred::{Attribute, Deferred, Entity, Piece},
    inputs::Inputs,
    library::{Library, TypeId},
    relationships::Relationships,
    report::Report,
    requirement::Choices,
    schema::Type,
    substitution::Template,
    topology::Declared,
    value::{Data, Value},
    versions,
};
use crate::yaml::{self, NodeRef};
use names::Names;
use paas_core::diagnostic::Code;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    cell::{Cell, OnceCell, RefCell},
    sync::Arc,
};

pub(super) use property::{property_of, value_in};
pub(super) use text::holds_text;

/// All functions that TOSCA 1.x has.
pub(super) const FUNCTIONS: [&str; 9] = [
    "get_input",
    "get_property",
    "concat",
    "get_attribute",
    "get_operation_output",
    "get_nodes_of_type",
    "get_artifact",
    "token",
    "join",
];

/// Where a function stands: what `SELF`, `SOURCE` and `TARGET` mean there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scope<'t> {
    pub(super) this: Option<usize>,
    pub(super) relation: Option<Relation<'t>>,
    pub(super) source: Option<usize>,
    pub(super) target: Option<usize>,
    /// Whether it is a relationship between nodes that are not known.
    pub(super) loose: bool,
    /// Whether it is an output, which shows what is there.
    pub(super) output: bool,
}

impl Scope<'_> {
    /// Inside a node template.
    pub(super) fn of_node(index: usize) -> Self {
        Self { this: Some(index), ..Self::default() }
    }
}

/// A relationship that functions can ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relation<'t> {
    pub(super) owner: Owner<'t>,
    pub(super) ty: TypeId,
    /// The properties that are given.
    pub(super) given: Option<NodeRef<'t>>,
    /// The name of it, for messages.
    pub(super) name: &'t str,
}

/// Whose a property is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Owner<'t> {
    Node(usize),
    /// One use of a relationship.
    Link(usize),
    /// A relationship template, whoever uses it.
    Template(&'t str),
}

/// A property of something, or of a capability of it.
type Key<'t> = (Owner<'t>, Option<&'t str>, &'t str);

/// What functions can ask.
pub(crate) struct Evaluation<'c, 't> {
    pub(super) library: &'c Library<'t>,
    pub(super) report: &'c Report,
    pub(super) inputs: &'c Inputs<'t>,
    pub(super) nodes: &'c [Declared<'t>],
    pub(super) index: &'c FxHashMap<&'t str, usize>,
    pub(super) relationships: OnceCell<Relationships<'t>>,
    pub(super) choices: Choices,
    pub(super) repositories: Option<NodeRef<'t>>,
    /// The same by their names, of which very many may be asked for.
    repositories_by_name: OnceCell<FxHashMap<&'t str, NodeRef<'t>>>,
    /// The index of its first node in the whole application.
    pub(super) base: usize,
    /// Templates that stand for nodes, by the nodes' indices.
    pub(super) substitutes: FxHashMap<usize, Template<'t>>,
    /// Requirements of its nodes that are met by those of the node that it stands for.
    pub(super) mapped: FxHashSet<(usize, &'t str)>,
    is_open: Cell<bool>,
    known: RefCell<FxHashMap<Key<'t>, Value<'t>>>,
    asking: RefCell<Vec<(Key<'t>, NodeRef<'t>)>>,
    names: Names<'t>,
    links: Cell<usize>,
    has_deferred: Cell<bool>,
}

impl<'c, 't> Evaluation<'c, 't> {
    pub(super) fn new(
        library: &'c Library<'t>,
        report: &'c Report,
        inputs: &'c Inputs<'t>,
        nodes: &'c [Declared<'t>],
        index: &'c FxHashMap<&'t str, usize>,
    ) -> Self {
        Self {
            library,
            report,
            inputs,
            nodes,
            index,
            relationships: OnceCell::new(),
            choices: Choices::default(),
            repositories: None,
            repositories_by_name: OnceCell::new(),
            base: 0,
            substitutes: FxHashMap::default(),
            mapped: FxHashSet::default(),
            is_open: Cell::new(false),
            known: RefCell::default(),
            asking: RefCell::default(),
            names: Names::default(),
            links: Cell::new(0),
            has_deferred: Cell::new(false),
        }
    }

    /// A number of its own for one use of a relationship.
    pub(super) fn next_link(&self) -> Owner<'t> {
        self.links.set(self.links.get() + 1);
        Owner::Link(self.links.get())
    }

    /// A repository that the file of the topology defines.
    pub(super) fn repository(&self, name: &str) -> Option<NodeRef<'t>> {
        let by_name = self.repositories_by_name.get_or_init(|| {
            let all = self.repositories.into_iter().flat_map(NodeRef::entries);
            all.filter_map(|(key, node)| Some((key.text()?, node))).collect()
        });
        by_name.get(name).copied()
    }

    /// Whether a requirement that is not given is met by one of the node that the topology stands for.
    pub(super) fn is_mapped(&self, node: usize, requirement: &'t str) -> bool {
        let is_mapped = self.mapped.contains(&(node, requirement));
        self.is_open.set(self.is_open.get() || is_mapped);
        is_mapped
    }

    /// Whether a requirement waits for one of a node that the topology stands for.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// A node of the topology, for values that are known only when the application runs.
    fn entity(&self, node: usize, name: &'t str) -> Entity<'t> {
        Entity::Node(self.base + node, name)
    }

    /// Whether anything asked for what is known only when the application runs.
    pub(super) fn has_deferred(&self) -> bool {
        self.has_deferred.get()
    }

    fn defer(&self, ty: Type<'t>, piece: Piece<'t>) -> Data<'t> {
        self.deferred(Deferred::of(ty, piece))
    }

    fn deferred(&self, deferred: Deferred<'t>) -> Data<'t> {
        self.has_deferred.set(true);
        Data::Deferred(Arc::new(deferred))
    }
}

/// The function that a map of one entry is, if it is one.
pub(super) fn detect(node: NodeRef<'_>) -> Option<(NodeRef<'_>, NodeRef<'_>)> {
    if node.kind() != yaml::Kind::Mapping {
        return None;
    }
    let (key, argument) = node.only_entry()?;
    FUNCTIONS.contains(&key.text()?).then_some((key, argument))
}

/// Whether what the function takes is always a list.
pub(super) fn takes_list(function: &str) -> bool {
    matches!(function, "concat" | "token" | "join")
}

/// Whether what the function gives is always a text.
pub(super) fn makes_text(function: &str) -> bool {
    takes_list(function)
}

/// Whether a value is a function or holds one.
pub(super) fn is_within(node: NodeRef<'_>) -> bool {
    detect(node).is_some() || node.items().any(is_within) || node.entries().any(|(_, value)| is_within(value))
}

/// The value of a function; its place is where the function stands.
pub(super) fn evaluate<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    function: NodeRef<'t>,
    argument: NodeRef<'t>,
    at: NodeRef<'t>,
) -> Value<'t> {
    let scope = reader.scope;
    versions::check(function, versions::of_function(function.text().unwrap_or_default()), evaluation.report);
    let data = match function.text() {
        Some("get_input") => input::get_input(evaluation, argument),
        Some("get_property") => lookup::look_up(evaluation, scope, argument, "get_property"),
        Some("get_attribute") => lookup::look_up(evaluation, scope, argument, "get_attribute"),
        Some("concat") => text::concat(evaluation, reader, argument),
        Some("join") => text::join(evaluation, reader, argument),
        Some("token") => text::token(evaluation, reader, argument),
        Some("get_artifact") => artifact::get_artifact(evaluation, scope, argument),
        Some("get_operation_output") => runtime::get_operation_output(evaluation, scope, argument),
        Some("get_nodes_of_type") => runtime::get_nodes_of_type(evaluation, argument),
        _ => None,
    };
    Value::new(at, data.unwrap_or(Data::Invalid))
}

fn deferred_attribute<'t>(
    evaluation: &Evaluation<'_, 't>,
    ty: Type<'t>,
    entity: Entity<'t>,
    capability: Option<&'t str>,
    name: &'t str,
    path: Vec<&'t str>,
) -> Data<'t> {
    evaluation.defer(ty, Piece::Attribute(Attribute { entity, capability, name, path }))
}

fn wrong_arguments(evaluation: &Evaluation<'_, '_>, at: NodeRef<'_>, function: &str, takes: &str) {
    evaluation.report.at(Code::FunctionArguments, at, format!("`{function}` takes {takes}"));
}
