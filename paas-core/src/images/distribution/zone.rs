//! Zones and their registries.

use crate::{images::InvalidName, mapping::Mapping, policy};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// What a zone is called: lower-case letters, digits and `-` between them, 63 characters at most.
///
/// ```
/// use paas_core::images::distribution::ZoneName;
///
/// assert_eq!("north-1".parse::<ZoneName>()?.as_str(), "north-1");
/// assert!("North".parse::<ZoneName>().is_err() && "-n".parse::<ZoneName>().is_err());
/// # Ok::<(), paas_core::images::InvalidName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ZoneName(String);

impl ZoneName {
    /// The longest, in characters.
    pub const MAX: usize = 63;

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ZoneName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = text.len() <= Self::MAX
            && text.starts_with(is_word)
            && text.ends_with(is_word)
            && text.chars().all(|c| is_word(c) || c == '-');
        if fits {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName::new(text, "zone", "write lower-case letters and digits, with `-` between them"))
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ZoneName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A zone with its registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Zone {
    /// What it is called.
    pub name: ZoneName,
    /// Its registry, as images name it: `host` or `host:port`, maybe with folders that all images there are below.
    pub registry: String,
}

impl Zone {
    /// A zone and its registry.
    pub fn new(name: ZoneName, registry: impl Into<String>) -> Self {
        Self { name, registry: registry.into() }
    }
}

/// All zones of a platform: each name once, each with a registry of its own.
///
/// ```
/// use paas_core::images::distribution::{Zone, Zones};
///
/// let north = Zone::new("north".parse()?, "registry.north.bank.test");
/// let zones = Zones::new([north.clone()])?;
/// assert_eq!(zones.find(&north.name), Some(&north));
///
/// let error = Zones::new([north.clone(), north]).unwrap_err();
/// assert_eq!(error.to_string(), "there are two zones `north`");
/// let error = Zones::new([Zone::new("south".parse()?, "https://south.bank.test")]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`https://south.bank.test`, the registry of the zone `south`, is not written as images name one: \
///      `host:port`, maybe with folders",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Zones(Vec<Zone>);

/// Zones cannot be so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidZones {
    /// Two have one name.
    Twice(ZoneName),
    /// Two have one registry, or one lies in a folder of the other.
    SameRegistry(ZoneName, ZoneName),
    /// A text names no registry.
    NoRegistry(ZoneName, String),
}

impl fmt::Display for InvalidZones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(name) => write!(f, "there are two zones `{name}`"),
            Self::SameRegistry(one, other) => {
                write!(f, "the zones `{one}` and `{other}` share a registry, or a folder of one")
            }
            Self::NoRegistry(name, registry) => {
                let shown: String = registry.chars().filter(|c| !c.is_control()).take(80).collect();
                write!(
                    f,
                    "`{shown}`, the registry of the zone `{name}`, is not written as images name one: `host:port`, maybe with folders"
                )
            }
        }
    }
}

impl Error for InvalidZones {}

impl Zones {
    /// These zones.
    ///
    /// # Errors
    ///
    /// What two of them share, or which registry is none.
    pub fn new(zones: impl IntoIterator<Item = Zone>) -> Result<Self, InvalidZones> {
        let mut all: Vec<Zone> = Vec::new();
        for zone in zones {
            if !policy::is_registry_prefix(&zone.registry) {
                return Err(InvalidZones::NoRegistry(zone.name, zone.registry));
            }
            for other in &all {
                if other.name == zone.name {
                    return Err(InvalidZones::Twice(zone.name));
                }
                let is_below = |one: &Zone, two: &Zone| {
                    policy::below(&format!("{}/x", one.registry), &two.registry).is_some()
                };
                if is_below(other, &zone) || is_below(&zone, other) {
                    return Err(InvalidZones::SameRegistry(other.name.clone(), zone.name));
                }
            }
            all.push(zone);
        }
        Ok(Self(all))
    }

    /// Each of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Zone> {
        self.0.iter()
    }

    /// The zone of a name.
    pub fn find(&self, name: &ZoneName) -> Option<&Zone> {
        self.0.iter().find(|zone| zone.name == *name)
    }

    /// What makes the images of any zone those of one: [`Mapping::image`] of a reference, [`Mapping::apply`] of a whole
    /// application. Tags and digests stay, and so do images that are from no zone's registry. `None`: there is no such zone.
    pub fn mapping(&self, to: &ZoneName) -> Option<Mapping> {
        let to = self.find(to)?;
        let mut mapping = Mapping::default();
        for zone in self.iter().filter(|zone| zone.name != to.name) {
            mapping.registries.insert(zone.registry.clone(), to.registry.clone());
        }
        Some(mapping)
    }
}

impl<'de> Deserialize<'de> for Zones {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::<Zone>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
