//! Nodes that someone else chooses: `directives` and `node_filter` of a node template.

use super::{function::Evaluation, library::TypeId, requirement::filter, topology::Declared};
use crate::yaml::NodeRef;
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Words for directives, of TOSCA 1.3 and of older readers.
pub(super) const DIRECTIVES: [&str; 4] = ["select", "substitute", "selectable", "substitutable"];

/// Checks the directives and the filter of a node template.
pub(super) fn check<'t>(evaluation: &Evaluation<'_, 't>, declared: &Declared<'t>) {
    let (report, node) = (evaluation.report, declared.node);
    let mut is_selected = false;
    let directives = node.get("directives").into_iter().flat_map(NodeRef::items);
    for directive in directives {
        let text = directive.text().unwrap_or_default();
        if !DIRECTIVES.contains(&text) {
            let help = report.suggest(text, DIRECTIVES);
            let help = help.unwrap_or_else(|| "the directives are `select` and `substitute`".to_owned());
            let message = format!("`{text}` is not a directive of TOSCA, and is not read");
            let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(directive.place()).help(help);
            report.push(diagnostic.severity(Severity::Warning));
            continue;
        }
        if is_substitute(text) {
            // Which template stands for it, or why none does, was found before.
            continue;
        }
        is_selected = true;
        let message =
            format!("`{}` is to be selected, which this platform does not do", declared.name_text());
        let diagnostic = Diagnostic::new(Code::AbstractNode, message).at(directive.place());
        let severity = severity(evaluation, declared);
        report.push(diagnostic.severity(severity).help("describe the node itself and remove the directive"));
    }
    let Some((word, wanted)) = node.entry("node_filter") else { return };
    filter::check(evaluation, wanted, None);
    if !is_selected {
        let message = "`node_filter` of a node template has no effect without `directives: [ select ]`";
        report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    }
}

/// The directive by which a template is to stand for a node.
pub(super) fn substitute<'t>(declared: &Declared<'t>) -> Option<NodeRef<'t>> {
    let mut directives = declared.node.get("directives")?.items();
    directives.find(|directive| directive.text().is_some_and(is_substitute))
}

fn is_substitute(directive: &str) -> bool {
    matches!(directive, "substitute" | "substitutable")
}

/// What nobody but this platform can do is an error; other nodes are someone else's.
pub(super) fn severity(evaluation: &Evaluation<'_, '_>, declared: &Declared<'_>) -> Severity {
    severity_of(evaluation, declared.ty)
}

/// The same for a node of a type.
pub(super) fn severity_of(evaluation: &Evaluation<'_, '_>, ty: Option<TypeId>) -> Severity {
    let is_ours = ty.is_some_and(|ty| evaluation.library.is_of_profile(ty));
    if is_ours { Severity::Error } else { Severity::Warning }
}
