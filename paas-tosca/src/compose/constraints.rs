//! The rules of a question as constraints of an input.

use super::{answers::Question, characters::Characters, inputs};
use crate::export::{Constraint, InputKind};

/// A pattern for a shortest length is as large as the length.
const LONGEST_IN_PATTERN: u64 = 100;

/// What can be held against values of an input, and what nobody holds any more.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) constraints: Vec<Constraint>,
    /// Keys of the question, and why.
    pub(super) dropped: Vec<(&'static str, &'static str)>,
}

/// The rules of a question for an input of this kind that has this value without being given.
pub(super) fn held(question: &Question, kind: InputKind, default: Option<&str>) -> Held {
    let mut held = Held::default();
    if default.is_some_and(|default| inputs::fault(question, default).is_some()) {
        let why = "the answer breaks it";
        held.dropped.extend(question.rules.keys().filter(|key| says(question, key)).map(|key| (*key, why)));
        return held;
    }
    // An answer that may be left out is held against nothing where it is empty.
    let may_be_empty = !question.required && default == Some("");
    options(question, kind, may_be_empty, &mut held);
    bounds(question, kind, &mut held);
    lengths(question, kind, may_be_empty, &mut held);
    for (key, text, are_allowed) in
        [("valid_chars", &question.valid_chars, true), ("invalid_chars", &question.invalid_chars, false)]
    {
        let Some(text) = text else { continue };
        match Characters::read(text) {
            _ if kind != InputKind::String => held.dropped.push((key, "the input is no text")),
            Some(characters) => held.constraints.push(Constraint::Pattern(characters.pattern(are_allowed))),
            None => held.dropped.push((key, "it is no plain list of characters")),
        }
    }
    held
}

/// Whether a key of a question holds anything back.
fn says(question: &Question, key: &str) -> bool {
    key != "required" || question.required
}

fn options(question: &Question, kind: InputKind, may_be_empty: bool, held: &mut Held) {
    let options = &question.options;
    match kind {
        _ if options.is_empty() => {}
        InputKind::Boolean => {
            let flags = ["true", "false"].map(str::to_owned);
            let flags: Vec<String> = flags.into_iter().filter(|flag| options.contains(flag)).collect();
            if flags.len() == 1 {
                held.constraints.push(Constraint::ValidValues(flags));
            }
        }
        InputKind::Integer if !options.iter().all(|option| super::answers::is_integer(option)) => {
            held.dropped.push(("options", "not all of them are whole numbers"));
        }
        _ => {
            let mut options = options.clone();
            if may_be_empty && !options.iter().any(String::is_empty) {
                options.push(String::new());
            }
            held.constraints.push(Constraint::ValidValues(options));
        }
    }
}

fn bounds(question: &Question, kind: InputKind, held: &mut Held) {
    if kind == InputKind::Integer {
        held.constraints.extend(question.min.map(Constraint::GreaterOrEqual));
        held.constraints.extend(question.max.map(Constraint::LessOrEqual));
        return;
    }
    for (key, bound) in [("min", question.min), ("max", question.max)] {
        if bound.is_some() {
            held.dropped.push((key, "the input is no whole number"));
        }
    }
}

fn lengths(question: &Question, kind: InputKind, may_be_empty: bool, held: &mut Held) {
    if kind != InputKind::String {
        for (key, length) in [("min_length", question.min_length), ("max_length", question.max_length)] {
            if length.is_some() {
                held.dropped.push((key, "the input is no text"));
            }
        }
        return;
    }
    match question.min_length {
        Some(least) if !may_be_empty => held.constraints.push(Constraint::MinLength(least)),
        Some(least) if least <= LONGEST_IN_PATTERN => {
            held.constraints.push(Constraint::Pattern(format!("([\\s\\S]{{{least},}})?")));
        }
        Some(_) => held.dropped.push(("min_length", "the answer may be left out")),
        // One of the options is none that is empty.
        None if question.required && question.options.is_empty() => {
            held.constraints.push(Constraint::MinLength(1));
        }
        None => {}
    }
    held.constraints.extend(question.max_length.map(Constraint::MaxLength));
}
