//! `get_operation_output` and `get_nodes_of_type`: what only shows when the application runs.

use super::{
    Evaluation, Scope,
    entity::{self, Meant},
    wrong_arguments,
};
use crate::{
    tosca::{
        deferred::{Entity, Piece},
        interfaces,
        library::Kind,
        schema::{Schema, Type},
        value::Data,
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::Code;

/// `[ node, interface, operation, output ]`.
pub(super) fn get_operation_output<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    let items: Vec<_> = argument.items().collect();
    let is_text = |node: &NodeRef<'_>| node.text().is_some() && !node.is_null();
    let &[entity, interface, operation, output] = items.as_slice() else {
        let takes = "a list of four: the node, the interface, the operation, the output";
        wrong_arguments(evaluation, argument, "get_operation_output", takes);
        return None;
    };
    if let Some(wrong) = items.iter().find(|node| !is_text(node)) {
        wrong_arguments(evaluation, *wrong, "get_operation_output", "names");
        return None;
    }
    let node = match entity::meant(evaluation, scope, entity, entity.text()?)? {
        Meant::Unknown => return Some(Data::Unknown),
        Meant::Relation(relation) => {
            let ty = evaluation.library.ty(relation.ty)?;
            interfaces::operation(evaluation, ty, None, interface, operation)?;
            Entity::Relationship(relation.name)
        }
        Meant::HostsOf(node) => {
            // The nearest host is meant, since all nodes have the same operations.
            let (hosts, is_open) = entity::hosts_of(evaluation, node);
            let Some(&host) = hosts.first() else {
                if is_open {
                    evaluation.inputs.use_missing();
                    return Some(Data::Unknown);
                }
                let message = "`HOST` means nothing here: the node runs on no other";
                evaluation.report.at(Code::FunctionArguments, entity, message);
                return None;
            };
            of_node(evaluation, host, interface, operation)?
        }
        Meant::Node(node) => of_node(evaluation, node, interface, operation)?,
    };
    let (interface, operation, name) = (interface.text()?, operation.text()?, output.text()?);
    Some(evaluation.defer(Type::Any, Piece::Output { entity: node, interface, operation, name }))
}

fn of_node<'t>(
    evaluation: &Evaluation<'_, 't>,
    node: usize,
    interface: NodeRef<'t>,
    operation: NodeRef<'t>,
) -> Option<Entity<'t>> {
    let declared = evaluation.nodes.get(node)?;
    let ty = evaluation.library.ty(declared.ty?)?;
    interfaces::operation(evaluation, ty, declared.node.get("interfaces"), interface, operation)?;
    Some(evaluation.entity(node, declared.name_text()))
}

/// The name of a node type, or a list of just that.
pub(super) fn get_nodes_of_type<'t>(
    evaluation: &Evaluation<'_, 't>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    let mut items = argument.items();
    let name = match argument.kind() {
        yaml::Kind::Scalar => Some(argument),
        _ => items.next().filter(|_| items.next().is_none()),
    };
    let Some((name, text)) = name.filter(|name| !name.is_null()).and_then(|name| Some((name, name.text()?)))
    else {
        wrong_arguments(evaluation, argument, "get_nodes_of_type", "the name of a node type");
        return None;
    };
    let (library, report) = (evaluation.library, evaluation.report);
    if library.named(Kind::Node, name).is_none() {
        if library.may_lack(name) {
            return None;
        }
        let help = library.suggest(&[Kind::Node], name, report);
        evaluation.report.help(Code::UnknownType, name, format!("`{text}` is not a node type"), help);
        return None;
    }
    let names = Type::List(Box::new(Schema::of(Type::String)));
    Some(evaluation.defer(names, Piece::Nodes(text)))
}
