//! Interfaces and their operations (TOSCA 1.3, sections 3.6.17 to 3.6.20): checked, and not executed.
//!
//! TOSCA 1.3 puts operations behind `operations` and `notifications`; before, they stood in the interface itself. Both
//! are read, whatever the version.

mod assignments;
mod definitions;

use super::{
    function::Evaluation,
    library::{InterfaceDef, Kind, Library, OperationDef, PropertyDef, TypeDef, TypeId},
    report::Report,
    versions::{self, Version},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;

pub(super) use assignments::check;
pub(super) use definitions::{define, operations};

/// Words of an interface that name no operation.
const WORDS: [&str; 10] = [
    "type",
    "description",
    "inputs",
    "operations",
    "notifications",
    "derived_from",
    "version",
    "metadata",
    "implementation",
    "outputs",
];

/// The operations and notifications that stand in an interface, in either form.
fn listed<'t>(interface: NodeRef<'t>) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
    let inside = ["operations", "notifications"].into_iter().filter_map(move |word| interface.get(word));
    let direct = interface.entries().filter(|(key, _)| !WORDS.contains(&key.text().unwrap_or_default()));
    inside.flat_map(NodeRef::entries).chain(direct)
}

/// Says that operations and notifications have a word of their own since TOSCA 1.3 only.
fn check_version(interface: NodeRef<'_>, report: &Report) {
    for word in ["operations", "notifications"] {
        if let Some((key, _)) = interface.entry(word) {
            versions::check(key, Version::V1_3, report);
        }
    }
}

/// All operations of an interface: its own, then those of its type.
fn all_operations<'e, 't>(
    library: &'e Library<'t>,
    interface: &'e InterfaceDef<'t>,
) -> impl Iterator<Item = &'e OperationDef<'t>> {
    let ty = interface.ty.and_then(|ty| library.ty(ty));
    interface.operations.iter().chain(ty.into_iter().flat_map(|ty| &ty.operations))
}

/// All inputs of an interface: its own, then those of its type.
fn all_inputs<'e, 't>(
    library: &'e Library<'t>,
    interface: &'e InterfaceDef<'t>,
) -> impl Iterator<Item = &'e PropertyDef<'t>> {
    let ty = interface.ty.and_then(|ty| library.ty(ty));
    interface.inputs.iter().chain(ty.into_iter().flat_map(|ty| &ty.properties))
}

/// The interface type that a name stands for where no type is given: the type itself, or the last part of its name.
fn type_by_name(library: &Library<'_>, name: &str) -> Option<TypeId> {
    const USUAL: [(&str, &str); 2] = [
        ("Standard", "tosca.interfaces.node.lifecycle.Standard"),
        ("Configure", "tosca.interfaces.relationship.Configure"),
    ];
    let usual = USUAL.into_iter().find(|(short, _)| *short == name).map(|(_, long)| long);
    library.find(Kind::Interface, usual.unwrap_or(name))
}

/// Whether an operation of a node or relationship exists; if not, that is diagnosed.
pub(super) fn operation<'t>(
    evaluation: &Evaluation<'_, 't>,
    ty: &TypeDef<'t>,
    own: Option<NodeRef<'t>>,
    interface: NodeRef<'t>,
    operation: NodeRef<'t>,
) -> Option<()> {
    let (library, report) = (evaluation.library, evaluation.report);
    let (interface_name, name) = (interface.text()?, operation.text()?);
    let found = find(library, ty, interface_name);
    let given = own.and_then(|own| own.get(interface_name));
    let Some(found) = found else {
        if given.is_none() {
            unknown_interface(evaluation, ty, interface);
            return None;
        }
        return Some(());
    };
    let mut given = given.into_iter().flat_map(listed).filter_map(|(key, _)| key.text());
    if given.any(|given| given == name) || all_operations(library, &found).any(|it| it.name == name) {
        return Some(());
    }
    let help = report.suggest(name, all_operations(library, &found).map(|it| it.name));
    let message = format!("the interface `{interface_name}` has no operation `{name}`");
    report.help(Code::UnknownOperation, operation, message, help);
    None
}

/// The interface of a type, by its name there or the name of an interface type.
fn find<'t>(library: &Library<'t>, ty: &TypeDef<'t>, name: &str) -> Option<InterfaceDef<'t>> {
    let own = ty.interfaces.iter().find(|interface| interface.name == name);
    if let Some(own) = own {
        return Some(own.as_ref().clone());
    }
    let id = type_by_name(library, name)?;
    // By the name of its type an interface is found too.
    let of_type = ty.interfaces.iter().find(|interface| interface.ty == Some(id));
    of_type.map(|interface| interface.as_ref().clone()).or_else(|| {
        let name = library.ty(id)?.name;
        Some(InterfaceDef { name, ty: Some(id), inputs: Vec::new(), operations: Vec::new() })
    })
}

fn unknown_interface(evaluation: &Evaluation<'_, '_>, ty: &TypeDef<'_>, key: NodeRef<'_>) {
    let name = key.text().unwrap_or_default();
    let help = evaluation.report.suggest(name, ty.interfaces.iter().map(|interface| interface.name));
    let message = format!("`{}` has no interface `{name}`", ty.name);
    evaluation.report.help(Code::UnknownInterface, key, message, help);
}

/// Whether what stands for an operation says more than which file to run.
fn is_long(node: NodeRef<'_>) -> bool {
    node.kind() == yaml::Kind::Mapping
}
