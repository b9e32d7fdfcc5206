//! The parts of a mapping, and what of an application each is about.

use super::Mapping;
use crate::{
    application::{Application, ServiceKind},
    policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// A part of a [`Mapping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// Networks, by their names.
    Networks,
    /// Tiers of volumes.
    Tiers,
    /// File servers of volumes.
    Servers,
    /// Registries of images.
    Registries,
    /// Inputs of the template.
    Inputs,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Networks, Self::Tiers, Self::Servers, Self::Registries, Self::Inputs];

    /// The key of it in a mapping.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Networks => "networks",
            Self::Tiers => "tiers",
            Self::Servers => "servers",
            Self::Registries => "registries",
            Self::Inputs => "inputs",
        }
    }

    /// What an entry of it is about.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Networks => "network",
            Self::Tiers => "tier",
            Self::Servers => "file server",
            Self::Registries => "registry",
            Self::Inputs => "input",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Mapping {
    /// The entries of a part.
    pub fn part(&self, part: Part) -> &BTreeMap<String, String> {
        match part {
            Part::Networks => &self.networks,
            Part::Tiers => &self.tiers,
            Part::Servers => &self.servers,
            Part::Registries => &self.registries,
            Part::Inputs => &self.inputs,
        }
    }

    /// The entries of a part, to change them.
    pub fn part_mut(&mut self, part: Part) -> &mut BTreeMap<String, String> {
        match part {
            Part::Networks => &mut self.networks,
            Part::Tiers => &mut self.tiers,
            Part::Servers => &mut self.servers,
            Part::Registries => &mut self.registries,
            Part::Inputs => &mut self.inputs,
        }
    }

    /// The entry that is about a name, or about an image if the part is that of registries.
    ///
    /// ```
    /// use paas_core::mapping::{Mapping, Part};
    ///
    /// let mut mapping = Mapping::default();
    /// mapping.registries = [("a.test".into(), "b.test".into()), ("a.test/x".into(), "c.test".into())].into();
    /// assert_eq!(mapping.entry_for(Part::Registries, "a.test/x/web:1"), Some("a.test/x"));
    /// assert_eq!(mapping.entry_for(Part::Registries, "a.test/web:1"), Some("a.test"));
    /// ```
    pub fn entry_for(&self, part: Part, name: &str) -> Option<&str> {
        match part {
            Part::Registries => self.registry_of(name).map(|(from, _)| from),
            _ => self.part(part).get_key_value(name).map(|(from, _)| from.as_str()),
        }
    }

    /// The entries of a part that are about an application; of inputs it knows nothing.
    ///
    /// ```
    /// use paas_core::{application::{Application, Network}, mapping::{Mapping, Part}};
    ///
    /// let mut application = Application::new("shop");
    /// application.networks.push(Network::new("dmz"));
    /// let mut mapping = Mapping::default();
    /// mapping.networks = [("dmz".into(), "a".into()), ("core".into(), "b".into())].into();
    /// assert_eq!(mapping.used(&application, Part::Networks).into_iter().collect::<Vec<_>>(), ["dmz"]);
    /// ```
    pub fn used<'m>(&'m self, application: &Application, part: Part) -> BTreeSet<&'m str> {
        if part == Part::Registries {
            // One that another goes before is about an image all the same.
            let is_used =
                |from: &str, to: &str| images(application).any(|it| policy::moved(it, from, to).is_some());
            let used = self.registries.iter().filter(|(from, to)| is_used(from, to));
            return used.map(|(from, _)| from.as_str()).collect();
        }
        let names = named(application, part);
        self.part(part).keys().map(String::as_str).filter(|name| names.contains(*name)).collect()
    }
}

/// What an application names of a part: networks, tiers, servers, or the registries of its images; of inputs it knows
/// nothing.
///
/// ```
/// use paas_core::{application::{Application, Network}, mapping::{Part, named}};
///
/// let mut application = Application::new("shop");
/// application.networks.push(Network::new("dmz"));
/// assert!(named(&application, Part::Networks).contains("dmz"));
/// assert!(named(&application, Part::Tiers).is_empty());
/// ```
pub fn named(application: &Application, part: Part) -> BTreeSet<String> {
    let volumes = application.volumes.iter();
    match part {
        Part::Networks => {
            let own = application.networks.iter().map(|network| network.name.clone());
            let balanced = application.services.iter().flat_map(|service| match &service.kind {
                ServiceKind::LoadBalancer(load_balancer) => load_balancer.routes.as_slice(),
                _ => &[],
            });
            let selected = balanced.filter_map(|route| route.selector.as_ref()?.network.clone());
            own.chain(selected).collect()
        }
        Part::Tiers => volumes.filter_map(|volume| volume.tier.clone()).collect(),
        Part::Servers => volumes.filter_map(|volume| volume.server.clone()).collect(),
        Part::Registries => images(application).filter_map(policy::registry_of).collect(),
        Part::Inputs => BTreeSet::new(),
    }
}

fn images(application: &Application) -> impl Iterator<Item = &str> {
    application.services.iter().filter_map(|service| service.container()).map(|it| it.image.as_str())
}
