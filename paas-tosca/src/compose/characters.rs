//! Which characters an answer may have: what Rancher's page puts between the brackets of a regular expression.

use std::fmt::Write as _;

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Characters(Vec<(char, char)>);

impl Characters {
    /// Reads such as `a-zA-Z0-9_.-`; `None` if not every reader of regular expressions takes it for the same.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut ranges = Vec::new();
        let mut rest = text.chars().peekable();
        if rest.peek() == Some(&'^') {
            return None;
        }
        while let Some(first) = atom(&mut rest)? {
            let Atom::One(low) = first else {
                ranges.extend_from_slice(first.ranges());
                continue;
            };
            let mut ahead = rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.peek().is_some();
            if !is_range {
                ranges.push((low, low));
                continue;
            }
            rest = ahead;
            match atom(&mut rest)? {
                Some(Atom::One(high)) if low <= high => ranges.push((low, high)),
                _ => return None,
            }
        }
        (!ranges.is_empty()).then_some(Self(ranges))
    }

    pub(super) fn contains(&self, c: char) -> bool {
        self.0.iter().any(|(low, high)| (*low..=*high).contains(&c))
    }

    /// The regular expression of texts that have only these, or none of these.
    pub(super) fn pattern(&self, are_allowed: bool) -> String {
        let mut pattern = if are_allowed { "[" } else { "[^" }.to_owned();
        // `&&`, `--` and `~~` mean something to some readers.
        let is_special = |c: char| matches!(c, '\\' | '[' | ']' | '^' | '-' | '&' | '~' | '|');
        let shown = |c: char| if is_special(c) { format!("\\{c}") } else { c.to_string() };
        for (low, high) in &self.0 {
            pattern.push_str(&shown(*low));
            if low != high {
                let _ = write!(pattern, "-{}", shown(*high));
            }
        }
        pattern.push_str("]*");
        pattern
    }
}

enum Atom {
    One(char),
    Digits,
    Word,
}

impl Atom {
    fn ranges(&self) -> &'static [(char, char)] {
        match self {
            Self::One(_) => &[],
            Self::Digits => &[('0', '9')],
            Self::Word => &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        }
    }
}

/// The next character or class; `Some(None)` at the end, `None` for what is not known.
#[expect(clippy::option_option, reason = "an end is no fault")]
fn atom(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Option<Atom>> {
    let Some(c) = rest.next() else { return Some(None) };
    let atom = match c {
        ']' => return None,
        '\\' => match rest.next()? {
            'd' => Atom::Digits,
            'w' => Atom::Word,
            c if c.is_ascii_punctuation() => Atom::One(c),
            _ => return None,
        },
        c if c.is_control() => return None,
        c => Atom::One(c),
    };
    Some(Some(atom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_characters() {
        for (text, pattern, inside, outside) in [
            ("a-z0-9-", "[a-z0-9\\-]*", "q5-", "A_"),
            ("\\w.", "[a-zA-Z0-9_.]*", "aZ_9.", "- "),
            ("-a", "[\\-a]*", "-a", "b"),
            ("\\]\\d", "[\\]0-9]*", "]7", "a"),
            (" <&&", "[ <\\&\\&]*", " <&", "a"),
            ("a-c-e", "[a-c\\-e]*", "b-e", "d"),
        ] {
            let read = Characters::read(text).unwrap();
            assert_eq!(read.pattern(true), pattern, "{text}");
            assert!(inside.chars().all(|c| read.contains(c)), "{text}");
            assert!(!outside.chars().any(|c| read.contains(c)), "{text}");
        }
        assert_eq!(Characters::read("a").map(|read| read.pattern(false)).as_deref(), Some("[^a]*"));
        for text in ["", "^a", "a]b", "z-a", "\\s", "a-\\d", "\\", "a\nb"] {
            assert_eq!(Characters::read(text), None, "{text}");
        }
    }
}
