//! Comments and lines.

/// As wide as a line is.
const WIDTH: usize = 110;

/// A comment of documentation; `more` are lines of tags. Nothing if there is nothing to say.
pub(super) fn comment(indent: usize, text: &str, more: &[String]) -> String {
    let pad = " ".repeat(indent);
    let text = text.replace("*/", "* /");
    let on_one_line = format!("{pad}/** {text} */\n");
    if more.is_empty() {
        if text.is_empty() {
            return String::new();
        }
        if on_one_line.chars().count() <= WIDTH {
            return on_one_line;
        }
    }
    let mut comment = format!("{pad}/**\n");
    for line in wrapped(&text, WIDTH - indent - 3) {
        comment.push_str(&format!("{pad} * {line}\n"));
    }
    if !text.is_empty() && !more.is_empty() {
        comment.push_str(&format!("{pad} *\n"));
    }
    for tag in more {
        for (index, line) in wrapped(&tag.replace("*/", "* /"), WIDTH - indent - 5).iter().enumerate() {
            let hang = if index == 0 { "" } else { "  " };
            comment.push_str(&format!("{pad} * {hang}{line}\n"));
        }
    }
    comment.push_str(&format!("{pad} */\n"));
    comment
}

/// `start` and `end` around a list, on one line if that fits, else each part on a line of its own.
pub(super) fn list(indent: usize, start: &str, parts: &[String], end: &str) -> String {
    let pad = " ".repeat(indent);
    let on_one_line = format!("{pad}{start}{}{end}\n", parts.join(", "));
    if on_one_line.chars().count() <= WIDTH + 1 || parts.is_empty() {
        return on_one_line;
    }
    let parts: String = parts.iter().map(|part| format!("{pad}  {part},\n")).collect();
    format!("{pad}{start}\n{parts}{pad}{end}\n")
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{comment, list};

    #[test]
    fn a_comment_is_as_short_as_it_can_be_and_never_ends_early() {
        assert_eq!(comment(2, "A */ b.", &[]), "  /** A * / b. */\n");
        assert_eq!(comment(0, "", &[]), "");
        let tags = ["@param a What.".to_owned()];
        assert_eq!(comment(0, "Does.", &tags), "/**\n * Does.\n *\n * @param a What.\n */\n");
        let long = comment(0, &"word ".repeat(40), &[]);
        assert!(long.lines().all(|line| line.len() <= 110) && long.lines().count() == 4, "{long}");
    }

    #[test]
    fn a_list_breaks_where_it_is_too_long() {
        let parts = ["a: string".to_owned(), "b: string".to_owned()];
        assert_eq!(list(2, "f(", &parts, "): void"), "  f(a: string, b: string): void\n");
        let parts = vec!["x".repeat(40); 3];
        assert_eq!(list(0, "f(", &parts, ")").lines().count(), 5);
    }
}
