//! Text that cannot steer a terminal.

use std::{borrow::Cow, fmt::Write as _};

/// The text with a sign for each character that would steer the terminal instead of being shown: control characters,
/// line breaks, and those that change the direction of writing.
///
/// ```
/// use paas_sdk::report::printable;
///
/// assert_eq!(printable("Grüße, 世界"), "Grüße, 世界");
/// assert_eq!(printable("a\u{1b}[31mred\nb\u{202e}c"), "a␛[31mred␊b\u{fffd}c");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(steers) { Cow::Owned(text.chars().map(sign).collect()) } else { Cow::Borrowed(text) }
}

/// What is shown for a character.
pub(super) fn sign(c: char) -> char {
    match c {
        // Unicode has a picture for each of the ASCII ones.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        c if steers(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// The same for a JSON text, in which such a character can only stand in a string: it is written as `\uXXXX`.
pub(super) fn escape_in_json(json: &str) -> String {
    json.chars().fold(String::with_capacity(json.len()), |mut escaped, c| {
        if steers(c) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
        escaped
    })
}

fn steers(c: char) -> bool {
    // C0, DEL and C1; line and paragraph separator; marks, embeddings, overrides and isolates of direction.
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_can_be_printed() {
        for c in ('\0'..=char::MAX).filter(|c| steers(*c)) {
            assert!(!steers(sign(c)), "{c:?}");
        }
        assert_eq!(printable("\0\t\r\n\u{7f}\u{9b}"), "␀␉␍␊␡\u{fffd}");
    }

    #[test]
    fn escaped_json_means_the_same() {
        let text = "tab\t C1 \u{9b}31m del \u{7f} rtl \u{202e} ok";
        let json = escape_in_json(&serde_json::to_string(text).expect("a string"));
        assert!(!json.chars().any(steers), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("a string"), text);
    }
}
