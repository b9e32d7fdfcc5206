//! The types that every template can use, read once.

use super::{library::Library, report::Report, typedefs};
use crate::{
    Limits, Source,
    yaml::{self, FileId, Tree},
};
use paas_core::diagnostic::Diagnostics;
use std::sync::OnceLock;

/// The built-in files, by the names under which places speak of them.
pub(super) const FILES: [(&str, &str); 3] = [
    ("tosca-normative-1.3.yaml", include_str!("../../types/tosca-normative-1.3.yaml")),
    (NON_NORMATIVE, include_str!("../../types/tosca-nonnormative.yaml")),
    (PROFILE, include_str!("../../types/paas-profile-1.0.yaml")),
];

/// The name of the file with types that are not the standard's.
pub(super) const NON_NORMATIVE: &str = "tosca-nonnormative.yaml";

/// The name under which templates import the profile.
pub(super) const PROFILE: &str = "paas-profile-1.0.yaml";

/// The text of a built-in file.
pub(crate) fn builtin_text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// The library of built-in types.
pub(crate) fn builtin() -> &'static Library<'static> {
    &loaded().0
}

/// The library, and what was wrong with its files: nothing, which a test holds.
fn loaded() -> &'static (Library<'static>, Diagnostics) {
    static TREES: OnceLock<Vec<Tree>> = OnceLock::new();
    static LIBRARY: OnceLock<(Library<'static>, Diagnostics)> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let trees = TREES.get_or_init(|| {
            let load = |(name, text): (&str, &str)| {
                let tree = yaml::load(&Source::new(name, text), &Limits::default()).tree;
                tree.map(|tree| tree.in_file(FileId::BUILT_IN))
            };
            FILES.into_iter().filter_map(load).collect()
        });
        let report = Report::new();
        let mut library = Library::empty();
        typedefs::define(&mut library, trees.iter().map(Tree::root), &report);
        (library, report.into_diagnostics())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tosca::Kind;

    #[test]
    fn the_built_in_types_are_without_fault() {
        let (library, diagnostics) = loaded();
        let all: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        assert!(all.is_empty(), "{}", all.join("\n"));
        let service = library.find(Kind::Node, "paas.nodes.Service").expect("the profile");
        assert!(library.derives(service, library.find(Kind::Node, "Root").expect("short names")));
    }
}
