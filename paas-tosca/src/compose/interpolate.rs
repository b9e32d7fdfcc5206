//! `${NAME}`, `$NAME` and `$$` in the values of services.

use super::{
    answers::Answers,
    filled::{Filled, Piece},
    node::{Data, Node},
};
use paas_core::diagnostic::Place;
use std::collections::BTreeMap;

/// What filling in found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Texts whose `$` means nothing.
    pub(super) malformed: Vec<Place>,
    /// Names that nobody answers, each with the first place that asks.
    pub(super) unanswered: BTreeMap<String, Place>,
    /// Every name that is asked for.
    pub(super) asked: BTreeMap<String, Place>,
}

/// Puts answers into every text of a value.
pub(super) fn fill(node: &mut Node, answers: &Answers, found: &mut Found) {
    match &mut node.data {
        Data::List(items) => items.iter_mut().for_each(|item| fill(item, answers, found)),
        Data::Map(entries) => entries.iter_mut().for_each(|(_, value)| fill(value, answers, found)),
        Data::Text(text) => match filled(&text.value(), answers) {
            Some(done) => {
                for name in done.answers() {
                    found.asked.entry(name.to_owned()).or_insert_with(|| node.place.clone());
                    if answers.get(name).is_none() {
                        found.unanswered.entry(name.to_owned()).or_insert_with(|| node.place.clone());
                    }
                }
                *text = done;
            }
            None => found.malformed.push(node.place.clone()),
        },
        _ => {}
    }
}

/// A text with answers in it; `None` if a `$` is neither doubled nor before a name.
pub(super) fn filled(text: &str, answers: &Answers) -> Option<Filled> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut done = Filled::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done.push_literal(before);
        if let Some(after) = after.strip_prefix('$') {
            done.push_literal("$");
            rest = after;
            continue;
        }
        let (name, after) = match after.strip_prefix('{') {
            Some(after) => {
                after.split_once('}').filter(|(name, _)| !name.is_empty() && name.chars().all(is_name))?
            }
            None => {
                let end = after.find(|c: char| !is_name(c)).unwrap_or(after.len());
                let (name, rest) = after.split_at(end);
                if name.chars().next().is_none_or(|c| c.is_ascii_digit()) {
                    return None;
                }
                (name, rest)
            }
        };
        let value = answers.get(name).unwrap_or_default();
        done.push(&Piece::Answer { name: name.to_owned(), value: value.to_owned() }, value);
        rest = after;
    }
    done.push_literal(rest);
    Some(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_put_in_once() {
        let answers = Answers::of([("A", "$B ${C}"), ("n1", "x")]);
        for (text, value) in [
            ("", ""),
            ("a$$b", "a$b"),
            ("${A}", "$B ${C}"),
            ("$n1-${n1}_$n1.", "x-x_x."),
            ("${none}", ""),
            ("$$${n1}$$", "$x$"),
        ] {
            assert_eq!(filled(text, &answers).map(|text| text.value()).as_deref(), Some(value), "{text}");
        }
        for text in ["$", "a$", "$1", "${}", "${a-b}", "${a:-b}", "${a", "$ x", "$-"] {
            assert_eq!(filled(text, &answers), None, "{text}");
        }
    }
}
