//! A mapping held against what a template names.

use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Place, did_you_mean, shown},
    mapping::{Mapping, Part, named},
    policy::is_registry_prefix,
};
use std::collections::BTreeMap;

/// Entries of a part. Registries are looked at for each image.
const MOST: usize = 1_000;
/// Names that are compared for "did you mean", all in all.
const COMPARISONS: usize = 100_000;

/// Where an entry of a mapping was written.
pub(super) fn place(mapping: &Mapping, part: Part, name: &str) -> Option<Place> {
    mapping.origins.of_entry(part.key(), name)
}

/// Where what an entry is about was written.
pub(super) fn key_place(mapping: &Mapping, part: Part, name: &str) -> Option<Place> {
    mapping.origins.of_entry(KEYS, &key_name(part, name)).or_else(|| place(mapping, part, name))
}

/// Notes where an entry of a mapping was written: what it is about, and what that becomes.
pub(super) fn note(mapping: &mut Mapping, part: Part, name: &str, key: Place, value: Place) {
    mapping.origins.note_entry(KEYS, key_name(part, name), key);
    mapping.origins.note_entry(part.key(), name, value);
}

/// What the places of keys are noted under.
const KEYS: &str = "keys";

fn key_name(part: Part, name: &str) -> String {
    format!("{part}.{name}")
}

/// What is wrong with a mapping whatever the template is.
pub(super) fn check_values(mapping: &Mapping, diagnostics: &mut Diagnostics) {
    let mut wrong = |message: String, at: Option<Place>, help: &str| {
        diagnostics.push(Diagnostic::new(Code::CloneWrongValue, message).at(at).help(help));
    };
    if mapping.name.as_deref().is_some_and(is_odd) {
        wrong(
            "the `name` is empty".to_owned(),
            mapping.origins.of("name"),
            "write the new name, or remove it",
        );
    }
    for part in Part::ALL {
        let count = mapping.part(part).len();
        if count > MOST {
            wrong(format!("`{part}` has {count} entries, more than {MOST}"), None, "name those that matter");
        }
    }
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Inputs) {
        for (from, to) in mapping.part(part).iter().take(MOST) {
            for (text, at) in [(from, key_place(mapping, part, from)), (to, place(mapping, part, from))] {
                if part == Part::Registries && !is_registry_prefix(text) {
                    let message = format!("{} cannot be a registry", shown(text));
                    let help = "write `host`, `host:port`, or either with a folder: `registry.bank.test/shop`; those of \
                                Docker Hub are `docker.io/…`";
                    wrong(message, at, help);
                } else if is_odd(text) {
                    let message = format!("{} cannot be the name of a {}", shown(text), part.word());
                    wrong(message, at, "write a name");
                }
            }
        }
    }
}

fn is_odd(text: &str) -> bool {
    text.trim().is_empty() || text.chars().any(char::is_control)
}

/// What a mapping says of things that an application does not name; of one that depends on inputs without a value, not
/// all is known.
pub(super) fn check_matches(
    mapping: &Mapping,
    application: &Application,
    is_open: bool,
    diagnostics: &mut Diagnostics,
) {
    let mut comparisons = COMPARISONS;
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Inputs) {
        if mapping.part(part).is_empty() {
            continue;
        }
        let (used, names) = (mapping.used(application, part), named(application, part));
        for from in mapping.part(part).keys().filter(|from| !used.contains(from.as_str())) {
            comparisons = comparisons.saturating_sub(names.len());
            let near = if comparisons > 0 { names.iter().map(String::as_str).collect() } else { Vec::new() };
            let mut diagnostic = no_match(mapping, part, from, near.into_iter());
            if let (true, Some(help)) = (is_open, &mut diagnostic.help) {
                help.push_str("; what depends on inputs without a value is not known");
            }
            diagnostics.push(diagnostic);
        }
    }
}

/// An entry that changes nothing.
pub(super) fn no_match<'n>(
    mapping: &Mapping,
    part: Part,
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    const SHOWN: usize = 5;
    let some: Vec<_> = names.clone().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let help = did_you_mean(name, names.clone()).unwrap_or_else(|| match names.count() {
        0 => format!("the template names none: remove `{}`", part.key()),
        count if count > SHOWN => format!("the template names {}, and others", some.join(", ")),
        _ => format!("the template names {}", some.join(", ")),
    });
    let message = format!("the template names no {} {}", part.word(), shown(name));
    Diagnostic::new(Code::CloneNoMatch, message).at(key_place(mapping, part, name)).help(help)
}

/// Says which networks would become one.
pub(super) fn check_joined(mapping: &Mapping, application: &Application, diagnostics: &mut Diagnostics) {
    let names = named(application, Part::Networks);
    let mut by_new: BTreeMap<&str, &str> = BTreeMap::new();
    // Those that stay first: the entry that takes another to them is the one to be told.
    let mut names: Vec<_> = names.iter().map(String::as_str).collect();
    names.sort_by_key(|name| mapping.network(name) != *name);
    for old in names {
        let new = mapping.network(old);
        let Some(other) = by_new.insert(new, old) else { continue };
        let message =
            format!("the networks {} and {} would both be {}", shown(other), shown(old), shown(new));
        let diagnostic = Diagnostic::new(Code::CloneJoined, message).at(place(mapping, Part::Networks, old));
        let diagnostic = match place(mapping, Part::Networks, other) {
            Some(place) => diagnostic.label(place, "the other one"),
            None => diagnostic,
        };
        diagnostics.push(diagnostic.help("give each a name of its own"));
    }
}
