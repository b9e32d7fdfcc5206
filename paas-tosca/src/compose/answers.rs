//! The questions of a catalogue entry, and what was answered.

use super::{
    node::{Data, Node, go_float, plain},
    yaml11,
};
use crate::{Limits, Source, yaml};
use paas_core::diagnostic::Place;
use std::collections::BTreeMap;

/// What somebody who installs the stack is asked (`catalog.questions`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    pub(super) variable: String,
    pub(super) place: Place,
    /// What is shown beside the field.
    pub(super) label: Option<String>,
    pub(super) description: Option<String>,
    /// `string`, `int`, `boolean`, `enum`, `password`, `multiline`, `service` …
    pub(super) kind: String,
    pub(super) required: bool,
    pub(super) default: Option<String>,
    pub(super) options: Vec<String>,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    /// The characters that an answer may have: what a regular expression has between brackets.
    pub(super) valid_chars: Option<String>,
    /// The characters that an answer may not have.
    pub(super) invalid_chars: Option<String>,
    /// Where the rules stand that answers are held against.
    pub(super) rules: BTreeMap<&'static str, Place>,
    /// Keys that nobody knows.
    pub(super) others: Vec<(String, Place)>,
}

/// What a stack says of itself in a catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Catalog {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) questions: Vec<Question>,
}

/// The answers of a stack: those that are given, and defaults of questions.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers(BTreeMap<String, String>);

impl Answers {
    pub(super) fn new(catalog: &Catalog, given: &BTreeMap<String, String>) -> Self {
        let defaults = catalog.questions.iter();
        let defaults = defaults.filter_map(|it| Some((it.variable.clone(), it.default.clone()?)));
        let mut all: BTreeMap<String, String> = defaults.collect();
        all.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
        Self(all)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    #[cfg(test)]
    pub(super) fn of<const N: usize>(answers: [(&str, &str); N]) -> Self {
        Self(answers.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

/// The catalogue part of a `rancher-compose.yml`, as the executor sees it: before templates are carried out. A text that
/// is no YAML then asks nothing.
pub(super) fn catalog(source: &Source, limits: &Limits) -> Catalog {
    let Some(tree) = yaml::load_last_wins(source, limits).tree else { return Catalog::default() };
    // The catalogue's fields are texts, whatever they look like.
    let root = yaml11::read_as_texts(tree.root());
    let Some(catalog) = root.get("catalog").or_else(|| root.get(".catalog")) else {
        return Catalog::default();
    };
    Catalog {
        name: text(catalog, "name"),
        description: text(catalog, "description"),
        questions: catalog
            .get("questions")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(question)
            .collect(),
    }
}

/// The keys of a question that answers are held against.
const RULES: [&str; 8] =
    ["required", "options", "min", "max", "min_length", "max_length", "valid_chars", "invalid_chars"];

/// Its other keys.
const WORDS: [&str; 6] = ["variable", "label", "description", "type", "default", "group"];

fn question(node: &Node) -> Option<Question> {
    let number = |key: &str| node.get(key).and_then(Node::whole);
    let length =
        |key: &str| number(key).and_then(|length| u64::try_from(length).ok()).filter(|length| *length > 0);
    let characters = |key: &str| text(node, key).filter(|text| !text.is_empty());
    let rule = |key: &&'static str| {
        let (name, value) = node.entries().iter().find(|(name, _)| name.text == **key)?;
        (!value.is_empty()).then(|| (*key, name.place.clone()))
    };
    let options = node.get("options").map(Node::items).unwrap_or_default();
    Some(Question {
        variable: text(node, "variable").filter(|name| !name.is_empty())?,
        place: node.place.clone(),
        label: text(node, "label"),
        description: text(node, "description"),
        kind: text(node, "type").unwrap_or_else(|| "string".to_owned()),
        required: text(node, "required").is_some_and(|text| plain(&text) == Data::Boolean(true)),
        default: text(node, "default"),
        options: options.iter().filter_map(|option| Some(option.scalar()?.value())).collect(),
        min: number("min"),
        max: number("max"),
        min_length: length("min_length"),
        max_length: length("max_length"),
        valid_chars: characters("valid_chars"),
        invalid_chars: characters("invalid_chars"),
        rules: RULES.iter().filter_map(rule).collect(),
        others: node
            .entries()
            .iter()
            .filter(|(key, _)| !RULES.iter().chain(&WORDS).any(|known| *known == key.text))
            .map(|(key, _)| (key.text.clone(), key.place.clone()))
            .collect(),
    })
}

fn text(node: &Node, key: &str) -> Option<String> {
    Some(node.get(key)?.scalar()?.value())
}

/// The answers that a file gives: a map of names and single values, as YAML or JSON.
///
/// # Errors
/// The place of what is no single value.
pub(super) fn given(root: &Node) -> Result<BTreeMap<String, String>, Place> {
    match &root.data {
        Data::Null => Ok(BTreeMap::new()),
        Data::Map(entries) => entries
            .iter()
            .map(|(key, value)| match &value.data {
                Data::Null => Ok((key.text.clone(), String::new())),
                Data::Float(number) => Ok((key.text.clone(), go_float(*number))),
                _ => value
                    .scalar()
                    .map(|text| (key.text.clone(), text.value()))
                    .ok_or_else(|| value.place.clone()),
            })
            .collect(),
        _ => Err(root.place.clone()),
    }
}

/// Whether a text is a whole number in its shortest form, so that it comes back the same from a number.
pub(super) fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}
