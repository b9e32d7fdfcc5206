//! New entries of maps, in the style of the map.

use super::edit::{Edit, content_start, span};
use crate::yaml::{Kind, NodeRef, Style};

/// Adds `key: value` to a map behind the first of these entries that it has, or else as its first.
///
/// `None`: there is no place for it that could be told from the text.
pub(super) fn add(text: &str, map: NodeRef<'_>, after: &[&str], entry: &Entry<'_>) -> Option<Edit> {
    let mut behind = after.iter().filter_map(|key| map.entry(key));
    let behind = behind.find(|(key, value)| is_line(map, *key, *value));
    let start = content_start(text, span(map).start);
    let is_flow = text.get(start..)?.starts_with('{');
    match (behind, is_flow) {
        (Some((_, value)), true) => Some(Edit::insert(span(value).end, format!(", {}", entry.flow()))),
        (Some((key, value)), false) => {
            let at = span(value).end;
            let rest = text.get(at..)?;
            let at = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
            let (line, indent) = (line_end(text), indent(text, content_start(text, span(key).start))?);
            Some(Edit::insert(at, format!("{line}{indent}{}", entry.block(&indent, line))))
        }
        (None, true) => {
            let inside = text.get(start + 1..)?;
            let gap = inside.len() - inside.trim_start().len();
            if inside.trim_start().starts_with('}') {
                return Some(Edit::new(start + 1..start + 1 + gap, format!(" {} ", entry.flow())));
            }
            Some(Edit::insert(start + 1 + gap, format!("{}, ", entry.flow())))
        }
        (None, false) => {
            let (line, indent) = (line_end(text), indent(text, start)?);
            Some(Edit::insert(start, format!("{}{line}{indent}", entry.block(&indent, line))))
        }
    }
}

/// Gives a key a value that has none, or an empty one.
pub(super) fn fill(text: &str, key: NodeRef<'_>, value: NodeRef<'_>, new: &str) -> Option<Edit> {
    if value.text().is_some_and(|text| !text.is_empty()) {
        // `~` or `null`.
        let span = span(value);
        return Some(Edit::new(content_start(text, span.start).min(span.end)..span.end, new));
    }
    let at = span(key).end;
    let rest = text.get(at..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    match rest.get(gap..)?.starts_with(':') {
        true => Some(Edit::insert(at + gap + 1, format!(" {new}"))),
        false => Some(Edit::insert(at, format!(": {new}"))),
    }
}

/// An entry to be written, maybe inside of further maps.
pub(super) struct Entry<'e> {
    /// The keys, the outer ones first.
    pub(super) keys: &'e [&'e str],
    pub(super) value: &'e str,
}

impl Entry<'_> {
    fn flow(&self) -> String {
        let mut keys = self.keys.iter().rev();
        let last = keys.next().map_or_else(String::new, |key| format!("{key}: {}", self.value));
        keys.fold(last, |inner, key| format!("{key}: {{ {inner} }}"))
    }

    fn block(&self, indent: &str, line: &str) -> String {
        let mut text = String::new();
        let mut deeper = indent.to_owned();
        for (index, key) in self.keys.iter().enumerate() {
            if index > 0 {
                deeper.push_str("  ");
                text.push_str(line);
                text.push_str(&deeper);
            }
            text.push_str(key);
            text.push(':');
        }
        text.push(' ');
        text.push_str(self.value);
        text
    }
}

/// Whether an entry is written in the map itself, with a single value at the end of its line.
fn is_line(map: NodeRef<'_>, key: NodeRef<'_>, value: NodeRef<'_>) -> bool {
    let (outer, key, inner) = (span(map), span(key), span(value));
    value.kind() == Kind::Scalar
        && value.style() != Some(Style::Block)
        && value.text().is_some_and(|text| !text.is_empty())
        && outer.start <= key.start
        && key.end <= inner.start
        && inner.end <= outer.end
}

/// The white space before the first word of a line, as wide as what stands before a place of it.
fn indent(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
    let line = before.rsplit(['\n', '\r']).next()?;
    // `- ` before the first key of a map in a list.
    line.chars().all(|c| matches!(c, ' ' | '-')).then(|| " ".repeat(line.len()))
}

/// How lines of a text end.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
        None if text.contains('\r') => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Source, clone::edit::apply, yaml};

    fn added(text: &str, after: Option<&str>, keys: &[&str]) -> String {
        let tree = yaml::load(&Source::new("t", text), &Limits::default()).tree.expect("YAML");
        let map = tree.root().get("m").expect("a map");
        let edit = add(text, map, after.as_slice(), &Entry { keys, value: "v" }).expect("a place");
        apply(text, &[edit]).expect("an edit")
    }

    #[test]
    fn in_the_style_of_the_map() {
        for (before, after, keys, result) in [
            ("m: { type: x }\n", Some("type"), &["a", "b"][..], "m: { type: x, a: { b: v } }\n"),
            ("m: { type: x , }\n", Some("type"), &["a"], "m: { type: x, a: v , }\n"),
            ("m: {type: x}\n", None, &["a"], "m: {a: v, type: x}\n"),
            ("m: {}\n", None, &["a"], "m: { a: v }\n"),
            ("m: &z {  }\n", None, &["a"], "m: &z { a: v }\n"),
            (
                "m:\n  type: x # c\n  z: 1\n",
                Some("type"),
                &["a", "b"],
                "m:\n  type: x # c\n  a:\n    b: v\n  z: 1\n",
            ),
            ("m:\r\n  type: x", Some("type"), &["a"], "m:\r\n  type: x\r\n  a: v"),
            ("m: &z # c\n  # d\n  k: 1\n", None, &["a"], "m: &z # c\n  # d\n  a: v\n  k: 1\n"),
            ("m:\n  k: |\n    b\n", Some("k"), &["a"], "m:\n  a: v\n  k: |\n    b\n"),
            ("b: &b { k: 1 }\nm:\n  <<: *b\n", Some("k"), &["a"], "b: &b { k: 1 }\nm:\n  a: v\n  <<: *b\n"),
        ] {
            assert_eq!(added(before, after, keys), result);
        }
    }

    #[test]
    fn where_nothing_is() {
        for (before, result) in [
            ("m:\nz: 1\n", "m: v\nz: 1\n"),
            ("m: ~ # c\n", "m: v # c\n"),
            ("{ m: , z: 1 }", "{ m: v , z: 1 }"),
            ("{ m, z: 1 }", "{ m: v, z: 1 }"),
            ("\"m\" :\n", "\"m\" : v\n"),
        ] {
            let tree = yaml::load(&Source::new("t", before), &Limits::default()).tree.expect("YAML");
            let (key, value) = tree.root().entry("m").expect("an entry");
            let edit = fill(before, key, value, "v").expect("a place");
            assert_eq!(apply(before, &[edit]).as_deref(), Some(result));
        }
    }
}
