//! Texts of a clone that still name a registry of the old tenant: only images are given another.

use super::said;
use crate::{
    tosca::Files,
    yaml::{Kind, NodeRef},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, shown},
    mapping::{Mapping, Part},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// More warnings than this help nobody.
const MOST: usize = 20;
/// Entries of a mapping that are held against names, all in all.
const COMPARISONS: usize = 100_000;

/// Warns of each text in the clone's own files that names a registry which the mapping takes away.
pub(super) fn check(mapping: &Mapping, files: &Files, diagnostics: &mut Diagnostics) {
    let targets: Vec<&str> = mapping.registries.values().map(String::as_str).collect();
    let mut of_host: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for from in mapping.registries.keys() {
        // What others become is the new tenant's too.
        if !targets.iter().any(|to| begins(to, from) || begins(from, to)) {
            of_host.entry(host(from)).or_default().push(from);
        }
    }
    if of_host.is_empty() {
        return;
    }
    let mut search =
        Search { mapping, of_host, seen: FxHashSet::default(), left: MOST, comparisons: COMPARISONS };
    for root in files.roots().filter(|root| !root.place().file.contains("://")) {
        search.walk(root, diagnostics);
    }
}

struct Search<'m> {
    mapping: &'m Mapping,
    /// The registries that are taken away, by their hosts.
    of_host: FxHashMap<&'m str, Vec<&'m str>>,
    /// What aliases lead to is looked at once.
    seen: FxHashSet<(usize, u32)>,
    left: usize,
    comparisons: usize,
}

impl<'m> Search<'m> {
    fn walk(&mut self, root: NodeRef<'_>, diagnostics: &mut Diagnostics) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if self.left == 0 || !self.seen.insert(node.key()) {
                continue;
            }
            if node.kind() == Kind::Scalar {
                if let Some(from) = node.text().and_then(|text| self.named(text)) {
                    self.left -= 1;
                    let message = format!("{} is still named here", shown(from));
                    let help = "only images are given another registry: change this text too, or let an input give it";
                    diagnostics.push(
                        Diagnostic::new(Code::CloneLeft, message)
                            .at(node.place())
                            .label(said::key_place(self.mapping, Part::Registries, from), "it is mapped here")
                            .help(help),
                    );
                }
                continue;
            }
            let inside = open.len();
            open.extend(node.items());
            open.extend(node.entries().map(|(_, value)| value));
            // The first is looked at next.
            if let Some(inside) = open.get_mut(inside..) {
                inside.reverse();
            }
        }
    }

    /// The first registry that a text names.
    fn named(&mut self, text: &str) -> Option<&'m str> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':');
        for word in text.split(|c| !is_part(c)) {
            let name = word.split_once("://").map_or(word, |(_, rest)| rest);
            let name = name.trim_end_matches(['.', ':', '-', '/']);
            let Some(all) = self.of_host.get(host(name)) else { continue };
            self.comparisons = self.comparisons.checked_sub(all.len())?;
            if let Some(from) = all.iter().find(|from| begins(name, from)) {
                return Some(from);
            }
        }
        None
    }
}

/// With the port.
fn host(name: &str) -> &str {
    name.split_once('/').map_or(name, |(host, _)| host)
}

/// Whether a name is that of a registry or a folder, or of something in it.
fn begins(name: &str, registry: &str) -> bool {
    let is_folder = registry.contains('/');
    let rest = name.strip_prefix(registry);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || is_folder && rest.starts_with(':'))
}
