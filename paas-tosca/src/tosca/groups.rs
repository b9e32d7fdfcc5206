//! Groups, and nodes as their members and as targets of policies.

use super::{
    attributes,
    function::{Evaluation, Scope},
    interfaces, keywords,
    library::{Kind, TypeId},
    nodes::{find_type, is_map, read_properties},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;
use rustc_hash::FxHashMap;

pub(super) type Groups<'t> = FxHashMap<&'t str, Group>;

/// A group that policies can target.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) ty: Option<TypeId>,
    /// Indices of nodes.
    pub(super) members: Vec<usize>,
    /// Whether all members could be understood.
    pub(super) whole: bool,
}

/// Reads the groups of a topology.
pub(super) fn read<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Groups<'t> {
    let report = evaluation.report;
    let mut all = FxHashMap::default();
    let Some(groups) = node.get("groups") else { return all };
    if !report.expect(groups, yaml::Kind::Mapping, "`groups`") {
        return all;
    }
    for (name, node) in groups.entries() {
        let text = name.text().unwrap_or_default();
        if !is_map(node, &format!("the group `{text}`"), report) {
            all.insert(text, Group::default());
            continue;
        }
        keywords::check(node, keywords::GROUP, "a group", report);
        let ty = find_type(node, name, "group", Kind::Group, evaluation.library, report);
        let definition = ty.and_then(|ty| evaluation.library.ty(ty));
        if let Some(ty) = definition {
            read_properties(evaluation, Scope::default(), name, node.get("properties"), ty);
            attributes::check(evaluation, Scope::default(), node, &ty.attributes, ty);
            interfaces::check(evaluation, Scope::default(), node, ty, "group", false);
        }
        let wanted = definition.map_or(&[][..], |ty| &ty.targets);
        let (named, mut whole) = named_nodes(node.get("members"), "`members`", evaluation, None);
        let mut members = Vec::with_capacity(named.len());
        for (member, index) in named {
            match index {
                Some(index) if is_wanted(evaluation, wanted, index, member, "member of this group") => {
                    members.push(index);
                }
                _ => whole = false,
            }
        }
        all.insert(text, Group { ty, members, whole });
    }
    all
}

/// The nodes (or groups: `None`) that a list names, and whether these are all; what is neither is diagnosed.
pub(super) fn named_nodes<'t>(
    list: Option<NodeRef<'t>>,
    what: &str,
    evaluation: &Evaluation<'_, 't>,
    groups: Option<&Groups<'t>>,
) -> (Vec<(NodeRef<'t>, Option<usize>)>, bool) {
    let report = evaluation.report;
    let Some(list) = list.filter(|list| !list.is_null()) else { return (Vec::new(), true) };
    if !report.expect(list, yaml::Kind::Sequence, what) {
        return (Vec::new(), false);
    }
    let mut found = Vec::with_capacity(list.items().len());
    for item in list.items() {
        let Some(text) = item.text().filter(|_| !item.is_null()) else {
            report.at(Code::WrongShape, item, format!("{what} are names"));
            continue;
        };
        if let Some(&index) = evaluation.index.get(text) {
            found.push((item, Some(index)));
        } else if groups.is_some_and(|groups| groups.contains_key(text)) {
            found.push((item, None));
        } else {
            let names = evaluation.index.keys().copied();
            let names = names.chain(groups.into_iter().flat_map(|groups| groups.keys().copied()));
            let help = report.suggest(text, names);
            let kinds = if groups.is_some() { "a node template or group" } else { "a node template" };
            report.help(Code::UnknownMember, item, format!("`{text}` is not {kinds}"), help);
        }
    }
    let all = found.len() == list.items().len();
    (found, all)
}

/// Whether a node is of one of some types; if not, that is diagnosed.
pub(super) fn is_wanted(
    evaluation: &Evaluation<'_, '_>,
    wanted: &[TypeId],
    index: usize,
    at: NodeRef<'_>,
    what: &str,
) -> bool {
    let library = evaluation.library;
    let Some(declared) = evaluation.nodes.get(index) else { return false };
    let Some(id) = declared.ty else { return false };
    if !evaluation.report.spend(at, wanted.len()) {
        return false;
    }
    if wanted.is_empty() || wanted.iter().any(|&wanted| library.derives(id, wanted)) {
        return true;
    }
    if evaluation.report.is_full() {
        // Nothing more is told, so nothing need be worded.
        return false;
    }
    const MOST: usize = 10;
    let mut names: Vec<_> =
        wanted.iter().take(MOST).map(|&wanted| format!("`{}`", library.name(wanted))).collect();
    if wanted.len() > MOST {
        names.push(format!("another of {} types", wanted.len()));
    }
    let message = format!(
        "`{}` cannot be a {what}: it is a `{}`, not a {}",
        declared.name_text(),
        library.name(id),
        names.join(" or ")
    );
    evaluation.report.at(Code::WrongTarget, at, message);
    false
}
