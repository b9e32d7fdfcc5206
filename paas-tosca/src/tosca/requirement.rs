//! Requirements of node templates: which node meets them, over which relationship (TOSCA 1.3, section 3.8.2).

use super::{
    function::{Evaluation, Scope},
    index::Index,
    keywords,
    library::{Kind, RequirementDef, TypeDef, TypeId},
    topology::{self, Declared, Relationships, Requirement},
    value::Value,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic};

/// `[ 1, UNBOUNDED ]`: the least and the most.
pub(super) fn occurrences(node: NodeRef<'_>) -> Option<(u64, Option<u64>)> {
    let mut items = node.items();
    let (least, most, None) = (items.next()?.text()?, items.next()?.text()?, items.next()) else {
        return None;
    };
    let least = least.parse().ok()?;
    match most {
        "UNBOUNDED" => Some((least, None)),
        most => most.parse().ok().filter(|most| least <= *most).map(|most| (least, Some(most))),
    }
}

/// The first assignment of a requirement.
pub(super) fn first<'t>(declared: &Declared<'t>, name: &str) -> Option<NodeRef<'t>> {
    let list = declared.node.get("requirements")?;
    let found = list.items().filter_map(NodeRef::only_entry).find(|(key, _)| key.text() == Some(name));
    found.map(|(_, node)| node)
}

/// The name of the target in a short or long assignment.
pub(super) fn target_name(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    match node.kind() {
        yaml::Kind::Scalar => Some(node),
        _ => node.get("node"),
    }
}

/// Reads all requirements of a node.
pub(super) fn read<'t>(
    evaluation: &Evaluation<'_, 't>,
    relationships: &Relationships<'t>,
    source: usize,
    ty: &TypeDef<'t>,
) -> Vec<Requirement<'t>> {
    let report = evaluation.report;
    let Some(declared) = evaluation.nodes.get(source) else { return Vec::new() };
    let mut all = Vec::new();
    // How often each requirement was given, whether or not it was right.
    let mut given = vec![0_u64; ty.requirements.len()];
    let index = Index::of(&ty.requirements, |requirement| requirement.name);
    // Whether all could be read so far that they can be counted.
    let mut is_counted = !keywords::is_misspelt(declared.node, "requirements", report);
    let mut unknown = Vec::new();
    if let Some(list) = declared.node.get("requirements").filter(|list| !list.is_null()) {
        is_counted = report.expect(list, yaml::Kind::Sequence, "`requirements`");
        all.reserve(list.items().len());
        for item in list.items() {
            let Some((key, node)) = item.only_entry() else {
                let help = "write `- name: target`, one requirement for each dash".to_owned();
                report.help(Code::WrongShape, item, "a requirement is a map of one name", help);
                is_counted = false;
                continue;
            };
            let name = key.text().unwrap_or_default();
            let Some(position) = index.position(name) else {
                let help = report.suggest(name, ty.requirements.iter().map(|requirement| requirement.name));
                let message = format!("`{}` has no requirement `{name}`", ty.name);
                report.help(Code::UnknownRequirement, key, message, help);
                unknown.push(key);
                continue;
            };
            let Some(definition) = ty.requirements.get(position) else { continue };
            if let Some(count) = given.get_mut(position) {
                *count += 1;
                if definition.most.is_some_and(|most| *count == most + 1) {
                    let message = format!("`{name}` is given more often than `{}` allows", ty.name);
                    let diagnostic = Diagnostic::new(Code::TooManyRequirements, message).at(key.place());
                    report.push(diagnostic.label(definition.at.place(), "defined here"));
                }
            }
            all.extend(one(evaluation, relationships, source, definition, key, node));
        }
    }
    for (definition, given) in ty.requirements.iter().zip(given) {
        let is_missing = || {
            given < definition.least && !keywords::is_meant(unknown.iter().copied(), definition.name, report)
        };
        if is_counted && is_missing() {
            let name = definition.name;
            let message = if definition.least == 1 {
                format!("the requirement `{name}` is missing")
            } else {
                format!("the requirement `{name}` is given {given} times, less than {}", definition.least)
            };
            report.push(
                Diagnostic::new(Code::MissingRequirement, message)
                    .at(declared.name.place())
                    .label(definition.at.place(), "required here")
                    .help(format!("add `- {name}: …` to `requirements`")),
            );
        }
    }
    all
}

/// Reads one assignment.
fn one<'t>(
    evaluation: &Evaluation<'_, 't>,
    relationships: &Relationships<'t>,
    index: usize,
    definition: &RequirementDef<'t>,
    key: NodeRef<'t>,
    node: NodeRef<'t>,
) -> Option<Requirement<'t>> {
    let report = evaluation.report;
    let name = definition.name;
    if node.kind() == yaml::Kind::Sequence || node.is_null() {
        report.at(Code::WrongShape, key, format!("the requirement `{name}` is the name of a node, or a map"));
        return None;
    }
    if node.kind() == yaml::Kind::Mapping {
        keywords::check(node, keywords::REQUIREMENT, "a requirement", report);
        for word in ["node_filter", "occurrences"] {
            if let Some((key, _)) = node.entry(word) {
                report.at(Code::NotSupported, key, format!("`{word}` of a requirement is not supported yet"));
            }
        }
    }
    let Some(target) = target_name(node).filter(|target| !target.is_null()) else {
        report.help(
            Code::NotSupported,
            key,
            format!("the requirement `{name}` names no node, and choosing one is not supported yet"),
            "name a node template: `node: …`".to_owned(),
        );
        return None;
    };
    let Some(target_text) = target.text() else {
        report.at(Code::WrongShape, target, "`node` is the name of a node template");
        return None;
    };
    let Some(&found) = evaluation.index.get(target_text) else {
        if evaluation.library.named(Kind::Node, target).is_some() {
            let message = format!(
                "`{target_text}` is a node type, and choosing a node by its type is not supported yet"
            );
            report.help(Code::NotSupported, target, message, "name a node template".to_owned());
        } else {
            let help = report.suggest(target_text, evaluation.index.keys().copied());
            report.help(Code::UnknownNode, target, format!("`{target_text}` is not a node template"), help);
        }
        return None;
    };
    let fits = target_fits(evaluation, definition, found, target, node.get("capability"));
    let scope = Scope { source: Some(index), target: Some(found), ..Scope::default() };
    let link = relationship(evaluation, relationships, definition, key, node.get("relationship"), scope);
    if !fits {
        return None;
    }
    Some(Requirement {
        name,
        at: target,
        target: found,
        relationship: link.0,
        properties: link.1,
        whole: link.2,
    })
}

/// Whether the target is of the type, and has the capability, that the requirement asks for.
fn target_fits(
    evaluation: &Evaluation<'_, '_>,
    definition: &RequirementDef<'_>,
    found: usize,
    target: NodeRef<'_>,
    capability: Option<NodeRef<'_>>,
) -> bool {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(declared) = evaluation.nodes.get(found) else { return false };
    // A target whose own type is unknown is diagnosed there.
    let Some(id) = declared.ty else { return true };
    let Some(ty) = library.ty(id) else { return true };
    let (name, owner) = (definition.name, declared.name_text());
    if let Some(wanted) = definition.node
        && !library.derives(id, wanted)
    {
        let message = format!(
            "`{name}` must point at a node of type `{}`, but `{owner}` is a `{}`",
            library.name(wanted),
            ty.name
        );
        let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(target.place());
        report.push(diagnostic.label(declared.name.place(), "this node"));
        return false;
    }
    let offers = |wanted: TypeId| {
        ty.capabilities
            .iter()
            .any(|offered| offered.ty.is_some_and(|offered| library.derives(offered, wanted)))
    };
    if let Some(named) = capability.filter(|named| !named.is_null()) {
        let Some(text) = named.text() else {
            report.at(
                Code::WrongShape,
                named,
                "`capability` is the name of a capability or of a type of them",
            );
            return false;
        };
        let by_name = ty.capabilities.iter().any(|offered| offered.name == text);
        let by_type = library.named(Kind::Capability, named).is_some_and(offers);
        if !by_name && !by_type {
            let help = report.suggest(text, ty.capabilities.iter().map(|offered| offered.name));
            let message = format!("`{owner}` has no capability `{text}`");
            report.help(Code::UnknownCapability, named, message, help);
            return false;
        }
    }
    let Some(wanted) = definition.capability else { return true };
    if offers(wanted) {
        return true;
    }
    let message = format!(
        "`{name}` needs a node with the capability `{}`, which `{owner}`, a `{}`, has not",
        library.name(wanted),
        ty.name
    );
    let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(target.place());
    report.push(diagnostic.label(declared.name.place(), "this node"));
    false
}

/// The type of the relationship, its properties, and whether all of it could be understood.
fn relationship<'t>(
    evaluation: &Evaluation<'_, 't>,
    relationships: &Relationships<'t>,
    definition: &RequirementDef<'t>,
    key: NodeRef<'t>,
    node: Option<NodeRef<'t>>,
    scope: Scope,
) -> (Option<TypeId>, Vec<(NodeRef<'t>, Value<'t>)>, bool) {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(node) = node.filter(|node| !node.is_null()) else {
        return (definition.relationship, Vec::new(), needs_nothing(evaluation, definition, key));
    };
    let inline = match node.kind() {
        yaml::Kind::Scalar => None,
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::INLINE_RELATIONSHIP, "a relationship", report);
            if let Some((key, _)) = node.entry("interfaces") {
                let message = "interfaces of a relationship are read, but not executed";
                report.at(Code::NotExecuted, key, message);
            }
            Some(node)
        }
        yaml::Kind::Sequence => {
            report.at(Code::WrongShape, node, "`relationship` is a name, or a map with a `type`");
            return (None, Vec::new(), false);
        }
    };
    let named = inline.map_or(Some(node), |node| node.get("type").filter(|ty| !ty.is_null()));
    let (id, fits, at) = match named {
        Some(named) => {
            let Some(text) = named.text() else {
                report.at(Code::WrongShape, named, "`type` is the name of a type");
                return (None, Vec::new(), false);
            };
            if let Some(template) = relationships.find(text).filter(|_| inline.is_none()) {
                let Some(id) = template.ty else { return (None, Vec::new(), false) };
                let fits = type_fits(evaluation, definition, id, node);
                return (Some(id), template.read(evaluation, scope), fits);
            }
            let Some(id) = library.named(Kind::Relationship, named) else {
                if !relationships.are_readable() || library.may_lack(named) {
                    return (None, Vec::new(), false);
                }
                let help = report.suggest(
                    text,
                    relationships.names().chain(library.names_seen(Kind::Relationship, named)),
                );
                let what =
                    if inline.is_some() { "a relationship type" } else { "a relationship template or type" };
                report.help(Code::UnknownRelationship, named, format!("`{text}` is not {what}"), help);
                return (None, Vec::new(), false);
            };
            (id, type_fits(evaluation, definition, id, named), named)
        }
        // Without a type it is of the type that the requirement's definition names.
        None => match definition.relationship {
            Some(id) => (id, true, node),
            None => {
                report.at(Code::MissingKeyword, node, "a relationship has a `type`");
                return (None, Vec::new(), false);
            }
        },
    };
    let Some(ty) = library.ty(id) else { return (Some(id), Vec::new(), false) };
    let given = inline.and_then(|node| node.get("properties"));
    (Some(id), topology::fill(evaluation, scope, at, given, ty, &ty.properties), fits)
}

/// Whether the definition's own relationship can stand without properties; what its type demands cannot be left out.
fn needs_nothing(evaluation: &Evaluation<'_, '_>, definition: &RequirementDef<'_>, key: NodeRef<'_>) -> bool {
    let ty = definition.relationship.and_then(|id| evaluation.library.ty(id));
    let required = ty.into_iter().flat_map(|ty| ty.properties.iter().map(move |property| (ty, property)));
    let missing = required.into_iter().find(|(_, property)| property.required && property.default.is_none());
    let Some((ty, missing)) = missing else { return true };
    let message =
        format!("the requirement `{}` needs a relationship that gives `{}`", definition.name, missing.name);
    evaluation.report.push(
        Diagnostic::new(Code::MissingProperty, message)
            .at(key.place())
            .label(missing.at.place(), "required here")
            .help(format!(
                "add a relationship template of type `{}` and name it with `relationship:`",
                ty.name
            )),
    );
    false
}

fn type_fits(
    evaluation: &Evaluation<'_, '_>,
    definition: &RequirementDef<'_>,
    id: TypeId,
    at: NodeRef<'_>,
) -> bool {
    let library = evaluation.library;
    let Some(wanted) = definition.relationship.filter(|&wanted| !library.derives(id, wanted)) else {
        return true;
    };
    let message = format!(
        "`{}` takes a relationship of type `{}`, not `{}`",
        definition.name,
        library.name(wanted),
        library.name(id)
    );
    evaluation.report.at(Code::WrongRelationship, at, message);
    false
}
