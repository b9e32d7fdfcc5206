//! Names that become host names: of stacks, services and aliases.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    release::Target,
};
use rustc_hash::FxHashMap;
use std::{borrow::Cow, collections::hash_map::Entry};

const LONGEST: usize = 63;

/// The name of the stacks: the caller's as it is, or one that is made of the application's.
pub(super) fn stack(application: &str, target: &Target, findings: &mut Findings) -> String {
    if let Some(given) = &target.stack {
        if let Some(fault) = fault(given) {
            findings.push(
                Diagnostic::new(Code::StackName, cannot_be(given, "the name of a stack", &fault))
                    .maybe_help(suggestion(given)),
            );
        }
        return given.clone();
    }
    if fault(application).is_none() {
        return application.to_owned();
    }
    made_of(application).unwrap_or_else(|| {
        let message = match application {
            "" => "the application has no name that its stacks could have".to_owned(),
            _ => format!(
                "no name of a stack can be made of the application's name `{application}`: it has no letter from a to z and no digit"
            ),
        };
        findings
            .push(Diagnostic::new(Code::StackName, message).help("say how to call the stacks with `--stack`"));
        String::new()
    })
}

/// Checks the names of services and their aliases.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let mut known = FxHashMap::default();
    known.reserve(survey.application.services.len());
    for service in &survey.application.services {
        let name = &service.name;
        if let Some(fault) = fault(name) {
            findings.push(
                Diagnostic::new(Code::ServiceName, cannot_be(name, "the name of a service", &fault))
                    .at(service.origin.place())
                    .maybe_help(suggestion(name)),
            );
        }
        match known.entry(folded(name)) {
            Entry::Vacant(entry) => {
                entry.insert(service);
            }
            Entry::Occupied(entry) => {
                let first = entry.get();
                let message = if first.name == *name {
                    format!("two services are called `{name}`")
                } else {
                    format!("`{name}` and `{}` are the same host name", first.name)
                };
                findings.push(
                    Diagnostic::new(Code::ServiceName, message)
                        .label(service.origin.place(), "here again")
                        .label(first.origin.place(), format!("`{}` is first used here", first.name))
                        .help("rename one of them; upper and lower case make no difference"),
                );
            }
        }
    }
    check_aliases(survey, findings);
}

fn check_aliases(survey: &Survey, findings: &mut Findings) {
    // A service and its sidekicks have their links together.
    let mut of_units: FxHashMap<usize, FxHashMap<Cow<'_, str>, &Reach>> = FxHashMap::default();
    for links in survey.links.chunk_by(|one, next| one.from == next.from) {
        let mut own = FxHashMap::default();
        for reach in links {
            let known = match survey.has_sidekicks() {
                true => of_units.entry(survey.unit(reach.from)).or_default(),
                false => &mut own,
            };
            let place = nearest(&reach.link.origin, &reach.source.origin);
            if let Some(alias) = &reach.link.alias
                && let Some(fault) = fault(alias)
            {
                findings.push(
                    Diagnostic::new(Code::ServiceName, cannot_be(alias, "an alias", &fault))
                        .at(place.clone())
                        .maybe_help(suggestion(alias)),
                );
            }
            // A dependency without alias does not make the other reachable by a name.
            if !reach.is_connection() && reach.link.alias.is_none() {
                continue;
            }
            let name = reach.link.name();
            let first = *known.entry(folded(name)).or_insert(reach);
            if first.to != reach.to {
                let service = &reach.source.name;
                let (one, other) = (&first.link.to, &reach.link.to);
                findings.push(
                    Diagnostic::new(
                        Code::ServiceName,
                        format!("`{service}` would reach both `{one}` and `{other}` by the name `{name}`"),
                    )
                    .label(place, format!("leads to `{other}`"))
                    .label(nearest(&first.link.origin, &first.source.origin), format!("leads to `{one}`"))
                    .help("give one of them another alias"),
                );
            }
        }
    }
}

/// What host names are compared by. Most are in lower case already.
fn folded(name: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if name.bytes().all(is_lower) { name.into() } else { name.to_lowercase().into() }
}

fn cannot_be(name: &str, what: &str, fault: &str) -> String {
    if name.is_empty() { format!("{what} is empty") } else { format!("`{name}` cannot be {what}: {fault}") }
}

/// Why a name cannot be a host's.
fn fault(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("it is empty".to_owned());
    }
    if let Some(wrong) = name.chars().find(|&c| !is_allowed(c)) {
        return Some(match wrong {
            ' ' => "a space is no letter from a to z, digit or dash".to_owned(),
            _ => format!("`{}` is no letter from a to z, digit or dash", wrong.escape_debug()),
        });
    }
    if name.len() > LONGEST {
        return Some(format!("it has {} characters, and {LONGEST} are the most", name.len()));
    }
    if name.starts_with('-') {
        return Some("it begins with a dash".to_owned());
    }
    name.ends_with('-').then(|| "it ends with a dash".to_owned())
}

fn suggestion(name: &str) -> Option<String> {
    made_of(name).map(|possible| format!("`{possible}` would do"))
}

/// The name with a dash for each run of characters that hosts' names cannot have, and cut.
fn made_of(name: &str) -> Option<String> {
    let mut made = String::with_capacity(name.len().min(LONGEST));
    let mut in_run = false;
    for c in name.chars().skip_while(|&c| !c.is_ascii_alphanumeric()) {
        match (is_allowed(c), in_run) {
            (true, _) => made.push(c),
            (false, false) => made.push('-'),
            (false, true) => {}
        }
        in_run = !is_allowed(c);
        if made.len() == LONGEST {
            break;
        }
    }
    made.truncate(made.trim_end_matches('-').len());
    (!made.is_empty()).then_some(made)
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_made_lightly() {
        let made = |name| made_of(name).unwrap_or_default();
        assert_eq!(made("Retail Bank"), "Retail-Bank");
        assert_eq!(made("retail__bank (2)"), "retail-bank-2");
        assert_eq!(made("a--b"), "a--b");
        assert_eq!(made("-a-"), "a");
        assert_eq!(made("Überweisung"), "berweisung");
        assert_eq!(made(&"a_".repeat(50)), "a-".repeat(32).trim_end_matches('-'));
        assert_eq!(made_of("银行"), None);
    }

    proptest! {
        #[test]
        fn what_is_made_can_be_a_name(name in ".*") {
            if let Some(made) = made_of(&name) {
                prop_assert_eq!(fault(&made), None);
            }
        }

        #[test]
        fn what_can_be_a_name_stays(name in "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?") {
            prop_assert_eq!(fault(&name), None);
            prop_assert_eq!(made_of(&name), Some(name));
        }

        #[test]
        fn what_cannot_be_a_name_has_a_fault(name in "-[a-z]*|[a-z]*-|[a-z]*[_. é\n][a-z]*|[a-z]{64,70}|") {
            prop_assert!(fault(&name).is_some());
        }
    }
}
