//! What others need to know of a release.

use crate::application::{External, Protocol};
use serde::{Deserialize, Serialize};

/// That the environments of two networks must be linked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnvironmentLink {
    /// The network whose services reach out.
    pub from: String,
    /// The network that is reached.
    pub to: String,
}

/// Traffic between networks: what the firewall team must open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Flow {
    /// The network that it comes from.
    pub from_network: String,
    /// The service that it comes from.
    pub from_service: String,
    /// The network that it goes to.
    pub to_network: String,
    /// The service that it goes to; for services of other applications the labels by which they are selected, such as
    /// `tier=quotes`.
    pub to_service: String,
    /// The ports; empty: the target declares none.
    pub ports: Vec<FlowPort>,
}

/// A port of a [`Flow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowPort {
    /// The port.
    pub port: u16,
    /// `tcp` or `udp`.
    pub protocol: Protocol,
}

/// A port that a service takes on the hosts of its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PublishedPort {
    /// The network.
    pub network: String,
    /// The service.
    pub service: String,
    /// The port inside its containers.
    pub container: u16,
    /// The port on hosts: given, or allocated by the platform.
    pub external: External,
    /// `tcp` or `udp`.
    pub protocol: Protocol,
}

/// An image and who uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageUse {
    /// The image.
    pub image: String,
    /// The services, in the order of the template.
    pub services: Vec<String>,
}

/// Log files of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LogSource {
    /// The network.
    pub network: String,
    /// The service.
    pub service: String,
    /// The folder inside its containers.
    pub directory: String,
    /// Endings without the dot; empty: all files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<String>,
}

/// A secret input and the answer of the stack call that carries its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Secret {
    /// The input's name.
    pub input: String,
    /// The answer's name: the files say `${answer}`.
    pub answer: String,
}
