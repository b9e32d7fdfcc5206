//! Questions of a catalogue as inputs of a template.

use super::{
    answers::{Answers, Catalog, Question, is_integer},
    filled::Piece as Filled,
    findings::Findings,
};
use crate::export::{Constraint, Extras, Input, InputKind, Piece, Remark};
use paas_core::{application::Application, diagnostic::shown, loss::Kept};
use std::collections::{BTreeMap, BTreeSet};

/// The answers that are passwords, and stay references in the application.
pub(super) fn secrets(catalog: &Catalog) -> BTreeSet<String> {
    let passwords = catalog.questions.iter().filter(|question| question.kind == "password");
    passwords.map(|question| question.variable.clone()).collect()
}

/// Why an answer is none to a question.
pub(super) fn fault(question: &Question, answer: &str) -> Option<String> {
    if answer.is_empty() {
        return question.required.then(|| "is empty, but it is required".to_owned());
    }
    if !question.options.is_empty() && !question.options.iter().any(|option| option == answer) {
        return Some("is none of the options".to_owned());
    }
    let length = u64::try_from(answer.chars().count()).unwrap_or(u64::MAX);
    if question.min_length.is_some_and(|least| length < least)
        || question.max_length.is_some_and(|most| length > most)
    {
        return Some("is too short or too long".to_owned());
    }
    if question.kind != "int" {
        return None;
    }
    match answer.parse::<i64>() {
        Err(_) => Some("is no whole number".to_owned()),
        Ok(number) if question.min.is_some_and(|least| number < least) => Some("is too small".to_owned()),
        Ok(number) if question.max.is_some_and(|most| number > most) => Some("is too large".to_owned()),
        Ok(_) => None,
    }
}

/// What a template says beside the application: inputs where values came from answers, and remarks on what was lost.
pub(super) fn extras(
    catalog: &Catalog,
    answers: &Answers,
    application: &Application,
    findings: &Findings,
) -> Extras {
    let mut extras = Extras::default();
    let secrets: BTreeSet<&str> = application.secrets.iter().map(String::as_str).collect();
    // Whole numbers are asked for by their places.
    let numbers: BTreeSet<&str> =
        findings.uses.iter().filter(|each| each.is_integer).flat_map(|each| each.text.answers()).collect();
    let questions: BTreeMap<&str, &Question> =
        catalog.questions.iter().map(|question| (question.variable.as_str(), question)).collect();
    let mut used: Vec<&str> = Vec::new();
    let asked = findings.uses.iter().flat_map(|each| each.text.answers());
    let in_order = catalog.questions.iter().map(|question| question.variable.as_str());
    let asked: BTreeSet<&str> = asked.chain(secrets.iter().copied()).collect();
    used.extend(in_order.filter(|name| asked.contains(name)));
    used.dedup();
    let others: Vec<&str> = asked.iter().copied().filter(|name| !used.contains(name)).collect();
    used.extend(others);
    for name in used {
        let question = questions.get(name).copied();
        extras.inputs.push(input(
            name,
            question,
            answers.get(name),
            numbers.contains(name),
            secrets.contains(name),
        ));
    }
    for each in &findings.uses {
        let pieces = each.text.pieces().iter().map(|piece| match piece {
            Filled::Literal(text) | Filled::Cut { value: text, .. } => Piece::literal(text),
            Filled::Answer { name, .. } => Piece::input(name),
        });
        extras.uses.add(&each.service, each.path.iter().cloned(), pieces);
    }
    for loss in findings.losses.iter().filter(|loss| loss.kept != Kept::Full) {
        let key = &loss.key;
        let text = match loss.kept {
            Kept::None => format!("{} is lost: {}", shown(key), loss.why),
            _ => format!("{}: {}", shown(key), loss.why),
        };
        let remark = Remark::new(text);
        extras.remarks.push(match &loss.service {
            Some(service) => remark.of_service(service),
            None => remark,
        });
    }
    extras
}

/// A question as an input, whatever becomes of its answer.
pub(super) fn asked(question: &Question) -> Input {
    let is_secret = question.kind == "password";
    let mut input = input(&question.variable, Some(question), question.default.as_deref(), false, is_secret);
    input.default = question.default.clone().filter(|_| !is_secret);
    input.required = question.required && question.default.is_none();
    if question.kind == "int" && question.default.is_none() {
        input.kind = InputKind::Integer;
        input.constraints.clear();
        input.constraints.extend(question.min.map(Constraint::GreaterOrEqual));
        input.constraints.extend(question.max.map(Constraint::LessOrEqual));
    }
    input
}

fn input(
    name: &str,
    question: Option<&Question>,
    answer: Option<&str>,
    is_number: bool,
    is_secret: bool,
) -> Input {
    let wants_number = is_number || question.is_some_and(|question| question.kind == "int");
    let is_flag = !is_number && question.is_some_and(|question| question.kind == "boolean");
    let fits = |text: &str| if wants_number { is_integer(text) } else { matches!(text, "true" | "false") };
    // What is empty is a text: a number is never nothing.
    let kind = match answer {
        Some(answer) if wants_number && fits(answer) => InputKind::Integer,
        Some(answer) if is_flag && fits(answer) => InputKind::Boolean,
        None if is_number => InputKind::Integer,
        _ => InputKind::String,
    };
    let mut input = Input::new(name, kind);
    input.secret = is_secret;
    input.default = answer.map(str::to_owned).or_else(|| {
        (kind == InputKind::String && question.is_none_or(|question| !question.required)).then(String::new)
    });
    if is_secret {
        // Whoever deploys gives it; nothing that was answered here is kept.
        input.default = None;
    }
    let Some(question) = question else { return input };
    let words = [question.label.as_deref(), question.description.as_deref()];
    let words: Vec<&str> =
        words.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()).collect();
    input.description = (!words.is_empty()).then(|| words.join(": "));
    let mut constraints = Vec::new();
    if !question.options.is_empty() && kind != InputKind::Boolean {
        constraints.push(Constraint::ValidValues(question.options.clone()));
    }
    if kind == InputKind::Integer {
        constraints.extend(question.min.map(Constraint::GreaterOrEqual));
        constraints.extend(question.max.map(Constraint::LessOrEqual));
    } else if kind == InputKind::String {
        constraints.extend(question.min_length.map(Constraint::MinLength));
        constraints.extend(question.max_length.map(Constraint::MaxLength));
    }
    // An answer that the question itself would refuse is none that a constraint could hold for.
    if input
        .default
        .as_deref()
        .is_none_or(|default| fault(question, default).is_none() && holds(&constraints, default))
    {
        input.constraints = constraints;
    }
    input
}

/// Whether the constraints that an empty text breaks are none.
fn holds(constraints: &[Constraint], default: &str) -> bool {
    constraints.iter().all(|constraint| match constraint {
        Constraint::ValidValues(values) => values.iter().any(|value| value == default),
        Constraint::MinLength(least) => u64::try_from(default.chars().count()).unwrap_or(u64::MAX) >= *least,
        _ => true,
    })
}
