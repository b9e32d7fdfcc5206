//! Interfaces of types, and interface types.

use super::{WORDS, is_long, listed, type_by_name};
use crate::{
    tosca::{
        definition,
        index::merge,
        keywords,
        library::{InterfaceDef, Kind, Library, OperationDef, PropertyDef},
        report::Report,
        typedefs::reference,
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use std::sync::Arc;

/// Puts the interfaces that a node, relationship or group type defines over those of its parent.
pub(in crate::tosca) fn define<'t>(
    node: NodeRef<'t>,
    all: &mut Vec<Arc<InterfaceDef<'t>>>,
    of: &str,
    library: &Library<'t>,
    report: &Report,
) {
    let Some((word, interfaces)) = node.entry("interfaces") else { return };
    if interfaces.kind() != yaml::Kind::Mapping || interfaces.entries().len() == 0 {
        return;
    }
    if !library.is_built_in() {
        let message = format!("`interfaces` of {of} are read, but have no effect");
        report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    }
    let mut own = Vec::new();
    for (key, node) in interfaces.entries() {
        let name = key.text().unwrap_or_default();
        let inherited = all.iter().find(|interface| interface.name == name);
        let mut interface = match inherited {
            Some(inherited) => inherited.as_ref().clone(),
            None => InterfaceDef { name, ty: None, inputs: Vec::new(), operations: Vec::new() },
        };
        if !node.is_null() && report.expect(node, yaml::Kind::Mapping, &format!("the interface `{name}`")) {
            if let Some(ty) = node.get("type").filter(|ty| !ty.is_null()) {
                interface.ty = reference(ty, &[Kind::Interface], library, report);
            }
            merge(&mut interface.inputs, inputs(node, library, report), |input| input.name);
            merge(&mut interface.operations, operations(node, library, report), |operation| operation.name);
        }
        interface.ty = interface.ty.or_else(|| type_by_name(library, name));
        own.push(Arc::new(interface));
    }
    merge(all, own, |interface| interface.name);
}

/// The operations and notifications of an interface type, or of an interface.
pub(in crate::tosca) fn operations<'t>(
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Vec<OperationDef<'t>> {
    super::check_version(node, report);
    for word in ["operations", "notifications"] {
        if let Some(value) = node.get(word).filter(|value| !value.is_null()) {
            report.expect(value, yaml::Kind::Mapping, &format!("`{word}`"));
        }
    }
    let one = |(key, node): (NodeRef<'t>, NodeRef<'t>)| {
        let name = key.text()?;
        let mut inputs = Vec::new();
        if node.kind() == yaml::Kind::Sequence {
            // A word that is close to one of an interface was meant for it.
            let help = report.suggest(name, WORDS);
            let message = format!("the operation `{name}` is the name of a file, or a map");
            report.help(Code::WrongShape, node, message, help);
        } else if is_long(node) {
            keywords::check(node, keywords::OPERATION, &format!("the operation `{name}`"), report);
            inputs = self::inputs(node, library, report);
        }
        Some(OperationDef { name, inputs })
    };
    listed(node).filter_map(one).collect()
}

/// The inputs that are defined; what is only given a value has no definition.
fn inputs<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Vec<PropertyDef<'t>> {
    let Some(inputs) = node.get("inputs").filter(|inputs| !inputs.is_null()) else { return Vec::new() };
    if !report.expect(inputs, yaml::Kind::Mapping, "`inputs`") {
        return Vec::new();
    }
    let defined = inputs.entries().filter(|(_, node)| is_definition(*node));
    let one = |(key, node)| definition::property(key, node, keywords::INPUT, library, report);
    defined.filter_map(one).collect()
}

/// Whether an input is defined, not given.
pub(super) fn is_definition(node: NodeRef<'_>) -> bool {
    node.get("type").is_some_and(|ty| ty.text().is_some())
}
