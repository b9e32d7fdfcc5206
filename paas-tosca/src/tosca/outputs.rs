//! Outputs.

use super::{
    convert::Reader,
    definition,
    function::{Evaluation, Scope},
    keywords,
    nodes::is_map,
    topology::OutputValue,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;

/// Reads the outputs of a topology.
pub(super) fn read<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Vec<OutputValue<'t>> {
    let report = evaluation.report;
    let Some(outputs) = node.get("outputs") else { return Vec::new() };
    if !report.expect(outputs, yaml::Kind::Mapping, "`outputs`") {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (key, node) in outputs.entries() {
        let name = key.text().unwrap_or_default();
        if !is_map(node, &format!("the output `{name}`"), report) {
            continue;
        }
        keywords::check(node, keywords::OUTPUT, "an output", report);
        let Some(value) = node.get("value") else {
            report.at(Code::MissingKeyword, key, format!("the output `{name}` has no `value`"));
            continue;
        };
        let scope = Scope { output: true, ..Scope::default() };
        let schema = definition::schema(node, evaluation.library, report);
        let value = Reader::evaluating(evaluation, scope).read(name, value, &schema);
        all.push(OutputValue { name, description: node.get("description").and_then(NodeRef::text), value });
    }
    all
}
