//! Strings that the executor puts answers into.
//!
//! It does so in every value below `services` and `volumes`, after it has read the YAML: an answer can hold anything and
//! stays inside its string. Keys are taken as they are.

use super::index::Index;
use crate::yaml::emit::{Quoted, Slot};
use paas_core::application::{Segment, Service, Text};

/// A value that is just this string.
pub(super) fn literal(slot: Slot<'_>, text: &str) {
    slot.quoted(|quoted| push_literal(quoted, text));
}

/// A value that may hold references, as the service that has it reads them.
pub(super) fn text(slot: Slot<'_>, text: &Text, reader: &Service, index: &Index<'_>) {
    slot.quoted(|quoted| match text {
        Text::Plain(text) => push_literal(quoted, text),
        Text::WithReferences { with_references } => {
            for segment in with_references {
                match segment {
                    Segment::Literal(literal) => push_literal(quoted, literal),
                    Segment::Secret { secret } => push_answer(quoted, index.answer(secret)),
                    Segment::Host { host_of, .. } => push_literal(quoted, index.host_name(host_of, reader)),
                }
            }
        }
    });
}

/// A part of a value; `$` is doubled.
pub(super) fn push_literal(quoted: &mut Quoted<'_>, text: &str) {
    // Looks at all bytes without stopping early: that takes many at once.
    if !text.bytes().fold(false, |found, byte| found | (byte == b'$')) {
        quoted.push(text);
        return;
    }
    let mut pieces = text.split('$');
    if let Some(first) = pieces.next() {
        quoted.push(first);
    }
    for piece in pieces {
        quoted.push("$$");
        quoted.push(piece);
    }
}

/// The executor knows letters, digits and `_` in the names of answers; nothing else may end the reference early.
fn push_answer(quoted: &mut Quoted<'_>, name: &str) {
    quoted.push("${");
    for piece in name.split_inclusive(|c: char| !is_answer_char(c)) {
        let valid = piece.trim_end_matches(|c: char| !is_answer_char(c));
        quoted.push(valid);
        if valid.len() < piece.len() {
            quoted.push("_");
        }
    }
    quoted.push("}");
}

fn is_answer_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Emitter;

    fn written(write: impl FnOnce(&mut Quoted<'_>)) -> String {
        Emitter::new().map(|root| root.entry("k").quoted(write))
    }

    #[test]
    fn dollars_are_doubled() {
        for (text, doubled) in [
            ("plain", "plain"),
            ("", ""),
            ("$", "$$"),
            ("$$", "$$$$"),
            ("${x} $y$", "$${x} $$y$$"),
            ("a$\"b", "a$$\\\"b"),
        ] {
            assert_eq!(written(|quoted| push_literal(quoted, text)), format!("\"k\": \"{doubled}\"\n"));
        }
    }

    #[test]
    fn answers_cannot_end_early() {
        for (name, reference) in
            [("db_password", "db_password"), ("a}b$c", "a_b_c"), ("ü-x", "__x"), ("", "")]
        {
            assert_eq!(written(|quoted| push_answer(quoted, name)), format!("\"k\": \"${{{reference}}}\"\n"));
        }
    }
}
