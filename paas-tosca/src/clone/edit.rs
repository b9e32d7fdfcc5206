//! Changes of texts: exact pieces, everything else stays as it is.

use super::scalar::{self, Quotes};
use crate::yaml::{NodeRef, Style};
use std::ops::Range;

/// A piece of a text, and what comes in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

impl Edit {
    pub(super) fn new(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: span.start, end: span.end.max(span.start), text: text.into() }
    }

    /// What comes in between.
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }
}

/// A text with its changes; `None`: they overlap, or are not of this text.
pub(super) fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort();
    edits.dedup();
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.start)?);
        out.push_str(&edit.text);
        done = edit.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Where a value stands, from its anchor and tag on.
pub(super) fn span(node: NodeRef<'_>) -> Range<usize> {
    let place = node.place();
    place.start.offset as usize..place.end.offset as usize
}

/// Puts a string in the place of a single value, in the style that it is written in.
pub(super) fn set_string(text: &str, node: NodeRef<'_>, new: &str) -> Vec<Edit> {
    let old = node.text().unwrap_or_default();
    if node.style() == Some(Style::Block) && is_line(old) && is_line(new) {
        let block = Block::of(text, span(node));
        return block.map(|block| Edit::new(block.lines, new)).into_iter().collect();
    }
    set(text, node, |quotes| scalar::string(new, quotes, old))
}

/// Puts another value in the place of a single one.
pub(super) fn set(text: &str, node: NodeRef<'_>, new: impl FnOnce(Quotes) -> String) -> Vec<Edit> {
    let span = span(node);
    if node.style() == Some(Style::Block) {
        let edits = |block: Block| {
            [Edit::new(block.indicator, new(Quotes::Double)), Edit::new(block.rest, String::new())]
        };
        return Block::of(text, span).map(edits).into_iter().flatten().collect();
    }
    let start = content_start(text, span.start).min(span.end);
    let quotes = Quotes::of(text.get(start..span.end).unwrap_or_default());
    vec![Edit::new(start..span.end, new(quotes))]
}

/// Where a value begins behind its anchor and its tag, and comments between.
pub(super) fn content_start(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let until = |end: &[char]| rest.find(end).unwrap_or(rest.len());
        at += match rest.bytes().next() {
            Some(b'&' | b'!') => until(&[' ', '\t', '\r', '\n']),
            Some(b'#') if at > start => until(&['\r', '\n']),
            Some(b' ' | b'\t' | b'\r' | b'\n') if at > start => 1,
            _ => return at,
        };
    }
}

/// Whether a text can be the only line of a block.
fn is_line(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.chars().any(char::is_control)
}

/// Where the parts of a block stand.
struct Block {
    /// The `|` or `>`, and what it says of indentation and line ends.
    indicator: Range<usize>,
    /// From the first to the last letter.
    lines: Range<usize>,
    /// The same from the end of the line that the indicator is in.
    rest: Range<usize>,
}

impl Block {
    /// `span`: from the anchor and the tag on, or without them from the first line.
    fn of(text: &str, span: Range<usize>) -> Option<Self> {
        let start = content_start(text, span.start);
        let indicator = if start > span.start { start } else { indicator(text.get(..start)?)? };
        let rest = text.get(indicator..)?;
        let head = rest.find(['\n', '\r'])?;
        let length = rest.find([' ', '\t', '\r', '\n']).unwrap_or(head);
        let below = rest.get(head..)?;
        let first = indicator + head + (below.len() - below.trim_start().len());
        Some(Self {
            indicator: indicator..indicator + length,
            lines: first..span.end,
            rest: indicator + head..span.end,
        })
    }
}

/// The last `|` or `>` before the lines of a block.
fn indicator(before: &str) -> Option<usize> {
    let before = before.trim_end();
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let head = before.get(line..)?;
    let is_indicator = |(at, _): &(usize, &str)| {
        let rest = head.get(at + 1..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        let is_apart = head.get(..*at).is_some_and(|before| before.ends_with([' ', '\t']));
        is_apart && (rest.is_empty() || rest.trim_start_matches([' ', '\t']).starts_with('#'))
    };
    head.match_indices(['|', '>']).find(is_indicator).map(|(at, _)| line + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Source, yaml};

    fn replaced(text: &str, new: &str) -> String {
        let tree = yaml::load(&Source::new("t", text), &Limits::default()).tree.expect("YAML");
        let edits = set_string(text, tree.root().get("k").expect("a value"), new);
        apply(text, &edits).expect("edits")
    }

    #[test]
    fn only_the_value_changes() {
        for (before, new, after) in [
            ("k: old # c\nz: 1\n", "new", "k: new # c\nz: 1\n"),
            ("ü: ö\r\nk: old # c\r\nz: 1\r\n", "new", "ü: ö\r\nk: new # c\r\nz: 1\r\n"),
            ("\u{FEFF}ü: 1\nk: 'old' # ü\n", "it's", "\u{FEFF}ü: 1\nk: 'it''s' # ü\n"),
            ("k: &a old\nz: *a\n", "new", "k: &a new\nz: *a\n"),
            ("k: !!str old # c\n", "new", "k: !!str new # c\n"),
            ("k: &a !!str 'old' # c\n", "new", "k: &a !!str 'new' # c\n"),
            ("k: &a # c\n  old\n", "new", "k: &a # c\n  new\n"),
            ("{ k: \"o\\u006cd\", z: 1 }", "new", "{ k: \"new\", z: 1 }"),
            ("k: one\n  two # c\nz: 1\n", "new", "k: new # c\nz: 1\n"),
            ("k: |-\n  old\n\nz: 1\n", "new", "k: |-\n  new\n\nz: 1\n"),
            ("k: >- # c\n  old\nz: 1\n", "new", "k: >- # c\n  new\nz: 1\n"),
            ("k: &a !!str |-\n  old\nz: 1\n", "new", "k: &a !!str |-\n  new\nz: 1\n"),
            ("k: |\n  one\n  two\nz: 1\n", "new", "k: \"new\"\nz: 1\n"),
            (
                "k: &a |2+ # a > b\r\n  one\r\n  two\r\n\r\nz: 1\r\n",
                "new",
                "k: &a \"new\" # a > b\r\n\r\nz: 1\r\n",
            ),
        ] {
            assert_eq!(replaced(before, new), after);
        }
    }

    #[test]
    fn edits_do_not_overlap() {
        let edits = [Edit::new(0..3, "a"), Edit::new(2..4, "b")];
        assert_eq!(apply("012345", &edits), None);
        assert_eq!(apply("é", &[Edit::insert(1, "a")]), None);
        assert_eq!(apply("01", &[Edit::insert(1, "a"), Edit::insert(1, "a")]).as_deref(), Some("0a1"));
    }
}
