//! Types of one name that one file sees from several.

use super::{
    imports::Files,
    library::{Library, TypeId},
    report::Report,
    scopes::Imported,
};
use crate::yaml::FileId;
use paas_core::diagnostic::{Code, Diagnostic};
use rustc_hash::FxHashSet;

/// Tells of each pair once, in the first file that sees both.
pub(super) fn check(files: &Files, library: &Library<'_>, report: &Report) {
    let scopes = library.scopes();
    let mut told = FxHashSet::default();
    for (name, definitions) in library.ambiguous() {
        // Short names, such as `Compute`, give way.
        let is_full = |id: TypeId| library.ty(id).is_some_and(|ty| ty.name == name);
        let definitions: Vec<_> = definitions.into_iter().filter(|(_, id)| is_full(*id)).collect();
        for &file in files.order() {
            let mut seen: Vec<_> =
                definitions.iter().copied().filter(|(of, _)| scopes.sees(file, *of)).collect();
            // Its own is the one that the others are in the way of.
            seen.sort_by_key(|(of, _)| *of != file);
            let Some((&first, others)) = seen.split_first() else { continue };
            for &other in others {
                if report.is_full() {
                    return;
                }
                if told.insert((first.1.min(other.1), first.1.max(other.1))) {
                    tell(files, library, report, file, [first, other]);
                }
            }
        }
    }
}

fn tell(
    files: &Files,
    library: &Library<'_>,
    report: &Report,
    file: FileId,
    [first, other]: [(FileId, TypeId); 2],
) {
    let (Some(one), Some(two)) = (library.ty(first.1), library.ty(other.1)) else { return };
    let message = format!("`{}` is defined more than once", one.name);
    let diagnostic = Diagnostic::new(Code::ImportConflict, message)
        .help("give one of the imports a `namespace_prefix`, or one of the types another name");
    let diagnostic = if first.0 == file {
        diagnostic.at(one.at.place()).label(two.at.place(), "defined here too, in an imported file")
    } else {
        let brings = |link: &&super::imports::Link| match link.to {
            Imported::File(imported) => link.prefix.is_none() && library.scopes().sees(imported, other.0),
            _ => false,
        };
        let import = files.links(file).iter().rev().find(brings).map(|link| link.place.clone());
        let diagnostic = diagnostic.label(import, "by what is imported here");
        diagnostic.label(one.at.place(), "defined here").label(two.at.place(), "and here")
    };
    report.push(diagnostic);
}
