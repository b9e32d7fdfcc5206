//! Words of users in messages.

/// Longer words help nobody.
const LONGEST: usize = 100;

/// A word of the user for a message: in backticks, cut where it is long, on one line.
///
/// ```
/// use paas_core::diagnostic::shown;
///
/// assert_eq!(shown("filer-1"), "`filer-1`");
/// assert_eq!(shown("a\nb\u{1b}[31m"), r"`a\nb\u{1b}[31m`");
/// assert_eq!(shown(&"ü".repeat(101)), format!("`{}…`", "ü".repeat(100)));
/// ```
pub fn shown(text: &str) -> String {
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
