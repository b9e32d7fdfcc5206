//! Texts in which answers stand.

use paas_core::application::{Segment, Text};
use std::collections::BTreeSet;

/// A text, with what of it came from answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filled(Vec<Piece>);

/// A piece of a [`Filled`] text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// As the file has it.
    Literal(String),
    /// The value of an answer.
    Answer {
        /// The answer's name.
        name: String,
        /// What was answered; empty without an answer.
        value: String,
    },
    /// Some of the value of an answer: what is left of it is no answer any more.
    Cut {
        /// The answer's name.
        name: String,
        /// What was cut out.
        value: String,
    },
}

impl Piece {
    pub(super) fn value(&self) -> &str {
        match self {
            Self::Literal(value) | Self::Answer { value, .. } | Self::Cut { value, .. } => value,
        }
    }
}

impl Filled {
    pub(super) fn push_literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::Literal(before)) => before.push_str(text),
            _ => self.0.push(Piece::Literal(text.to_owned())),
        }
    }

    pub(super) fn push_answer(&mut self, name: &str, value: &str) {
        self.0.push(Piece::Answer { name: name.to_owned(), value: value.to_owned() });
    }

    pub(super) fn push(&mut self, piece: &Piece, text: &str) {
        match piece {
            Piece::Literal(_) => self.push_literal(text),
            Piece::Answer { name, .. } => self.push_answer(name, text),
            Piece::Cut { name, .. } => self.push_cut(name, text),
        }
    }

    /// Adds what was cut out of an answer.
    pub(super) fn push_cut(&mut self, name: &str, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Cut { name: before, value }) if before == name => value.push_str(text),
            _ => self.0.push(Piece::Cut { name: name.to_owned(), value: text.to_owned() }),
        }
    }

    /// Whether it holds anything of one of these answers, also if that is some of it only.
    pub(super) fn has_any(&self, answers: &BTreeSet<String>) -> bool {
        self.0.iter().any(|piece| match piece {
            Piece::Literal(_) => false,
            Piece::Answer { name, .. } | Piece::Cut { name, .. } => answers.contains(name),
        })
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The text with the answers in it.
    pub(super) fn value(&self) -> String {
        self.0.iter().map(Piece::value).collect()
    }

    /// The names of the answers in it, in order.
    pub(super) fn answers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Literal(_) | Piece::Cut { .. } => None,
            Piece::Answer { name, .. } => Some(name.as_str()),
        })
    }

    /// Whether no answer is in it.
    pub(super) fn is_literal(&self) -> bool {
        self.answers().next().is_none()
    }

    /// Splits at the first of a character of the value; an answer that holds it is cut in two.
    ///
    /// Only an answer that holds no such character stays an answer: otherwise what it stands for is not one value.
    pub(super) fn split_once(&self, at: char) -> Option<(Self, Self)> {
        let mut before = Self::default();
        let mut pieces = self.0.iter();
        while let Some(piece) = pieces.next() {
            let Some((left, right)) = piece.value().split_once(at) else {
                before.0.push(piece.clone());
                continue;
            };
            let mut after = Self::default();
            for (half, text) in [(&mut before, left), (&mut after, right)] {
                match piece {
                    Piece::Literal(_) => half.push_literal(text),
                    Piece::Answer { name, .. } | Piece::Cut { name, .. } => half.push_cut(name, text),
                }
            }
            after.0.extend(pieces.cloned());
            return Some((before, after));
        }
        None
    }

    /// As a text of an application, in which secrets stay references.
    pub(super) fn to_text(&self, secrets: &BTreeSet<String>) -> Text {
        Text::from_segments(self.0.iter().map(|piece| match piece {
            Piece::Answer { name, .. } if secrets.contains(name) => Segment::Secret { secret: name.clone() },
            piece => Segment::Literal(piece.value().to_owned()),
        }))
    }
}

impl From<&str> for Filled {
    fn from(text: &str) -> Self {
        let mut filled = Self::default();
        filled.push_literal(text);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Filled {
        let mut filled = Filled::from("a=");
        filled.push_answer("X", "1:2");
        filled.push_literal(":z");
        filled
    }

    #[test]
    fn what_is_cut_is_no_answer_any_more() {
        let (before, after) = filled().split_once(':').unwrap();
        assert_eq!((before.value().as_str(), after.value().as_str()), ("a=1", "2:z"));
        assert!(before.is_literal() && after.is_literal());
        let (before, after) = filled().split_once('=').unwrap();
        assert_eq!(before.value(), "a");
        assert_eq!(after.answers().collect::<Vec<_>>(), ["X"]);
        assert_eq!(filled().split_once('!'), None);
    }

    #[test]
    fn secrets_are_never_in_a_text() {
        let secrets = BTreeSet::from(["X".to_owned()]);
        assert_eq!(filled().to_text(&secrets).to_string(), "a=***:z");
        assert_eq!(filled().to_text(&BTreeSet::new()).as_plain(), Some("a=1:2:z"));
    }
}
