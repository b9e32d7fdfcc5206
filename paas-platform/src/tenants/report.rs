//! Where the checks put what they find.

use paas_core::diagnostic::{Diagnostic, Diagnostics};

/// More help nobody, and each may cost a comparison of names.
const MOST: usize = 1_000;
/// So many characters of a value are shown.
const LONGEST: usize = 80;

/// The problems of one file.
pub(super) struct Report {
    list: Diagnostics,
    told: usize,
}

impl Report {
    /// With what is known already.
    pub(super) fn new(list: Diagnostics) -> Self {
        Self { list, told: 0 }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.told += 1;
            self.list.push(diagnostic);
        }
    }

    /// Whether so much was found that nothing more is told.
    pub(super) fn is_full(&self) -> bool {
        self.told >= MOST
    }

    /// All of them, in the order of their places.
    pub(super) fn finish(mut self) -> Diagnostics {
        self.list.sort();
        self.list
    }
}

/// A word of the user for a message: in backticks, cut where it is long, on one line.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::from("`");
    for c in text.chars().take(LONGEST) {
        if c.is_control() { shown.extend(c.escape_debug()) } else { shown.push(c) }
    }
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown.push('`');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_short_and_on_one_line() {
        assert_eq!(shown("filer-1"), "`filer-1`");
        assert_eq!(shown("a\nb\u{1b}[31m"), "`a\\nb\\u{1b}[31m`");
        assert_eq!(shown(&"ü".repeat(80)), format!("`{}`", "ü".repeat(80)));
        assert_eq!(shown(&"ü".repeat(81)), format!("`{}…`", "ü".repeat(80)));
    }
}
