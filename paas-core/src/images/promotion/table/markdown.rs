//! The table for people.

use super::{
    super::{FailureKind, StateName},
    Happens, ROWS, Row, Sort, To,
};
use std::fmt::Write as _;

/// The states with what they mean, in Markdown.
pub fn states() -> String {
    let mut table = String::from("| state | meaning |\n| --- | --- |\n");
    for state in StateName::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{}` | {} |", state.name(), state.meaning());
    }
    table
}

/// What goes wrong with copies, and what follows from it, in Markdown.
pub fn failures() -> String {
    let mut table = String::from("| failure | what went wrong | then |\n| --- | --- | --- |\n");
    for kind in FailureKind::ALL {
        let _ = writeln!(table, "| `{kind}` | {} | {} |", kind.meaning(), kind.class().meaning());
    }
    table
}

/// The rows that lead anywhere or do something, in Markdown; and one for all that is refused.
pub fn markdown() -> String {
    let mut table = String::from("| what happens | when | from | to | |\n| --- | --- | --- | --- | --- |\n");
    for (row, from) in shown() {
        let Row { happens, case, to, effect, .. } = row;
        let title = match happens.sort() {
            Sort::Command => format!("**{}**", happens.title()),
            _ => happens.title().to_owned(),
        };
        let from = if from.is_empty() { "–".to_owned() } else { listed(&from) };
        let to = match to {
            To::Stays => "the same".to_owned(),
            To::State(state) => format!("`{}`", state.name()),
            To::Nothing => "gone".to_owned(),
            To::Refused => "refused".to_owned(),
        };
        let words = case.words(*happens);
        let _ = writeln!(table, "| {title} | {words} | {from} | {to} | {effect} |");
    }
    table
}

/// The rows that are shown, each with its states; rows that say the same of several states are one.
fn shown() -> Vec<(&'static Row, Vec<StateName>)> {
    let mut shown: Vec<(&Row, Vec<StateName>)> = Vec::new();
    for row in ROWS {
        let says_nothing = row.effect.is_empty() && matches!(row.to, To::Stays | To::Refused);
        if says_nothing {
            continue;
        }
        let same = |(other, _): &&mut (&Row, Vec<StateName>)| {
            (other.happens, other.case, other.to, other.effect) == (row.happens, row.case, row.to, row.effect)
                && !other.from.is_empty()
        };
        match shown.iter_mut().find(same) {
            Some((_, from)) => from.extend(row.from),
            None => shown.push((row, row.from.to_vec())),
        }
    }
    shown
}

/// Names of states; all of them are `any`.
fn listed(states: &[StateName]) -> String {
    if states.len() == StateName::ALL.len() {
        return "any".to_owned();
    }
    let names: Vec<String> = states.iter().map(|state| format!("`{}`", state.name())).collect();
    names.join(", ")
}

/// What leads from one state to another, for pictures: each pair of states once, with what may happen.
pub(super) fn arrows() -> Vec<(Option<StateName>, Option<StateName>, Vec<Happens>)> {
    let mut arrows: Vec<(Option<StateName>, Option<StateName>, Vec<Happens>)> = Vec::new();
    for row in ROWS {
        let to = match row.to {
            To::State(state) => Some(state),
            To::Nothing => None,
            To::Stays | To::Refused => continue,
        };
        let froms: Vec<Option<StateName>> = match row.from {
            [] => vec![None],
            states => states.iter().copied().map(Some).collect(),
        };
        for from in froms.into_iter().filter(|from| *from != to) {
            match arrows.iter_mut().find(|(other, too, _)| (*other, *too) == (from, to)) {
                Some((.., happens)) if happens.contains(&row.happens) => {}
                Some((.., happens)) => happens.push(row.happens),
                None => arrows.push((from, to, vec![row.happens])),
            }
        }
    }
    arrows
}
