//! The relationship of a requirement: a template, a type, or what stands at the requirement itself.

use crate::{
    tosca::{
        function::{Evaluation, Relation, Scope},
        interfaces, keywords,
        library::{Kind, RequirementDef, TypeId},
        nodes,
        relationships::Relationships,
        value::Value,
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::{Code, Diagnostic};

/// The type of the relationship, its properties, and whether all of it could be understood.
pub(super) fn relationship<'t>(
    evaluation: &Evaluation<'_, 't>,
    definition: &RequirementDef<'t>,
    key: NodeRef<'t>,
    node: Option<NodeRef<'t>>,
    scope: Scope<'t>,
) -> (Option<TypeId>, Vec<(NodeRef<'t>, Value<'t>)>, bool) {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(node) = node.filter(|node| !node.is_null()) else {
        return (definition.relationship, Vec::new(), needs_nothing(evaluation, definition, key));
    };
    let relationships = evaluation.relationships.get();
    let inline = match node.kind() {
        yaml::Kind::Scalar => None,
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::INLINE_RELATIONSHIP, "a relationship", report);
            Some(node)
        }
        yaml::Kind::Sequence => {
            report.at(Code::WrongShape, node, "`relationship` is a name, or a map with a `type`");
            return (None, Vec::new(), false);
        }
    };
    let named = inline.map_or(Some(node), |node| node.get("type").filter(|ty| !ty.is_null()));
    let (id, fits, at) = match named {
        Some(named) => {
            let Some(text) = named.text() else {
                report.at(Code::WrongShape, named, "`type` is the name of a type");
                return (None, Vec::new(), false);
            };
            if let Some(template) = relationships.and_then(|all| all.find(text)).filter(|_| inline.is_none())
            {
                let Some(id) = template.ty else { return (None, Vec::new(), false) };
                let fits = type_fits(evaluation, definition, id, node);
                return (Some(id), template.read(evaluation, scope), fits);
            }
            let Some(id) = library.named(Kind::Relationship, named) else {
                if relationships.is_some_and(|all| !all.are_readable()) || library.may_lack(named) {
                    return (None, Vec::new(), false);
                }
                let help = report.suggest(
                    text,
                    relationships
                        .into_iter()
                        .flat_map(Relationships::names)
                        .chain(library.names_seen(Kind::Relationship, named)),
                );
                let what =
                    if inline.is_some() { "a relationship type" } else { "a relationship template or type" };
                report.help(Code::UnknownRelationship, named, format!("`{text}` is not {what}"), help);
                return (None, Vec::new(), false);
            };
            (id, type_fits(evaluation, definition, id, named), named)
        }
        // Without a type it is of the type that the requirement's definition names.
        None => match definition.relationship {
            Some(id) => (id, true, node),
            None => {
                report.at(Code::MissingKeyword, node, "a relationship has a `type`");
                return (None, Vec::new(), false);
            }
        },
    };
    let Some(ty) = library.ty(id) else { return (Some(id), Vec::new(), false) };
    let given = inline.and_then(|node| node.get("properties"));
    let owner = evaluation.next_link();
    let relation = Relation { owner, ty: id, given: given.filter(|it| !it.is_null()), name: definition.name };
    let scope = Scope { relation: Some(relation), ..scope };
    if let Some(inline) = inline {
        interfaces::check(evaluation, scope, inline, ty, "relationship", false);
    }
    (Some(id), nodes::fill(evaluation, scope, at, given, ty, &ty.properties), fits)
}

/// Whether the definition's own relationship can stand without properties; what its type demands cannot be left out.
fn needs_nothing(evaluation: &Evaluation<'_, '_>, definition: &RequirementDef<'_>, key: NodeRef<'_>) -> bool {
    let ty = definition.relationship.and_then(|id| evaluation.library.ty(id));
    let required = ty.into_iter().flat_map(|ty| ty.properties.iter().map(move |property| (ty, property)));
    let missing = required.into_iter().find(|(_, property)| property.required && property.default.is_none());
    let Some((ty, missing)) = missing else { return true };
    let message =
        format!("the requirement `{}` needs a relationship that gives `{}`", definition.name, missing.name);
    evaluation.report.push(
        Diagnostic::new(Code::MissingProperty, message)
            .at(key.place())
            .label(missing.at.place(), "required here")
            .help(format!(
                "add a relationship template of type `{}` and name it with `relationship:`",
                ty.name
            )),
    );
    false
}

fn type_fits(
    evaluation: &Evaluation<'_, '_>,
    definition: &RequirementDef<'_>,
    id: TypeId,
    at: NodeRef<'_>,
) -> bool {
    let library = evaluation.library;
    let Some(wanted) = definition.relationship.filter(|&wanted| !library.derives(id, wanted)) else {
        return true;
    };
    let message = format!(
        "`{}` takes a relationship of type `{}`, not `{}`",
        definition.name,
        library.name(wanted),
        library.name(id)
    );
    evaluation.report.at(Code::WrongRelationship, at, message);
    false
}
