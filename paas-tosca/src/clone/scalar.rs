//! Single values as text: in the style that they had, if that can hold the new value.

use crate::yaml::{Emitter, Kind, NodeRef, Plain};

/// How a single value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Single,
    Double,
}

impl Quotes {
    /// Those that a text begins with.
    pub(super) fn of(written: &str) -> Self {
        match written.as_bytes().first() {
            Some(b'\'') => Self::Single,
            Some(b'"') => Self::Double,
            _ => Self::None,
        }
    }
}

/// A string in the style of another one, if it can be written so: else in double quotes.
pub(super) fn string(text: &str, like: Quotes, old: &str) -> String {
    // Some readers refuse a `:` between braces, so that it comes in only where there was one.
    let is_safe = !text.contains(':') || old.contains(':');
    match like {
        Quotes::None if is_safe && can_be_plain(text) => text.to_owned(),
        Quotes::Single if !text.chars().any(is_special) => format!("'{}'", text.replace('\'', "''")),
        _ => double_quoted(text),
    }
}

/// What stands for a value that is not a string, on one line. What YAML cannot read is a text.
pub(super) fn flow(node: NodeRef<'_>) -> String {
    match node.kind() {
        Kind::Sequence => {
            let items: Vec<_> = node.items().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Mapping => {
            let entries: Vec<_> =
                node.entries().map(|(key, value)| format!("{}: {}", flow(key), flow(value))).collect();
            match entries.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", entries.join(", ")),
            }
        }
        Kind::Scalar => {
            let text = node.text().unwrap_or_default();
            match node.plain() {
                Some(Plain::Null) => "null".to_owned(),
                Some(Plain::String) | None => string(text, Quotes::None, text),
                Some(_) if has_plain_letters(text) => text.to_owned(),
                Some(_) => double_quoted(text),
            }
        }
    }
}

/// Whether a string can stand without quotes, wherever it is, and all readers take it for a string.
fn can_be_plain(text: &str) -> bool {
    let begins_well = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/'));
    begins_well
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !matches!(text, "y" | "Y" | "n" | "N")
        && has_plain_letters(text)
        && Plain::of(text) == Plain::String
}

fn has_plain_letters(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '@' | ':' | '+' | ' '))
}

/// Whether it cannot stand in single quotes as it is.
fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}')
}

fn double_quoted(text: &str) -> String {
    const KEY: &str = "\"k\": ";
    let line = Emitter::new().map(|map| map.entry("k").string(text));
    line.strip_prefix(KEY).unwrap_or_default().trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Source, yaml};
    use proptest::prelude::*;

    #[test]
    fn the_style_stays_where_it_can() {
        for (text, like, written) in [
            ("dmz-b", Quotes::None, "dmz-b"),
            ("dmz-b", Quotes::Single, "'dmz-b'"),
            ("dmz-b", Quotes::Double, "\"dmz-b\""),
            ("it's", Quotes::Single, "'it''s'"),
            ("yes", Quotes::None, "\"yes\""),
            ("12", Quotes::None, "\"12\""),
            ("a: b", Quotes::None, "\"a: b\""),
            ("a # b", Quotes::None, "\"a # b\""),
            ("a\nb", Quotes::Single, "\"a\\nb\""),
            ("r.test:5000/a:1", Quotes::None, "r.test:5000/a:1"),
            ("Zürich", Quotes::None, "Zürich"),
        ] {
            assert_eq!(string(text, like, text), written);
        }
        assert_eq!(string("r.test:5000", Quotes::None, "r.test"), "\"r.test:5000\"");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "(\\PC|[\\n\\t'\": #,\\[\\]{}&*!|>%@`-]){0,20}") {
            for like in [Quotes::None, Quotes::Single, Quotes::Double] {
                let written = string(&text, like, &text);
                for whole in [format!("a: {written} # c\nb: c\n"), format!("{{ a: {written}, b: c }}\n")] {
                    let tree = yaml::load(&Source::new("t", whole.as_str()), &Limits::default()).tree;
                    let tree = tree.expect("YAML");
                    let value = tree.root().get("a").expect("the value");
                    prop_assert_eq!(value.text(), Some(text.as_str()), "{}", whole);
                    prop_assert_eq!(value.plain(), Some(Plain::String), "{}", whole);
                }
            }
        }
    }
}
