//! Going on into a value by keys of maps and indices of lists.

use super::Evaluation;
use crate::{
    tosca::{
        deferred::{Deferred, Piece},
        schema::Type,
        value::{Data, Value},
    },
    yaml::{NodeRef, scalar_integer as integer},
};
use paas_core::diagnostic::Code;

/// So many keys are compared in the time that it takes to read a value.
const KEYS_FOR_ONE: usize = 16;

/// A value that is used again: texts and lists are paid for, since they can be asked for very often.
pub(super) fn copy<'t>(
    evaluation: &Evaluation<'_, 't>,
    at: NodeRef<'t>,
    data: &Data<'t>,
) -> Option<Data<'t>> {
    // A value that is there twice costs memory too, which is scarcer than time.
    const COST: usize = 8;
    evaluation.report.spend(at, COST * data.size()).then(|| data.clone())
}

/// What stands at a path in a value.
pub(super) fn follow<'t>(
    evaluation: &Evaluation<'_, 't>,
    value: &Value<'t>,
    path: impl Iterator<Item = NodeRef<'t>>,
) -> Option<Data<'t>> {
    let mut value = value;
    let mut path = path.peekable();
    while let Some(&step) = path.peek() {
        if value.is_settled() {
            break;
        }
        if let Data::Deferred(deferred) = &value.data {
            return into_deferred(evaluation, deferred, path);
        }
        path.next();
        let text = step.text().unwrap_or_default();
        // Keys are looked for one after the other: in a large map that is paid for.
        if !evaluation.report.spend(step, value.entries().len() / KEYS_FOR_ONE) {
            return None;
        }
        let next = match &value.data {
            Data::Map(_) => value.get(text),
            Data::List(items) => index(text).and_then(|index| items.get(index)),
            _ => None,
        };
        let Some(next) = next else {
            let keys = value.entries().iter().filter_map(|(key, _)| key.text());
            nothing_there(evaluation, step, evaluation.report.suggest(text, keys));
            return None;
        };
        value = next;
    }
    copy(evaluation, value.at, &value.data)
}

/// What stands at a path in a value of which only the type is known.
fn into_deferred<'t>(
    evaluation: &Evaluation<'_, 't>,
    deferred: &Deferred<'t>,
    path: impl Iterator<Item = NodeRef<'t>>,
) -> Option<Data<'t>> {
    let (ty, steps) = follow_type(evaluation, &deferred.ty, path)?;
    let [Piece::Attribute(attribute)] = deferred.pieces.as_slice() else {
        return Some(evaluation.deferred(Deferred { ty, pieces: deferred.pieces.clone() }));
    };
    let mut attribute = attribute.clone();
    attribute.path.extend(steps);
    Some(evaluation.defer(ty, Piece::Attribute(attribute)))
}

/// The type of what stands at a path in values of a type, and the path.
pub(super) fn follow_type<'t>(
    evaluation: &Evaluation<'_, 't>,
    ty: &Type<'t>,
    path: impl Iterator<Item = NodeRef<'t>>,
) -> Option<(Type<'t>, Vec<&'t str>)> {
    let mut ty = ty;
    let mut steps = Vec::new();
    for step in path {
        let text = step.text().unwrap_or_default();
        let next = match ty {
            Type::Any => Some(ty),
            Type::List(entry) => index(text).map(|_| &entry.ty),
            Type::Map(entry, _) => Some(&entry.ty),
            Type::Data(id) => evaluation.library.ty(*id).and_then(|found| {
                let base = found.base.as_ref().and_then(|base| match &base.ty {
                    Type::List(entry) if index(text).is_some() => Some(&entry.ty),
                    Type::Map(entry, _) => Some(&entry.ty),
                    _ => None,
                });
                let property = found.properties.iter().find(|property| property.name == text);
                base.or_else(|| property.map(|property| &property.schema.ty))
            }),
            _ => None,
        };
        let Some(next) = next else {
            let properties = match ty {
                Type::Data(id) => evaluation.library.ty(*id).map(|ty| ty.properties.as_slice()),
                _ => None,
            };
            let names = properties.unwrap_or_default().iter().map(|property| property.name);
            nothing_there(evaluation, step, evaluation.report.suggest(text, names));
            return None;
        };
        steps.push(text);
        ty = next;
    }
    Some((ty.clone(), steps))
}

fn index(text: &str) -> Option<usize> {
    integer(text).and_then(|index| usize::try_from(index).ok())
}

fn nothing_there(evaluation: &Evaluation<'_, '_>, step: NodeRef<'_>, help: Option<String>) {
    let message = format!("there is no `{}` in this value", step.text().unwrap_or_default());
    evaluation.report.help(Code::UnknownProperty, step, message, help);
}
