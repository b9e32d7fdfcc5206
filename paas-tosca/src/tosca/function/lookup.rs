//! `get_property` and `get_attribute`: a value of a node, of a capability, of what a requirement leads to, or of a
//! relationship.

use super::{
    Evaluation, Owner, Relation, Scope, deferred_attribute as deferred,
    entity::{self, Meant},
    path::{follow, follow_type},
    property::{Asked, given, value_of},
    wrong_arguments,
};
use crate::{
    tosca::{
        deferred::Entity,
        library::{CapabilityDef, PropertyDef, RequirementDef, TypeDef},
        requirement,
        schema::Type,
        topology::Declared,
        value::{Data, Value},
    },
    yaml::{Items, NodeRef},
};
use paas_core::diagnostic::Code;

/// Attributes that everything has, whatever its type says.
const IMPLICIT: [&str; 3] = ["tosca_id", "tosca_name", "state"];

/// The value that `get_property` or `get_attribute` asks for.
pub(super) fn look_up<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    argument: NodeRef<'t>,
    function: &'static str,
) -> Option<Data<'t>> {
    let mut path = argument.items();
    let texts = || Some((path.next()?, path.next()?));
    let names = { texts }().and_then(|(entity, first)| Some((entity, entity.text()?, first, first.text()?)));
    let Some((entity, entity_name, first, name)) = names.filter(|_| argument.items().all(is_name)) else {
        let what = if function == "get_attribute" { "attribute" } else { "property" };
        let takes = format!("a list: the node, maybe a capability or requirement, the {what}");
        wrong_arguments(evaluation, argument, function, &takes);
        return None;
    };
    let mut path = argument.items();
    path.by_ref().take(2).for_each(drop);
    let lookup = Lookup { evaluation, scope, is_attribute: function == "get_attribute", first, name, path };
    match entity::meant(evaluation, scope, entity, entity_name)? {
        Meant::Unknown => Some(Data::Unknown),
        Meant::Node(node) => lookup.of_node(node),
        Meant::Relation(relation) => lookup.of_relation(relation),
        Meant::HostsOf(node) => lookup.of_hosts(node, entity),
    }
}

fn is_name(item: NodeRef<'_>) -> bool {
    item.text().is_some() && !item.is_null()
}

/// One question for a value.
struct Lookup<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    scope: Scope<'t>,
    is_attribute: bool,
    /// The second argument.
    first: NodeRef<'t>,
    name: &'t str,
    /// The arguments after it.
    path: Items<'t>,
}

impl<'c, 't> Lookup<'_, 'c, 't> {
    fn of_node(&self, node: usize) -> Option<Data<'t>> {
        let declared = self.evaluation.nodes.get(node)?;
        let ty = self.evaluation.library.ty(declared.ty?)?;
        let entity = self.evaluation.entity(node, declared.name_text());
        if let Some(member) = self.member(&ty.properties, &ty.attributes, self.name) {
            return self.value(Owner::Node(node), None, entity, member, self.first, self.path.clone());
        }
        let mut path = self.path.clone();
        if let Some(second) = path.next() {
            let capability = self.evaluation.find(&ty.capabilities, self.name);
            let definition = self.evaluation.find(&ty.requirements, self.name);
            // A requirement may have the name of a capability: then the one that has what is asked for is meant.
            let has = |it: &&'c CapabilityDef<'t>| self.member_of_capability(it, second).is_some();
            if let Some(capability) = capability.filter(|it| definition.is_none() || has(it)) {
                return self.of_capability(node, capability, second, path);
            }
            if let Some(definition) = definition {
                return self.of_requirement(node, definition, second, path);
            }
        }
        if let Some(implicit) = self.implicit(entity, self.path.clone()) {
            return implicit;
        }
        self.unknown(self.first, &format!("`{}`", declared.name_text()), ty);
        None
    }

    fn of_capability(
        &self,
        node: usize,
        capability: &'c CapabilityDef<'t>,
        second: NodeRef<'t>,
        path: Items<'t>,
    ) -> Option<Data<'t>> {
        let declared = self.evaluation.nodes.get(node)?;
        let Some(member) = self.member_of_capability(capability, second) else {
            self.unknown_of(second, &format!("the capability `{}`", capability.name), |report, name| {
                let ty = capability.ty.and_then(|ty| self.evaluation.library.ty(ty));
                let own = capability.refined.iter().chain(ty.into_iter().flat_map(|ty| &ty.properties));
                let attributes = ty.into_iter().flat_map(|ty| &ty.attributes).filter(|_| self.is_attribute);
                report.suggest(name, own.chain(attributes).map(|property| property.name))
            });
            return None;
        };
        let entity = self.evaluation.entity(node, declared.name_text());
        self.value(Owner::Node(node), Some(capability.name), entity, member, second, path)
    }

    /// What a requirement leads to: the capability that meets it, or else the node.
    fn of_requirement(
        &self,
        node: usize,
        definition: &'c RequirementDef<'t>,
        second: NodeRef<'t>,
        path: Items<'t>,
    ) -> Option<Data<'t>> {
        let declared = self.evaluation.nodes.get(node)?;
        if !requirement::afford(self.evaluation, node) {
            return None;
        }
        let mut assignments = requirement::assignments(declared, definition.name);
        let Some(assignment) = assignments.next() else {
            let message = format!("`{}` gives no requirement `{}`", declared.name_text(), definition.name);
            self.evaluation.report.at(Code::MissingRequirement, self.first, message);
            return None;
        };
        if assignments.next().is_some() {
            let message = format!(
                "`{}` gives the requirement `{}` several times",
                declared.name_text(),
                definition.name
            );
            let help = "name the node that is meant instead of `SELF` and the requirement".to_owned();
            self.evaluation.report.help(Code::FunctionArguments, self.first, message, help);
            return None;
        }
        // A target that does not exist is diagnosed at the requirement.
        let target = requirement::target(self.evaluation, node, definition, assignment)?;
        let other = self.evaluation.nodes.get(target)?;
        let ty = self.evaluation.library.ty(other.ty?)?;
        if !requirement::afford(self.evaluation, target) {
            return None;
        }
        for capability in requirement::meeting(self.evaluation, definition, assignment, ty) {
            if let Some(member) = self.member_of_capability(capability, second) {
                let entity = self.evaluation.entity(target, other.name_text());
                return self.value(Owner::Node(target), Some(capability.name), entity, member, second, path);
            }
        }
        let entity = self.evaluation.entity(target, other.name_text());
        let name = second.text().unwrap_or_default();
        let Some(member) = self.member(&ty.properties, &ty.attributes, name) else {
            let other =
                Lookup { evaluation: self.evaluation, first: second, name, path: path.clone(), ..*self };
            if let Some(implicit) = other.implicit(entity, path) {
                return implicit;
            }
            self.unknown(second, &format!("`{}`", entity.name()), ty);
            return None;
        };
        self.value(Owner::Node(target), None, entity, member, second, path)
    }

    fn of_relation(&self, relation: Relation<'t>) -> Option<Data<'t>> {
        let ty = self.evaluation.library.ty(relation.ty)?;
        let entity = Entity::Relationship(relation.name);
        if let Some(member) = self.member(&ty.properties, &ty.attributes, self.name) {
            let Member::Property(property) = member else {
                return self.deferred(entity, None, member.definition(), self.path.clone());
            };
            let asked = Asked { key: (relation.owner, None, property.name), property, given: relation.given };
            let scope = Scope { relation: Some(relation), ..self.scope };
            let value = value_of(self.evaluation, self.scope, asked, scope, self.first)?;
            return follow(self.evaluation, &value, self.path.clone());
        }
        if let Some(implicit) = self.implicit(entity, self.path.clone()) {
            return implicit;
        }
        self.unknown(self.first, &format!("`{}`", relation.name), ty);
        None
    }

    /// The nearest host that has what is asked for answers.
    fn of_hosts(&self, node: usize, at: NodeRef<'t>) -> Option<Data<'t>> {
        let (hosts, is_open) = entity::hosts_of(self.evaluation, node);
        if let Some(&host) = hosts.iter().find(|&&host| self.is_of(host)) {
            return self.of_node(host);
        }
        if is_open {
            // That one of them is not known is diagnosed where it is missing.
            self.evaluation.inputs.use_missing();
            return Some(Data::Unknown);
        }
        let name = self.evaluation.nodes.get(node).map(Declared::name_text).unwrap_or_default();
        let message = if hosts.is_empty() {
            format!("`{name}` runs on no other node")
        } else {
            format!("no node that `{name}` runs on has {} `{}`", self.a_member(), self.name)
        };
        let code = if hosts.is_empty() { Code::FunctionArguments } else { Code::UnknownProperty };
        self.evaluation.report.at(code, if hosts.is_empty() { at } else { self.first }, message);
        None
    }

    /// Whether a node has what is asked for.
    fn is_of(&self, node: usize) -> bool {
        let Some(declared) = self.evaluation.nodes.get(node) else { return false };
        let Some(ty) = declared.ty.and_then(|ty| self.evaluation.library.ty(ty)) else { return false };
        let second = self.path.clone().next();
        let is_of_capability = |second| {
            let capability = self.evaluation.find(&ty.capabilities, self.name);
            capability.is_some_and(|capability| self.member_of_capability(capability, second).is_some())
        };
        self.member(&ty.properties, &ty.attributes, self.name).is_some()
            || second.is_some_and(is_of_capability)
            || (self.is_attribute && IMPLICIT.contains(&self.name))
    }

    /// The definition of a name; attributes come first where they are asked for.
    fn member(
        &self,
        properties: &'c [PropertyDef<'t>],
        attributes: &'c [PropertyDef<'t>],
        name: &str,
    ) -> Option<Member<'c, 't>> {
        let attributes = if self.is_attribute { attributes } else { &[] };
        let attribute = self.evaluation.find(attributes, name).map(Member::Attribute);
        attribute.or_else(|| self.evaluation.find(properties, name).map(Member::Property))
    }

    fn member_of_capability(
        &self,
        capability: &'c CapabilityDef<'t>,
        second: NodeRef<'_>,
    ) -> Option<Member<'c, 't>> {
        let name = second.text().unwrap_or_default();
        let own = self.member(&capability.refined, &capability.attributes, name);
        own.or_else(|| {
            let ty = self.evaluation.library.ty(capability.ty?)?;
            self.member(&ty.properties, &ty.attributes, name)
        })
    }

    fn value(
        &self,
        owner: Owner<'t>,
        capability: Option<&'t str>,
        entity: Entity<'t>,
        member: Member<'_, 't>,
        at: NodeRef<'t>,
        path: Items<'t>,
    ) -> Option<Data<'t>> {
        let Member::Property(property) = member else {
            return self.deferred(entity, capability, member.definition(), path);
        };
        let Owner::Node(node) = owner else { return None };
        let declared = self.evaluation.nodes.get(node)?;
        let given = given(self.evaluation, declared, capability);
        let asked = Asked { key: (owner, capability, property.name), property, given };
        if self.is_attribute && asked.node(self.evaluation).is_none() {
            return self.deferred(entity, capability, property, path);
        }
        let value = value_of(self.evaluation, self.scope, asked, Scope::of_node(node), at)?;
        follow(self.evaluation, &value, path)
    }

    /// An attribute is known when the application runs.
    fn deferred(
        &self,
        entity: Entity<'t>,
        capability: Option<&'t str>,
        definition: &PropertyDef<'t>,
        path: Items<'t>,
    ) -> Option<Data<'t>> {
        let (ty, path) = follow_type(self.evaluation, &definition.schema.ty, path)?;
        Some(deferred(self.evaluation, ty, entity, capability, definition.name, path))
    }

    /// An attribute that everything has; `Some(None)`: it was asked for something inside of it.
    fn implicit(&self, entity: Entity<'t>, path: Items<'t>) -> Option<Option<Data<'t>>> {
        let name = IMPLICIT.into_iter().find(|name| self.is_attribute && *name == self.name)?;
        Some(match name {
            "tosca_name" => {
                let name = Value::new(self.first, Data::String(entity.name().into()));
                follow(self.evaluation, &name, path)
            }
            _ => follow_type(self.evaluation, &Type::String, path)
                .map(|(ty, path)| deferred(self.evaluation, ty, entity, None, name, path)),
        })
    }

    fn a_member(&self) -> &'static str {
        if self.is_attribute { "an attribute" } else { "a property" }
    }

    fn unknown(&self, at: NodeRef<'t>, owner: &str, ty: &TypeDef<'t>) {
        self.unknown_of(at, owner, |report, name| {
            let attributes = ty.attributes.iter().filter(|_| self.is_attribute);
            report.suggest(name, ty.properties.iter().chain(attributes).map(|property| property.name))
        });
    }

    fn unknown_of(
        &self,
        at: NodeRef<'t>,
        owner: &str,
        suggest: impl FnOnce(&crate::tosca::Report, &str) -> Option<String>,
    ) {
        let name = at.text().unwrap_or_default();
        let report = self.evaluation.report;
        let message = format!("`{name}` is not {} of {owner}", self.a_member());
        report.help(Code::UnknownProperty, at, message, suggest(report, name));
    }
}

/// A property, or an attribute that is none.
#[derive(Clone, Copy)]
enum Member<'p, 't> {
    Property(&'p PropertyDef<'t>),
    Attribute(&'p PropertyDef<'t>),
}

impl<'p, 't> Member<'p, 't> {
    fn definition(self) -> &'p PropertyDef<'t> {
        match self {
            Self::Property(definition) | Self::Attribute(definition) => definition,
        }
    }
}
