//! Requirements of node templates: which node meets them, over which relationship (TOSCA 1.3, section 3.8.2).

mod choice;
pub(super) mod filter;
mod relationship;
mod target;

use super::{
    directives,
    function::{Evaluation, Scope},
    index::Index,
    keywords,
    library::{CapabilityDef, Kind, Library, RequirementDef, TypeDef, TypeId},
    report::Report,
    topology::{Declared, Requirement},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic};

pub(super) use choice::{Choices, meeting, target};
use relationship::relationship;
use target::target_fits;

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

/// `occurrences`, where others are diagnosed.
pub(super) fn read_occurrences(node: NodeRef<'_>, report: &Report) -> Option<(u64, Option<u64>)> {
    let found = occurrences(node);
    if found.is_none() {
        let message = "`occurrences` is a list of two counts, the second may be `UNBOUNDED`";
        report.at(Code::WrongShape, node, message);
    }
    found
}

/// The assignments of a requirement.
pub(super) fn assignments<'t>(declared: &Declared<'t>, name: &str) -> impl Iterator<Item = NodeRef<'t>> {
    let items = declared.node.get("requirements").into_iter().flat_map(NodeRef::items);
    let named = items.filter_map(NodeRef::only_entry).filter(move |(key, _)| key.text() == Some(name));
    named.map(|(_, node)| node)
}

/// So many definitions are looked at in the time that it takes to read a value.
const DEFINITIONS_FOR_ONE: usize = 4;
/// What it costs to look at an assignment: each is a map of its own.
const FOR_ASSIGNMENT: usize = 4;

/// Pays for looking through what a node requires and offers, where that is much; `false`: there was too much of it.
pub(super) fn afford(evaluation: &Evaluation<'_, '_>, node: usize) -> bool {
    let Some(declared) = evaluation.nodes.get(node) else { return false };
    let given = declared.node.get("requirements").map_or(0, |list| list.items().len());
    let defined = declared.ty.and_then(|ty| evaluation.library.ty(ty));
    let defined = defined.map_or(0, |ty| ty.requirements.len() + ty.capabilities.len());
    evaluation.report.spend(declared.name, given * FOR_ASSIGNMENT + defined / DEFINITIONS_FOR_ONE)
}

/// What a node runs on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Host {
    Is(usize),
    /// There is one, but nobody knows which.
    Unknown,
    Nothing,
}

/// The node that a node runs on: over the requirement `host`, or over a relationship that says so.
pub(super) fn host_of(evaluation: &Evaluation<'_, '_>, node: usize) -> Host {
    let library = evaluation.library;
    let Some(declared) = evaluation.nodes.get(node) else { return Host::Nothing };
    let Some(ty) = declared.ty.and_then(|ty| library.ty(ty)) else { return Host::Unknown };
    if !afford(evaluation, node) {
        return Host::Unknown;
    }
    let hosted_on = library.find(Kind::Relationship, "tosca.relationships.HostedOn");
    let is_host = |definition: &&RequirementDef<'_>| {
        let by_type = definition.relationship.zip(hosted_on).is_some_and(|(id, on)| library.derives(id, on));
        by_type || definition.name == "host"
    };
    let mut is_open = false;
    for definition in ty.requirements.iter().filter(is_host) {
        let Some(assignment) = assignments(declared, definition.name).next() else {
            is_open |= definition.least > 0;
            continue;
        };
        return target(evaluation, node, definition, assignment).map_or(Host::Unknown, Host::Is);
    }
    if is_open { Host::Unknown } else { Host::Nothing }
}

/// Whether nodes of a type may use a capability.
fn source_is_wanted(library: &Library<'_>, offered: &CapabilityDef<'_>, source: Option<TypeId>) -> bool {
    let of_type = offered.ty.and_then(|ty| library.ty(ty)).map_or(&[][..], |ty| &ty.targets);
    let wanted = if offered.sources.is_empty() { of_type } else { &offered.sources };
    let Some(source) = source else { return true };
    wanted.is_empty() || wanted.iter().any(|&wanted| library.derives(source, wanted))
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
        all.reserve_exact(list.items().len());
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
            all.extend(one(evaluation, source, definition, key, node));
        }
    }
    for (definition, given) in ty.requirements.iter().zip(given) {
        let is_missing = || {
            given < definition.least && !keywords::is_meant(unknown.iter().copied(), definition.name, report)
        };
        if is_counted && is_missing() && !evaluation.is_mapped(source, definition.name) {
            let name = definition.name;
            let message = if definition.least == 1 {
                format!("the requirement `{name}` is missing")
            } else {
                format!("the requirement `{name}` is given {given} times, less than {}", definition.least)
            };
            // Whoever runs a node that is not ours may choose what it needs.
            report.push(
                Diagnostic::new(Code::MissingRequirement, message)
                    .at(declared.name.place())
                    .severity(directives::severity(evaluation, declared))
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
        if let Some(value) = node.get("occurrences") {
            read_occurrences(value, report);
        }
        if let Some(wanted) = node.get("node_filter") {
            let named = target_name(node);
            let named = named.and_then(|name| evaluation.library.named(Kind::Node, name));
            filter::check(evaluation, wanted, named.or(definition.node));
        }
    }
    let named = target_name(node).filter(|target| !target.is_null());
    if named.is_some_and(|target| target.text().is_none()) {
        report.at(Code::WrongShape, named.unwrap_or(node), "`node` is the name of a node template or type");
        return None;
    }
    let at = named.unwrap_or(key);
    let found = match named.and_then(NodeRef::text) {
        Some(text) if evaluation.index.contains_key(text) => evaluation.index.get(text).copied(),
        Some(text) if evaluation.library.named(Kind::Node, at).is_none() => {
            if evaluation.library.may_lack(at) {
                return None;
            }
            let help = report.suggest(text, evaluation.index.keys().copied());
            report.help(Code::UnknownNode, at, format!("`{text}` is not a node template"), help);
            return None;
        }
        _ => {
            let chosen = target(evaluation, index, definition, node);
            if chosen.is_none() {
                unfulfilled(evaluation, index, definition, node, at);
            }
            chosen
        }
    };
    let scope = Scope { source: Some(index), target: found, loose: found.is_none(), ..Scope::default() };
    let link = relationship(evaluation, definition, key, node.get("relationship"), scope);
    let found = found?;
    let is_right = target_fits(evaluation, definition, index, found, at, node);
    is_right.then_some(Requirement {
        name,
        at,
        target: evaluation.base + found,
        called: None,
        capability: replaced_capability(evaluation, definition, found, node),
        relationship: link.0,
        properties: link.1,
        whole: link.2,
    })
}

/// The capability that meets a requirement, if a template stands for the node that has it.
fn replaced_capability<'t>(
    evaluation: &Evaluation<'_, 't>,
    definition: &RequirementDef<'t>,
    found: usize,
    assignment: NodeRef<'t>,
) -> Option<&'t str> {
    evaluation.substitutes.get(&found)?;
    let ty = evaluation.library.ty(evaluation.nodes.get(found)?.ty?)?;
    meeting(evaluation, definition, assignment, ty).next().map(|capability| capability.name)
}

/// Says why no node was chosen for a requirement.
fn unfulfilled<'t>(
    evaluation: &Evaluation<'_, 't>,
    source: usize,
    definition: &RequirementDef<'t>,
    assignment: NodeRef<'t>,
    at: NodeRef<'t>,
) {
    let Some(declared) = evaluation.nodes.get(source) else { return };
    let Some(candidates) = choice::candidates(evaluation, source, definition, assignment) else { return };
    let found: Vec<_> = candidates.iter().filter_map(|&index| evaluation.nodes.get(index)).collect();
    let name = definition.name;
    let message = match found.len() {
        0 => format!("no node template fits the requirement `{name}`"),
        count if count > choice::MOST_CANDIDATES => {
            format!("{count} node templates or more fit the requirement `{name}`")
        }
        count => format!("{count} node templates fit the requirement `{name}`"),
    };
    let help = match found.first() {
        Some(first) => format!("name one of them: `node: {}`", first.name_text()),
        None => "name a node template: `node: …`".to_owned(),
    };
    let mut diagnostic = Diagnostic::new(Code::Unfulfilled, message).at(at.place()).help(help);
    for candidate in &found {
        diagnostic = diagnostic.label(candidate.name.place(), "this one fits");
    }
    evaluation.report.push(diagnostic.severity(directives::severity(evaluation, declared)));
}
