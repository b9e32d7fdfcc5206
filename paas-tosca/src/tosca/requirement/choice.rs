//! Which node meets a requirement that names none: the only one that fits.

use super::{filter, source_is_wanted, target_name};
use crate::{
    tosca::{
        function::Evaluation,
        library::{CapabilityDef, Kind, RequirementDef, TypeDef, TypeId},
        topology::Declared,
    },
    yaml::{self, NodeRef},
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// The choices that were made, by where the requirements stand.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    made: RefCell<FxHashMap<(usize, u32), Candidates>>,
    /// How often each capability that has a limit is used.
    pub(super) uses: RefCell<FxHashMap<(usize, String), u64>>,
}

/// The node that an assignment leads to, if there is just one; why there is none is diagnosed at the requirement.
pub(crate) fn target<'t>(
    evaluation: &Evaluation<'_, 't>,
    source: usize,
    definition: &RequirementDef<'t>,
    assignment: NodeRef<'t>,
) -> Option<usize> {
    let named = target_name(assignment).filter(|name| !name.is_null());
    if let Some(&found) = named.and_then(NodeRef::text).and_then(|name| evaluation.index.get(name)) {
        return Some(found);
    }
    match candidates(evaluation, source, definition, assignment)?.as_slice() {
        &[only] => Some(only),
        _ => None,
    }
}

/// Nodes that fit; `None`: it is not known which, and that is diagnosed elsewhere.
pub(super) type Candidates = Option<Vec<usize>>;

/// More than so many candidates help nobody to choose.
pub(super) const MOST_CANDIDATES: usize = 5;

/// The nodes that fit an assignment, or the first of them.
pub(super) fn candidates<'t>(
    evaluation: &Evaluation<'_, 't>,
    source: usize,
    definition: &RequirementDef<'t>,
    assignment: NodeRef<'t>,
) -> Candidates {
    let key = assignment.key();
    if let Some(made) = evaluation.choices.made.borrow().get(&key) {
        return made.clone();
    }
    // Whoever asks for the choice while it is made gets none.
    evaluation.choices.made.borrow_mut().insert(key, None);
    let wanted = Wanted::of(evaluation, source, definition, assignment);
    // Filters are read again for each node.
    let cost = 4 + 32 * wanted.filters.len();
    let mut found = Vec::new();
    for (index, declared) in evaluation.nodes.iter().enumerate() {
        if !evaluation.report.spend(assignment, cost) {
            return None;
        }
        if index != source && wanted.fits(evaluation, index, declared) {
            found.push(index);
        }
        if found.len() > MOST_CANDIDATES {
            break;
        }
    }
    evaluation.choices.made.borrow_mut().insert(key, Some(found.clone()));
    Some(found)
}

/// What a node must be to meet a requirement.
struct Wanted<'a, 't> {
    source: Option<TypeId>,
    nodes: [Option<TypeId>; 2],
    definition: &'a RequirementDef<'t>,
    /// The name, or the type, of the capability.
    capability: Option<NodeRef<'t>>,
    relationship: Option<TypeId>,
    filters: Vec<NodeRef<'t>>,
}

impl<'a, 't> Wanted<'a, 't> {
    fn of(
        evaluation: &Evaluation<'_, 't>,
        source: usize,
        definition: &'a RequirementDef<'t>,
        assignment: NodeRef<'t>,
    ) -> Self {
        let library = evaluation.library;
        let node = target_name(assignment).and_then(|name| library.named(Kind::Node, name));
        let is_map = assignment.kind() == yaml::Kind::Mapping;
        let part =
            |word| is_map.then(|| assignment.get(word)).flatten().filter(|it: &NodeRef<'_>| !it.is_null());
        let relationship = part("relationship").and_then(|node| node.get("type").or(Some(node)));
        let relationship = relationship.and_then(|name| {
            let template = evaluation.relationships.get().and_then(|all| all.find(name.text()?));
            template.map_or_else(|| library.named(Kind::Relationship, name), |template| template.ty)
        });
        Self {
            source: evaluation.nodes.get(source).and_then(|declared| declared.ty),
            nodes: [node, definition.node],
            definition,
            capability: part("capability"),
            relationship: relationship.or(definition.relationship),
            filters: part("node_filter").into_iter().chain(definition.filter).collect(),
        }
    }

    fn fits(&self, evaluation: &Evaluation<'_, 't>, index: usize, declared: &Declared<'t>) -> bool {
        let library = evaluation.library;
        let Some((id, ty)) = declared.ty.and_then(|id| Some((id, library.ty(id)?))) else { return false };
        self.nodes.into_iter().flatten().all(|wanted| library.derives(id, wanted))
            && self.capability_fits(evaluation, ty)
            && self.filters.iter().all(|filter| filter::matches(evaluation, *filter, index, ty))
    }

    fn capability_fits(&self, evaluation: &Evaluation<'_, 't>, ty: &TypeDef<'t>) -> bool {
        let library = evaluation.library;
        let is_free = self.capability.is_none() && self.definition.capability.is_none();
        let ends = self.relationship.and_then(|id| library.ty(id)).map_or(&[][..], |ty| &ty.targets);
        let fits = |offered: &CapabilityDef<'t>| {
            let derives = |wanted: TypeId| offered.ty.is_some_and(|ty| library.derives(ty, wanted));
            let named = self.capability.is_none_or(|name| {
                name.text().is_none_or(|text| offered.name == text)
                    || library.named(Kind::Capability, name).is_some_and(derives)
            });
            named
                && self.definition.capability.is_none_or(derives)
                && (ends.is_empty() || ends.iter().any(|&end| derives(end)))
                && source_is_wanted(library, offered, self.source)
        };
        is_free || ty.capabilities.iter().any(fits)
    }
}

/// The capabilities of a type that an assignment can mean.
pub(crate) fn meeting<'e, 'c, 't>(
    evaluation: &'e Evaluation<'_, 't>,
    definition: &'e RequirementDef<'t>,
    assignment: NodeRef<'t>,
    ty: &'c TypeDef<'t>,
) -> impl Iterator<Item = &'c CapabilityDef<'t>> {
    let named = assignment.get("capability");
    let by_type = named.and_then(|name| evaluation.library.named(Kind::Capability, name));
    let named = named.and_then(NodeRef::text);
    ty.capabilities.iter().filter(move |capability| match (named, by_type) {
        (Some(named), None) => capability.name == named,
        (_, wanted) => {
            capability.name == definition.name
                || (capability.ty.zip(wanted.or(definition.capability)))
                    .is_some_and(|(offered, asked)| evaluation.library.derives(offered, asked))
        }
    })
}
