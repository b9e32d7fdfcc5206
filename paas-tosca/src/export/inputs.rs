//! Inputs.

use super::{
    Extras,
    extras::{Constraint, Input, InputKind},
};
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{Application, Container, Text, Value};
use std::collections::BTreeSet;

/// The inputs of a template, and which of them are secret.
pub(super) struct Inputs {
    pub(super) inputs: Map,
    /// Names of secret inputs for the template's metadata: the form that other readers take.
    pub(super) secrets: Vec<String>,
}

/// The given inputs, then secrets of the application, then whatever else is asked for.
pub(super) fn inputs(application: &Application, extras: &Extras) -> Inputs {
    let secrets: BTreeSet<&str> =
        application.secrets.iter().map(String::as_str).chain(in_texts(application)).collect();
    let mut all = Inputs { inputs: Map::spaced(), secrets: Vec::new() };
    let mut known = BTreeSet::new();
    for input in &extras.inputs {
        if known.insert(input.name.as_str()) {
            all.add(input, input.secret || secrets.contains(input.name.as_str()));
        }
    }
    let of_application = application.secrets.iter().map(String::as_str).chain(secrets.iter().copied());
    for name in of_application {
        if known.insert(name) {
            all.add(&Input::new(name, InputKind::String), true);
        }
    }
    for name in extras.uses.inputs() {
        if known.insert(name) {
            all.add(&Input::new(name, InputKind::String), false);
        }
    }
    all
}

impl Inputs {
    /// The names of all of them.
    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.keys()
    }

    fn add(&mut self, input: &Input, is_secret: bool) {
        let kind = if is_secret { InputKind::String } else { input.kind };
        let mut map = Map::of("type", Yaml::text(kind.as_str()));
        map.maybe("description", input.description.as_deref().map(Yaml::text));
        if is_secret {
            // The list in the metadata is split at commas.
            let name = &input.name;
            if name.is_empty() || name.contains(',') || name.trim() != name {
                map.add("metadata", Map::of("secret", Yaml::text("true")));
            } else {
                self.secrets.push(name.clone());
            }
        } else {
            map.maybe("default", input.default.as_deref().map(|default| value(default, kind)));
        }
        map.maybe("required", (!input.required).then(|| Yaml::plain(false)));
        map.list("constraints", input.constraints.iter().map(|it| constraint(it, kind)));
        self.inputs.add(&*input.name, map);
    }
}

/// A value of an input. One that is of another kind stays a text, which is diagnosed when the template is read.
fn value(text: &str, kind: InputKind) -> Yaml {
    let is_plain = match kind {
        InputKind::Integer => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        InputKind::Boolean => matches!(text, "true" | "false"),
        InputKind::String => false,
    };
    if is_plain { Yaml::plain(text) } else { Yaml::text(text) }
}

fn constraint(constraint: &Constraint, kind: InputKind) -> Yaml {
    let (name, operand) = match constraint {
        Constraint::ValidValues(values) => {
            ("valid_values", Yaml::List(values.iter().map(|it| value(it, kind)).collect()))
        }
        Constraint::MinLength(length) => ("min_length", Yaml::plain(length)),
        Constraint::MaxLength(length) => ("max_length", Yaml::plain(length)),
        Constraint::GreaterOrEqual(least) => ("greater_or_equal", Yaml::plain(least)),
        Constraint::LessOrEqual(most) => ("less_or_equal", Yaml::plain(most)),
        Constraint::Pattern(pattern) => ("pattern", Yaml::text(pattern)),
    };
    Map::of(name, operand).into()
}

/// The secrets in all texts of an application.
fn in_texts(application: &Application) -> impl Iterator<Item = &str> {
    let containers = application.services.iter().filter_map(|service| service.container());
    let texts = containers.flat_map(Container::texts);
    let mut shown = Vec::new();
    application.outputs.iter().for_each(|output| texts_in(&output.value, &mut shown));
    texts.chain(shown).flat_map(Text::secrets)
}

fn texts_in<'v>(value: &'v Value, found: &mut Vec<&'v Text>) {
    match value {
        Value::Text(text) => found.push(text),
        Value::List(items) => items.iter().for_each(|item| texts_in(item, found)),
        Value::Map(entries) => entries.values().for_each(|value| texts_in(value, found)),
        Value::Null | Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => {}
    }
}
