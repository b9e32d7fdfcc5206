//! Commands that are written as one string.

use super::filled::{Filled, Piece};

/// The words of a command, split as the executor does: by white space, with quotes, backslashes and
/// comments (`#` at the start of a word).
///
/// `Err` if a quote does not end.
pub(super) fn split(text: &Filled) -> Result<Words, Unclosed> {
    let mut words = Words::default();
    let mut word: Option<Filled> = None;
    let mut quote = None;
    let mut is_escaped = false;
    let mut is_comment = false;
    for piece in text.pieces() {
        // An answer that says something to the splitter stands for no one value of the words.
        let is_whole = matches!(piece, Piece::Answer { value, .. } if is_one_word(value, quote));
        if is_whole && !is_escaped && !is_comment {
            word.get_or_insert_default().push(piece, piece.value());
            continue;
        }
        let answer = match piece {
            Piece::Answer { name, .. } | Piece::Cut { name, .. } => Some(name.as_str()),
            Piece::Literal(_) => None,
        };
        words.fixed.extend(answer.map(str::to_owned));
        for c in piece.value().chars() {
            if is_comment {
                is_comment = c != '\n';
                continue;
            }
            if std::mem::take(&mut is_escaped) {
                push(&mut word, answer, c);
                continue;
            }
            match (quote, c) {
                (Some('\''), '\'') | (Some('"'), '"') => quote = None,
                (None | Some('"'), '\\') => {
                    word.get_or_insert_default();
                    is_escaped = true;
                }
                (None, '\'' | '"') => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (None, c) if c.is_whitespace() => words.all.extend(word.take()),
                (None, '#') if word.is_none() => is_comment = true,
                (_, c) => push(&mut word, answer, c),
            }
        }
    }
    if quote.is_some() || is_escaped {
        return Err(Unclosed);
    }
    words.all.extend(word);
    Ok(words)
}

/// What [`split`] gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) all: Vec<Filled>,
    /// Answers that decide where words begin and end, so that their values are fixed now.
    pub(super) fixed: Vec<String>,
}

/// A quote that does not end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclosed;

/// Whether an answer is some of a word, whatever stands around it. An empty one may be no word at all.
fn is_one_word(value: &str, quote: Option<char>) -> bool {
    !value.is_empty()
        && value.chars().all(|c| match quote {
            None => !c.is_whitespace() && !matches!(c, '\'' | '"' | '\\'),
            Some(quote) => c != quote && (quote == '\'' || c != '\\'),
        })
}

fn push(word: &mut Option<Filled>, answer: Option<&str>, c: char) {
    let mut utf8 = [0; 4];
    let text = c.encode_utf8(&mut utf8);
    let word = word.get_or_insert_default();
    match answer {
        Some(name) => word.push_cut(name, text),
        None => word.push_literal(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &Filled) -> Vec<String> {
        split(text).unwrap().all.iter().map(Filled::value).collect()
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        for (text, expected) in [
            ("serve --port 80", vec!["serve", "--port", "80"]),
            ("sh -c 'a b' \"c \\\" d\"", vec!["sh", "-c", "a b", "c \" d"]),
            ("a\\ b '' x\"\"y", vec!["a b", "", "xy"]),
            ("  \n", vec![]),
            ("run a # b 'c\n d#e", vec!["run", "a", "d#e"]),
        ] {
            assert_eq!(words(&text.into()), expected, "{text}");
        }
        assert_eq!(split(&"a 'b".into()), Err(Unclosed));
        assert_eq!(split(&"a \\".into()), Err(Unclosed));
    }

    #[test]
    fn answers_stay_in_words_that_do_not_depend_on_them() {
        let mut text = Filled::from("--level=");
        text.push_answer("LEVEL", "info");
        text.push_literal(" ");
        text.push_answer("MORE", "-a -b");
        text.push_literal(" ");
        text.push_answer("NONE", "");
        let split = split(&text).unwrap();
        assert_eq!(words(&text), ["--level=info", "-a", "-b"]);
        assert_eq!(split.fixed, ["MORE", "NONE"]);
        assert_eq!(split.all.first().map(|word| word.answers().count()), Some(1));
    }
}
