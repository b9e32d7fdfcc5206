//! A release: an application split by network and ordered into stages.
//!
//! [`Release::plan`] is the way from an [`Application`](crate::application::Application) and a [`Target`] to a
//! [`Release`]: it splits the services by network, finds the links that cross networks, orders everything into the
//! fewest stages, and gathers what others need to know: ports, images, log files, firewall flows. [`difference`] compares
//! two of them.

mod again;
pub mod difference;
mod facts;
mod order;
mod picture;
mod plan;
mod stages;
mod target;

pub use facts::{EnvironmentLink, Flow, FlowPort, ImageUse, LogSource, PublishedPort, Secret};
pub use order::{Edge, Loop, Order, order};
pub use plan::Planned;
pub use stages::{Activation, Stage};
pub use target::{Backend, InvalidVersion, LinkStrategy, Rancher, RancherVersion, Target};

use crate::{
    application::{ExternalService, Network, Output, Service, Volume},
    scaling::ScalingPolicy,
};
use serde::{Deserialize, Serialize};

/// A checked application, split and staged: what is deployed. The files per network are renderings of it.
///
/// It is stored (`release.json`) with [`Release::FORMAT`]; a reader takes what it knows and ignores the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Release {
    /// The version of this format.
    pub format: u32,
    /// The application's name.
    pub application: String,
    /// The application's description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name of the stack in every environment.
    pub stack: String,
    /// What it is for, and how.
    pub backend: Backend,
    /// One part for each network with services, in the order of the template. Each part is one stack.
    pub parts: Vec<Part>,
    /// What is activated one after the other.
    pub stages: Vec<Stage>,
    /// Which environments must be linked, each pair once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environment_links: Vec<EnvironmentLink>,
    /// What the firewall between networks must let through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<Flow>,
    /// The volumes that services mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Ports that are taken on hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PublishedPort>,
    /// Images, each once, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<ImageUse>,
    /// Log files to collect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_sources: Vec<LogSource>,
    /// Scaling plans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ScalingPolicy>,
    /// Secret inputs and the answers that carry them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Secret>,
    /// Outputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Output>,
}

impl Release {
    /// The version of the stored format that this library writes.
    pub const FORMAT: u32 = 1;

    /// The service of a name, with the part that it is in.
    pub fn service(&self, name: &str) -> Option<(&Part, &Service)> {
        self.parts.iter().find_map(|part| part.services.iter().find(|s| s.name == name).map(|s| (part, s)))
    }
}

/// What runs in one network: one stack in one environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Part {
    /// The network.
    pub network: Network,
    /// The environment that is this network.
    pub environment: String,
    /// The services, in the order of the template.
    pub services: Vec<Service>,
    /// The names of the volumes that its services mount, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<String>,
    /// What stands here for services of other parts that its services connect to, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stand_ins: Vec<StandIn>,
}

/// A service of a stack that leads to one of the same name in another environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StandIn {
    /// The name of both.
    pub service: String,
    /// How it leads there.
    pub by: StandInBy,
}

/// How a [`StandIn`] leads to its service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StandInBy {
    /// By the labels of the service, over a link between the environments.
    Labels,
    /// By where it is reached from other environments.
    Address(ExternalService),
}
