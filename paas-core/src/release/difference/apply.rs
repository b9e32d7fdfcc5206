//! The new release from the old one and the difference.

use super::{
    Difference,
    change::Change,
    index::Index,
    json,
    patch::{self, Refusal},
    path::ValuePath,
    service::{Fate, ServiceDifference},
    skeleton,
};
use crate::{application::Service, release::Release};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{collections::BTreeMap, error::Error, fmt};

/// The release is not the one that the difference was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotApplicable {
    /// Where it is another: `web image`, `volumes[data].size_bytes`.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

impl NotApplicable {
    fn new(place: impl fmt::Display, problem: impl Into<String>) -> Self {
        Self { place: place.to_string(), problem: problem.into() }
    }
}

impl fmt::Display for NotApplicable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, problem } = self;
        write!(f, "the difference is of another release: `{place}` {problem}")
    }
}

impl Error for NotApplicable {}

impl Difference {
    /// The new release, from the one that the difference was made from. What the difference says nothing about is taken as
    /// it is.
    ///
    /// # Errors
    /// The release is another one: something of what changed, or was removed, is not as it was then, or something new is
    /// there already.
    ///
    /// ```
    /// # use paas_core::release::{Release, difference::Difference};
    /// # let stored = |image: &str| -> Release { serde_json::from_value(serde_json::json!({
    /// #     "format": 1, "application": "shop", "stack": "shop",
    /// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
    /// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
    /// #         {"name": "web", "network": "dmz", "kind": "container", "image": image, "scale": 3}]}],
    /// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "web"}]}]})).unwrap() };
    /// let (first, second, third) = (stored("web:1"), stored("web:2"), stored("web:3"));
    /// let difference = Difference::between(&first, &second);
    /// assert_eq!(difference.apply(&first).unwrap(), second);
    /// assert_eq!(
    ///     difference.apply(&third).unwrap_err().to_string(),
    ///     "the difference is of another release: `web image` is another than the difference was made from"
    /// );
    /// ```
    pub fn apply(&self, old: &Release) -> Result<Release, NotApplicable> {
        let mut release = self.skeleton(old)?;
        let mut homes = self.services_by_network(old)?;
        let networks = super::identity::unique(release.parts.iter().map(|part| part.network.name.clone()));
        for (part, network) in release.parts.iter_mut().zip(networks) {
            let Home { stay, placed } = homes.remove(&network).unwrap_or_default();
            part.services =
                patch::place(stay, placed).ok_or_else(|| NotApplicable::new(&network, patch::SHORT))?;
        }
        match homes.into_iter().find(|(_, home)| !home.stay.is_empty() || !home.placed.is_empty()) {
            Some((network, _)) => Err(NotApplicable::new(network, patch::MISSING)),
            None => Ok(release),
        }
    }

    /// The new release without services.
    fn skeleton(&self, old: &Release) -> Result<Release, NotApplicable> {
        let mut value = skeleton(old);
        for (name, items) in self.sections() {
            if items.is_empty() {
                continue;
            }
            let mut list = super::take_list(&mut value, name);
            patch::items(name, &mut list, items).map_err(refused)?;
            if let Some(fields) = value.as_object_mut() {
                fields.insert(name.to_owned(), Value::Array(list));
            }
        }
        let changes: Vec<Change> = self.release.iter().flat_map(|item| &item.changes).cloned().collect();
        patch::values(&mut value, &changes).map_err(refused)?;
        typed(value, "release")
    }

    /// The services of each network, in the order that they had, with those that have a place of their own.
    fn services_by_network(&self, old: &Release) -> Result<BTreeMap<String, Home>, NotApplicable> {
        let index = Index::new(old);
        let mut changed: BTreeMap<&str, &ServiceDifference> =
            self.services.iter().map(|service| (service.service.as_str(), service)).collect();
        let reordered: BTreeMap<&str, usize> =
            self.reordered.iter().map(|service| (service.service.as_str(), service.position)).collect();
        let mut homes: BTreeMap<String, Home> = BTreeMap::new();
        for entry in &index.services {
            let mut network = index.network(entry);
            let mut position = reordered.get(entry.key.as_str()).copied();
            let mut service = entry.service.clone();
            if let Some(difference) = changed.remove(entry.key.as_str()) {
                let was_in = difference.moved_from.as_ref().unwrap_or(&difference.network);
                let is_same = difference.whole.as_ref().is_none_or(|whole| **whole == service);
                match difference.fate {
                    Fate::Added => return Err(NotApplicable::new(&entry.key, patch::THERE)),
                    _ if was_in != network || !is_same => {
                        return Err(NotApplicable::new(&entry.key, patch::DIFFERS));
                    }
                    Fate::Removed => continue,
                    _ => {}
                }
                service = changed_service(&service, difference)?;
                network = &difference.network;
                position = position.or(difference.position);
            }
            let home = homes.entry(network.to_owned()).or_default();
            match position {
                Some(position) => home.placed.push((position, service)),
                None => home.stay.push(service),
            }
        }
        for (name, difference) in changed {
            match (difference.fate, &difference.whole, difference.position) {
                (Fate::Added, Some(service), Some(position)) => {
                    let home = homes.entry(difference.network.clone()).or_default();
                    home.placed.push((position, (**service).clone()));
                }
                _ => return Err(NotApplicable::new(name, patch::MISSING)),
            }
        }
        Ok(homes)
    }
}

/// The services of a network.
#[derive(Default)]
struct Home {
    stay: Vec<Service>,
    placed: Vec<(usize, Service)>,
}

fn changed_service(service: &Service, difference: &ServiceDifference) -> Result<Service, NotApplicable> {
    let name = &difference.service;
    let mut value = json::of(service);
    let changes: Vec<Change> = difference.changes.iter().chain(&difference.links).cloned().collect();
    let refused = |(path, problem): Refusal| NotApplicable::new(format_args!("{name} {path}"), problem);
    patch::values(&mut value, &changes).map_err(refused)?;
    if let (Some(scale), Some(fields)) = (difference.scale, value.as_object_mut()) {
        let before = fields.insert("scale".to_owned(), scale.to.into());
        if before != Some(scale.from.into()) {
            return Err(refused((ValuePath::default().key("scale"), patch::DIFFERS)));
        }
    }
    typed(value, name)
}

fn refused((path, problem): Refusal) -> NotApplicable {
    NotApplicable::new(path, problem)
}

fn typed<T: DeserializeOwned>(value: Value, place: &str) -> Result<T, NotApplicable> {
    T::deserialize(value)
        .map_err(|error| NotApplicable::new(place, format!("would be no such thing: {error}")))
}
