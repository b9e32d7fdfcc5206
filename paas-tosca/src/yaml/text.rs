//! Offsets, characters, lines and columns of a text.

use paas_core::diagnostic::{Place, Position};
use std::sync::{Arc, OnceLock};

/// A source text with what is needed to turn offsets into lines and columns.
#[derive(Debug)]
pub(super) struct SourceText {
    name: Arc<str>,
    text: Arc<str>,
    /// Byte offsets of every [`STEP`]th character; `None` for ASCII, where they would say nothing.
    steps: Option<Vec<u32>>,
    /// Byte offsets of the first characters of lines; made when the first place is asked for.
    lines: OnceLock<Vec<u32>>,
}

const STEP: usize = 64;

impl SourceText {
    pub(super) fn new(name: Arc<str>, text: Arc<str>) -> Self {
        let steps = (!text.is_ascii())
            .then(|| text.char_indices().step_by(STEP).map(|(byte, _)| offset(byte)).collect());
        Self { name, text, steps, lines: OnceLock::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn shared(&self) -> Arc<str> {
        self.text.clone()
    }

    /// The byte offset of a character's index.
    pub(super) fn byte_of(&self, character: usize) -> u32 {
        let Some(steps) = &self.steps else { return offset(character.min(self.text.len())) };
        let Some(&start) = steps.get(character / STEP) else { return offset(self.text.len()) };
        let rest = self.text.get(start as usize..).unwrap_or_default();
        let within = rest.char_indices().nth(character % STEP).map_or(rest.len(), |(byte, _)| byte);
        start + offset(within)
    }

    /// The index of the character at a byte offset.
    fn character_at(&self, byte: u32) -> usize {
        let Some(steps) = &self.steps else { return byte as usize };
        let step = steps.partition_point(|&start| start <= byte).saturating_sub(1);
        let start = steps.get(step).copied().unwrap_or(0);
        step * STEP + self.text.get(start as usize..byte as usize).map_or(0, |text| text.chars().count())
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut lines = vec![0];
            let mut at = 0;
            // `\n`, `\r`, or both.
            let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
            while let Some(length) = bytes.get(at..).and_then(|rest| rest.iter().position(is_end)) {
                at += length;
                at += if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\r\n")) { 2 } else { 1 };
                lines.push(offset(at));
            }
            lines
        })
    }

    /// The line that a byte is in, from 1.
    fn line_of(&self, byte: u32) -> usize {
        self.lines().partition_point(|&start| start <= byte).max(1)
    }

    fn position(&self, line: usize, byte: u32) -> Position {
        let start = self.lines().get(line - 1).copied().unwrap_or(0);
        let column = self.character_at(byte).saturating_sub(self.character_at(start)) + 1;
        Position { line: offset(line), column: offset(column), offset: byte }
    }

    pub(super) fn place(&self, start: u32, end: u32) -> Place {
        let end = end.max(start);
        let first = self.line_of(start);
        // Most things end in the line that they begin in.
        let is_long = self.lines().get(first).is_some_and(|&next| next <= end);
        let last = if is_long { self.line_of(end) } else { first };
        Place { file: self.name.clone(), start: self.position(first, start), end: self.position(last, end) }
    }
}

/// The places of a source, of which many are asked for.
pub(crate) struct PlacesIn(SourceText);

impl PlacesIn {
    pub(crate) fn new(source: &crate::Source) -> Self {
        Self(SourceText::new(source.name().clone(), source.shared_text()))
    }

    /// The place of some bytes.
    pub(crate) fn of(&self, bytes: std::ops::Range<usize>) -> Place {
        self.0.place(offset(bytes.start), offset(bytes.end))
    }
}

/// Texts are limited to far less than 4 GiB, so that offsets fit.
pub(super) fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn source(text: &str) -> SourceText {
        SourceText::new("t".into(), text.into())
    }

    #[test]
    fn counts_lines_and_columns_in_characters() {
        let text = source("a: ü中\nb: 1\r\nc: 2\rd");
        let position = |byte| text.place(byte, byte).start;
        assert_eq!(position(0), Position { line: 1, column: 1, offset: 0 });
        assert_eq!(position(5), Position { line: 1, column: 5, offset: 5 });
        assert_eq!(position(9), Position { line: 2, column: 1, offset: 9 });
        assert_eq!(position(15), Position { line: 3, column: 1, offset: 15 });
        assert_eq!(position(20), Position { line: 4, column: 1, offset: 20 });
        for (start, end) in [(0, 9), (0, 8), (5, 5), (9, 21)] {
            assert_eq!(text.place(start, end).end, position(end), "{start} {end}");
        }
    }

    proptest! {
        #[test]
        fn characters_and_bytes_agree_with_counting(text in "[a中\u{1F600}\n]{0,400}") {
            let source = source(&text);
            for (index, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(source.byte_of(index) as usize, byte);
                prop_assert_eq!(source.character_at(offset(byte)), index);
            }
            prop_assert_eq!(source.byte_of(text.chars().count()) as usize, text.len());
        }
    }
}
