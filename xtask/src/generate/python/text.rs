//! Lines of Python: docstrings that fit the page, and names that Python allows.

/// So wide a line of Python is at most.
pub(super) const WIDTH: usize = 100;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether it can be the name of a variable.
pub(super) fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&word)
}

/// The name itself, or with a line below if Python keeps the word for itself.
pub(super) fn name(word: &str) -> String {
    if is_name(word) { word.to_owned() } else { format!("{word}_") }
}

/// A docstring of paragraphs, at this depth of blanks, with its last line's end. Nothing if there is nothing to say.
pub(super) fn docstring(paragraphs: &[String], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let told: Vec<&str> = paragraphs.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if told.is_empty() {
        return String::new();
    }
    let body = told.join("\n\n");
    let body = body.replace('\\', "\\\\");
    let one_line = format!("{blanks}\"\"\"{body}\"\"\"\n");
    if !body.contains('\n') && one_line.chars().count() <= WIDTH + 1 {
        return one_line;
    }
    let mut lines = format!("{blanks}\"\"\"");
    for (index, paragraph) in body.split('\n').enumerate() {
        // What is indented or an item of a list keeps its own depth in the lines that follow.
        let depth = paragraph.len() - paragraph.trim_start().len();
        let (first, more) = match paragraph.trim_start() {
            text if text.starts_with("- ") => (depth, depth + 2),
            _ if depth > 0 => (depth, depth + 4),
            _ => (0, 0),
        };
        if index > 0 {
            lines.push('\n');
        }
        let taken = if index == 0 { indent + 3 } else { indent + first };
        // A single line would have the end of the docstring on it too.
        let end = if body.contains('\n') { 0 } else { 3 };
        let rows = wrapped(paragraph.trim_start(), WIDTH - taken - end, WIDTH - indent - more);
        for (row, line) in rows.iter().enumerate() {
            if row > 0 {
                lines.push('\n');
            }
            if (index > 0 || row > 0) && !line.is_empty() {
                lines.push_str(&blanks);
                lines.push_str(&" ".repeat(if row == 0 { first } else { more }));
            }
            lines.push_str(line);
        }
    }
    format!("{lines}\n{blanks}\"\"\"\n")
}

/// The words in lines, of which the first has another width.
fn wrapped(text: &str, first: usize, others: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let width = if lines.len() == 1 { first } else { others };
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{docstring, is_name, name};

    #[test]
    fn words_that_python_keeps_for_itself_get_another_name() {
        assert_eq!(name("from"), "from_");
        assert_eq!(name("tenant"), "tenant");
        assert!(!is_name("3d") && !is_name("a-b") && is_name("_a1"));
    }

    #[test]
    fn docstrings_fit_the_page() {
        let short = docstring(&["Short.".to_owned()], 4);
        assert_eq!(short, "    \"\"\"Short.\"\"\"\n");
        let long = docstring(&["word ".repeat(40), "Args:\n    a: It is.".to_owned()], 4);
        assert!(long.lines().all(|line| line.chars().count() <= super::WIDTH), "{long}");
        assert!(long.ends_with("\n\n    Args:\n        a: It is.\n    \"\"\"\n"), "{long}");
    }
}
