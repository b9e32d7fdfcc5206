//! Values, shortened around what differs.

use super::{super::printable, port};
use paas_core::release::difference::{Change, Json};

/// So many characters of a value are shown.
const WIDTH: usize = 48;

/// So many characters that are the same are shown before those that differ.
const CONTEXT: usize = 12;

/// A change in one line: `~ image: web:1 → web:2`, `+ environment.A: 1`, `- environment.B: 2`.
pub(super) fn change(whole: &Change) -> String {
    let change = whole.redacted();
    if let Some(port) = port::change(&change) {
        return port;
    }
    let path = change.path.to_string();
    let path = printable(&path);
    // A link is all in its name.
    let is_link = path.starts_with("links[");
    let only = |sign: &str, value: &Json| match is_link {
        true => format!("{sign} {path}"),
        false => format!("{sign} {path}: {}", alone(&value.to_string())),
    };
    match (&change.old, &change.new) {
        // Not where they differ: that would tell how much of a secret is the same.
        (Some(old), Some(new)) if change != *whole => {
            format!("~ {path}: {} → {}", alone(&old.to_string()), alone(&new.to_string()))
        }
        (Some(old), Some(new)) => format!("~ {path}: {}", both(&old.to_string(), &new.to_string())),
        (None, Some(new)) => only("+", new),
        (Some(old), None) => only("-", old),
        (None, None) => format!("~ {path} stands elsewhere"),
    }
}

fn alone(value: &str) -> String {
    match value.lines().count() {
        0 => "\"\"".to_owned(),
        1 => cut(value, WIDTH),
        lines => format!("{} … ({lines} lines)", cut(value.lines().next().unwrap_or_default(), WIDTH)),
    }
}

/// Both values, from where they differ.
fn both(old: &str, new: &str) -> String {
    let lines = (old.lines().count(), new.lines().count());
    if lines.0 > 1 || lines.1 > 1 {
        let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let same = old_lines.iter().zip(&new_lines).take_while(|(old, new)| old == new).count();
        let line = |lines: &[&str]| lines.get(same).map_or("(ends)", |line| line).to_owned();
        let count = if lines.0 == lines.1 {
            format!("{} lines", lines.0)
        } else {
            format!("{} → {} lines", lines.0, lines.1)
        };
        return format!(
            "{count}, from line {}: {}",
            same + 1,
            both_lines(&line(&old_lines), &line(&new_lines))
        );
    }
    both_lines(old, new)
}

fn both_lines(old: &str, new: &str) -> String {
    if old == new {
        // They differ in how they end, or in what they are: `"1"` and `1`.
        return format!("{} → the same text", alone(old));
    }
    if old.chars().count() <= WIDTH && new.chars().count() <= WIDTH {
        return format!("{} → {}", alone(old), alone(new));
    }
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let skipped = same.saturating_sub(CONTEXT);
    let shown = |value: &str| {
        let rest: String = value.chars().skip(skipped).collect();
        let dots = if skipped > 0 { "…" } else { "" };
        format!("{dots}{}", cut(&rest, WIDTH))
    };
    format!("{} → {}", shown(old), shown(new))
}

/// The first characters; control characters as signs.
fn cut(value: &str, width: usize) -> String {
    let mut cut: String = value.chars().take(width).collect();
    if value.chars().nth(width).is_some() {
        cut.push('…');
    }
    printable(&cut).into_owned()
}

#[cfg(test)]
mod tests {
    use super::both;

    #[test]
    fn long_values_are_shown_from_where_they_differ() {
        let image = "registry.bank.test/very/long/path/of/a/repository/api";
        assert_eq!(both(&format!("{image}:1.4"), &format!("{image}:1.5")), "…itory/api:1.4 → …itory/api:1.5");
        assert_eq!(both("a", "b"), "a → b");
        assert_eq!(both("", "b"), "\"\" → b");
        let long = "x".repeat(100);
        assert_eq!(both("y", &long), format!("y → {}…", "x".repeat(48)));
    }

    #[test]
    fn of_several_lines_the_first_that_differs_is_shown() {
        assert_eq!(both("a\nb\nc\n", "a\nB\nc\n"), "3 lines, from line 2: b → B");
        assert_eq!(both("a\nb", "a\nb\nc"), "2 → 3 lines, from line 3: (ends) → c");
        assert_eq!(both("a\nb", "a\u{1b}\nb"), "2 lines, from line 1: a → a␛");
    }
}
