//! From one tenant to another: other names for what belongs to a tenant.

mod apply;
mod part;

pub use part::{Part, named};

use crate::{application::Origins, policy};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// What an application uses of its tenant, and what it shall use instead.
///
/// All of it is done at once, so that two networks can change their names: `{ a: b, b: a }`.
///
/// ```
/// use paas_core::{
///     application::{Application, Container, Network, Service},
///     mapping::Mapping,
/// };
///
/// let mut application = Application::new("shop");
/// application.networks.push(Network::new("dmz"));
/// application.services.push(Service::new("web", "dmz", Container::new("a.bank.test/web:1.4")));
///
/// let mut mapping = Mapping::default();
/// mapping.networks.insert("dmz".into(), "dmz-b".into());
/// mapping.registries.insert("a.bank.test".into(), "b.bank.test/mirror".into());
/// let clone = mapping.apply(&application);
/// assert_eq!(clone.networks[0].name, "dmz-b");
/// assert_eq!(clone.services[0].network, "dmz-b");
/// assert_eq!(clone.services[0].container().unwrap().image, "b.bank.test/mirror/web:1.4");
/// assert_eq!(Mapping::default().apply(&application), application);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Mapping {
    /// The new name of the application; `None`: it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Names of networks, and the new ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub networks: BTreeMap<String, String>,
    /// Tiers of volumes, and the new ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tiers: BTreeMap<String, String>,
    /// File servers that volumes name, and the new ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub servers: BTreeMap<String, String>,
    /// Registries of images, and the new ones: `host`, `host:port`, either with the beginning of a path. `docker.io` is
    /// where images without a registry come from. Of several that are about an image, the one with the longest path
    /// counts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub registries: BTreeMap<String, String>,
    /// Inputs, and their new defaults: the texts of strings as they are, anything else as YAML.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, String>,
    /// Where its entries were written, by the names of the fields above.
    #[serde(skip)]
    pub origins: Origins,
}

impl Mapping {
    /// The new name of a network.
    pub fn network<'n>(&'n self, name: &'n str) -> &'n str {
        self.networks.get(name).map_or(name, String::as_str)
    }

    /// The new tier of a volume of this one.
    pub fn tier<'n>(&'n self, name: &'n str) -> &'n str {
        self.tiers.get(name).map_or(name, String::as_str)
    }

    /// The new file server of a volume on this one.
    pub fn server<'n>(&'n self, name: &'n str) -> &'n str {
        self.servers.get(name).map_or(name, String::as_str)
    }

    /// The new name of an image: tag and digest stay.
    ///
    /// ```
    /// use paas_core::mapping::Mapping;
    ///
    /// let mut mapping = Mapping::default();
    /// mapping.registries.insert("docker.io".into(), "r.bank.test/hub".into());
    /// assert_eq!(mapping.image("nginx:1.27"), "r.bank.test/hub/nginx:1.27");
    /// assert_eq!(mapping.image("r.bank.test/web:1"), "r.bank.test/web:1");
    /// ```
    pub fn image<'n>(&self, image: &'n str) -> Cow<'n, str> {
        let Some((from, new)) = self.registry_of(image) else { return image.into() };
        // What changes nothing leaves the image as it is written.
        let is_same = self.registries.get(from).is_some_and(|to| to == from);
        if is_same { image.into() } else { new.into() }
    }

    /// The entry of [`Mapping::registries`] that is about an image, and the image's new name.
    fn registry_of(&self, image: &str) -> Option<(&str, String)> {
        let about = self.registries.iter().filter_map(|(from, to)| {
            let (depth, new) = policy::moved(image, from, to)?;
            Some((depth, from.as_str(), new))
        });
        about
            .max_by_key(|(depth, from, _)| (*depth, std::cmp::Reverse(*from)))
            .map(|(_, from, new)| (from, new))
    }
}
