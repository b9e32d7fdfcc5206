//! Where a release goes.

use crate::application::ExternalService;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    error::Error,
    fmt,
    net::IpAddr,
    str::FromStr,
};

/// What the translation must know of the place that the release goes to.
///
/// ```
/// use paas_core::release::Target;
///
/// let target = Target::default();
/// assert_eq!(target.rancher.to_string(), "1.6.30");
/// assert_eq!(target.environment("dmz"), "dmz");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// The version of the Rancher server.
    pub rancher: RancherVersion,
    /// Environments of networks whose environment has another name than the network.
    pub environments: BTreeMap<String, String>,
    /// The name of the stacks; `None`: the application's name.
    pub stack: Option<String>,
    /// The image that load balancers run.
    pub load_balancer_image: String,
    /// How services reach services in other environments; `None`: by name where the version can, else as external
    /// services where all addresses are known.
    pub link_strategy: Option<LinkStrategy>,
    /// Where the hosts of networks are reached from other networks: for links as external services.
    pub addresses: BTreeMap<String, ExternalService>,
}

impl Target {
    /// The environment of a network.
    pub fn environment<'a>(&'a self, network: &'a str) -> &'a str {
        self.environments.get(network).map_or(network, String::as_str)
    }

    /// Adds a place where the hosts of a network are reached: an IP address, of which there can be several, or a host
    /// name, which is the only one.
    pub fn add_address(&mut self, network: impl Into<String>, host: impl Into<String>) {
        let host = host.into();
        let is_address = host.parse::<IpAddr>().is_ok();
        match self.addresses.entry(network.into()) {
            Entry::Occupied(mut known) => match known.get_mut() {
                ExternalService::Addresses(addresses) if is_address => addresses.push(host),
                known => *known = outside(host, is_address),
            },
            Entry::Vacant(entry) => {
                entry.insert(outside(host, is_address));
            }
        }
    }
}

impl Default for Target {
    /// Rancher 1.6.30, environments named like networks, the stack like the application.
    fn default() -> Self {
        Self {
            rancher: RancherVersion::new(1, 6, 30),
            environments: BTreeMap::new(),
            stack: None,
            load_balancer_image: "rancher/lb-service-haproxy:v0.9.14".to_owned(),
            link_strategy: None,
            addresses: BTreeMap::new(),
        }
    }
}

fn outside(host: String, is_address: bool) -> ExternalService {
    if is_address { ExternalService::Addresses(vec![host]) } else { ExternalService::Host(host) }
}

/// What a release is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Backend {
    /// Rancher 1.x with its Cattle orchestration.
    Rancher(Rancher),
}

/// What a release for Rancher relies on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Rancher {
    /// The version of the server.
    pub version: RancherVersion,
    /// How services reach services in other environments; `None`: no link crosses networks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_strategy: Option<LinkStrategy>,
    /// The image that load balancers run.
    pub load_balancer_image: String,
}

/// How services reach services in other environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LinkStrategy {
    /// By name, `environment/stack/service`, over the region that is the server itself (Rancher 1.6.15 and later).
    RegionName,
    /// By links between environments, which an administrator of Rancher makes when the environments are created (1.4.0
    /// and later). An alias in the client's stack finds the service by its labels.
    EnvironmentLinks,
    /// By an external service in the client's stack that points at the published ports of the other environment (any
    /// version).
    ExternalService,
}

impl LinkStrategy {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RegionName => "region_name",
            Self::EnvironmentLinks => "environment_links",
            Self::ExternalService => "external_service",
        }
    }
}

/// A version of Rancher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RancherVersion {
    major: u16,
    minor: u16,
    patch: u16,
}

impl RancherVersion {
    /// The first version with regions, and so with links by name between environments.
    pub const REGIONS: Self = Self::new(1, 6, 15);

    /// The first version in which an environment can be created with links to others.
    pub const ENVIRONMENT_LINKS: Self = Self::new(1, 4, 0);

    /// A version of these numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

/// The text is not a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidVersion;

impl fmt::Display for InvalidVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Rancher version is three numbers, such as `1.6.30`")
    }
}

impl Error for InvalidVersion {}

impl FromStr for RancherVersion {
    type Err = InvalidVersion;

    /// Takes `1.6.30` and `v1.6.30`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.strip_prefix('v').unwrap_or(text).split('.').map(|number| {
            let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| number.parse().ok()).flatten()
        });
        match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
            (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) => {
                Ok(Self { major, minor, patch })
            }
            _ => Err(InvalidVersion),
        }
    }
}

impl fmt::Display for RancherVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Serialize for RancherVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RancherVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RancherVersion".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::RancherVersion").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A version of Rancher, such as `1.6.30`.",
            "type": "string",
            "pattern": r"^v?[0-9]+\.[0-9]+\.[0-9]+$",
        })
    }
}

impl<'de> Deserialize<'de> for RancherVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
