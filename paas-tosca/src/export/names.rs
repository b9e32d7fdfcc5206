//! Names of nodes and of relationships.

use paas_core::application::Application;
use std::collections::{BTreeMap, BTreeSet};

/// How the nodes of an application are called in its template.
///
/// A service has its own name, by which others reach it. A network that the template chooses by what it is has its own
/// too. All others can say their name as a property.
pub(super) struct Names<'a> {
    networks: BTreeMap<&'a str, String>,
    volumes: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(application: &'a Application) -> Self {
        let mut taken = Taken::default();
        for service in &application.services {
            taken.insert(&service.name);
        }
        let (mut networks, mut volumes) = (BTreeMap::new(), BTreeMap::new());
        let (chosen, named): (Vec<_>, Vec<_>) =
            application.networks.iter().partition(|network| network.chosen);
        for network in chosen.into_iter().chain(named) {
            networks.entry(network.name.as_str()).or_insert_with(|| taken.name(&network.name, "-network"));
        }
        for volume in &application.volumes {
            volumes.entry(volume.name.as_str()).or_insert_with(|| taken.name(&volume.name, "-volume"));
        }
        Self { networks, volumes }
    }

    /// The node of a network; one that the application does not have keeps its name.
    pub(super) fn network<'n>(&'n self, name: &'n str) -> &'n str {
        self.networks.get(name).map_or(name, String::as_str)
    }

    /// The node of a volume; one that the application does not have keeps its name.
    pub(super) fn volume<'n>(&'n self, name: &'n str) -> &'n str {
        self.volumes.get(name).map_or(name, String::as_str)
    }
}

/// Names that are in use.
#[derive(Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    fn insert(&mut self, name: &str) {
        self.0.insert(name.to_owned());
    }

    /// The name if it is free, else one made of it.
    pub(super) fn name(&mut self, wanted: &str, ending: &str) -> String {
        let with_ending = format!("{wanted}{ending}");
        let numbered = (2..=u64::MAX).map(|number| format!("{with_ending}-{number}"));
        let mut possible = [wanted.to_owned(), with_ending.clone()].into_iter().chain(numbered);
        let free = possible.find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}
