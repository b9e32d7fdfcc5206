//! Whether a node is a right target of a requirement.

use super::{meeting, source_is_wanted};
use crate::{
    tosca::{
        function::Evaluation,
        library::{Kind, RequirementDef, TypeDef, TypeId},
        topology::Declared,
    },
    yaml::NodeRef,
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Whether the target is of the type, and has the capability, that the requirement asks for.
pub(super) fn target_fits<'t>(
    evaluation: &Evaluation<'_, 't>,
    definition: &RequirementDef<'t>,
    source: usize,
    found: usize,
    target: NodeRef<'t>,
    assignment: NodeRef<'t>,
) -> bool {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(declared) = evaluation.nodes.get(found) else { return false };
    // A target whose own type is unknown is diagnosed there.
    let Some(id) = declared.ty else { return true };
    let Some(ty) = library.ty(id) else { return true };
    let (name, owner) = (definition.name, declared.name_text());
    if let Some(wanted) = definition.node
        && !library.derives(id, wanted)
    {
        let message = format!(
            "`{name}` must point at a node of type `{}`, but `{owner}` is a `{}`",
            library.name(wanted),
            ty.name
        );
        let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(target.place());
        report.push(diagnostic.label(declared.name.place(), "this node"));
        return false;
    }
    let offers = |wanted: TypeId| {
        ty.capabilities
            .iter()
            .any(|offered| offered.ty.is_some_and(|offered| library.derives(offered, wanted)))
    };
    if let Some(named) = assignment.get("capability").filter(|named| !named.is_null()) {
        let Some(text) = named.text() else {
            report.at(
                Code::WrongShape,
                named,
                "`capability` is the name of a capability or of a type of them",
            );
            return false;
        };
        let by_name = ty.capabilities.iter().any(|offered| offered.name == text);
        let by_type = library.named(Kind::Capability, named).is_some_and(offers);
        if !by_name && !by_type {
            let help = report.suggest(text, ty.capabilities.iter().map(|offered| offered.name));
            let message = format!("`{owner}` has no capability `{text}`");
            report.help(Code::UnknownCapability, named, message, help);
            return false;
        }
        let offered = ty.capabilities.iter().find(|offered| offered.name == text);
        if let (Some(offered), Some(wanted)) = (offered, definition.capability)
            && let Some(id) = offered.ty.filter(|id| !library.derives(*id, wanted))
        {
            let message = format!(
                "`{name}` needs a `{}`, but the capability `{text}` of `{owner}` is a `{}`",
                library.name(wanted),
                library.name(id)
            );
            let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(named.place());
            report.push(diagnostic.label(offered.at.place(), "the capability"));
            return false;
        }
    }
    let Some(wanted) = definition.capability else { return true };
    if offers(wanted) {
        return is_open_for(evaluation, definition, source, (found, declared, ty), target, assignment);
    }
    let message = format!(
        "`{name}` needs a node with the capability `{}`, which `{owner}`, a `{}`, has not",
        library.name(wanted),
        ty.name
    );
    let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(target.place());
    report.push(diagnostic.label(declared.name.place(), "this node"));
    false
}

/// Whether a capability that meets the requirement is for nodes like the source, and not used up.
fn is_open_for<'t>(
    evaluation: &Evaluation<'_, 't>,
    definition: &RequirementDef<'t>,
    source: usize,
    (found, declared, ty): (usize, &Declared<'t>, &TypeDef<'t>),
    target: NodeRef<'t>,
    assignment: NodeRef<'t>,
) -> bool {
    let (library, report) = (evaluation.library, evaluation.report);
    let id = evaluation.nodes.get(source).and_then(|declared| declared.ty);
    let mut meets = meeting(evaluation, definition, assignment, ty).peekable();
    let Some(first) = meets.peek().copied() else { return true };
    let Some(open) = meets.find(|offered| source_is_wanted(library, offered, id)) else {
        let message = format!(
            "the capability `{}` of `{}` is not for a `{}`",
            first.name,
            declared.name_text(),
            id.map_or("", |id| library.name(id))
        );
        let diagnostic = Diagnostic::new(Code::RequirementTarget, message).at(target.place());
        // Few readers look at it, and templates of many do not keep it.
        let diagnostic = diagnostic.severity(Severity::Warning);
        report.push(diagnostic.label(first.at.place(), "defined here, with its `valid_source_types`"));
        return true;
    };
    let own = declared.node.get("capabilities").and_then(|all| all.get(open.name)?.get("occurrences"));
    let most = own.map_or(open.most, |own| super::occurrences(own).and_then(|(_, most)| most));
    let Some(most) = most else { return true };
    let mut uses = evaluation.choices.uses.borrow_mut();
    let count = uses.entry((found, open.name.to_owned())).or_insert(0);
    *count += 1;
    if *count > most {
        let message = format!(
            "the capability `{}` of `{}` is used more often than {most} times",
            open.name,
            declared.name_text()
        );
        let diagnostic = Diagnostic::new(Code::CapabilityUses, message).at(target.place());
        report.push(diagnostic.label(own.unwrap_or(open.at).place(), "the limit"));
    }
    *count <= most
}
