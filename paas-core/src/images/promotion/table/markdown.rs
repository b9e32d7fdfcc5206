//! The table for people.

use super::{
    super::{FailureKind, StateName},
    Case, ROWS, Row, Sort, To,
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

/// The rows that lead anywhere or do something, in Markdown.
pub fn markdown() -> String {
    let mut table = String::from("| what happens | when | from | to | |\n| --- | --- | --- | --- | --- |\n");
    for Shown { row: Row { happens, to, effect, .. }, cases, mut from } in shown() {
        let title = match happens.sort() {
            Sort::Command => format!("**{}**", happens.title()),
            Sort::Observation | Sort::Time => happens.title().to_owned(),
        };
        from.sort_unstable();
        let from = if from.is_empty() { "–".to_owned() } else { listed(&from) };
        let to = match to {
            To::Stays => "the same".to_owned(),
            To::State(state) => format!("`{}`", state.name()),
            To::Nothing => "gone".to_owned(),
            To::Refused => "refused".to_owned(),
        };
        let words = if happens.cases().iter().all(|case| is_aside(*case) || cases.contains(case)) {
            String::new()
        } else {
            cases.iter().map(|case| case.words(*happens)).collect::<Vec<_>>().join("; or ")
        };
        let _ = writeln!(table, "| {title} | {words} | {from} | {to} | {effect} |");
    }
    table
}

/// Whether a case is one beside all the others: what is the same in all others, is the same in any.
pub(super) const fn is_aside(case: Case) -> bool {
    matches!(case, Case::Older | Case::NoRight | Case::Early)
}

/// A line of the table: rows that say the same of several states, or in several cases, are one.
struct Shown {
    row: &'static Row,
    cases: Vec<Case>,
    from: Vec<StateName>,
}

fn shown() -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for row in ROWS {
        let says_nothing = row.effect.is_empty() && matches!(row.to, To::Stays | To::Refused);
        if says_nothing {
            continue;
        }
        let says_the_same = |other: &&mut Shown| {
            let Row { happens, to, effect, .. } = other.row;
            (*happens, *to, *effect) == (row.happens, row.to, row.effect)
        };
        let same = all.iter_mut().filter(says_the_same).find(|other| {
            other.from == row.from
                || (!other.from.is_empty() && !row.from.is_empty() && other.cases == [row.case])
        });
        match same {
            Some(shown) if shown.from == row.from => shown.cases.push(row.case),
            Some(shown) => shown.from.extend(row.from),
            None => all.push(Shown { row, cases: vec![row.case], from: row.from.to_vec() }),
        }
    }
    all
}

/// Names of states; all of them are `any`.
fn listed(states: &[StateName]) -> String {
    if states.len() == StateName::ALL.len() {
        return "any".to_owned();
    }
    let names: Vec<String> = states.iter().map(|state| format!("`{}`", state.name())).collect();
    names.join(", ")
}
