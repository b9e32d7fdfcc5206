//! Places that are where they say.

use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place, Position},
    loss::Loss,
};
use paas_tosca::{Source, builtin_text, yaml::NodeRef};

/// More values of a tree than these are not walked: aliases make it endless to do.
const MOST_VALUES: usize = 20_000;

/// Holds places against texts.
pub(crate) struct Places<'s> {
    sources: &'s [Source],
}

impl<'s> Places<'s> {
    pub(crate) fn of(sources: &'s [Source]) -> Self {
        Self { sources }
    }

    /// Problems have a place, and words on one line.
    pub(crate) fn hold(&self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics {
            assert!(diagnostic.place().is_some(), "no place: {diagnostic}");
            for label in &diagnostic.labels {
                self.place(&label.place);
                label.text.iter().for_each(|text| one_line(text));
            }
            one_line(&diagnostic.message);
            diagnostic.help.iter().for_each(|text| one_line(text));
        }
    }

    /// Problems of a stack: one with an answer that is in none of its files has no place.
    pub(crate) fn hold_stack(&self, diagnostics: &Diagnostics) {
        let is_of_files = |it: &&Diagnostic| it.code != Code::ComposeAnswer || it.place().is_some();
        self.hold(&diagnostics.iter().filter(is_of_files).cloned().collect());
    }

    /// A loss has a place, and words on one line.
    pub(crate) fn hold_loss(&self, loss: &Loss) {
        self.place(&loss.place);
        one_line(&loss.key);
        one_line(&loss.why);
    }

    /// All values of a tree have their place.
    pub(crate) fn walk(&self, node: NodeRef<'_>, walked: &mut usize) {
        *walked += 1;
        if *walked > MOST_VALUES {
            return;
        }
        self.place(&node.place());
        node.items().for_each(|item| self.walk(item, walked));
        for (key, value) in node.entries() {
            assert!(key.text().is_some(), "a key without text");
            self.walk(key, walked);
            self.walk(value, walked);
        }
    }

    fn place(&self, place: &Place) {
        let file = &*place.file;
        let source = self.sources.iter().find(|source| file == &**source.name());
        let text = source.map(Source::text).or_else(|| builtin_text(file));
        let text = text.unwrap_or_else(|| panic!("a place in `{file}`, which nobody has"));
        assert!(place.start.offset <= place.end.offset, "{place} ends before it begins");
        for position in [place.start, place.end] {
            assert_eq!(position, position_of(text, position.offset), "in {}", place.file);
        }
    }
}

/// The line and the column of an offset, counted anew. A line ends with `\n`, `\r\n` or `\r`.
fn position_of(text: &str, offset: u32) -> Position {
    let before = text.get(..offset as usize).unwrap_or_else(|| panic!("{offset} is inside a character"));
    let mut position = Position { offset, ..Position::START };
    let mut characters =
        before.chars().chain(text.get(before.len()..).unwrap_or_default().chars().take(1)).peekable();
    for _ in before.chars() {
        let character = characters.next();
        match (character, characters.peek()) {
            (Some('\r'), Some('\n')) | (None, _) => position.column += 1,
            (Some('\n' | '\r'), _) => (position.line, position.column) = (position.line + 1, 1),
            _ => position.column += 1,
        }
    }
    position
}

fn one_line(words: &str) {
    assert!(!words.is_empty() && !words.contains(['\n', '\r']), "not one line: {words:?}");
}
