//! Policies and what they target.

use super::{
    function::{Evaluation, Scope},
    groups::{Groups, is_wanted, named_nodes},
    keywords,
    library::{Kind, TypeDef},
    nodes::{find_type, is_map, read_properties},
    topology::Policy,
    triggers,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::FxHashMap;

/// Reads the policies of a topology.
pub(super) fn read<'t>(
    node: NodeRef<'t>,
    evaluation: &Evaluation<'_, 't>,
    groups: &Groups<'t>,
) -> Vec<Policy<'t>> {
    let report = evaluation.report;
    let Some(policies) = node.get("policies") else { return Vec::new() };
    let entries: Vec<_> = if policies.kind() == yaml::Kind::Mapping {
        let message = "`policies` is a list of maps of one name; not all readers take a map";
        let diagnostic = Diagnostic::new(Code::WrongShape, message).at(policies.place());
        report.push(diagnostic.severity(Severity::Warning).help("put `- ` before the name of each policy"));
        policies.entries().collect()
    } else {
        if !report.expect(policies, yaml::Kind::Sequence, "`policies`") {
            return Vec::new();
        }
        let entry = |item: NodeRef<'t>| {
            let entry = item.only_entry();
            if entry.is_none() {
                report.at(Code::WrongShape, item, "a policy is a map of one name");
            }
            entry
        };
        policies.items().filter_map(entry).collect()
    };
    let mut all = Vec::with_capacity(entries.len());
    let mut names: FxHashMap<&str, NodeRef<'t>> = FxHashMap::default();
    for (at, node) in entries {
        let name = at.text().unwrap_or_default();
        if let Some(earlier) = names.insert(name, at) {
            let message = format!("two policies are named `{name}`");
            let diagnostic = Diagnostic::new(Code::DuplicateKey, message).label(at.place(), "again here");
            report.push(diagnostic.label(earlier.place(), "first here"));
        }
        if !is_map(node, &format!("the policy `{name}`"), report) {
            continue;
        }
        keywords::check(node, keywords::POLICY, "a policy", report);
        let ty = find_type(node, at, "policy", Kind::Policy, evaluation.library, report);
        let Some(definition) = ty.and_then(|ty| evaluation.library.ty(ty)) else { continue };
        if keywords::is_misspelt(node, "properties", report) {
            continue;
        }
        let properties =
            read_properties(evaluation, Scope::default(), at, node.get("properties"), definition);
        triggers::check_of_policy(evaluation, node, groups);
        let (targets, whole) = targets(node, evaluation, groups, definition);
        all.push(Policy { name, at, ty, properties, targets, whole });
    }
    all
}

/// The nodes that a policy targets, each once, and whether all targets could be understood.
fn targets<'t>(
    node: NodeRef<'t>,
    evaluation: &Evaluation<'_, 't>,
    groups: &Groups<'t>,
    definition: &TypeDef<'t>,
) -> (Vec<usize>, bool) {
    let (named, mut whole) = named_nodes(node.get("targets"), "`targets`", evaluation, Some(groups));
    let wanted = &definition.targets;
    let mut targets = Vec::with_capacity(named.len());
    let mut seen = rustc_hash::FxHashSet::default();
    for (target, index) in named {
        let group = groups.get(target.text().unwrap_or_default()).filter(|_| index.is_none());
        whole &= group.is_none_or(|group| group.whole);
        // If the policy is for groups of this type, its members may be whatever the group allows.
        let is_for_group = group
            .and_then(|group| group.ty)
            .is_some_and(|ty| wanted.iter().any(|&wanted| evaluation.library.derives(ty, wanted)));
        let members = group.map_or(index.as_slice(), |group| &group.members);
        for &member in members {
            if !evaluation.report.count_target(target) {
                whole = false;
                break;
            }
            if !seen.insert(member) {
                continue;
            }
            let wanted = if is_for_group { &[][..] } else { wanted };
            if is_wanted(evaluation, wanted, member, target, "target of this policy") {
                targets.push(evaluation.base + member);
            } else {
                whole = false;
            }
        }
    }
    (targets, whole)
}
