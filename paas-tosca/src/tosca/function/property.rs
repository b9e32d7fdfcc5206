//! Values of properties for those who ask: each is read once, and circles are diagnosed.

use super::{Evaluation, Key, Owner, Scope, path::copy};
use crate::{
    tosca::{
        convert::Reader,
        library::{CapabilityDef, PropertyDef},
        topology::Declared,
        value::{Data, Value},
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// `get_property` after `get_property`: no real template goes so far, and the stack is finite.
const LONGEST_CHAIN: usize = 12;

/// A property that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p, 't> {
    pub(super) key: Key<'t>,
    pub(super) property: &'p PropertyDef<'t>,
    /// The map of the properties that are given.
    pub(super) given: Option<NodeRef<'t>>,
}

impl<'t> Asked<'_, 't> {
    /// What is given, or the default.
    pub(super) fn node(&self, evaluation: &Evaluation<'_, 't>) -> Option<NodeRef<'t>> {
        self.given.and_then(|given| evaluation.entry(given, self.key.2)).or(self.property.default)
    }
}

/// The value of a property of a node or of a capability of it, if it is given or has a default.
pub(in crate::tosca) fn value_in<'t>(
    evaluation: &Evaluation<'_, 't>,
    node: usize,
    capability: Option<&'t str>,
    property: &PropertyDef<'t>,
) -> Option<Value<'t>> {
    let key = (Owner::Node(node), capability, property.name);
    let given = given(evaluation, evaluation.nodes.get(node)?, capability);
    let asked = Asked { key, property, given };
    let at = asked.node(evaluation)?;
    let scope = Scope::of_node(node);
    value_of(evaluation, scope, asked, scope, at)
}

/// The properties that a node template gives, or that it gives a capability.
pub(super) fn given<'t>(
    evaluation: &Evaluation<'_, 't>,
    declared: &Declared<'t>,
    capability: Option<&str>,
) -> Option<NodeRef<'t>> {
    let owner = match capability {
        None => Some(declared.node),
        Some(name) => declared.node.get("capabilities").and_then(|all| evaluation.entry(all, name)),
    };
    owner.and_then(|owner| owner.get("properties")).filter(|given| !given.is_null())
}

/// The definition of a property of a capability: as the node type refines it, or as its type has it.
pub(in crate::tosca) fn property_of<'e, 't>(
    evaluation: &'e Evaluation<'_, 't>,
    capability: &'e CapabilityDef<'t>,
    wanted: NodeRef<'_>,
) -> Option<&'e PropertyDef<'t>> {
    let inherited = capability.ty.and_then(|ty| evaluation.library.ty(ty));
    let mut all = capability.refined.iter().chain(inherited.into_iter().flat_map(|ty| &ty.properties));
    all.find(|property| wanted.text() == Some(property.name))
}

/// The value of a property. `scope` is that of the question, `inside` that of the value.
pub(super) fn value_of<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    asked: Asked<'_, 't>,
    inside: Scope<'t>,
    at: NodeRef<'t>,
) -> Option<Value<'t>> {
    let key = asked.key;
    if let Some(known) = evaluation.known.borrow().get(&key) {
        return copy(evaluation, at, &known.data).map(|data| Value::new(known.at, data));
    }
    if is_circle(evaluation, key) || asked.given.is_some_and(|given| given.kind() != yaml::Kind::Mapping) {
        return None;
    }
    let Some(node) = asked.node(evaluation) else {
        return not_given(evaluation, scope, &asked, at);
    };
    evaluation.asking.borrow_mut().push((key, node));
    let value =
        Reader::evaluating(evaluation, inside).read(asked.property.name, node, &asked.property.schema);
    evaluation.asking.borrow_mut().pop();
    evaluation.known.borrow_mut().insert(key, value.clone());
    Some(value)
}

fn not_given<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    asked: &Asked<'_, 't>,
    at: NodeRef<'t>,
) -> Option<Value<'t>> {
    let (owner, capability, name) = asked.key;
    if asked.property.required && is_there(evaluation, owner, capability) {
        // The owner itself is diagnosed for it.
        return None;
    }
    let owner = capability.unwrap_or_else(|| owner_name(evaluation, owner));
    let message = format!("`{name}` of `{owner}` is not given");
    let diagnostic = Diagnostic::new(Code::MissingProperty, message).at(at.place());
    if scope.output {
        evaluation.report.push(diagnostic.severity(Severity::Warning));
        return Some(Value::new(at, Data::Null));
    }
    evaluation.report.push(diagnostic);
    None
}

/// Whether the template says anything of the owner, so that what it lacks is diagnosed there.
fn is_there(evaluation: &Evaluation<'_, '_>, owner: Owner<'_>, capability: Option<&str>) -> bool {
    let (Owner::Node(node), Some(capability)) = (owner, capability) else { return true };
    let declared = evaluation.nodes.get(node);
    let given = declared.and_then(|it| it.node.get("capabilities"));
    given.is_some_and(|all| evaluation.entry(all, capability).is_some())
}

fn owner_name<'t>(evaluation: &Evaluation<'_, 't>, owner: Owner<'t>) -> &'t str {
    match owner {
        Owner::Node(node) => evaluation.nodes.get(node).map(Declared::name_text).unwrap_or_default(),
        Owner::Template(name) => name,
        Owner::Link(_) => "the relationship",
    }
}

/// Whether the property is being asked for already; the circle is diagnosed once, at its first place.
fn is_circle<'t>(evaluation: &Evaluation<'_, 't>, key: Key<'t>) -> bool {
    let asking = evaluation.asking.borrow();
    if asking.len() >= LONGEST_CHAIN {
        if let Some((_, node)) = asking.first() {
            let message = format!("more than {LONGEST_CHAIN} properties refer to each other");
            evaluation.report.at(Code::PropertyCycle, *node, message);
        }
        return true;
    }
    let Some(from) = asking.iter().position(|(other, _)| *other == key) else { return false };
    let circle = asking.get(from..).unwrap_or_default();
    // Whoever runs into the circle finds another first member; all say the same words, and repeats are dropped.
    let first = circle.iter().enumerate().min_by_key(|(_, (key, _))| *key).map_or(0, |(index, _)| index);
    let members: Vec<_> = circle.iter().cycle().skip(first).take(circle.len()).collect();
    let name = |(owner, _, property): &Key<'t>| format!("`{}.{property}`", owner_name(evaluation, *owner));
    let mut names: Vec<_> = members.iter().map(|(key, _)| name(key)).collect();
    names.extend(names.first().cloned());
    let mut diagnostic =
        Diagnostic::new(Code::PropertyCycle, format!("a property refers to itself: {}", names.join(" → ")));
    for (_, node) in members {
        diagnostic = diagnostic.at(node.place());
    }
    evaluation.report.push(diagnostic);
    true
}
