//! Examples of codes: what was written, and the same put right.

use paas_sdk::core::diagnostic::Example;
use std::ops::Range;

/// Both one after the other; the lines that differ are marked.
pub(super) fn both(example: Example) -> String {
    let [wrong, right] = changed(example);
    format!(
        "wrong:\n\n{}\nright:\n\n{}",
        marked(example.wrong, &wrong, '-'),
        marked(example.right, &right, '+')
    )
}

/// Both in one, as `diff` shows them.
pub(super) fn difference(example: Example) -> String {
    let [wrong, right] = changed(example);
    let mut text = String::new();
    for (index, line) in example.wrong.lines().enumerate() {
        if index == wrong.end {
            add_lines(&mut text, example.right, &right);
        }
        let mark = if wrong.contains(&index) { '-' } else { ' ' };
        add(&mut text, mark, line);
    }
    if wrong.end == example.wrong.lines().count() {
        add_lines(&mut text, example.right, &right);
    }
    text
}

fn marked(text: &str, changed: &Range<usize>, mark: char) -> String {
    let mut shown = String::new();
    for (index, line) in text.lines().enumerate() {
        let mark = if changed.contains(&index) { mark } else { ' ' };
        shown.push_str(format!("  {mark} {line}").trim_end());
        shown.push('\n');
    }
    shown
}

fn add_lines(text: &mut String, from: &str, lines: &Range<usize>) {
    for line in from.lines().skip(lines.start).take(lines.len()) {
        add(text, '+', line);
    }
}

fn add(text: &mut String, mark: char, line: &str) {
    text.push(mark);
    text.push_str(line);
    text.push('\n');
}

/// The lines of each between the first that differs and the last.
fn changed(example: Example) -> [Range<usize>; 2] {
    let (wrong, right) = (example.wrong.lines(), example.right.lines());
    let (before, after) = (wrong.clone().count(), right.clone().count());
    let start = wrong.clone().zip(right.clone()).take_while(|(one, other)| one == other).count();
    let most = before.min(after) - start;
    let same = wrong.rev().zip(right.rev()).take(most).take_while(|(one, other)| one == other).count();
    [start..before - same, start..after - same]
}

#[cfg(test)]
mod tests {
    use super::*;
    use paas_sdk::Code;

    #[test]
    fn what_differs_is_marked() {
        let both = both(Code::DuplicateKey.example());
        let marked: Vec<_> =
            both.lines().filter(|line| line.starts_with("  -") || line.starts_with("  +")).collect();
        assert_eq!(marked, ["  -           LEVEL: debug"]);
    }

    #[test]
    fn a_difference_holds_both() {
        for code in Code::ALL {
            let example = code.example();
            let difference = difference(example);
            let side = |mark| -> String {
                let lines = difference.lines().filter(|line| line.starts_with([' ', mark]));
                lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
            };
            assert_eq!(side('-'), example.wrong, "{code}");
            assert_eq!(side('+'), example.right, "{code}");
            assert!(difference.lines().any(|line| line.starts_with(['-', '+'])), "{code}");
        }
    }
}
