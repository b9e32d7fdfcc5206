//! Services of any type.

use super::{
    ContainerId, HealthState, HostId, Json, ServiceId, StackId,
    lenient::{id, number, or_default, texts},
    resource::resource,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

resource! {
    /// A service. Load balancers, aliases and external services are services too: see the type.
    pub struct Service(ServiceId) {
        /// Its stack.
        #[serde(default, deserialize_with = "id")]
        pub stack_id: Option<StackId>,
        /// The health of its containers. The state `active` alone does not mean healthy.
        #[serde(default)]
        pub health_state: Option<HealthState>,
        /// How many containers it shall have. A global service has one on each host, whatever this says.
        #[serde(default, deserialize_with = "number")]
        pub scale: Option<i64>,
        /// How many it has.
        #[serde(default, deserialize_with = "number")]
        pub current_scale: Option<i64>,
        /// The bounds that decide in place of the scale.
        #[serde(default)]
        pub scale_policy: Option<ScalePolicy>,
        /// Whether it was to start with its stack.
        #[serde(default)]
        pub start_on_create: Option<bool>,
        /// Whether it belongs to the environment's infrastructure.
        #[serde(default, deserialize_with = "or_default")]
        pub system: bool,
        /// The caller's own key.
        #[serde(default)]
        pub external_id: Option<String>,
        /// What the compose file said as its metadata.
        #[serde(default, deserialize_with = "or_default")]
        pub metadata: BTreeMap<String, Json>,
        /// What its containers are made from.
        #[serde(default)]
        pub launch_config: Option<LaunchConfig>,
        /// The same for its sidekicks.
        #[serde(default, deserialize_with = "or_default")]
        pub secondary_launch_configs: Vec<LaunchConfig>,
        /// Alias and id of the services of the same environment that it is linked to.
        #[serde(default, deserialize_with = "texts")]
        pub linked_services: BTreeMap<String, String>,
        /// Its containers.
        #[serde(default, deserialize_with = "or_default")]
        pub instance_ids: Vec<ContainerId>,
        /// Where it can be reached from outside.
        #[serde(default, deserialize_with = "or_default")]
        pub public_endpoints: Vec<PublicEndpoint>,
        /// Its virtual address.
        #[serde(default)]
        pub vip: Option<String>,
        /// Its name in the DNS outside.
        #[serde(default)]
        pub fqdn: Option<String>,
    }
}

/// What a container is made from, as far as is read back. Variables are not: they may be passwords.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LaunchConfig {
    /// The name; sidekicks have one.
    #[serde(default)]
    pub name: Option<String>,
    /// The image, as `docker:NAME`.
    #[serde(default)]
    pub image_uuid: Option<String>,
    /// The labels.
    #[serde(default, deserialize_with = "texts")]
    pub labels: BTreeMap<String, String>,
    /// The published ports.
    #[serde(default, deserialize_with = "or_default")]
    pub ports: Vec<String>,
    /// The mounts.
    #[serde(default, deserialize_with = "or_default")]
    pub data_volumes: Vec<String>,
    /// The health check; without one a container that runs is healthy.
    #[serde(default)]
    pub health_check: Option<HealthCheck>,
}

/// A health check, as far as is read back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct HealthCheck {
    /// The port that is asked.
    #[serde(default, deserialize_with = "number")]
    pub port: Option<i64>,
    /// What is asked of it, by HTTP; without it a connection is enough.
    #[serde(default)]
    pub request_line: Option<String>,
    /// Milliseconds between two checks.
    #[serde(default, deserialize_with = "number")]
    pub interval: Option<i64>,
}

/// The bounds that decide in place of a scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ScalePolicy {
    /// The fewest.
    #[serde(default, deserialize_with = "number")]
    pub min: Option<i64>,
    /// The most.
    #[serde(default, deserialize_with = "number")]
    pub max: Option<i64>,
    /// How many at once.
    #[serde(default, deserialize_with = "number")]
    pub increment: Option<i64>,
}

/// Where a service can be reached from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublicEndpoint {
    /// The address of the host.
    #[serde(default)]
    pub ip_address: Option<String>,
    /// The port.
    #[serde(default, deserialize_with = "number")]
    pub port: Option<i64>,
    /// The host.
    #[serde(default, deserialize_with = "id")]
    pub host_id: Option<HostId>,
    /// The container.
    #[serde(default, deserialize_with = "id")]
    pub instance_id: Option<ContainerId>,
}

/// A link of a service to another.
///
/// ```
/// use paas_client::rancher::ServiceLink;
/// let near = ServiceLink::to("1s4".parse().unwrap()).alias("database");
/// let far = ServiceLink::by_name("remote", "envB/stackB/svcB");
/// assert_eq!(near.alias_name(), far.alias_name().map(|_| "database"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLink {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_id: Option<ServiceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
}

impl ServiceLink {
    /// To a service of the same environment, under its own name.
    #[must_use]
    pub fn to(service: ServiceId) -> Self {
        Self { name: None, service_id: Some(service), service: None }
    }

    /// To a service anywhere: `ENVIRONMENT/STACK/SERVICE` in the local region, `REGION/ENVIRONMENT/STACK/SERVICE` in
    /// another. The server wants an alias for these, and regions of which one is local (Rancher 1.6.15).
    #[must_use]
    pub fn by_name(alias: impl Into<String>, service: impl Into<String>) -> Self {
        Self { name: Some(alias.into()), service_id: None, service: Some(service.into()) }
    }

    /// The same under an alias.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.name = Some(alias.into());
        self
    }

    /// The alias.
    #[must_use]
    pub fn alias_name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// What `setservicelinks` takes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServiceLinks<'a> {
    pub(crate) service_links: &'a [ServiceLink],
}

/// What changes the scale.
#[derive(Serialize)]
pub(crate) struct NewScale {
    pub(crate) scale: u32,
}

/// Which services of an environment to list. By default all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceQuery {
    /// Of this stack.
    pub stack: Option<StackId>,
    /// Of this name. The server may not mind upper and lower case.
    pub name: Option<String>,
}

impl ServiceQuery {
    /// Those of this stack.
    #[must_use]
    pub fn stack(mut self, stack: StackId) -> Self {
        self.stack = Some(stack);
        self
    }

    /// Those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        crate::list::pairs([
            ("stackId", self.stack.as_ref().map(StackId::as_str)),
            ("name", self.name.as_deref()),
        ])
    }
}
