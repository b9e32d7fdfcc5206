//! Types by name, with what they inherit.

use super::schema::Schema;
use crate::yaml::NodeRef;
use rustc_hash::FxHashMap;
use std::fmt;

/// The kinds of types; names are apart for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Artifact,
    Data,
    Capability,
    Interface,
    Relationship,
    Node,
    Group,
    Policy,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Data,
        Self::Artifact,
        Self::Capability,
        Self::Interface,
        Self::Relationship,
        Self::Node,
        Self::Group,
        Self::Policy,
    ];

    /// The section of a template that defines them.
    pub(super) const fn section(self) -> &'static str {
        match self {
            Self::Artifact => "artifact_types",
            Self::Data => "data_types",
            Self::Capability => "capability_types",
            Self::Interface => "interface_types",
            Self::Relationship => "relationship_types",
            Self::Node => "node_types",
            Self::Group => "group_types",
            Self::Policy => "policy_types",
        }
    }

    /// What normative names begin with.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Artifact => "tosca.artifacts.",
            Self::Data => "tosca.datatypes.",
            Self::Capability => "tosca.capabilities.",
            Self::Interface => "tosca.interfaces.",
            Self::Relationship => "tosca.relationships.",
            Self::Node => "tosca.nodes.",
            Self::Group => "tosca.groups.",
            Self::Policy => "tosca.policies.",
        }
    }

    /// The word for it in messages, with its article.
    pub(super) fn with_article(self) -> String {
        let article = if matches!(self, Self::Artifact | Self::Interface) { "an" } else { "a" };
        format!("{article} {self}")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Artifact => "artifact type",
            Self::Data => "data type",
            Self::Capability => "capability type",
            Self::Interface => "interface type",
            Self::Relationship => "relationship type",
            Self::Node => "node type",
            Self::Group => "group type",
            Self::Policy => "policy type",
        })
    }
}

/// A type of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TypeId(u32);

/// A type with all that it inherits.
#[derive(Debug)]
pub(crate) struct TypeDef<'t> {
    pub(crate) name: &'t str,
    /// The name where it is defined.
    pub(crate) at: NodeRef<'t>,
    pub(super) description: Option<&'t str>,
    /// Itself first, then its parents.
    pub(super) ancestors: Vec<TypeId>,
    /// For data types: what a value of it is, if not a map of properties.
    pub(super) base: Option<Schema<'t>>,
    pub(crate) properties: Vec<PropertyDef<'t>>,
    pub(crate) attributes: Vec<PropertyDef<'t>>,
    pub(crate) capabilities: Vec<CapabilityDef<'t>>,
    pub(crate) requirements: Vec<RequirementDef<'t>>,
    /// Node or group types that a policy can target, that a group can have as members.
    pub(crate) targets: Vec<TypeId>,
}

/// A property (or attribute, or input).
#[derive(Debug, Clone)]
pub(crate) struct PropertyDef<'t> {
    pub(crate) name: &'t str,
    pub(crate) at: NodeRef<'t>,
    pub(super) description: Option<&'t str>,
    pub(crate) schema: Schema<'t>,
    pub(crate) required: bool,
    pub(crate) default: Option<NodeRef<'t>>,
}

/// A capability of a node type.
#[derive(Debug, Clone)]
pub(crate) struct CapabilityDef<'t> {
    pub(crate) name: &'t str,
    pub(crate) ty: Option<TypeId>,
    /// Properties as the node type refines them; those of the capability type come after.
    pub(crate) refined: Vec<PropertyDef<'t>>,
}

/// A requirement of a node type.
#[derive(Debug, Clone)]
pub(crate) struct RequirementDef<'t> {
    pub(crate) name: &'t str,
    pub(crate) at: NodeRef<'t>,
    pub(crate) capability: Option<TypeId>,
    pub(crate) node: Option<TypeId>,
    pub(crate) relationship: Option<TypeId>,
    pub(crate) least: u64,
    /// `None`: any number.
    pub(crate) most: Option<u64>,
}

/// The types that a template can use: its own over the built-in ones.
#[derive(Debug)]
pub(crate) struct Library<'t> {
    base: Option<&'static Library<'static>>,
    offset: u32,
    types: Vec<TypeDef<'t>>,
    names: FxHashMap<(Kind, &'t str), TypeId>,
}

impl<'t> Library<'t> {
    pub(super) fn empty() -> Self {
        Self { base: None, offset: 0, types: Vec::new(), names: FxHashMap::default() }
    }

    /// A library over the built-in one.
    pub(super) fn over(base: &'static Library<'static>) -> Self {
        let offset = u32::try_from(base.types.len()).unwrap_or(u32::MAX);
        Self { base: Some(base), offset, types: Vec::new(), names: FxHashMap::default() }
    }

    /// Whether it is the library of built-in types.
    pub(super) fn is_built_in(&self) -> bool {
        self.base.is_none()
    }

    /// The type of a name: full, short (`Compute`) or with the prefix `tosca:`.
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Option<TypeId> {
        self.look_up(kind, name)
            .or_else(|| name.strip_prefix("tosca:").and_then(|short| self.look_up(kind, short)))
    }

    fn look_up(&self, kind: Kind, name: &str) -> Option<TypeId> {
        let own = self.names.get(&(kind, name)).copied();
        own.or_else(|| self.base.and_then(|base| base.names.get(&(kind, name)).copied()))
    }

    /// The type; ids come from [`Library::find`] of the same library.
    pub(crate) fn ty(&self, id: TypeId) -> Option<&TypeDef<'t>> {
        match id.0.checked_sub(self.offset) {
            Some(own) => self.types.get(own as usize),
            None => self.base.and_then(|base| base.ty(id)),
        }
    }

    /// The name of a type.
    pub(crate) fn name(&self, id: TypeId) -> &str {
        self.ty(id).map_or("", |ty| ty.name)
    }

    /// Whether a type is another or derives from it.
    pub(crate) fn derives(&self, id: TypeId, from: TypeId) -> bool {
        id == from || self.ty(id).is_some_and(|ty| ty.ancestors.contains(&from))
    }

    /// The names of all types of a kind.
    pub(crate) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let own = self.names.keys().filter(move |(of, _)| *of == kind).map(|(_, name)| *name);
        let base = self.base.into_iter().flat_map(move |base| {
            base.names.keys().filter(move |(of, _)| *of == kind).map(|(_, name)| *name)
        });
        own.chain(base)
    }

    /// The id that the next type gets.
    pub(super) fn reserve(&mut self, count: usize) -> Vec<TypeId> {
        let first = self.offset as usize + self.types.len();
        (first..first + count).map(|id| TypeId(u32::try_from(id).unwrap_or(u32::MAX))).collect()
    }

    pub(super) fn name_type(&mut self, kind: Kind, name: &'t str, id: TypeId) {
        self.names.insert((kind, name), id);
    }

    pub(super) fn has_own(&self, kind: Kind, name: &str) -> bool {
        self.names.contains_key(&(kind, name))
    }

    pub(super) fn base_has(&self, kind: Kind, name: &str) -> bool {
        self.base.is_some_and(|base| base.find(kind, name).is_some())
    }

    /// Puts types in; they must come in the order of their ids.
    pub(super) fn fill(&mut self, types: impl IntoIterator<Item = TypeDef<'t>>) {
        self.types.extend(types);
    }

    pub(super) fn replace(&mut self, id: TypeId, ty: TypeDef<'t>) {
        if let Some(slot) = id.0.checked_sub(self.offset).and_then(|own| self.types.get_mut(own as usize)) {
            *slot = ty;
        }
    }
}
