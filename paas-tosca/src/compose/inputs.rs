//! Questions of a catalogue as inputs of a template.

use super::{
    answers::{Answers, Catalog, Question, is_integer},
    characters::Characters,
    constraints::{self, Held},
    filled::Piece as Filled,
    findings::{Findings, Use},
};
use crate::export::{Extras, Input, InputKind, Piece, Remark};
use paas_core::{application::Application, diagnostic::shown, loss::Kept};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    for (characters, are_allowed) in [(&question.valid_chars, true), (&question.invalid_chars, false)] {
        let characters = characters.as_deref().and_then(Characters::read);
        if characters.is_some_and(|it| answer.chars().any(|c| it.contains(c) != are_allowed)) {
            return Some("has characters that it may not have".to_owned());
        }
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

/// The inputs of a template: the answers that values come from. What an input does not hold of a question is told.
pub(super) fn inputs(
    catalog: &Catalog,
    answers: &Answers,
    application: &Application,
    findings: &mut Findings,
) -> Vec<Input> {
    let secrets: BTreeSet<&str> = application.secrets.iter().map(String::as_str).collect();
    // Whole numbers are asked for by their places.
    let of = |uses: &mut dyn Iterator<Item = &Use>| -> BTreeSet<String> {
        uses.flat_map(|each| each.text.answers()).map(str::to_owned).collect()
    };
    let numbers = of(&mut findings.uses.iter().filter(|each| each.is_integer));
    let asked = of(&mut findings.uses.iter());
    let mut questions: BTreeMap<&str, &Question> = BTreeMap::new();
    let mut used: Vec<&str> = Vec::new();
    for question in &catalog.questions {
        let name = question.variable.as_str();
        if questions.insert(name, question).is_none() && (asked.contains(name) || secrets.contains(name)) {
            used.push(name);
        }
    }
    let others = asked.iter().map(String::as_str).chain(secrets.iter().copied());
    let others: BTreeSet<&str> = others.filter(|name| !questions.contains_key(name)).collect();
    let mut inputs = Vec::new();
    for name in used.into_iter().chain(others) {
        let question = questions.get(name).copied();
        let (is_number, is_secret) = (numbers.contains(name), secrets.contains(name));
        let (input, held) = input(name, question, answers.get(name), is_number, is_secret);
        inputs.push(input);
        for (key, why) in held.dropped {
            let place = question.and_then(|question| question.rules.get(key));
            let Some(place) = place else { continue };
            let why = format!("nobody holds {} against answers: {why}", shown(key));
            findings.partly(None, name, place, why);
        }
    }
    inputs
}

/// What a template says beside the application: inputs where values came from answers, and remarks on what was lost.
pub(super) fn extras(inputs: Vec<Input>, findings: &Findings) -> Extras {
    let mut extras = Extras { inputs, ..Extras::default() };
    for each in &findings.uses {
        let pieces = each.text.pieces().iter().map(|piece| match piece {
            Filled::Literal(text) | Filled::Cut { value: text, .. } => Piece::literal(text),
            Filled::Answer { name, .. } => Piece::input(name),
        });
        extras.uses.add(&each.service, each.path.iter().cloned(), pieces);
    }
    // What is told at several places of a service is one remark.
    let mut told = HashSet::new();
    for loss in findings.losses.iter().filter(|loss| loss.kept != Kept::Full) {
        if !told.insert((&loss.service, loss.kept, &loss.key, &loss.why)) {
            continue;
        }
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
    let default = question.default.as_deref();
    let (mut input, _) = input(&question.variable, Some(question), default, false, is_secret);
    input.default = question.default.clone().filter(|_| !is_secret);
    input.required = question.required && question.default.is_none();
    if question.kind == "int" && question.default.is_none() {
        input.kind = InputKind::Integer;
        input.constraints = constraints::held(question, input.kind, None).constraints;
    }
    input
}

fn input(
    name: &str,
    question: Option<&Question>,
    answer: Option<&str>,
    is_number: bool,
    is_secret: bool,
) -> (Input, Held) {
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
    let Some(question) = question else { return (input, Held::default()) };
    let words = [question.label.as_deref(), question.description.as_deref()];
    let words: Vec<&str> =
        words.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()).collect();
    input.description = (!words.is_empty()).then(|| words.join(": "));
    let mut held = constraints::held(question, kind, input.default.as_deref());
    input.constraints = std::mem::take(&mut held.constraints);
    (input, held)
}
