//! The little of Go's template language that stacks use.
//!
//! Rancher's executor runs each file through Go's `text/template` before it reads the YAML, unless the file begins with
//! `# notemplating`. Known here are `{{.Values.NAME}}`, the names of stack and environment, `if`, `else`, `end` with `eq`,
//! `ne`, `and`, `or`, `not`, comments, and `{{-`, `-}}`. Anything else is a problem with its place: it is never guessed.

use super::{answers::Answers, origins::Origins};
use paas_core::diagnostic::shown;
use std::{collections::BTreeMap, ops::Range};

/// Where a stack is made.
#[derive(Debug, Clone)]
pub(super) struct Names<'a> {
    pub(super) stack: &'a str,
    pub(super) environment: &'a str,
}

/// What [`apply`] gives.
#[derive(Debug, Default)]
pub(super) struct Applied {
    pub(super) text: String,
    /// The answers that went into the text, each with the first action that asks, in bytes of the text before: what they
    /// were is fixed now.
    pub(super) answers: BTreeMap<String, Range<usize>>,
    /// Those of them that nobody gave.
    pub(super) unanswered: BTreeMap<String, Range<usize>>,
    /// Those that stand in the text now.
    pub(super) printed: BTreeMap<String, Range<usize>>,
    /// Where the text came from.
    pub(super) origins: Origins,
}

/// An action that cannot be carried out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The action, in bytes of the text.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// Whether the executor would run a text through the template language.
pub(super) fn is_template(text: &str) -> bool {
    let start = text.trim_start();
    !(start.starts_with("#notemplating") || start.starts_with("# notemplating")) && text.contains("{{")
}

/// Carries out the actions of a text.
pub(super) fn apply(text: &str, answers: &Answers, names: &Names<'_>) -> Result<Applied, Problem> {
    let mut run = Run { answers, names, applied: Applied::default(), open: Vec::new(), at: 0..0 };
    let mut from = 0;
    let mut is_trimmed = false;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let inner = start + 2;
        let Some(length) = text.get(inner..).and_then(end_of_action) else {
            let help = "write `# notemplating` as the first line, unless a template is meant";
            let message = "`{{` begins an action that does not end".to_owned();
            return Err(Problem { at: start..inner, message, help });
        };
        let (action, end) = (text.get(inner..inner + length).unwrap_or_default(), inner + length + 2);
        let trims_before = action.starts_with("- ") || action == "-" || action.starts_with("-\n");
        let trims_after = action.len() > 1 && (action.ends_with(" -") || action.ends_with("\n-"));
        let mut before = text.get(from..start).unwrap_or_default();
        before = if is_trimmed { before.trim_start() } else { before };
        // What is trimmed at the end moves nothing.
        let at = start - before.len();
        before = if trims_before { before.trim_end() } else { before };
        run.literal(before, at);
        run.at = start..end;
        let action = action.strip_prefix('-').filter(|_| trims_before).unwrap_or(action);
        let action = action.strip_suffix('-').filter(|_| trims_after).unwrap_or(action);
        run.action(action.trim()).map_err(|(message, help)| Problem { at: start..end, message, help })?;
        (from, is_trimmed) = (end, trims_after);
    }
    let rest = text.get(from..).unwrap_or_default();
    let rest = if is_trimmed { rest.trim_start() } else { rest };
    run.literal(rest, text.len() - rest.len());
    match run.open.is_empty() {
        true => Ok(run.applied),
        false => Err(Problem {
            at: text.len()..text.len(),
            message: "an `{{if}}` has no `{{end}}`".to_owned(),
            help: "add the `{{end}}`",
        }),
    }
}

/// The length of an action, in which `}}` may stand in quotes.
fn end_of_action(rest: &str) -> Option<usize> {
    if rest.trim_start_matches(['-', ' ']).starts_with("/*") {
        let comment = rest.find("*/")? + 2;
        return rest.get(comment..)?.find("}}").map(|end| comment + end);
    }
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in rest.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '`') => quote = Some(c),
            None if rest.get(at..).is_some_and(|rest| rest.starts_with("}}")) => return Some(at),
            None => {}
        }
    }
    None
}

struct Run<'a> {
    answers: &'a Answers,
    names: &'a Names<'a>,
    applied: Applied,
    open: Vec<If>,
    /// The present action.
    at: Range<usize>,
}

/// An open `if`.
struct If {
    /// Whether the present branch is taken.
    is_taken: bool,
    /// Whether any branch was taken yet.
    is_done: bool,
    /// Whether `else` was there.
    has_else: bool,
}

/// What is wrong, and what to do.
type Wrong = (String, &'static str);

const KNOWN: &str = "known here are `.Values.NAME`, `.Stack.Name`, `.Environment.Name`, `if`, `else`, `end`, `eq`, `ne`, `and`, `or`, `not`; render the template with Rancher first, or write `# notemplating` as the first line if it is none";

impl Run<'_> {
    fn is_on(&self) -> bool {
        self.open.iter().all(|each| each.is_taken)
    }

    /// A piece of the text that stands at a byte of it.
    fn literal(&mut self, text: &str, at: usize) {
        if self.is_on() && !text.is_empty() {
            self.applied.origins.push(self.applied.text.len(), at..at + text.len(), false);
            self.applied.text.push_str(text);
        }
    }

    /// What the present action writes.
    fn written(&mut self, text: &str) {
        if self.is_on() && !text.is_empty() {
            self.applied.origins.push(self.applied.text.len(), self.at.clone(), true);
            self.applied.text.push_str(text);
        }
    }

    fn action(&mut self, action: &str) -> Result<(), Wrong> {
        if action.starts_with("/*") && action.ends_with("*/") {
            return Ok(());
        }
        let (word, rest) = action.split_once(char::is_whitespace).unwrap_or((action, ""));
        match word {
            "if" if self.open.len() >= 100 => {
                return Err(("more than 100 `{{if}}` inside each other".to_owned(), "take them apart"));
            }
            "if" => {
                let is_on = self.is_on();
                let is_taken = is_on && self.condition(rest)?;
                self.open.push(If { is_taken, is_done: is_taken, has_else: false });
            }
            "else" => {
                let (next, condition) =
                    rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
                let Some(mut last) = self.open.pop().filter(|last| !last.has_else) else {
                    return Err(("`else` belongs to no `if`".to_owned(), "remove it"));
                };
                let may = self.is_on() && !last.is_done;
                last.is_taken = match next {
                    "" => may,
                    "if" => may && self.condition(condition)?,
                    _ => {
                        return Err((format!("{} is not known here", shown(&format!("else {next}"))), KNOWN));
                    }
                };
                last.is_done |= last.is_taken;
                last.has_else = next.is_empty();
                self.open.push(last);
            }
            "end" if rest.is_empty() => {
                self.open.pop().ok_or_else(|| ("`end` belongs to no `if`".to_owned(), "remove it"))?;
            }
            _ => {
                // Go reads every action, also in a branch that is not taken.
                let value = self.expression(action)?;
                if self.is_on() {
                    let words = action.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
                    for name in words.filter_map(|word| word.strip_prefix(".Values.")) {
                        self.applied.printed.entry(name.to_owned()).or_insert_with(|| self.at.clone());
                    }
                }
                if let Value::Missing(name) = &value
                    && self.is_on()
                {
                    self.applied.unanswered.entry(name.clone()).or_insert_with(|| self.at.clone());
                }
                self.written(&value.shown());
            }
        }
        Ok(())
    }

    fn condition(&mut self, text: &str) -> Result<bool, Wrong> {
        Ok(self.expression(text)?.is_true())
    }

    fn expression(&mut self, text: &str) -> Result<Value, Wrong> {
        let tokens = tokens(text).ok_or_else(|| (format!("{} cannot be read", action(text)), KNOWN))?;
        let mut rest = tokens.as_slice();
        let value = self.call(&mut rest, 0)?;
        if rest.is_empty() { Ok(value) } else { Err((format!("{} is not known here", action(text)), KNOWN)) }
    }

    /// A function with its operands, or just an operand.
    fn call(&mut self, rest: &mut &[Token], depth: usize) -> Result<Value, Wrong> {
        let Some((Token::Word(word), after)) = rest.split_first() else { return self.operand(rest, depth) };
        if !matches!(word.as_str(), "eq" | "ne" | "and" | "or" | "not") {
            return self.operand(rest, depth);
        }
        *rest = after;
        let mut operands = Vec::new();
        while !matches!(rest.first(), None | Some(Token::Close)) {
            operands.push(self.operand(rest, depth)?);
        }
        if let Some(Value::Missing(name)) = operands.iter().find(|each| matches!(each, Value::Missing(_)))
            && matches!(word.as_str(), "eq" | "ne")
        {
            let message =
                format!("the template compares the answer `{name}`, which is not given and has no default");
            return Err((message, "give it among the answers"));
        }
        let wrong = || (format!("`{word}` has the wrong number of operands"), KNOWN);
        let first = operands.first().cloned().ok_or_else(wrong)?;
        Ok(match word.as_str() {
            "not" if operands.len() == 1 => Value::Flag(!first.is_true()),
            "eq" if operands.len() > 1 => Value::Flag(operands.iter().skip(1).any(|each| *each == first)),
            "ne" if operands.len() == 2 => Value::Flag(operands.iter().skip(1).all(|each| *each != first)),
            "and" => {
                operands.iter().find(|each| !each.is_true()).or(operands.last()).cloned().ok_or_else(wrong)?
            }
            "or" => {
                operands.iter().find(|each| each.is_true()).or(operands.last()).cloned().ok_or_else(wrong)?
            }
            _ => return Err(wrong()),
        })
    }

    fn operand(&mut self, rest: &mut &[Token], depth: usize) -> Result<Value, Wrong> {
        let Some((token, after)) = rest.split_first() else {
            return Err(("an operand is missing".to_owned(), KNOWN));
        };
        *rest = after;
        match token {
            Token::Text(text) => Ok(Value::Text(text.clone())),
            Token::Open if depth < 32 => {
                let value = self.call(rest, depth + 1)?;
                match rest.split_first() {
                    Some((Token::Close, after)) => *rest = after,
                    _ => return Err(("a `)` is missing".to_owned(), KNOWN)),
                }
                Ok(value)
            }
            Token::Open | Token::Close => Err(("the brackets are not matched".to_owned(), KNOWN)),
            Token::Word(word) => self.word(word),
        }
    }

    fn word(&mut self, word: &str) -> Result<Value, Wrong> {
        match word {
            "true" | "false" => return Ok(Value::Flag(word == "true")),
            ".Stack.Name" | ".Release.Name" => return Ok(Value::Text(self.names.stack.to_owned())),
            ".Environment.Name" => return Ok(Value::Text(self.names.environment.to_owned())),
            _ => {}
        }
        let Some(name) = word.strip_prefix(".Values.").filter(|name| is_identifier(name)) else {
            return Err((format!("{} is not known here", action(word)), KNOWN));
        };
        self.applied.answers.entry(name.to_owned()).or_insert_with(|| self.at.clone());
        let answer = self.answers.get(name);
        Ok(answer.map_or_else(|| Value::Missing(name.to_owned()), |answer| Value::Text(answer.to_owned())))
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// An action as messages show it.
fn action(text: &str) -> String {
    shown(&format!("{{{{{text}}}}}"))
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Flag(bool),
    /// An answer that nobody gave.
    Missing(String),
}

impl Value {
    fn is_true(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Flag(flag) => *flag,
            Self::Missing(_) => false,
        }
    }

    fn shown(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Flag(flag) => flag.to_string(),
            // Go's own words.
            Self::Missing(_) => "<no value>".to_owned(),
        }
    }
}

enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '(' | ')' => {
                all.push(if first == '(' { Token::Open } else { Token::Close });
                rest.get(1..)?
            }
            '`' => {
                let (inner, after) = rest.get(1..)?.split_once('`')?;
                all.push(Token::Text(inner.to_owned()));
                after
            }
            '"' => {
                let (inner, after) = rest.get(1..)?.split_once('"')?;
                // An escape is read by nobody here.
                if inner.contains('\\') {
                    return None;
                }
                all.push(Token::Text(inner.to_owned()));
                after
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '`'));
                let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
                all.push(Token::Word(word.to_owned()));
                after
            }
        }
        .trim_start();
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str) -> Result<String, String> {
        let answers = Answers::of([("debug", "true"), ("empty", ""), ("x", "{{y}}")]);
        let names = Names { stack: "shop", environment: "prod" };
        apply(text, &answers, &names).map(|applied| applied.text).map_err(|problem| problem.message)
    }

    #[test]
    fn actions() {
        for (text, result) in [
            ("a: {{.Values.debug}} {{ .Stack.Name }}@{{.Environment.Name}}", "a: true shop@prod"),
            ("a {{- if eq .Values.debug \"true\" }} -d {{- end }} z", "a -d z"),
            ("{{if .Values.empty}}1{{else if .Values.debug}}2{{else}}3{{end}}", "2"),
            ("{{if (and .Values.debug (not .Values.empty))}}x{{end}}", "x"),
            ("{{if ne .Values.debug \"a\" }}x{{end}}{{/* }} */}}", "x"),
            ("{{.Values.x}}", "{{y}}"),
            ("a\n{{- \"}}\" -}}\n b", "a}}b"),
            ("{{.Values.none}}{{if .Values.none}}x{{end}}", "<no value>"),
        ] {
            assert_eq!(applied(text).as_deref(), Ok(result), "{text}");
        }
    }

    #[test]
    fn pieces_know_where_they_came_from() {
        let text = "a {{- if .Values.debug }} é{{ .Values.debug }}c\n{{- end }}\nd";
        let names = Names { stack: "shop", environment: "prod" };
        let applied = apply(text, &Answers::of([("debug", "yes")]), &names).unwrap();
        assert_eq!(applied.text, "a éyesc\nd");
        let of = |part: &str| {
            let at = applied.text.find(part).unwrap();
            text.get(applied.origins.of(at..at + part.len())).unwrap()
        };
        for part in ["a", " é", "c", "\nd", "d"] {
            assert_eq!(of(part), part);
        }
        for part in ["y", "es", "yes"] {
            assert_eq!(of(part), "{{ .Values.debug }}");
        }
        assert_eq!(of("éyesc"), "é{{ .Values.debug }}c");
        assert_eq!(applied.origins.of(10..10), text.len()..text.len());
    }

    #[test]
    fn what_is_not_known_is_told() {
        for (text, message) in [
            ("%{{service_name}}", "`{{service_name}}` is not known here"),
            (
                "{{eq .Values.none .Stack.Name}}",
                "the template compares the answer `none`, which is not given and has no default",
            ),
            ("{{range .Values.x}}{{end}}", "`{{range}}` is not known here"),
            ("{{if .Values.x}}", "an `{{if}}` has no `{{end}}`"),
            ("{{end}}", "`end` belongs to no `if`"),
            ("{{else}}", "`else` belongs to no `if`"),
            ("{{if .Values.x}}{{else}}{{else}}{{end}}", "`else` belongs to no `if`"),
            ("{{ .Values.x", "`{{` begins an action that does not end"),
            ("{{.Values.a\n\u{1}b}}", "`{{.Values.a\\n\\u{1}b}}` is not known here"),
            ("{{.Values.}}", "`{{.Values.}}` is not known here"),
            ("{{.Values.x.y}}", "`{{.Values.x.y}}` is not known here"),
            ("{{eq}}", "`eq` has the wrong number of operands"),
            ("{{(((}}", "an operand is missing"),
        ] {
            assert_eq!(applied(text).as_ref().map_err(String::as_str), Err(message), "{text}");
        }
    }
}
