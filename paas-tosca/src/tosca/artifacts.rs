//! Artifacts of node types and templates (TOSCA 1.3, section 3.6.7).

use super::{
    function::{Evaluation, Scope},
    index::Index,
    keywords,
    library::{ArtifactDef, Kind, Library, TypeDef},
    nodes::fill,
    report::Report,
    repositories,
    typedefs::reference,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// The artifacts that a node type defines.
pub(super) fn define<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Vec<ArtifactDef<'t>> {
    let Some((word, list)) = list(node, report) else { return Vec::new() };
    warn(word, "a node type", report);
    let one = |(key, node): (NodeRef<'t>, NodeRef<'t>)| {
        shape(key, node, false, library, report);
        key.text().map(|name| ArtifactDef { name })
    };
    list.entries().filter_map(one).collect()
}

/// Checks the artifacts of a node template. Those of a container have an effect.
pub(super) fn check<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
    of: &TypeDef<'t>,
    is_container: bool,
) {
    let report = evaluation.report;
    let Some((word, list)) = list(node, report) else { return };
    if !is_container {
        warn(word, "a node template", report);
    }
    let inherited = Index::of(&of.artifacts, |artifact| artifact.name);
    for (key, node) in list.entries() {
        // What is said of it here stands over what the type says.
        let is_inherited = key.text().is_some_and(|name| inherited.position(name).is_some());
        let ty = shape(key, node, is_inherited, evaluation.library, report);
        check_repository(evaluation, node);
        if let Some(ty) = ty.and_then(|ty| evaluation.library.ty(ty)) {
            fill(evaluation, scope, key, node.get("properties"), ty, &ty.properties);
        }
    }
}

/// Checks what stands for an artifact, by its name or in full.
pub(super) fn check_inline<'t>(evaluation: &Evaluation<'_, 't>, key: NodeRef<'t>, node: NodeRef<'t>) {
    if node.kind() == yaml::Kind::Mapping {
        shape(key, node, false, evaluation.library, evaluation.report);
        check_repository(evaluation, node);
    }
}

fn list<'t>(node: NodeRef<'t>, report: &Report) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
    let (word, list) = node.entry("artifacts")?;
    // Of another shape it is diagnosed with the keywords.
    (list.kind() == yaml::Kind::Mapping && list.entries().len() > 0 && !report.is_full())
        .then_some((word, list))
}

fn warn(word: NodeRef<'_>, of: &str, report: &Report) {
    let message = format!("`artifacts` of {of} are read, but have no effect");
    report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
}

/// Checks the keywords of an artifact; gives its type.
fn shape<'t>(
    key: NodeRef<'t>,
    node: NodeRef<'t>,
    is_inherited: bool,
    library: &Library<'t>,
    report: &Report,
) -> Option<super::TypeId> {
    let name = key.text().unwrap_or_default();
    match node.kind() {
        yaml::Kind::Scalar if !node.is_null() => {
            repositories::check_address(node, "the artifact", report);
            return None;
        }
        yaml::Kind::Mapping => {}
        _ => {
            let help = format!("write `{name}: {{ type: …, file: … }}`");
            report.help(
                Code::WrongShape,
                key,
                format!("the artifact `{name}` is the name of a file, or a map"),
                help,
            );
            return None;
        }
    }
    keywords::check(node, keywords::ARTIFACT, "an artifact", report);
    if let Some(file) = node.get("file") {
        repositories::check_address(file, "the artifact", report);
    }
    let has_file = is_inherited || node.get("file").is_some_and(|file| !file.is_null());
    if !has_file && !keywords::is_misspelt(node, "file", report) {
        report.at(Code::MissingKeyword, key, format!("the artifact `{name}` has no `file`"));
    }
    node.get("type").and_then(|ty| reference(ty, &[Kind::Artifact], library, report))
}

fn check_repository(evaluation: &Evaluation<'_, '_>, node: NodeRef<'_>) {
    let Some(repository) = node.get("repository").filter(|name| !name.is_null()) else { return };
    let report = evaluation.report;
    let Some(name) = repository.text() else {
        report.at(Code::WrongShape, repository, "`repository` is the name of a repository");
        return;
    };
    if evaluation.repository(name).is_none() {
        let names =
            evaluation.repositories.into_iter().flat_map(NodeRef::entries).filter_map(|(key, _)| key.text());
        let help = report
            .suggest(name, names)
            .unwrap_or_else(|| format!("add it to the template: `repositories: {{ {name}: … }}`"));
        report.help(Code::UnknownRepository, repository, format!("`{name}` is not a repository"), help);
    }
}
