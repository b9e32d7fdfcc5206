//! Interfaces of templates.

use super::{
    all_inputs, all_operations, definitions::is_definition, find, is_long, listed, unknown_interface,
};
use crate::{
    tosca::{
        artifacts,
        convert::Reader,
        function::{Evaluation, Scope},
        keywords,
        library::{InterfaceDef, PropertyDef, TypeDef},
        schema::{Schema, Type},
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Checks the interfaces of a node template, a relationship or a group. Those of a container have an effect.
pub(in crate::tosca) fn check<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
    ty: &TypeDef<'t>,
    what: &str,
    is_container: bool,
) {
    let report = evaluation.report;
    let Some((word, interfaces)) = node.entry("interfaces").filter(|(_, it)| it.entries().len() > 0) else {
        return;
    };
    if !is_container {
        let message = format!("`interfaces` of a {what} are read, but have no effect");
        report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    }
    for (key, node) in interfaces.entries() {
        let name = key.text().unwrap_or_default();
        let Some(definition) = find(evaluation.library, ty, name) else {
            unknown_interface(evaluation, ty, key);
            continue;
        };
        if node.is_null() || !report.expect(node, yaml::Kind::Mapping, &format!("the interface `{name}`")) {
            continue;
        }
        let all: Vec<_> = all_inputs(evaluation.library, &definition).collect();
        inputs(evaluation, scope, node, &all);
        super::check_version(node, report);
        for (key, node) in listed(node) {
            operation(evaluation, scope, &definition, key, node);
        }
    }
}

fn operation<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    interface: &InterfaceDef<'t>,
    key: NodeRef<'t>,
    node: NodeRef<'t>,
) {
    let (library, report) = (evaluation.library, evaluation.report);
    let name = key.text().unwrap_or_default();
    let definition = all_operations(library, interface).find(|operation| operation.name == name);
    // Of an interface without type and operations nothing is known.
    if definition.is_none() && all_operations(library, interface).next().is_some() {
        let help = report.suggest(name, all_operations(library, interface).map(|operation| operation.name));
        let message = format!("the interface `{}` has no operation `{name}`", interface.name);
        report.help(Code::UnknownOperation, key, message, help);
    }
    match node.kind() {
        yaml::Kind::Scalar => {}
        yaml::Kind::Sequence => {
            let message = format!("the operation `{name}` is the name of a file, or a map");
            report.at(Code::WrongShape, node, message);
        }
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::OPERATION, &format!("the operation `{name}`"), report);
            let own = definition.into_iter().flat_map(|definition| &definition.inputs);
            let all: Vec<_> = own.chain(all_inputs(library, interface)).collect();
            inputs(evaluation, scope, node, &all);
            if let Some((key, node)) = node.entry("implementation") {
                implementation(evaluation, key, node);
            }
        }
    }
}

/// The values of inputs; those without a definition may be anything.
fn inputs<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
    definitions: &[&PropertyDef<'t>],
) {
    let Some(given) = node.get("inputs").filter(|given| !given.is_null()) else { return };
    if !evaluation.report.expect(given, yaml::Kind::Mapping, "`inputs`") {
        return;
    }
    let reader = Reader::evaluating(evaluation, scope);
    for (key, value) in given.entries() {
        let name = key.text().unwrap_or_default();
        let definition = definitions.iter().find(|definition| definition.name == name);
        let is_defined_here = is_definition(value)
            && !definition.is_some_and(|it| matches!(it.schema.ty, Type::Map(..) | Type::Data(_)));
        if !is_defined_here && !value.is_null() {
            reader.read(name, value, definition.map_or(&Schema::ANY, |definition| &definition.schema));
        } else if let Some(value) = value.get("value").or_else(|| value.get("default")) {
            // Defined where it is given, as readers of TOSCA 1.0 let it.
            reader.read(name, value, &Schema::ANY);
        }
    }
}

/// A file, the name of an artifact, or a map with `primary`.
fn implementation<'t>(evaluation: &Evaluation<'_, 't>, key: NodeRef<'t>, node: NodeRef<'t>) {
    let report = evaluation.report;
    if !is_long(node) {
        if node.kind() == yaml::Kind::Sequence {
            report.at(Code::WrongShape, node, "`implementation` is the name of a file, or a map");
        }
        return;
    }
    // An artifact may stand there in full.
    if node.get("file").is_some() {
        artifacts::check_inline(evaluation, key, node);
        return;
    }
    keywords::check(node, keywords::IMPLEMENTATION, "an implementation", report);
    if let Some((key, primary)) = node.entry("primary") {
        artifacts::check_inline(evaluation, key, primary);
    }
    let Some((key, list)) = node.entry("dependencies").filter(|(_, list)| !list.is_null()) else { return };
    if report.expect(list, yaml::Kind::Sequence, "`dependencies`") {
        list.items().for_each(|item| artifacts::check_inline(evaluation, key, item));
    }
}
