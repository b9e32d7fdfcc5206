//! `copy`: templates that begin as another one (TOSCA 1.3, sections 3.8.3 and 3.8.4).
//!
//! What is copied is put into the tree before anything is read, so that a copy is like any other template.

use super::{function, report::Report};
use crate::yaml::{NodeRef, Tree};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::{FxHashMap, FxHashSet};

/// Sections whose templates can be copies.
const SECTIONS: [&str; 2] = ["node_templates", "relationship_templates"];

/// Puts what templates copy into them. What cannot be copied stays as it is, and is diagnosed by [`check`].
pub(crate) fn expand(tree: &mut Tree) {
    for section in SECTIONS {
        let Some((map, copies)) = order(tree, section) else { continue };
        for (own, source) in copies {
            tree.lay_over(map, own, source, |node| function::detect(node).is_some());
        }
    }
}

/// The copies of a section and what they copy, counted from the first entry: a copy of a copy comes after what it
/// copies, and circles not at all.
fn order(tree: &Tree, section: &str) -> Option<(u32, Vec<(usize, usize)>)> {
    let templates = tree.root().get("topology_template")?.get(section)?;
    let copies = || {
        let numbered = templates.entries().enumerate();
        numbered.filter_map(|(own, (_, node))| Some((own, node.get("copy")?.text()?)))
    };
    copies().next()?;
    let names: FxHashMap<&str, usize> =
        templates.entries().enumerate().filter_map(|(entry, (key, _))| Some((key.text()?, entry))).collect();
    let mut left: Vec<(usize, usize)> =
        copies().filter_map(|(own, source)| Some((own, *names.get(source)?))).collect();
    let mut done = Vec::with_capacity(left.len());
    // Each round takes those whose source is no copy that still waits.
    for _ in 0..DEEPEST {
        let waiting: FxHashSet<usize> = left.iter().map(|(own, _)| *own).collect();
        left.retain(|&(own, source)| {
            let waits = waiting.contains(&source);
            if !waits {
                done.push((own, source));
            }
            waits
        });
    }
    Some((templates.key().1, done))
}

/// Copies of copies.
const DEEPEST: usize = 16;

/// Says what is wrong with the `copy` of a template.
pub(super) fn check<'t>(
    node: NodeRef<'t>,
    name: NodeRef<'t>,
    what: &str,
    names: impl Iterator<Item = &'t str>,
    find: impl Fn(&str) -> Option<NodeRef<'t>>,
    report: &Report,
) {
    let Some(source) = node.get("copy").filter(|source| !source.is_null()) else { return };
    let Some(text) = source.text() else { return };
    let Some(found) = find(text) else {
        let help = report.suggest(text, names);
        report.help(Code::Copy, source, format!("`{text}` is not a {what}"), help);
        return;
    };
    let own = name.text().unwrap_or_default();
    if found.get("copy").is_none() {
        if node.get("type").is_none() && found.get("type").is_some() {
            report.at(Code::TooManyNodes, source, "the copies of this template are too large");
        }
        return;
    }
    let mut next = Some(text);
    for _ in 0..DEEPEST {
        let Some(name) = next.filter(|_| report.spend(source, 1)) else { break };
        if name == own {
            report.at(Code::Copy, source, format!("the {what} `{own}` copies itself"));
            return;
        }
        next = find(name).and_then(|it| it.get("copy")).and_then(NodeRef::text);
    }
    if next.is_some() {
        report.at(Code::Copy, source, format!("more than {DEEPEST} copies of copies"));
        return;
    }
    let message = format!("`{text}` is a copy itself; not all readers follow that");
    report.push(Diagnostic::new(Code::Copy, message).at(source.place()).severity(Severity::Warning));
}
