//! `get_artifact`.

use super::{
    Evaluation, Scope,
    entity::{self, Meant},
    wrong_arguments,
};
use crate::{
    tosca::{
        deferred::{Entity, Piece},
        library::TypeDef,
        schema::Type,
        value::Data,
    },
    yaml::{NodeRef, scalar_boolean as boolean},
};
use paas_core::diagnostic::Code;

/// `[ node, artifact ]`, and maybe where to put it, and whether it goes afterwards.
pub(super) fn get_artifact<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    let items: Vec<_> = argument.items().collect();
    let is_text = |node: &NodeRef<'_>| node.text().is_some() && !node.is_null();
    let is_whole = (2..=4).contains(&items.len())
        && items.iter().all(is_text)
        && items.get(3).is_none_or(|remove| remove.text().and_then(boolean).is_some());
    let (Some(entity), Some(wanted), true) = (items.first(), items.get(1), is_whole) else {
        let takes = "a list: the node, the artifact, maybe a location, and maybe whether to remove it";
        wrong_arguments(evaluation, argument, "get_artifact", takes);
        return None;
    };
    let name = wanted.text()?;
    let (entity, ty, own) = match entity::meant(evaluation, scope, *entity, entity.text()?)? {
        Meant::Unknown => return Some(Data::Unknown),
        Meant::Relation(relation) => {
            (Entity::Relationship(relation.name), evaluation.library.ty(relation.ty)?, None)
        }
        Meant::Node(node) => of_node(evaluation, node)?,
        Meant::HostsOf(node) => {
            let (hosts, is_open) = entity::hosts_of(evaluation, node);
            let found = hosts.iter().filter_map(|&host| of_node(evaluation, host));
            let found = found.into_iter().find(|(_, ty, own)| has(evaluation, ty, *own, name));
            match found {
                None if is_open => {
                    evaluation.inputs.use_missing();
                    return Some(Data::Unknown);
                }
                found => found.or_else(|| of_node(evaluation, node))?,
            }
        }
    };
    if !has(evaluation, ty, own, name) {
        let given = own.into_iter().flat_map(NodeRef::entries).filter_map(|(key, _)| key.text());
        let names = given.chain(ty.artifacts.iter().map(|artifact| artifact.name));
        let help = evaluation.report.suggest(name, names);
        let message = format!("`{}` has no artifact `{name}`", entity.name());
        evaluation.report.help(Code::UnknownArtifact, *wanted, message, help);
        return None;
    }
    Some(evaluation.defer(Type::String, Piece::Artifact { entity, name }))
}

type Found<'c, 't> = (Entity<'t>, &'c TypeDef<'t>, Option<NodeRef<'t>>);

fn of_node<'c, 't>(evaluation: &Evaluation<'c, 't>, node: usize) -> Option<Found<'c, 't>> {
    let declared = evaluation.nodes.get(node)?;
    let ty = evaluation.library.ty(declared.ty?)?;
    Some((evaluation.entity(node, declared.name_text()), ty, declared.node.get("artifacts")))
}

fn has<'c, 't>(
    evaluation: &Evaluation<'c, 't>,
    ty: &'c TypeDef<'t>,
    own: Option<NodeRef<'t>>,
    name: &str,
) -> bool {
    own.is_some_and(|own| evaluation.entry(own, name).is_some())
        || evaluation.find(&ty.artifacts, name).is_some()
}
