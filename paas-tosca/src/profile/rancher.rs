//! Keys of Rancher's files that a container passes on: `rancher`, with `rancher_texts` set in it.

use super::{json, read::Read};
use crate::{
    rancher::options::{self, Fault, Key},
    tosca::{Data, Value},
};
use paas_core::{
    application::{Container, Text, Value as Shown},
    diagnostic::Code,
};
use std::collections::BTreeMap;

/// Reads both properties into a container.
pub(super) fn read_into<'v, 't>(
    container: &mut Container,
    keys: Option<&'v Value<'t>>,
    texts: Option<&'v Value<'t>>,
    read: &Read<'_>,
) {
    let mut reader = Reader { values: BTreeMap::new(), places: BTreeMap::new(), read };
    for (key, value) in keys.map_or(&[][..], Value::entries) {
        reader.key(key.text().unwrap_or_default(), *key, value);
    }
    for (key, value) in texts.map_or(&[][..], Value::entries) {
        reader.text(key.text().unwrap_or_default(), *key, value);
    }
    reader.put_into(container);
}

/// So many bytes of JSON cost about as much as a value of a template: each two of them may be one.
const BYTES_FOR_ONE: usize = 2;

struct Reader<'v, 't, 'c> {
    /// What each key says; `None`: it is not known what, and nothing more is to be said of it.
    values: BTreeMap<String, Option<Shown>>,
    /// Where values were written, by the pointers to them.
    places: BTreeMap<String, &'v Value<'t>>,
    read: &'c Read<'c>,
}

impl<'v, 't> Reader<'v, 't, '_> {
    fn key(&mut self, name: &str, at: crate::yaml::NodeRef<'t>, value: &'v Value<'t>) {
        let is_known = self.check_name(name, at);
        let json = match &value.data {
            Data::Secret(_) => {
                let pointer = pointer_of(name);
                let message = format!("`{}` is JSON, into which no secret is put", name.escape_debug());
                let help = format!("set it as `{pointer}` in `rancher_texts`");
                self.read.report.help(Code::RancherKeys, value.at, message, help);
                None
            }
            _ => self.read.string(Some(value)).filter(|_| is_known),
        };
        // The same text can stand in many nodes, and be read anew in each.
        let json = json.filter(|text| self.read.report.spend(value.at, 1 + text.len() / BYTES_FOR_ONE));
        let shown = json.and_then(|text| match json::parse(&text) {
            Ok(shown) => Some(shown),
            Err(problem) => {
                let help = looks_like_text(&text).then(|| {
                    let quoted = Shown::Text(text.as_str().into());
                    let quoted = serde_json::to_string(&quoted).unwrap_or_default();
                    format!("a text has quotes of its own: write `'{}'`", quoted.replace('\'', "''"))
                });
                self.read.report.help(Code::RancherKeys, value.at, format!("`{name}` {problem}"), help);
                None
            }
        });
        self.places.insert(pointer_of(name), value);
        self.values.insert(name.to_owned(), shown);
    }

    /// Whether Rancher gets such a key; what it is instead is told.
    fn check_name(&self, name: &str, at: crate::yaml::NodeRef<'_>) -> bool {
        if options::key(name).is_some() {
            return true;
        }
        // A key that says nothing is diagnosed as a key.
        if !at.is_null() {
            let report = self.read.report;
            let shown = name.escape_debug();
            match options::said_otherwise(name) {
                Some(help) => report.help(
                    Code::RancherKeys,
                    at,
                    format!("`{shown}` is not passed on to Rancher as it is"),
                    help.to_owned(),
                ),
                None => {
                    let help = report.suggest(name, options::KEYS.iter().map(|key| key.name));
                    let message = format!("`{shown}` is not a key of Rancher's files");
                    report.help(Code::RancherKeys, at, message, help);
                }
            }
        }
        false
    }

    fn text(&mut self, pointer: &str, at: crate::yaml::NodeRef<'t>, value: &'v Value<'t>) {
        let Some(steps) = steps(pointer) else {
            if !at.is_null() {
                let message = format!("`{}` is not a JSON pointer", pointer.escape_debug());
                let help = "write such as `/metadata/name`, with `~1` for `/` and `~0` for `~` in a name";
                self.read.report.help(Code::RancherKeys, at, message, help.to_owned());
            }
            return;
        };
        let Some((key, inside)) = steps.split_first() else { return };
        let text = self.read.text(value);
        self.places.insert(pointer.to_owned(), value);
        if inside.is_empty() {
            if self.values.contains_key(key) || self.check_name(key, at) {
                self.values.insert(key.clone(), text.map(Shown::Text));
            }
            return;
        }
        let Some(found) = self.values.get_mut(key) else {
            if self.check_name(key, at) {
                let message = format!("`{}` leads nowhere: `rancher` has no `{key}`", pointer.escape_debug());
                let help = format!("give `{key}` in `rancher`, with all that is around the text");
                self.read.report.help(Code::RancherKeys, at, message, help);
            }
            return;
        };
        match (found.as_mut(), text) {
            // What it would be in is not known.
            (None, _) => {}
            (_, None) => *found = None,
            (Some(shown), Some(text)) => {
                if let Err(problem) = set(shown, inside, text) {
                    let message = format!("`{}` leads nowhere: {problem}", pointer.escape_debug());
                    self.read.report.at(Code::RancherKeys, at, message);
                }
            }
        }
    }

    fn put_into(self, container: &mut Container) {
        for (name, shown) in self.values {
            let Some(key) = options::key(&name) else { continue };
            if let Some(place) = self.places.get(&pointer_of(&name)) {
                container.origins.note_entry("rancher", name.as_str(), place.at.place());
            }
            let Some(shown) = shown else { continue };
            let mut faults = options::faults(key, &shown);
            faults.extend(conflict(key, &shown, container));
            if faults.is_empty() {
                container.rancher.insert(name, shown);
                continue;
            }
            for Fault { pointer, message, help } in faults {
                // The nearest that the template says of it.
                let above = std::iter::successors(Some(pointer.as_str()), |pointer| {
                    pointer.rsplit_once('/').map(|(above, _)| above)
                });
                let place = above.into_iter().find_map(|pointer| self.places.get(pointer));
                let Some(place) = place else { continue };
                self.read.report.help(Code::RancherKeys, place.at, message, help);
            }
        }
    }
}

/// What other properties of the container say against a key.
fn conflict(key: &Key, shown: &Shown, container: &Container) -> Option<Fault> {
    let fault = |message: &str, help: &str| Fault {
        pointer: pointer_of(key.name),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    };
    match key.name {
        "memswap_limit"
            if container.resources.memory_limit_bytes.is_none()
                && !container.origins.is_unread("resources") =>
        {
            Some(fault(
                "`memswap_limit` counts memory too, but there is no limit of memory",
                "give a `memory_limit` in `resources`",
            ))
        }
        "restart" if container.restart_on_failure || container.run_once => {
            Some(fault("`restart` is said twice, in two ways", "leave it out of `rancher`"))
        }
        "network_mode" if container.security.host_network => {
            Some(fault("a container has the network of its host, or another", "remove one of them"))
        }
        "network_mode" if container.sidekick.as_ref().is_some_and(|sidekick| sidekick.share_network) => {
            Some(fault("a sidekick has the network of its service, or another", "remove one of them"))
        }
        "labels" => {
            let Shown::Map(labels) = shown else { return None };
            let twice = labels.keys().find(|label| {
                container.labels.contains_key(*label)
                    || crate::rancher::affinity::is_written(label, container)
            })?;
            Some(fault(&format!("the label `{twice}` is said twice"), "leave it out of `rancher`"))
        }
        _ => None,
    }
}

/// Sets a text where the steps lead; the last of them may be a new key of a map.
fn set(shown: &mut Shown, steps: &[String], text: Text) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        if matches!(shown, Shown::Map(_) | Shown::List(_)) {
            return Err("a map or a list is there, not a single value".to_owned());
        }
        *shown = Shown::Text(text);
        return Ok(());
    };
    let quoted = step.escape_debug();
    match shown {
        Shown::Map(entries) => match entries.get_mut(step) {
            Some(inside) => set(inside, rest, text),
            None if rest.is_empty() => {
                entries.insert(step.clone(), Shown::Text(text));
                Ok(())
            }
            None => Err(format!("there is no `{quoted}`")),
        },
        Shown::List(items) => {
            let count = items.len();
            let index = step.parse().ok().filter(|index: &usize| index.to_string() == *step);
            match index.and_then(|index| items.get_mut(index)) {
                Some(inside) => set(inside, rest, text),
                None => Err(format!("the list has {count} items, and none is `{quoted}`")),
            }
        }
        _ => Err(format!("`{quoted}` would be in a single value")),
    }
}

/// The steps of a JSON pointer (RFC 6901), at least one.
fn steps(pointer: &str) -> Option<Vec<String>> {
    let step = |step: &str| {
        let is_escape = |rest: &str| rest.starts_with(['0', '1']);
        step.split('~').skip(1).all(is_escape).then(|| step.replace("~1", "/").replace("~0", "~"))
    };
    pointer.strip_prefix('/')?.split('/').map(step).collect()
}

fn pointer_of(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether somebody may have meant a text when they left out its quotes.
fn looks_like_text(text: &str) -> bool {
    !text.trim_start().starts_with(['{', '[', '"']) && text.len() <= 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers() {
        let list = |steps: &[&str]| Some(steps.iter().map(|&step| step.to_owned()).collect::<Vec<_>>());
        assert_eq!(steps("/a"), list(&["a"]));
        assert_eq!(steps("/a~1b/~01/0/"), list(&["a/b", "~1", "0", ""]));
        for pointer in ["", "a", "/a~", "/a~2b", "#/a"] {
            assert_eq!(steps(pointer), None, "{pointer}");
        }
    }

    #[test]
    fn texts_are_set_where_pointers_lead() {
        let value = || json::parse(r#"{ "a": [ 1, { "b": null } ], "c": "d" }"#).unwrap();
        let after = |pointer: &str| {
            let mut shown = value();
            set(&mut shown, &steps(pointer).unwrap(), "x".into()).map(|()| shown)
        };
        let shown = |text: &str| Ok(json::parse(text).unwrap());
        assert_eq!(after("/a/1/b"), shown(r#"{ "a": [ 1, { "b": "x" } ], "c": "d" }"#));
        assert_eq!(after("/a/0"), shown(r#"{ "a": [ "x", { "b": null } ], "c": "d" }"#));
        assert_eq!(after("/new"), shown(r#"{ "a": [ 1, { "b": null } ], "c": "d", "new": "x" }"#));
        for (pointer, problem) in [
            ("/a", "a map or a list is there, not a single value"),
            ("/a/2", "the list has 2 items, and none is `2`"),
            ("/a/01", "the list has 2 items, and none is `01`"),
            ("/a/-", "the list has 2 items, and none is `-`"),
            ("/c/d", "`d` would be in a single value"),
            ("/x/y", "there is no `x`"),
        ] {
            assert_eq!(after(pointer), Err(problem.to_owned()), "{pointer}");
        }
    }
}
