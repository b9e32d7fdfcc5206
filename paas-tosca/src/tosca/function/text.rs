//! `concat`, `join` and `token`: texts of pieces, and pieces of texts.

use super::{Evaluation, wrong_arguments};
use crate::{
    tosca::{
        convert::{Reader, text_of},
        deferred::{Deferred, Piece},
        library::Library,
        schema::{Schema, Type},
        value::{Data, Value},
    },
    yaml::{self, NodeRef},
};
use paas_core::{application::Segment, diagnostic::Code};
use std::sync::Arc;

/// A `concat` of `concat`s doubles with each step; this ends it.
const LONGEST_TEXT: usize = 256 << 10;

/// A text in the making.
#[derive(Default)]
struct Pieces<'t> {
    pieces: Vec<Piece<'t>>,
    length: usize,
    settled: Option<Data<'t>>,
}

impl<'t> Pieces<'t> {
    fn literal(&mut self, text: String) {
        self.length += text.len();
        self.pieces.push(Piece::Known(Segment::Literal(text)));
    }

    /// Puts a value at the end; `false`: it is none that a text can hold.
    fn push(&mut self, data: Data<'t>) -> bool {
        match data {
            Data::Unknown => self.settled = self.settled.take().or(Some(Data::Unknown)),
            Data::Invalid => self.settled = Some(Data::Invalid),
            Data::Secret(secret) => {
                self.length += secret.iter().map(length_of).sum::<usize>();
                self.pieces.extend(secret.into_iter().map(Piece::Known));
            }
            Data::Deferred(deferred) if deferred.ty.is_text() => {
                self.length += deferred.size();
                self.pieces.extend(deferred.pieces.iter().cloned());
            }
            data => match text_of(&data) {
                Some(text) => self.literal(text),
                None => {
                    self.settled = Some(Data::Invalid);
                    return false;
                }
            },
        }
        true
    }

    /// Whether it has not become too long, which is told.
    fn is_short(&self, evaluation: &Evaluation<'_, 't>, function: &str, at: NodeRef<'t>) -> bool {
        if self.length > LONGEST_TEXT {
            let message = format!("the text that `{function}` makes is longer than {LONGEST_TEXT} bytes");
            evaluation.report.at(Code::FunctionArguments, at, message);
        }
        self.length <= LONGEST_TEXT
    }

    fn finish(self, evaluation: &Evaluation<'_, 't>) -> Data<'t> {
        if let Some(settled) = self.settled {
            return settled;
        }
        let mut segments = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let Piece::Known(segment) = piece else {
                return evaluation.deferred(Deferred { ty: Type::String, pieces: self.pieces });
            };
            segments.push(segment.clone());
        }
        if segments.iter().any(|segment| matches!(segment, Segment::Secret { .. })) {
            return Data::Secret(segments);
        }
        let mut text = String::with_capacity(self.length);
        for segment in segments {
            if let Segment::Literal(literal) = segment {
                text.push_str(&literal);
            }
        }
        Data::String(text.into())
    }
}

fn length_of(segment: &Segment) -> usize {
    match segment {
        Segment::Literal(text) => text.len(),
        Segment::Secret { secret: name } | Segment::Host { host_of: name, .. } => name.len(),
    }
}

/// Whether a text can stand where a type is wanted, if it is the right one: `5 MiB` for a size.
pub(in crate::tosca) fn holds_text(library: &Library<'_>, ty: &Type<'_>) -> bool {
    match ty {
        Type::List(_) | Type::Map(..) | Type::Range | Type::Null => false,
        Type::Data(id) => {
            let base = library.ty(*id).and_then(|ty| ty.base.as_ref());
            base.is_some_and(|base| holds_text(library, &base.ty))
        }
        _ => true,
    }
}

pub(super) fn concat<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    if argument.items().len() == 0 {
        wrong_arguments(evaluation, argument, "concat", "a list of values");
        return None;
    }
    let mut pieces = Pieces::default();
    for item in argument.items() {
        if !pieces.push(reader.read_piece("concat", item).data) {
            wrong_arguments(evaluation, item, "concat", "single values");
        }
        if !pieces.is_short(evaluation, "concat", argument) {
            return None;
        }
    }
    Some(pieces.finish(evaluation))
}

/// `join: [ [ a, b ], ',' ]`; without a delimiter the pieces follow each other.
pub(super) fn join<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    let mut items = argument.items();
    let (Some(list), delimiter, None) = (items.next(), items.next(), items.next()) else {
        wrong_arguments(evaluation, argument, "join", "a list of values and maybe a delimiter");
        return None;
    };
    let delimiter = match delimiter {
        Some(delimiter) => known(evaluation, reader, "join", delimiter, Type::String),
        None => Value::new(argument, Data::String("".into())),
    };
    let values = if list.kind() == yaml::Kind::Sequence {
        list.items().map(|item| reader.read_piece("join", item)).collect()
    } else {
        let value = reader.read("join", list, &Schema::ANY);
        match value.data {
            Data::List(items) => items,
            Data::Unknown | Data::Invalid => return Some(value.data),
            Data::Deferred(of) if matches!(of.ty, Type::List(_) | Type::Any) => {
                let Data::String(delimiter) = delimiter.data else { return settled(delimiter) };
                let piece = Piece::Join { of: Box::new((*of).clone()), delimiter: delimiter.into_owned() };
                return Some(evaluation.defer(Type::String, piece));
            }
            _ => {
                wrong_arguments(evaluation, list, "join", "a list of values and maybe a delimiter");
                return None;
            }
        }
    };
    let Data::String(delimiter) = delimiter.data else { return settled(delimiter) };
    let mut pieces = Pieces::default();
    for (position, value) in values.into_iter().enumerate() {
        if position > 0 {
            pieces.literal(delimiter.clone().into_owned());
        }
        let at = value.at;
        if !pieces.push(value.data) {
            wrong_arguments(evaluation, at, "join", "single values");
        }
        if !pieces.is_short(evaluation, "join", argument) {
            return None;
        }
    }
    Some(pieces.finish(evaluation))
}

/// `token: [ text, separators, index ]`.
pub(super) fn token<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    let mut items = argument.items();
    let (Some(text), Some(separators), Some(index), None) =
        (items.next(), items.next(), items.next(), items.next())
    else {
        wrong_arguments(evaluation, argument, "token", "three values: a text, separators, an index");
        return None;
    };
    let value = reader.read("token", text, &Schema::of(Type::String));
    let separators_value = known(evaluation, reader, "token", separators, Type::String);
    let position = known(evaluation, reader, "token", index, Type::Integer);
    let (Data::String(separators_text), Data::Integer(position)) =
        (separators_value.data.clone(), position.data.clone())
    else {
        return settled(if separators_value.is_settled() { separators_value } else { position });
    };
    if separators_text.is_empty() {
        wrong_arguments(evaluation, separators, "token", "at least one character as separator");
        return None;
    }
    let Ok(wanted) = usize::try_from(position) else {
        wrong_arguments(evaluation, index, "token", "an index from 0 on");
        return None;
    };
    match value.data {
        Data::String(text) => {
            if !evaluation.report.spend(argument, 1 + text.len() / 16 * separators_text.chars().count()) {
                return None;
            }
            let found = text.split(|c| separators_text.contains(c)).nth(wanted);
            if found.is_none() {
                let count = text.split(|c| separators_text.contains(c)).count();
                let message = format!("the text has {count} parts, so there is none of index {wanted}");
                evaluation.report.at(Code::FunctionArguments, index, message);
            }
            found.map(|found| Data::String(found.to_owned().into()))
        }
        Data::Deferred(of) => {
            let of = Box::new(Arc::unwrap_or_clone(of));
            let piece = Piece::Token { of, separators: separators_text.into_owned(), index: wanted };
            Some(evaluation.defer(Type::String, piece))
        }
        Data::Secret(_) => {
            let message = "a part of a secret cannot be taken: its value is not known here";
            evaluation.report.at(Code::SecretPlace, text, message);
            None
        }
        data => Some(data),
    }
}

/// An argument that must be known here: a secret is not, nor is what only shows when the application runs.
fn known<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    function: &str,
    node: NodeRef<'t>,
    ty: Type<'t>,
) -> Value<'t> {
    let value = reader.read(function, node, &Schema::of(ty));
    match &value.data {
        Data::Secret(_) => {
            let message =
                format!("`{function}` cannot split or join by a secret: its value is not known here");
            evaluation.report.at(Code::SecretPlace, node, message);
            Value::invalid(node)
        }
        Data::Deferred(deferred) => {
            let message = format!("`{function}` cannot split or join by {deferred}: it is not known here");
            evaluation.report.at(Code::NotKnownYet, node, message);
            Value::invalid(node)
        }
        _ => value,
    }
}

/// What becomes of a function whose argument is not known: the same.
fn settled<'t>(value: Value<'t>) -> Option<Data<'t>> {
    value.is_settled().then_some(value.data)
}
