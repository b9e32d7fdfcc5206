use super::node::{Node, go_float};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The answers of a stack, with the defaults of the questions that rancher-compose.yml asks.
pub(super) struct Answers {
    given: BTreeMap<String, String>,
}

impl Answers {
    pub(super) fn new(given: &Map<String, Value>, rancher: &str) -> Self {
        let mut all = defaults(rancher);
        all.extend(given.iter().map(|(name, value)| (name.clone(), text(value))));
        Self { given: all }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }
}

/// Puts answers into every string of a value; `key` is for the message.
pub(super) fn interpolate(key: &str, node: &Node, answers: &Answers) -> Result<Node, String> {
    match node {
        Node::Text(text) => line(key, text, answers).map(Node::Text),
        Node::List(items) => Ok(Node::List(
            items.iter().map(|item| interpolate(key, item, answers)).collect::<Result<_, _>>()?,
        )),
        Node::Map(entries) => {
            let done =
                entries.iter().map(|(name, value)| Ok((name.clone(), interpolate(key, value, answers)?)));
            Ok(Node::Map(done.collect::<Result<_, String>>()?))
        }
        other => Ok(other.clone()),
    }
}

fn line(key: &str, text: &str, answers: &Answers) -> Result<String, String> {
    let wrong = || format!("Invalid interpolation format for key \"{key}\": \"{text}\"");
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            done.push('$');
            rest = after;
        } else if let Some(after) = after.strip_prefix('{') {
            let (name, after) = after.split_once('}').ok_or_else(wrong)?;
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(wrong());
            }
            done.push_str(answers.get(name).unwrap_or_default());
            rest = after;
        } else if after.is_empty() {
            let length = text.len();
            return Err(format!("panic: runtime error: index out of range [{length}] with length {length}"));
        } else {
            let end = after.find(|c: char| !is_name(c)).unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            if name.chars().next().is_none_or(|c| c.is_ascii_digit()) {
                return Err(wrong());
            }
            done.push_str(answers.get(name).unwrap_or_default());
            rest = after;
        }
    }
    Ok(done + rest)
}

fn defaults(rancher: &str) -> BTreeMap<String, String> {
    let Ok(file) = Node::read(rancher) else { return BTreeMap::new() };
    let catalog = file.get("catalog").or_else(|| file.get(".catalog"));
    let questions = catalog.and_then(|catalog| catalog.get("questions")).map(Node::items).unwrap_or_default();
    let default =
        |question: &Node| Some((question.get("variable")?.scalar()?, question.get("default")?.scalar()?));
    questions.iter().filter_map(default).collect()
}

/// An answer as the executor prints it: answers are JSON strings, and other values go through Go's `%v`.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "<nil>".to_owned(),
        Value::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            if float.abs() < 1e6 { go_float(float) } else { exponential(float) }
        }
        other => other.to_string(),
    }
}

fn exponential(number: f64) -> String {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{digits}e+{exponent:0>2}")
}
