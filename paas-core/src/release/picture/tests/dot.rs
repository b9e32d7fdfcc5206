use super::{
    fixture::bank,
    strings::{harmless, names, renamed, service_names},
};
use proptest::prelude::*;

#[test]
fn the_bank() {
    insta::assert_snapshot!(bank().to_dot());
}

proptest! {
    #[test]
    fn gives_back_names_and_nothing_of_them_is_syntax(names in names()) {
        let release = renamed(&names);
        let picture = release.to_dot();
        let tokens = tokens(&picture);

        // `s0 [ shape = box , … label = "…"`
        let mut services = tokens.iter().enumerate().filter_map(|(at, token)| {
            let service = matches!(token, Token::Word(word) if is_service(word))
                && tokens.get(at + 1) == Some(&Token::Sign('['));
            let label = tokens[at..].iter().position(|token| *token == Token::Word("label"))?;
            match &tokens[at + label + 2] {
                Token::Text(text) if service && tokens[at - 1] != Token::Arrow => Some(text.clone()),
                _ => None,
            }
        });
        for name in service_names(&release) {
            let label = services.next().unwrap();
            let shown = |c: char| match c {
                c if c.is_ascii_whitespace() => ' ',
                c if c.is_control() || "\u{FFFE}\u{FFFF}".contains(c) => '\u{FFFD}',
                c => c,
            };
            prop_assert_eq!(label.lines().next().unwrap(), name.chars().map(shown).collect::<String>());
        }
        prop_assert_eq!(services.next(), None);

        let plain = renamed(&harmless(&names)).to_dot();
        let plain = self::tokens(&plain);
        prop_assert_eq!(without_texts(&tokens), without_texts(&plain));
    }
}

fn is_service(word: &str) -> bool {
    word.strip_prefix('s')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Text(String),
    Sign(char),
    Arrow,
}

/// The tokens of a text in DOT, after the rules of the language: <https://graphviz.org/doc/info/lang.html>.
fn tokens(mut text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    while let Some(c) = text.chars().next() {
        let word = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(text.len());
        let length = match c {
            c if c.is_whitespace() => c.len_utf8(),
            '"' => {
                let end = end_of_text(text);
                tokens.push(Token::Text(shown(&text[1..end - 1])));
                end
            }
            '{' | '}' | '[' | ']' | '=' | ';' | ',' => {
                tokens.push(Token::Sign(c));
                1
            }
            '-' if text.starts_with("->") => {
                tokens.push(Token::Arrow);
                2
            }
            _ if word > 0 => {
                tokens.push(Token::Word(&text[..word]));
                word
            }
            _ => panic!("no token of the language: {text}"),
        };
        text = &text[length..];
    }
    tokens
}

/// A quoted text ends at the first quote that has no backslash of its own before it.
fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\n' => panic!("a line ends inside a text: {text}"),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    panic!("a text without end: {text}")
}

/// What Graphviz shows for a label: its escapes and entities are read.
fn shown(label: &str) -> String {
    let mut text = String::new();
    let mut characters = label.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some(c @ ('"' | '\\')) => text.push(c),
                other => panic!("an escape that nobody wrote: {other:?}"),
            },
            '&' => {
                let rest = characters.as_str().strip_prefix("amp;").expect("`&` is an entity");
                characters = rest.chars();
                text.push('&');
            }
            c => text.push(c),
        }
    }
    text
}

fn without_texts<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let without = |token: &Token<'a>| match token {
        Token::Text(_) => Token::Text(String::new()),
        token => token.clone(),
    };
    tokens.iter().map(without).collect()
}
