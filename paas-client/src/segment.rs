//! Ids and names that stand in paths.

use url::form_urlencoded;

/// The most that an id or a name in a path can be long, in bytes: what the servers' tables have room for.
const LONGEST: usize = 255;

/// What is wrong with an id or a name that is to stand in a path.
pub(crate) const WRONG: &str = "has one to 255 bytes, no control characters, and not only dots";

/// Whether a path can have this as a segment, and no other path can be meant.
pub(crate) fn fits(text: &str) -> bool {
    // None at all is only dots, too.
    let is_path = text.chars().all(|c| c == '.');
    text.len() <= LONGEST && !is_path && !text.chars().any(char::is_control)
}

/// The text as a segment of a path.
pub(crate) fn segment(text: &str) -> String {
    // A form has `+` for a space; a plus is escaped itself.
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::{fits, segment};

    #[test]
    fn segments_are_escaped_and_nonsense_does_not_fit() {
        for (id, path) in [
            ("a1", "a1"),
            ("anna@bank.test", "anna%40bank.test"),
            ("a b+c/../d?e#f%2f", "a%20b%2Bc%2F..%2Fd%3Fe%23f%252f"),
            ("ü", "%C3%BC"),
        ] {
            assert!(fits(id));
            assert_eq!(segment(id), path);
        }
        for id in ["", ".", "..", "a\nb", &"x".repeat(256)] {
            assert!(!fits(id), "{id}");
        }
    }
}
