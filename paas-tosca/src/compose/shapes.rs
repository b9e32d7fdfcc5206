//! Whether values are what the executor takes them for.

use super::{
    findings::Findings,
    keys::Shape,
    node::{Data, Key, Node},
};
use paas_core::diagnostic::{Code, Diagnostic, Place, did_you_mean, shown};

/// A key that services do not have.
pub(super) fn unknown(key: &Key, value: &Node, known: impl Iterator<Item = &'static str>) -> Diagnostic {
    let message = format!("{} is not a key of services", shown(&key.text));
    let help = match key.text.split_once(':') {
        // `{image:x}` is a key without a value.
        Some((name, rest)) if value.data == Data::Null => {
            format!("write {} with a space after the colon", shown(&format!("{name}: {rest}")))
        }
        _ => did_you_mean(&key.text, known)
            .unwrap_or_else(|| "Rancher's executor refuses files with keys that it does not know".to_owned()),
    };
    Diagnostic::new(Code::ComposeUnknownKey, message).at(key.place.clone()).help(help)
}

/// Names in a list of `name=value` are put together from no answer: a password would be shown by them.
pub(super) fn names(key: &str, value: &mut Node, service: &str, findings: &mut Findings) {
    let Data::List(items) = &mut value.data else { return };
    if !matches!(key, "labels" | "sysctls") {
        return;
    }
    items.retain(|item| {
        let text = item.scalar().unwrap_or_default();
        let name = text.split_once('=').map_or(text, |(name, _)| name);
        findings.fixed(&name, service, key, &item.place);
        !name.has_any(&findings.secrets)
    });
}

/// What the executor's schema wants of keys together.
pub(super) fn together(entries: &[(Key, Node)], service: &str, findings: &mut Findings) {
    let place = |name: &str| -> Option<&Place> {
        entries.iter().find(|(key, _)| key.text == name).map(|(key, _)| &key.place)
    };
    if let (Some(place), None) = (place("memswap_limit"), place("mem_limit")) {
        let message = format!("{} has `memswap_limit`, but no `mem_limit` in the same file", shown(service));
        findings.push(Diagnostic::new(Code::ComposeShape, message).at(place.clone()).help("add `mem_limit`"));
    }
}

/// Whether the executor's schema takes a value.
pub(super) fn fits(shape: Shape, key: &str, value: &Node) -> bool {
    let is_text = |node: &Node| matches!(node.data, Data::Text(_));
    let is_number = |node: &Node| matches!(node.data, Data::Integer(_) | Data::Float(_));
    let is_single = |node: &Node| !matches!(node.data, Data::List(_) | Data::Map(_));
    let texts = |unique: bool| value.items().iter().all(is_text) && (!unique || are_different(value.items()));
    match (shape, &value.data) {
        (Shape::Text, Data::Null) => key == "pid",
        (
            Shape::Text | Shape::NumberOrText | Shape::TextOrList | Shape::Words | Shape::Build,
            Data::Text(_),
        )
        | (Shape::NumberOrText, Data::Integer(_) | Data::Float(_))
        | (Shape::Flag, Data::Boolean(_))
        | (Shape::Integer, Data::Integer(_))
        | (Shape::Array, Data::List(_))
        | (Shape::Map | Shape::Build, Data::Map(_)) => true,
        (Shape::ListOrMap, Data::Map(entries)) => entries.iter().all(|(name, value)| {
            let is_taken = match key {
                "labels" => value.data != Data::Null,
                // The executor makes texts of the values of labels and variables only.
                "sysctls" => is_text(value),
                _ => is_single(value),
            };
            is_taken && is_single(value) && !name.text.is_empty()
        }),
        (Shape::Networks, Data::Map(_)) => true,
        (Shape::Words, Data::List(_)) => texts(false),
        (Shape::Texts | Shape::TextOrList | Shape::ListOrMap | Shape::Networks, Data::List(_)) => texts(true),
        (Shape::Ports, Data::List(items)) => {
            items.iter().all(|item| is_text(item) || is_number(item)) && are_different(items)
        }
        _ => false,
    }
}

fn are_different(items: &[Node]) -> bool {
    let mut seen = std::collections::HashSet::new();
    items.iter().all(|item| seen.insert(item.scalar().map(|text| text.value())))
}
