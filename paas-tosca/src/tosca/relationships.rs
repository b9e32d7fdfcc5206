//! Relationship templates.

use super::{
    attributes, copies,
    function::{Evaluation, Owner, Relation, Scope},
    interfaces, keywords,
    library::{Kind, TypeId},
    nodes::{find_type, is_map, read_properties},
    value::Value,
};
use crate::yaml::{self, NodeRef};
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// Relationship templates by name.
#[derive(Debug, Default)]
pub(super) struct Relationships<'t> {
    all: FxHashMap<&'t str, RelationshipTemplate<'t>>,
    /// Whether they are of a shape in which they cannot be found.
    lost: bool,
}

#[derive(Debug)]
pub(super) struct RelationshipTemplate<'t> {
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    pub(super) ty: Option<TypeId>,
    used: Cell<bool>,
}

impl<'t> Relationships<'t> {
    /// Those that no requirement used.
    pub(super) fn unused(&self) -> impl Iterator<Item = &RelationshipTemplate<'t>> {
        self.all.values().filter(|template| !template.used.get())
    }

    pub(super) fn find(&self, name: &str) -> Option<&RelationshipTemplate<'t>> {
        self.all.get(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.all.keys().copied()
    }

    /// Whether one that is not found does not exist.
    pub(super) fn are_readable(&self) -> bool {
        !self.lost
    }
}

impl<'t> RelationshipTemplate<'t> {
    pub(super) fn name_text(&self) -> &'t str {
        self.name.text().unwrap_or_default()
    }

    /// The properties that it gives.
    pub(super) fn properties(&self) -> Option<NodeRef<'t>> {
        self.node.get("properties").filter(|given| !given.is_null())
    }

    /// Its properties, for one use of it.
    pub(super) fn read(
        &self,
        evaluation: &Evaluation<'_, 't>,
        scope: Scope<'t>,
    ) -> Vec<(NodeRef<'t>, Value<'t>)> {
        self.used.set(true);
        let Some(id) = self.ty else { return Vec::new() };
        let Some(ty) = evaluation.library.ty(id) else { return Vec::new() };
        let owner = if scope.loose { Owner::Template(self.name_text()) } else { evaluation.next_link() };
        let relation = Relation { owner, ty: id, given: self.properties(), name: self.name_text() };
        let scope = Scope { relation: Some(relation), ..scope };
        attributes::check(evaluation, scope, self.node, &ty.attributes, ty);
        interfaces::check(evaluation, scope, self.node, ty, "relationship template", false);
        read_properties(evaluation, scope, self.name, self.node.get("properties"), ty)
    }
}

/// Reads the relationship templates of a topology.
pub(super) fn read<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Relationships<'t> {
    let report = evaluation.report;
    let Some(templates) = node.get("relationship_templates") else { return Relationships::default() };
    if !report.expect(templates, yaml::Kind::Mapping, "`relationship_templates`") {
        return Relationships { lost: !templates.is_null(), ..Relationships::default() };
    }
    let mut all = FxHashMap::default();
    for (name, node) in templates.entries() {
        let text = name.text().unwrap_or_default();
        if !is_map(node, &format!("the relationship template `{text}`"), report) {
            all.insert(text, RelationshipTemplate { name, node, ty: None, used: Cell::new(false) });
            continue;
        }
        keywords::check(node, keywords::RELATIONSHIP, "a relationship template", report);
        let kind = Kind::Relationship;
        let find = || find_type(node, name, "relationship template", kind, evaluation.library, report);
        // It has the type of what it copies; what cannot be copied is diagnosed.
        let is_copy = node.entry("copy").is_some() && node.get("type").is_none();
        let ty = if is_copy { None } else { find() };
        all.insert(text, RelationshipTemplate { name, node, ty, used: Cell::new(false) });
    }
    let find = |name: &str| all.get(name).map(|template: &RelationshipTemplate<'t>| template.node);
    for template in all.values() {
        let names = all.keys().copied();
        copies::check(template.node, template.name, "relationship template", names, find, report);
    }
    Relationships { all, lost: false }
}
