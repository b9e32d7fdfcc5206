//! What holds for the difference of any two releases.

use super::arbitrary::{pair, release};
use paas_core::release::{
    Release,
    difference::{Difference, Fate, ValuePath},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #[test]
    fn nothing_differs_from_itself(release in release()) {
        let difference = Difference::between(&release, &release);
        prop_assert!(difference.is_empty());
        prop_assert!(difference.touched.is_empty());
        prop_assert_eq!(difference.apply(&release).unwrap(), release);
    }

    #[test]
    fn a_difference_makes_the_new_release_from_the_old_one((old, new) in pair()) {
        holds(&old, &new)?;
        holds(&new, &old)?;
    }

    #[test]
    fn also_if_the_two_have_little_in_common(old in release(), new in release()) {
        holds(&old, &new)?;
    }

    #[test]
    fn also_if_names_are_there_twice((old, new) in pair(), which in any::<[usize; 4]>()) {
        let (old, new) = (doubled(old, which[0], which[1]), doubled(new, which[2], which[3]));
        let difference = Difference::between(&old, &new);
        prop_assert_eq!(difference.apply(&old).unwrap(), new);
    }

    #[test]
    fn another_release_is_refused_or_left_valid((old, new) in pair(), other in release()) {
        // It never panics, and says where it does not fit.
        if let Err(error) = Difference::between(&old, &new).apply(&other) {
            prop_assert!(!error.place.is_empty());
        }
    }

    #[test]
    fn paths_are_read_as_they_are_written(keys in prop::collection::vec((any::<bool>(), ".{0,6}"), 0..5)) {
        let mut text = String::new();
        for (is_key, key) in &keys {
            let key = serde_json::to_string(key).unwrap();
            let dot = if text.is_empty() { "" } else { "." };
            text += &if *is_key { format!("{dot}{key}") } else { format!("[{key}]") };
        }
        let path: ValuePath = text.parse().unwrap();
        prop_assert_eq!(path.steps().len(), keys.len());
        prop_assert_eq!(path.to_string().parse::<ValuePath>().unwrap(), path);
    }
}

#[test]
fn every_fate_is_among_them() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..400 {
        let (old, new) = pair().new_tree(&mut runner).unwrap().current();
        seen.extend(Difference::between(&old, &new).counts().into_iter().map(|(fate, _)| fate));
    }
    assert_eq!(Vec::from_iter(seen), Fate::ALL);
}

fn holds(old: &Release, new: &Release) -> Result<(), TestCaseError> {
    let difference = Difference::between(old, new);
    prop_assert_eq!(difference.is_empty(), old == new);
    prop_assert_eq!(&difference.apply(old).unwrap(), new);

    let stored = serde_json::to_string(&difference).unwrap();
    let read: Difference = serde_json::from_str(&stored).unwrap();
    prop_assert_eq!(&read, &difference);

    let (before, after) = (services(old), services(new));
    let mut told = BTreeSet::new();
    for service in &difference.services {
        let name = service.service.as_str();
        prop_assert!(told.insert(name), "{} is told twice", name);
        prop_assert_ne!(before.get(name), after.get(name), "{} is as it was", name);
        let expected = match (before.contains_key(name), after.contains_key(name)) {
            (false, _) => service.fate == Fate::Added,
            (_, false) => service.fate == Fate::Removed,
            _ => !matches!(service.fate, Fate::Added | Fate::Removed),
        };
        prop_assert!(expected, "{:?}", service);
        // Each fate comes with what it speaks of.
        prop_assert_eq!(service.fate == Fate::Moved, service.moved_from.is_some());
        prop_assert!(service.fate != Fate::Recreated || !service.reasons.is_empty());
        prop_assert!(
            service.fate != Fate::Scaled
                || service.scale.is_some()
                    && service.changes.iter().all(|change| change.path.to_string().starts_with("update"))
        );
        prop_assert!(service.fate != Fate::Relinked || !service.links.is_empty());
    }
    for name in before.keys().chain(after.keys()) {
        prop_assert_eq!(told.contains(name), before.get(name) != after.get(name), "{}", name);
    }
    Ok(())
}

/// Each service, as it stands in `release.json`, with its network.
fn services(release: &Release) -> BTreeMap<&str, (String, String)> {
    let services =
        release.parts.iter().flat_map(|part| part.services.iter().map(move |service| (part, service)));
    services
        .map(|(part, service)| {
            (service.name.as_str(), (part.network.name.clone(), serde_json::to_string(service).unwrap()))
        })
        .collect()
}

/// A release that no application gives: a part and a service are there twice.
fn doubled(mut release: Release, part: usize, service: usize) -> Release {
    if release.parts.is_empty() {
        return release;
    }
    let part = release.parts[part % release.parts.len()].clone();
    let twice = part.services[service % part.services.len()].clone();
    release.parts[0].services.push(twice);
    release.parts.push(part);
    release.ports.extend(release.ports.clone());
    release.volumes.extend(release.volumes.clone());
    release
}
