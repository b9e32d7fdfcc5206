//! Strings, as a careful writer puts them: in quotes only where they need or might need them.

use super::super::{
    emit::push_escaped,
    scalar::{Plain, boolean},
};

/// Where a string stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a block, or at the top.
    Block,
    /// Inside `{ … }` or `[ … ]`.
    Flow,
}

/// Writes a string on one line.
pub(super) fn push(out: &mut String, text: &str, place: Place) {
    if is_plain(text, place) {
        out.push_str(text);
    } else if is_single_quotable(text) {
        out.push('\'');
        out.push_str(text);
        out.push('\'');
    } else {
        out.push('"');
        push_escaped(out, text);
        out.push('"');
    }
}

/// Whether a string can be written as a block: several lines of text, just as they are, after `|`.
pub(super) fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_line =
        |line: &str| !line.ends_with([' ', '\t']) && line.chars().all(|c| c == '\t' || is_readable(c));
    body.contains('\n')
        && !body.starts_with(['\n', ' ', '\t'])
        && !body.ends_with('\n')
        && body.split('\n').all(is_line)
}

/// Whether every reader of YAML 1.1 and 1.2 takes the string for itself without quotes.
fn is_plain(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts = match first {
        '0'..='9' | '+' | '.' => has_word_letter(text),
        '-' => is_option(text),
        _ => is_letter(first) || matches!(first, '/' | '_' | '$'),
    };
    starts
        && !text.ends_with(' ')
        && Plain::of(text) == Plain::String
        && !is_doubtful_word(text)
        && is_plain_inside(text, place)
}

fn is_plain_inside(text: &str, place: Place) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let is_fine = match c {
            // Alone, it may be taken for the begin of an item.
            '-' => characters.peek().is_some_and(|next| *next != ' '),
            ' ' | '/' | '_' | '.' | '+' | '=' | '@' | '%' | '(' | ')' | ';' | '*' | '$' | '^' | '~' => true,
            // Only where nothing could take it for the end of a key.
            ':' => {
                let next = characters.peek();
                place == Place::Block && next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '/')
            }
            c => is_letter(c) || c.is_ascii_digit(),
        };
        if !is_fine {
            return false;
        }
    }
    true
}

/// A letter that every reader knows as one.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (c.is_alphabetic() && u32::from(c) < 0x1_0000 && is_readable(c))
}

/// Whether a text that begins as numbers do has a letter that no number, time or date has.
fn has_word_letter(text: &str) -> bool {
    let is_of_numbers = |c: char| c.is_ascii_hexdigit() || "xXoOtTzZ_iInN".contains(c);
    !text.contains(':') && text.chars().any(|c| is_letter(c) && !is_of_numbers(c))
}

/// `-x`, `--word` and the like.
fn is_option(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Words that some reader takes for true, false or nothing, in any case of letters.
fn is_doubtful_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    boolean(&lower).is_some() || matches!(lower.as_str(), "y" | "n" | "null")
}

/// Printable ASCII without a quote.
fn is_single_quotable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\'')
}

/// Whether a character can stand in a comment.
pub(super) fn is_shown(c: char) -> bool {
    is_readable(c)
}

/// Whether a character is written as it is in double quotes, so that readers and people see the same.
fn is_readable(c: char) -> bool {
    let mut escaped = String::new();
    let mut buffer = [0; 4];
    let own = c.encode_utf8(&mut buffer);
    push_escaped(&mut escaped, own);
    // These two are escaped for the sake of the quotes only.
    matches!(c, '"' | '\\') || *escaped == *own
}
