//! Maps of the file and their values.

use super::{Report, keys::Key};
use crate::yaml::{Kind, NodeRef, Plain, scalar_boolean, scalar_float, scalar_integer};
use paas_core::diagnostic::{Code, Diagnostic, closest, shown};

/// A map whose keys have been looked at.
#[derive(Clone, Copy)]
pub(super) struct Map<'t> {
    node: NodeRef<'t>,
    /// Whether all its keys are known and all that must be there are.
    pub(super) is_whole: bool,
}

impl<'t> Map<'t> {
    /// A value as a map with these keys; `what` it is, such as "a window".
    pub(super) fn read(node: NodeRef<'t>, what: &str, keys: &[Key], report: &mut Report) -> Option<Self> {
        if node.kind() != Kind::Mapping {
            let found = if node.is_null() { "nothing".to_owned() } else { node.kind().to_string() };
            let message = format!("{what} is a map, but here is {found}");
            report.help(Code::ScalingFileWrongShape, node, message, names_of(keys));
            return None;
        }
        let mut is_whole = true;
        let mut meant = Vec::new();
        for (key, _) in node.entries() {
            let name = key.text().unwrap_or_default();
            if keys.iter().any(|known| known.name == name) {
                continue;
            }
            is_whole = false;
            let nearest = closest(name, keys.iter().map(|known| known.name));
            meant.extend(nearest);
            let help = match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => names_of(keys),
            };
            let message = format!("{} is not a key of {what}", shown(name));
            report.help(Code::ScalingFileUnknownKey, key, message, help);
        }
        for key in keys {
            // What is misspelt is not missing too.
            let is_there =
                node.get(key.name).is_some_and(|value| !value.is_null()) || meant.contains(&key.name);
            if let (Some(example), false) = (key.needed, is_there) {
                is_whole = false;
                let message = format!("{what} has no `{}`", key.name);
                report.help(Code::ScalingFileMissingKey, node, message, format!("write `{example}`"));
            }
        }
        Some(Self { node, is_whole })
    }

    /// The value of a key; what says nothing is not there.
    pub(super) fn get(self, key: &str) -> Option<NodeRef<'t>> {
        self.node.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn node(self) -> NodeRef<'t> {
        self.node
    }

    /// The text of a key that must be there; that it is not has been told.
    pub(super) fn text(self, key: &str, report: &mut Report) -> Option<&'t str> {
        text(self.get(key)?, key, report)
    }

    /// The number of a key, or what it is without one; outside: what was told of it.
    pub(super) fn count_or(self, key: &str, default: u32, report: &mut Report) -> Option<u32> {
        let Some(node) = self.get(key) else { return Some(default) };
        let count = integer(node, key, report)?;
        u32::try_from(count).map_or_else(
            |_| {
                wrong(node, key, "a count is a whole number from 0 to 4294967295", report);
                None
            },
            Some,
        )
    }

    pub(super) fn count(self, key: &str, report: &mut Report) -> Option<u32> {
        self.get(key)?;
        self.count_or(key, 0, report)
    }

    /// Milliseconds, likewise.
    pub(super) fn milliseconds_or(self, key: &str, default: u64, report: &mut Report) -> Option<u64> {
        let Some(node) = self.get(key) else { return Some(default) };
        let milliseconds = integer(node, key, report)?;
        u64::try_from(milliseconds).map_or_else(
            |_| {
                wrong(node, key, "a time is not negative", report);
                None
            },
            Some,
        )
    }

    pub(super) fn boolean_or(self, key: &str, default: bool, report: &mut Report) -> Option<bool> {
        let Some(node) = self.get(key) else { return Some(default) };
        let scalar = scalar(node, key, report)?;
        let value = scalar_boolean(scalar).filter(|_| node.plain() == Some(Plain::Boolean));
        if value.is_none() {
            wrong(node, key, "it is `true` or `false`, without quotes", report);
        }
        value
    }
}

fn names_of(keys: &[Key]) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
    format!("its keys are {}", names.join(", "))
}

/// A text. What other readers take for something else is in quotes.
pub(super) fn text<'t>(node: NodeRef<'t>, what: &str, report: &mut Report) -> Option<&'t str> {
    let text = scalar(node, what, report)?;
    let plain = node.plain().unwrap_or(Plain::String);
    if plain != Plain::String {
        let message =
            format!("`{what}` is a text, but {} without quotes is {}", shown(text), plain.describe());
        report.help(Code::ScalingFileWrongValue, node, message, "put it in quotes");
        return None;
    }
    if text.is_empty() {
        wrong(node, what, "it must not be empty", report);
        return None;
    }
    Some(text)
}

pub(super) fn number(node: NodeRef<'_>, what: &str, report: &mut Report) -> Option<f64> {
    let text = scalar(node, what, report)?;
    let is_number = matches!(node.plain(), Some(Plain::Integer | Plain::Float));
    let value = scalar_float(text).filter(|_| is_number);
    if value.is_none() {
        wrong(node, what, "it is a number, without quotes", report);
    }
    value
}

fn integer(node: NodeRef<'_>, what: &str, report: &mut Report) -> Option<i64> {
    let text = scalar(node, what, report)?;
    let value = scalar_integer(text).filter(|_| node.plain() == Some(Plain::Integer));
    if value.is_none() {
        wrong(node, what, "it is a whole number, without quotes", report);
    }
    value
}

pub(super) fn scalar<'t>(node: NodeRef<'t>, what: &str, report: &mut Report) -> Option<&'t str> {
    if node.kind() != Kind::Scalar {
        let message = format!("`{what}` is a single value, but here is {}", node.kind());
        report.push(Diagnostic::new(Code::ScalingFileWrongShape, message).at(node.place()));
    }
    node.text()
}

/// Tells why a value cannot be used.
pub(super) fn wrong(node: NodeRef<'_>, what: &str, why: &str, report: &mut Report) {
    let message = format!("`{what}` cannot be {}: {why}", shown(node.text().unwrap_or_default()));
    let diagnostic = Diagnostic::new(Code::ScalingFileWrongValue, message);
    report.push(diagnostic.at(node.place()));
}
