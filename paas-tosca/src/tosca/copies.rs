//! `copy`: templates that begin as another one (TOSCA 1.3, sections 3.8.3 and 3.8.4).
//!
//! What is copied is put into the tree before anything is read, so that a copy is like any other template.

use super::{function, report::Report};
use crate::yaml::{NodeRef, Tree};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::FxHashSet;

/// Sections whose templates can be copies.
const SECTIONS: [&str; 2] = ["node_templates", "relationship_templates"];

/// Puts what templates copy into them. What cannot be copied stays as it is, and is diagnosed by [`check`].
pub(crate) fn expand(tree: &mut Tree) {
    for section in SECTIONS {
        let copies = order(tree, section);
        for (name, source) in copies {
            let templates =
                |tree: &Tree| tree.root().get("topology_template")?.get(section).map(NodeRef::key);
            let Some((_, templates)) = templates(tree) else { continue };
            tree.lay_over(templates, &name, &source, |node| function::detect(node).is_some());
        }
    }
}

/// The copies of a section and what they copy: a copy of a copy comes after what it copies, and circles not at all.
fn order(tree: &Tree, section: &str) -> Vec<(String, String)> {
    let Some(templates) = tree.root().get("topology_template").and_then(|topology| topology.get(section))
    else {
        return Vec::new();
    };
    let copies =
        || templates.entries().filter_map(|(key, node)| Some((key.text()?, node.get("copy")?.text()?)));
    if copies().next().is_none() {
        return Vec::new();
    }
    let names: FxHashSet<&str> = templates.entries().filter_map(|(key, _)| key.text()).collect();
    let mut left: Vec<(&str, &str)> = copies().filter(|(_, source)| names.contains(source)).collect();
    let mut done = Vec::new();
    // Each round takes those whose source is no copy that still waits.
    for _ in 0..DEEPEST {
        let waiting: FxHashSet<&str> = left.iter().map(|(name, _)| *name).collect();
        left.retain(|&(name, source)| {
            let waits = waiting.contains(source);
            if !waits {
                done.push((name.to_owned(), source.to_owned()));
            }
            waits
        });
    }
    done
}

/// Copies of copies.
const DEEPEST: usize = 16;

/// Says what is wrong with the `copy` of a template.
pub(super) fn check(node: NodeRef<'_>, name: NodeRef<'_>, all: NodeRef<'_>, what: &str, report: &Report) {
    let Some(source) = node.get("copy").filter(|source| !source.is_null()) else { return };
    let Some(text) = source.text() else { return };
    let Some(found) = all.get(text) else {
        let help = report.suggest(text, all.entries().filter_map(|(key, _)| key.text()));
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
        let Some(name) = next.filter(|_| report.spend(source, 1 + all.entries().len() / 16)) else { break };
        if name == own {
            report.at(Code::Copy, source, format!("the {what} `{own}` copies itself"));
            return;
        }
        next = all.get(name).and_then(|it| it.get("copy")).and_then(NodeRef::text);
    }
    if next.is_some() {
        report.at(Code::Copy, source, format!("more than {DEEPEST} copies of copies"));
        return;
    }
    let message = format!("`{text}` is a copy itself; not all readers follow that");
    report.push(Diagnostic::new(Code::Copy, message).at(source.place()).severity(Severity::Warning));
}
