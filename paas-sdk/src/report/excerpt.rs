//! The lines of texts that a diagnostic points at, cut out and made printable.
//!
//! An excerpt is a small text of its own. It holds only the lines with labels and those next to them, long ones
//! shortened, of all files that the diagnostic points into. So what it costs depends on the labels alone, not on the
//! texts, and the drawing never sees the rest.

use super::printable::{printable, sign};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use paas_core::diagnostic::{Diagnostic, Label, Place, Position};
use std::{collections::BTreeMap, ops::Range};

/// Characters of a line that are shown.
const LONGEST: usize = 160;
/// Characters before the label, where a line is cut.
const BEFORE: usize = 60;

/// The lines, and the labels in terms of their text.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: String,
    lines: Vec<ExcerptLine>,
    labels: Vec<ExcerptLabel>,
}

#[derive(Debug)]
struct ExcerptLine {
    file: String,
    /// In its file, from 1.
    number: u32,
    /// In the excerpt, its line break included.
    start: usize,
    end: usize,
}

#[derive(Debug)]
struct ExcerptLabel {
    start: usize,
    end: usize,
    position: Position,
    text: Option<String>,
}

impl Excerpt {
    /// Cuts out the lines around the labels, and gives back the labels whose texts are not known. What stands at the
    /// hidden places is secret, and shown as stars.
    pub(super) fn of<'d>(
        diagnostic: &'d Diagnostic,
        text_of: impl Fn(&str) -> Option<&'d str>,
        hidden: &[&Place],
    ) -> (Self, Vec<&'d Label>) {
        let mut excerpt = Self::default();
        let mut unknown = Vec::new();
        let mut files: Vec<(&str, &str, Vec<&Label>)> = Vec::new();
        for label in &diagnostic.labels {
            let name = &*label.place.file;
            match files.iter_mut().find(|(file, ..)| *file == name) {
                Some((.., labels)) => labels.push(label),
                None => match text_of(name) {
                    Some(text) => files.push((name, text, vec![label])),
                    None => unknown.push(label),
                },
            }
        }
        for (file, text, labels) in files {
            let hidden = hidden.iter().filter(|place| *place.file == *file);
            let hidden: Vec<_> = hidden.map(|place| offset(&place.start)..offset(&place.end)).collect();
            excerpt.add_file(&printable(file), text, &labels, &hidden);
        }
        (excerpt, unknown)
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The labels. The first is the main one.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().enumerate().map(|(index, label)| {
            let span = (label.start, label.end - label.start);
            match index {
                0 => LabeledSpan::new_primary_with_span(label.text.clone(), span),
                _ => LabeledSpan::new_with_span(label.text.clone(), span),
            }
        })
    }

    fn add_file(&mut self, file: &str, text: &str, labels: &[&Label], hidden: &[Range<usize>]) {
        // A line is cut around the first label that it has.
        let mut windows = BTreeMap::new();
        for label in labels {
            let Place { start, .. } = &label.place;
            windows.entry(start.line).or_insert_with(|| Window::around(text, offset(start)));
        }
        for (number, window) in windows.clone() {
            if let Some(before) = window.line_before(text).filter(|_| number > 1) {
                windows.entry(number - 1).or_insert(before);
            }
            if let Some(after) = window.line_after(text) {
                windows.entry(number.saturating_add(1)).or_insert(after);
            }
        }
        let mut maps = BTreeMap::new();
        for (number, window) in &windows {
            maps.insert(*number, self.add_line(file, text, *number, window, hidden));
        }
        for label in labels {
            let Place { start, end, .. } = &label.place;
            let Some(map) = maps.get(&start.line) else { continue };
            // What goes on on later lines is underlined to the end of its first.
            let (from, to) = (map.translate(offset(start)), map.translate(offset(end)));
            self.labels.push(ExcerptLabel {
                start: from,
                end: to.max(from),
                position: *start,
                text: label.text.as_deref().map(|text| printable(text).into_owned()),
            });
        }
    }

    fn add_line(
        &mut self,
        file: &str,
        text: &str,
        number: u32,
        window: &Window,
        hidden: &[Range<usize>],
    ) -> OffsetMap {
        let start = self.text.len();
        if window.cut_before {
            self.text.push('…');
        }
        let mut map = OffsetMap(Vec::with_capacity(window.end - window.start + 1));
        for (index, c) in text.get(window.start..window.end).unwrap_or_default().char_indices() {
            map.0.push((window.start + index, self.text.len()));
            let is_hidden = hidden.iter().any(|range| range.contains(&(window.start + index)));
            self.text.push(match c {
                _ if is_hidden => '*',
                '\t' => c,
                _ => sign(c),
            });
        }
        map.0.push((window.end, self.text.len()));
        if window.cut_after {
            self.text.push('…');
        }
        self.text.push('\n');
        self.lines.push(ExcerptLine { file: file.to_owned(), number, start, end: self.text.len() });
        map
    }

    /// The lines that touch a span, if they are of one file and without a gap.
    fn lines_of(&self, span: &SourceSpan) -> Option<(usize, usize)> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let first = self.lines.iter().rposition(|line| line.start <= start)?;
        let last = self.lines.iter().rposition(|line| line.start <= end)?;
        (first..last).all(|index| self.adjoins(index)).then_some((first, last))
    }

    /// Whether the line after this one is the next of the same file.
    fn adjoins(&self, index: usize) -> bool {
        match (self.lines.get(index), self.lines.get(index + 1)) {
            (Some(line), Some(next)) => {
                line.file == next.file && line.number.checked_add(1) == Some(next.number)
            }
            _ => false,
        }
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (mut first, mut last) = self.lines_of(span).ok_or(MietteError::OutOfBounds)?;
        for _ in 0..before {
            first -= usize::from(first > 0 && self.adjoins(first - 1));
        }
        for _ in 0..after {
            last += usize::from(self.adjoins(last));
        }
        let (Some(from), Some(to)) = (self.lines.get(first), self.lines.get(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        // Asked for the span without lines around it, this says where the span begins; else where the first line does.
        let label = self.labels.iter().find(|label| before == 0 && label.start == span.offset());
        let column = label.map_or(0, |label| label.position.column.saturating_sub(1));
        Ok(Box::new(MietteSpanContents::new_named(
            from.file.clone(),
            self.text.get(from.start..to.end).unwrap_or_default().as_bytes(),
            (from.start, to.end - from.start).into(),
            from.number.saturating_sub(1) as usize,
            column as usize,
            last - first + 1,
        )))
    }
}

/// Where the characters of a line are in the excerpt, sorted.
struct OffsetMap(Vec<(usize, usize)>);

impl OffsetMap {
    fn translate(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|(original, _)| *original < offset);
        self.0.get(after).or(self.0.last()).map_or(0, |(_, copy)| *copy)
    }
}

/// The part of a line that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Window {
    start: usize,
    end: usize,
    cut_before: bool,
    cut_after: bool,
}

impl Window {
    /// The line at an offset, cut if it is long.
    fn around(text: &str, offset: usize) -> Self {
        // Offsets may come from another version of the text.
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (head, tail) = text.split_at(offset);
        let (mut start, begins) = walk(head.char_indices().rev(), offset, LONGEST);
        let ends_of =
            |count| walk(tail.char_indices().map(|(at, c)| (offset + at + c.len_utf8(), c)), offset, count);
        let (mut end, mut ends) = ends_of(LONGEST);
        let mut cut_before = !begins;
        let length = text.get(start..end).unwrap_or_default().chars().count();
        if length > LONGEST || !begins || !ends {
            let (near, whole) = walk(head.char_indices().rev(), offset, BEFORE);
            (start, cut_before) = (near, !whole);
            (end, ends) = ends_of(LONGEST - BEFORE);
        }
        Self { start, end, cut_before, cut_after: !ends }
    }

    /// The line before, if both are short.
    fn line_before(&self, text: &str) -> Option<Self> {
        let head = text.get(..self.start).filter(|_| !self.cut_before)?;
        let head = head.strip_suffix("\r\n").or_else(|| head.strip_suffix(['\r', '\n']))?;
        Some(Self::around(text, head.len())).filter(Self::is_whole)
    }

    /// The line after, if both are short and there is one.
    fn line_after(&self, text: &str) -> Option<Self> {
        let tail = text.get(self.end..).filter(|_| !self.cut_after)?;
        let rest = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\r', '\n']))?;
        Some(Self::around(text, text.len() - rest.len())).filter(|line| line.is_whole() && !rest.is_empty())
    }

    fn is_whole(&self) -> bool {
        !self.cut_before && !self.cut_after
    }
}

/// Goes over at most so many characters, and says how far it came and whether it met the end of the line.
fn walk(chars: impl Iterator<Item = (usize, char)>, from: usize, most: usize) -> (usize, bool) {
    let mut reached = from;
    for (count, (at, c)) in chars.enumerate() {
        if matches!(c, '\n' | '\r') {
            return (reached, true);
        }
        if count == most {
            return (reached, false);
        }
        reached = at;
    }
    (reached, true)
}

fn offset(position: &Position) -> usize {
    position.offset as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, offset: usize) -> String {
        let window = Window::around(text, offset);
        let cut = |is| if is { "…" } else { "" };
        format!("{}{}{}", cut(window.cut_before), &text[window.start..window.end], cut(window.cut_after))
    }

    #[test]
    fn short_lines_are_shown_whole() {
        for (text, offset, line) in [
            ("", 0, ""),
            ("a\nb\nc", 2, "b"),
            ("a\nb\nc", 3, "b"),
            ("a\r\nbb\r\nc", 4, "bb"),
            ("a\rbb\rc", 2, "bb"),
            ("äöü\n", 3, "äöü"),
            ("abc", 99, "abc"),
        ] {
            assert_eq!(shown(text, offset), line, "{text:?} {offset}");
        }
        let long = "x".repeat(LONGEST);
        for offset in [0, 1, LONGEST / 2, LONGEST] {
            assert_eq!(shown(&long, offset), long);
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let long: String = ('a'..='z').cycle().take(1000).collect();
        assert_eq!(shown(&long, 0), format!("{}…", &long[..LONGEST - BEFORE]));
        assert_eq!(shown(&long, 500), format!("…{}…", &long[500 - BEFORE..500 + LONGEST - BEFORE]));
        assert_eq!(shown(&long, 1000), format!("…{}", &long[1000 - BEFORE..]));
        let wide = "世".repeat(1000);
        assert_eq!(shown(&wide, 1501).chars().count(), LONGEST + 2);
    }

    #[test]
    fn lines_around_are_those_next_to_it() {
        let text = "one\r\ntwo\n\nfour";
        let at = |offset| Window::around(text, offset);
        assert_eq!(at(5).line_before(text), Some(at(0)));
        assert_eq!(at(5).line_after(text), Some(at(9)));
        assert_eq!(at(0).line_before(text), None);
        assert_eq!(at(12).line_after(text), None);
        assert_eq!(at(12).line_before(text), Some(at(9)));
        assert_eq!(Window::around("a\n", 0).line_after("a\n"), None);
    }
}
