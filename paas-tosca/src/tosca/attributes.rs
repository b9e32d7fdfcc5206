//! Attributes that templates give a first value.

use super::{
    convert::Reader,
    function::{Evaluation, Scope},
    index::Index,
    library::{PropertyDef, TypeDef},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Holds the attributes of a template against their definitions.
pub(super) fn check<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
    definitions: &[PropertyDef<'t>],
    ty: &TypeDef<'t>,
) {
    let report = evaluation.report;
    let Some((word, given)) = node.entry("attributes").filter(|(_, given)| given.entries().len() > 0) else {
        return;
    };
    let message = "`attributes` are read, but have no effect: they show when the application runs";
    report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    let reader = Reader::evaluating(evaluation, scope);
    // Every property is an attribute too.
    let all = || definitions.iter().chain(&ty.properties);
    let attributes = Index::of(definitions, |definition| definition.name);
    let properties = Index::of(&ty.properties, |definition| definition.name);
    for (key, value) in given.entries() {
        let name = key.text().unwrap_or_default();
        let Some(definition) = attributes.find(name).or_else(|| properties.find(name)) else {
            if !matches!(name, "tosca_id" | "tosca_name" | "state") {
                let help = report.suggest(name, all().map(|definition| definition.name));
                let message = format!("`{name}` is not an attribute of `{}`", ty.name);
                report.help(Code::UnknownProperty, key, message, help);
            }
            continue;
        };
        reader.read(name, plain(value), &definition.schema);
    }
}

/// The value of `{ description: …, value: … }`, or what stands there itself.
fn plain(node: NodeRef<'_>) -> NodeRef<'_> {
    let is_long = node.kind() == yaml::Kind::Mapping
        && node.entries().all(|(key, _)| matches!(key.text(), Some("description" | "value")));
    node.get("value").filter(|_| is_long).unwrap_or(node)
}
