//! Requirements of node templates: which node meets them, over which relationship (TOSCA 1.3, section 3.8.2).

use super::{
    convert::Reader,
    function::{Evaluation, Scope},
    index::Index,
    keywords,
    library::{Kind, RequirementDef, TypeDef, TypeId},
    topology::{Declared, Relationships, Requirement},
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

/// The node that the first requirement of a name points at.
pub(super) fn target_of(
    evaluation: &Evaluation<'_, '_>,
    declared: &Declared<'_>,
    name: &str,
) -> Option<usize> {
    let list = declared.node.get("requirements")?;
    let found = list.items().filter_map(NodeRef::only_entry).find(|(key, _)| key.text() == Some(name));
    let target = found.and_then(|(_, node)| target_name(node)).and_then(NodeRef::text)?;
    evaluation.index.get(target).copied()
}

/// The name of the target in a short or long assignment.
fn target_name(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
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
    if let Some(list) = declared.node.get("requirements")
        && report.expect(list, yaml::Kind::Sequence, "`requirements`")
    {
        all.reserve(list.items().len());
        for item in list.items() {
            let Some((key, node)) = item.only_entry() else {
                let help = "write `- name: target`, one requirement for each dash".to_owned();
                report.help(Code::WrongShape, item, "a requirement is a map of one name", help);
                continue;
            };
            let name = key.text().unwrap_or_default();
            let Some(position) = index.position(name) else {
                let help = report.suggest(name, ty.requirements.iter().map(|requirement| requirement.name));
                let message = format!("`{}` has no requirement `{name}`", ty.name);
                report.help(Code::UnknownRequirement, key, message, help);
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
        if given < definition.least {
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
    let Some(target) = target_name(node) else {
        report.help(
            Code::NotSupported,
            key,
            format!("the requirement `{name}` names no node, and choosing one is not supported yet"),
            "name a node template: `node: …`".to_owned(),
        );
        return None;
    };
    let target_text = target.text().unwrap_or_default();
    let Some(&found) = evaluation.index.get(target_text) else {
        if evaluation.library.find(Kind::Node, target_text).is_some() {
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
    let scope = Scope { this: None, source: Some(index), target: Some(found) };
    let link = relationship(evaluation, relationships, definition, node.get("relationship"), scope);
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
    if let Some(named) = capability {
        let text = named.text().unwrap_or_default();
        let by_name = ty.capabilities.iter().any(|offered| offered.name == text);
        let by_type = library.find(Kind::Capability, text).is_some_and(offers);
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
    node: Option<NodeRef<'t>>,
    scope: Scope,
) -> (Option<TypeId>, Vec<(NodeRef<'t>, Value<'t>)>, bool) {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(node) = node else {
        // Nothing said: the definition's own type, with its defaults. What that type demands cannot be left out.
        let Some(ty) = definition.relationship.and_then(|id| library.ty(id)) else {
            return (definition.relationship, Vec::new(), true);
        };
        let missing = ty.properties.iter().find(|property| property.required && property.default.is_none());
        if let Some(missing) = missing {
            let at = scope.source.and_then(|source| evaluation.nodes.get(source)).map(|source| source.name);
            let message = format!(
                "the requirement `{}` needs a relationship that gives `{}`",
                definition.name, missing.name
            );
            let diagnostic = Diagnostic::new(Code::MissingProperty, message)
                .at(at.map(NodeRef::place))
                .label(missing.at.place(), "required here")
                .help(format!(
                    "add a relationship template of type `{}` and name it with `relationship:`",
                    ty.name
                ));
            report.push(diagnostic);
            return (definition.relationship, Vec::new(), false);
        }
        return (definition.relationship, Vec::new(), true);
    };
    let (ty_node, properties) = match node.kind() {
        yaml::Kind::Scalar => {
            let text = node.text().unwrap_or_default();
            if let Some(template) = relationships.find(text) {
                let Some(id) = template.ty else { return (None, Vec::new(), false) };
                let fits = type_fits(evaluation, definition, id, node);
                return (Some(id), template.read(evaluation, scope), fits);
            }
            (node, None)
        }
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::INLINE_RELATIONSHIP, "a relationship", report);
            if let Some((key, _)) = node.entry("interfaces") {
                let message = "interfaces of a relationship are read, but not executed";
                report.at(Code::NotExecuted, key, message);
            }
            let Some(ty) = node.get("type") else {
                report.at(Code::MissingKeyword, node, "a relationship has a `type`");
                return (None, Vec::new(), false);
            };
            (ty, Some(node))
        }
        yaml::Kind::Sequence => {
            report.at(Code::WrongShape, node, "`relationship` is a name, or a map with a `type`");
            return (None, Vec::new(), false);
        }
    };
    let text = ty_node.text().unwrap_or_default();
    let Some(id) = library.find(Kind::Relationship, text) else {
        let help = report.suggest(text, relationships.names().chain(library.names(Kind::Relationship)));
        let what =
            if properties.is_some() { "a relationship type" } else { "a relationship template or type" };
        report.help(Code::UnknownRelationship, ty_node, format!("`{text}` is not {what}"), help);
        return (None, Vec::new(), false);
    };
    let fits = type_fits(evaluation, definition, id, ty_node);
    let reader = Reader::evaluating(evaluation, scope);
    let Some(ty) = library.ty(id) else { return (Some(id), Vec::new(), false) };
    let given = properties.and_then(|node| node.get("properties"));
    let entries = given.map(NodeRef::entries).into_iter().flatten();
    let values = reader.fill(ty_node, ty, &ty.properties, entries, |value, property| {
        reader.read(property.name, value, &property.schema)
    });
    (Some(id), values, fits)
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
