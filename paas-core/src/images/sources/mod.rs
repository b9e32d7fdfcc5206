//! Where the images of templates come from: from the registry of the zone that they are deployed in, and only what the tenant
//! is shown.
//!
//! ```
//! use paas_core::{
//!     application::{Application, Container, Network, Service},
//!     images::{
//!         distribution::{Zone, Zones},
//!         sources::{ImageSources, Seen},
//!     },
//!     release::{Release, Target},
//! };
//!
//! let zones = Zones::new([
//!     Zone::new("north".parse()?, "registry.north.bank.test"),
//!     Zone::new("south".parse()?, "registry.south.bank.test"),
//! ])?;
//! let sources = ImageSources::new(zones).environment("shop-dmz", "south".parse()?)?;
//!
//! let mut application = Application::new("shop");
//! application.networks.push(Network::new("dmz"));
//! for (name, image) in [("web", "retail/web:1.4"), ("cache", "treasury/cache:7"), ("bi", "hr/bi:2")] {
//!     let image = format!("registry.north.bank.test/{image}");
//!     application.services.push(Service::new(name, "dmz", Container::new(image)));
//! }
//! let mut target = Target::default();
//! target.environments.insert("dmz".into(), "shop-dmz".into());
//! let mut release = Release::plan(application, &target).release.unwrap();
//!
//! // The tenant has a namespace `retail`, and one image of `treasury` is shown to all.
//! # let digest: paas_core::images::Digest = format!("sha256:{}", "0f".repeat(32)).parse()?;
//! let problems = sources.settle(&mut release, "meridian", |wanted| match wanted.repository.as_str() {
//!     "retail/web" => Seen::Own,
//!     "treasury/cache" => Seen::Published(digest.clone()),
//!     _ => Seen::Hidden,
//! });
//! assert_eq!(
//!     problems.iter().next().unwrap().message,
//!     "the image `registry.north.bank.test/hr/bi:2` of `bi` is not shown to the tenant `meridian`",
//! );
//! let image = |name: &str| release.service(name).unwrap().1.container().unwrap().image.clone();
//! assert_eq!(image("web"), "registry.south.bank.test/retail/web:1.4");
//! // Exactly what was published.
//! assert_eq!(image("cache"), format!("registry.south.bank.test/treasury/cache@{digest}"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Images from elsewhere stay as they are written: where images may come from is the [policy](crate::policy)'s to say.

mod invalid;
mod settle;
mod wanted;

pub use invalid::InvalidSources;
pub use settle::Seen;
pub use wanted::Wanted;

use super::{
    distribution::{Zone, ZoneName, Zones},
    is_namespace,
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::collections::{BTreeMap, BTreeSet};

/// Which registries hold the images of a platform, and from which of them each environment takes its own.
///
/// The zones here need not be those between which images are [distributed](super::distribution): with a test and a production
/// registry alone, these are two zones of that name.
///
/// ```
/// use paas_core::images::{distribution::{Zone, Zones}, sources::ImageSources};
///
/// let zones = Zones::new([Zone::new("production".parse()?, "registry.bank.test")])?;
/// let error = ImageSources::new(zones.clone()).otherwise("test".parse()?).unwrap_err();
/// assert_eq!(error.to_string(), "there is no zone `test` from which images could be taken");
///
/// let sources = ImageSources::new(zones).otherwise("production".parse()?)?.open("library")?;
/// assert_eq!(sources.zone_of("any").unwrap().registry, "registry.bank.test");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImageSources {
    /// The registries.
    zones: Zones,
    /// The zones from which environments take their images, by the names of environments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    environments: BTreeMap<String, ZoneName>,
    /// The zone of all other environments; none: they take images from where templates say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    otherwise: Option<ZoneName>,
    /// Image namespaces of the platform itself, which all tenants may use.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    open: BTreeSet<String>,
}

/// The same, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    zones: Zones,
    #[serde(default)]
    environments: BTreeMap<String, ZoneName>,
    #[serde(default)]
    otherwise: Option<ZoneName>,
    #[serde(default)]
    open: BTreeSet<String>,
}

impl<'de> Deserialize<'de> for ImageSources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Written::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl TryFrom<Written> for ImageSources {
    type Error = InvalidSources;

    fn try_from(written: Written) -> Result<Self, InvalidSources> {
        let Written { zones, environments, otherwise, open } = written;
        let mut sources = Self::new(zones);
        for (environment, zone) in environments {
            sources = sources.environment(environment, zone)?;
        }
        if let Some(zone) = otherwise {
            sources = sources.otherwise(zone)?;
        }
        for namespace in open {
            sources = sources.open(namespace)?;
        }
        Ok(sources)
    }
}

impl ImageSources {
    /// These registries hold the images of the platform. What templates name of them must be shown to their tenant; images
    /// are taken from where templates say, until a zone is said.
    #[must_use]
    pub fn new(zones: Zones) -> Self {
        Self { zones, ..Self::default() }
    }

    /// What is deployed to an environment takes its images from the registry of this zone, whichever zone the template names.
    ///
    /// # Errors
    ///
    /// [`InvalidSources::UnknownZone`].
    pub fn environment(
        mut self,
        environment: impl Into<String>,
        zone: ZoneName,
    ) -> Result<Self, InvalidSources> {
        self.known(&zone)?;
        self.environments.insert(environment.into(), zone);
        Ok(self)
    }

    /// The zone of all environments of which nothing else was said.
    ///
    /// # Errors
    ///
    /// [`InvalidSources::UnknownZone`].
    pub fn otherwise(mut self, zone: ZoneName) -> Result<Self, InvalidSources> {
        self.known(&zone)?;
        self.otherwise = Some(zone);
        Ok(self)
    }

    /// An image namespace of the platform itself, such as a public project of Harbor: all tenants may use its images.
    ///
    /// # Errors
    ///
    /// [`InvalidSources::NoNamespace`].
    pub fn open(mut self, namespace: impl Into<String>) -> Result<Self, InvalidSources> {
        let namespace = namespace.into();
        if !is_namespace(&namespace) {
            return Err(InvalidSources::NoNamespace(namespace));
        }
        self.open.insert(namespace);
        Ok(self)
    }

    /// The zone from which an environment takes its images; `None`: from where templates say.
    #[must_use]
    pub fn zone_of(&self, environment: &str) -> Option<&Zone> {
        let zone = self.environments.get(environment).or(self.otherwise.as_ref())?;
        self.zones.find(zone)
    }

    /// Whether all tenants may use the images of a namespace.
    #[must_use]
    pub fn is_open(&self, namespace: &str) -> bool {
        self.open.contains(namespace)
    }

    fn known(&self, zone: &ZoneName) -> Result<(), InvalidSources> {
        if self.zones.find(zone).is_some() { Ok(()) } else { Err(InvalidSources::UnknownZone(zone.clone())) }
    }
}
