//! What one template describes: services on networks, whatever back end will run them.

mod affinity;
mod balancing;
mod container;
mod files;
mod origins;
mod placement;
mod security;
mod service;
mod sidekick;
mod text;
mod value;
mod volume;

pub use affinity::{Affinity, AffinityRule, AffinityTo};
pub use balancing::{CookieMode, Selector, Stickiness};
pub use container::{
    Container, External, HealthCheck, LogFiles, Mount, OnFailure, Port, Protocol, Resources, UpdateStrategy,
};
pub use files::{ConfigurationFile, FileContent, SecretFile};
pub use origins::Origins;
pub use placement::Placement;
pub use security::{ALL_CAPABILITIES, CAPABILITIES, HostMount, Propagation, Security};
pub use service::{
    ExternalService, Link, LinkKind, LoadBalancer, Route, RouteProtocol, Service, ServiceKind,
};
pub use sidekick::Sidekick;
pub use text::{Segment, Text};
pub use value::Value;
pub use volume::{Access, Volume};

use crate::{diagnostic::Origin, scaling::ScalingPolicy};
use serde::{Deserialize, Serialize};

/// A checked template, without anything that belongs to a back end.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Application {
    /// The template's own name (`metadata.template_name`), or what the caller calls it.
    pub name: String,
    /// The template's description.
    pub description: Option<String>,
    /// The networks, in the order of the template.
    pub networks: Vec<Network>,
    /// The services, in the order of the template.
    pub services: Vec<Service>,
    /// The volumes, in the order of the template.
    pub volumes: Vec<Volume>,
    /// One plan for each service that is scaled, in the order of the services.
    pub policies: Vec<ScalingPolicy>,
    /// What the networks of services must be, in the order of the template.
    pub placements: Vec<Placement>,
    /// The outputs, in the order of the template.
    pub outputs: Vec<Output>,
    /// The inputs that are secret and used. Their values are never part of an application.
    pub secrets: Vec<String>,
}

impl Application {
    /// An application with a name and nothing in it.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A network that services are placed in: one flat partition with a security level.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Network {
    /// Its name among the tenant's networks.
    pub name: String,
    /// `low`, `medium` or `high`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_level: Option<String>,
    /// The domain that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_domain: Option<String>,
    /// Whether the template does not give it a name of its own, but says what it must be: if the tenant has none of
    /// this name, it is the only one with this security level and domain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Network {
    /// A network of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A value that the application shows to whoever deploys it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Output {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its value; secrets and host names in it stay references.
    pub value: Value,
    /// What is missing in it until the application runs, such as an attribute of a service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
}
