//! Types by name, with what they inherit.

use super::{
    builtin::{NON_NORMATIVE, PROFILE},
    constraint::Constraint,
    report::Report,
    schema::{Schema, Type},
    scopes::Scopes,
};
use crate::yaml::{FileId, NodeRef};
use rustc_hash::FxHashMap;
use std::{collections::hash_map::Entry, fmt, sync::Arc};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Of data types with properties: what their values must obey as maps.
    pub(super) constraints: Vec<Constraint<'t>>,
    pub(crate) properties: Vec<PropertyDef<'t>>,
    pub(crate) attributes: Vec<PropertyDef<'t>>,
    pub(crate) capabilities: Vec<CapabilityDef<'t>>,
    pub(crate) requirements: Vec<RequirementDef<'t>>,
    /// Node or group types that a policy can target, that a group can have as members; types of capabilities that a
    /// relationship leads to; types of nodes that a capability is for.
    pub(crate) targets: Vec<TypeId>,
    pub(super) interfaces: Vec<Arc<InterfaceDef<'t>>>,
    pub(super) artifacts: Vec<ArtifactDef<'t>>,
    /// Of an interface type.
    pub(super) operations: Vec<OperationDef<'t>>,
    /// Whether all that it derives from is known; if not, nobody knows what it has.
    pub(super) whole: bool,
}

/// An interface of a node, relationship or group type.
#[derive(Debug, Clone)]
pub(super) struct InterfaceDef<'t> {
    pub(super) name: &'t str,
    pub(super) ty: Option<TypeId>,
    pub(super) inputs: Vec<PropertyDef<'t>>,
    /// Those of its type, and its own.
    pub(super) operations: Vec<OperationDef<'t>>,
}

/// An operation or notification of an interface.
#[derive(Debug, Clone)]
pub(super) struct OperationDef<'t> {
    pub(super) name: &'t str,
    pub(super) inputs: Vec<PropertyDef<'t>>,
}

/// An artifact of a node type.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArtifactDef<'t> {
    pub(super) name: &'t str,
}

impl TypeDef<'_> {
    /// Whether nobody can define a type of this name again, if it is built in.
    pub(super) fn is_reserved(&self) -> bool {
        *self.at.place().file != *NON_NORMATIVE
    }
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
    pub(crate) at: NodeRef<'t>,
    /// Properties as the node type refines them; those of the capability type come after.
    pub(crate) refined: Vec<PropertyDef<'t>>,
    /// Attributes that the node type adds.
    pub(super) attributes: Vec<PropertyDef<'t>>,
    /// Types of nodes that may use it; none: all.
    pub(super) sources: Vec<TypeId>,
    /// How often it may be used; `None`: any number.
    pub(super) most: Option<u64>,
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
    /// What the definition itself asks of nodes.
    pub(super) filter: Option<NodeRef<'t>>,
}

/// The types that a template can use: its own and those of imported files over the built-in ones.
#[derive(Debug)]
pub(crate) struct Library<'t> {
    base: Option<&'static Library<'static>>,
    offset: u32,
    types: Vec<TypeDef<'t>>,
    names: FxHashMap<(Kind, &'t str), Definitions>,
    scopes: Scopes,
}

/// What a name stands for, by the file that defines it.
#[derive(Debug)]
struct Definitions {
    first: (FileId, TypeId),
    /// Nearly always none.
    others: Vec<(FileId, TypeId)>,
}

impl Definitions {
    fn all(&self) -> impl Iterator<Item = (FileId, TypeId)> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }
}

impl<'t> Library<'t> {
    pub(super) fn empty() -> Self {
        let scopes = Scopes::default();
        Self { base: None, offset: 0, types: Vec::new(), names: FxHashMap::default(), scopes }
    }

    /// A library over the built-in one.
    pub(super) fn over(base: &'static Library<'static>, scopes: Scopes) -> Self {
        let offset = u32::try_from(base.types.len()).unwrap_or(u32::MAX);
        Self { base: Some(base), offset, types: Vec::new(), names: FxHashMap::default(), scopes }
    }

    /// Whether it is the library of built-in types.
    pub(super) fn is_built_in(&self) -> bool {
        self.base.is_none()
    }

    /// The type that a node names, as its file sees it: full, short (`Compute`), with the prefix `tosca:` or with that
    /// of an import.
    pub(crate) fn named(&self, kind: Kind, node: NodeRef<'_>) -> Option<TypeId> {
        self.find_in(node.file(), kind, node.text()?)
    }

    /// The type of a name as the template itself sees it.
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Option<TypeId> {
        let file = if self.is_built_in() { FileId::BUILT_IN } else { FileId::TEMPLATE };
        self.find_in(file, kind, name)
    }

    fn find_in(&self, file: FileId, kind: Kind, name: &str) -> Option<TypeId> {
        self.look_up(file, kind, name).or_else(|| {
            let (prefix, short) = name.split_once(':')?;
            let prefixed = self.scopes.behind(file, name).and_then(|behind| {
                behind.files().find_map(|file| self.look_up_own(file, kind, behind.name)).or_else(|| {
                    let profile = self.base.filter(|_| behind.profile)?;
                    let found = profile.look_up(FileId::BUILT_IN, kind, behind.name)?;
                    profile.ty(found).filter(|ty| *ty.at.place().file == *PROFILE).map(|_| found)
                })
            });
            prefixed.or_else(|| (prefix == "tosca").then(|| self.look_up(file, kind, short))?)
        })
    }

    fn look_up(&self, file: FileId, kind: Kind, name: &str) -> Option<TypeId> {
        let own = self.look_up_own(file, kind, name);
        own.or_else(|| self.base.and_then(|base| base.look_up_own(FileId::BUILT_IN, kind, name)))
    }

    /// A name that a file, or what it imports, defines.
    fn look_up_own(&self, file: FileId, kind: Kind, name: &str) -> Option<TypeId> {
        let found = self.names.get(&(kind, name))?;
        let own = found.all().find(|(of, _)| *of == file);
        own.or_else(|| found.all().find(|(of, _)| self.scopes.sees(file, *of))).map(|(_, id)| id)
    }

    /// Whether what a node names may be in a file that could not be imported, which is diagnosed there.
    pub(crate) fn may_lack(&self, node: NodeRef<'_>) -> bool {
        self.scopes.lacks(node.file(), node.text().unwrap_or_default())
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

    /// Whether values of a type, which are not known, can stand where another is wanted.
    pub(super) fn fits(&self, found: &Type<'t>, wanted: &Type<'t>) -> bool {
        match (found, wanted) {
            (Type::Any, _) | (_, Type::Any) => true,
            (Type::Data(one), Type::Data(other)) => self.derives(*one, *other) || self.derives(*other, *one),
            (Type::Data(id), other) | (other, Type::Data(id)) => {
                let base = self.ty(*id).and_then(|ty| ty.base.as_ref());
                base.map_or(matches!(other, Type::Map(..)), |base| self.fits(&base.ty, other))
            }
            (Type::List(one), Type::List(other)) | (Type::Map(one, _), Type::Map(other, _)) => {
                self.fits(&one.ty, &other.ty)
            }
            // A text may turn out to be what its place asks for, and all single values can be a text.
            (Type::String, other) | (other, Type::String) => other.is_text(),
            (Type::Integer, Type::Float) => true,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }

    /// Whether a type is of the profile, or derives from one that is.
    pub(super) fn is_of_profile(&self, id: TypeId) -> bool {
        let is_of_profile = |&id: &TypeId| self.name(id).starts_with("paas.") && self.is_base(id);
        self.ty(id).is_some_and(|ty| ty.ancestors.iter().any(is_of_profile))
    }

    fn is_base(&self, id: TypeId) -> bool {
        id.0 < self.offset
    }

    /// The names of all types of a kind that are defined anywhere.
    pub(crate) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let own = self.names.keys().filter(move |(of, _)| *of == kind).map(|(_, name)| *name);
        let base = self.base.into_iter().flat_map(move |base| {
            base.names.keys().filter(move |(of, _)| *of == kind).map(|(_, name)| *name)
        });
        own.chain(base)
    }

    /// The names of all types of a kind that a node could name without a prefix.
    pub(super) fn names_seen(&self, kind: Kind, node: NodeRef<'_>) -> impl Iterator<Item = &str> {
        self.names(kind).filter(move |name| {
            let own = self.names.get(&(kind, *name));
            own.is_none_or(|found| found.all().any(|(of, _)| self.scopes.sees(node.file(), of)))
        })
    }

    /// "did you mean" for a name that is none of some kinds.
    pub(super) fn suggest(&self, kinds: &[Kind], node: NodeRef<'_>, report: &Report) -> Option<String> {
        let text = node.text()?;
        // Names that are not seen cost little, but something.
        const NAMES_FOR_ONE: usize = 16;
        if !report.afford(self.names.len() / NAMES_FOR_ONE) {
            return None;
        }
        let prefixed: Vec<_> = kinds.iter().flat_map(|&kind| self.prefixed(kind, node)).collect();
        // What is there, but behind a prefix, is surely meant.
        let behind = |name: &&String| name.split_once(':').is_some_and(|(_, name)| name == text);
        if let Some(name) = prefixed.iter().find(behind) {
            return Some(format!("did you mean `{name}`?"));
        }
        let seen = kinds.iter().flat_map(|&kind| self.names_seen(kind, node));
        report.suggest(text, prefixed.iter().map(String::as_str).chain(seen))
    }

    /// Names as they are seen behind prefixes, not too many.
    fn prefixed(&self, kind: Kind, node: NodeRef<'_>) -> Vec<String> {
        const MOST: usize = 200;
        let prefixes = self.scopes.prefixes(node.file());
        let names = prefixes.flat_map(|(prefix, file)| {
            let of_kind = self.names.iter().filter(move |((of, _), _)| *of == kind);
            let seen =
                of_kind.filter(move |(_, found)| found.all().any(|(of, _)| self.scopes.sees(file, of)));
            seen.map(move |((_, name), _)| format!("{prefix}:{name}"))
        });
        names.take(MOST).collect()
    }

    /// Names that are given by several files.
    pub(super) fn ambiguous(&self) -> impl Iterator<Item = (&'t str, Vec<(FileId, TypeId)>)> {
        let several = self.names.iter().filter(|(_, found)| !found.others.is_empty());
        several.map(|((_, name), found)| (*name, found.all().collect()))
    }

    pub(super) fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// The id that the next type gets.
    pub(super) fn reserve(&mut self, count: usize) -> Vec<TypeId> {
        let first = self.offset as usize + self.types.len();
        (first..first + count).map(|id| TypeId(u32::try_from(id).unwrap_or(u32::MAX))).collect()
    }

    pub(super) fn name_type(&mut self, file: FileId, kind: Kind, name: &'t str, id: TypeId) {
        match self.names.entry((kind, name)) {
            Entry::Occupied(mut found) => {
                let Definitions { first, others } = found.get_mut();
                match std::iter::once(first).chain(&mut *others).find(|(of, _)| *of == file) {
                    Some(same) => same.1 = id,
                    None => others.push((file, id)),
                }
            }
            Entry::Vacant(place) => _ = place.insert(Definitions { first: (file, id), others: Vec::new() }),
        }
    }

    /// Whether a file itself defines the name.
    pub(super) fn has_own(&self, file: FileId, kind: Kind, name: &str) -> bool {
        self.names.get(&(kind, name)).is_some_and(|found| found.all().any(|(of, _)| of == file))
    }

    /// Whether a name is that of a built-in type which nobody can define again.
    pub(super) fn base_reserves(&self, kind: Kind, name: &str) -> bool {
        let found = self.base.and_then(|base| base.ty(base.find(kind, name)?));
        found.is_some_and(TypeDef::is_reserved)
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
