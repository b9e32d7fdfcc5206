//! Tenants: who owns networks and storage.

use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// A tenant, with its networks and its file servers.
///
/// ```
/// use paas_core::tenant::{NfsServer, Tenant, TenantNetwork};
///
/// let mut meridian = Tenant::new("meridian");
/// meridian.networks.push(TenantNetwork::new("dmz", "meridian-dmz"));
/// meridian.nfs_servers.push(NfsServer::new("filer-1", "10.0.0.5", "/exports/meridian", "gold"));
///
/// assert_eq!(meridian.network("dmz").unwrap().environment, "meridian-dmz");
/// assert_eq!(meridian.tiers(), ["gold"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tenant {
    /// Its name.
    pub name: String,
    /// The id of its project in Keystone, by which users have roles in it; `None`: its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Its networks. Each is one environment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<TenantNetwork>,
    /// The file servers that hold its volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nfs_servers: Vec<NfsServer>,
}

impl Tenant {
    /// A tenant that owns nothing.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// By what users have roles in it: the id of its project in Keystone, or its name.
    pub fn project_id(&self) -> &str {
        self.project.as_deref().unwrap_or(&self.name)
    }

    /// The network of a name.
    pub fn network(&self, name: &str) -> Option<&TenantNetwork> {
        self.networks.iter().find(|network| network.name == name)
    }

    /// The file server of a name.
    pub fn nfs_server(&self, name: &str) -> Option<&NfsServer> {
        self.nfs_servers.iter().find(|server| server.name == name)
    }

    /// The tiers that its servers have, each once, sorted.
    pub fn tiers(&self) -> Vec<&str> {
        let mut tiers: Vec<&str> = self.nfs_servers.iter().map(|server| server.tier.as_str()).collect();
        tiers.sort_unstable();
        tiers.dedup();
        tiers
    }
}

/// A network of a tenant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TenantNetwork {
    /// Its name, by which templates know it.
    pub name: String,
    /// The environment that it is: its name, or its id (`1a7`).
    pub environment: String,
    /// How sensitive what runs in it is: `low`, `medium` or `high`; `None`: nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_level: Option<String>,
    /// The security domain that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_domain: Option<String>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl TenantNetwork {
    /// A network and its environment.
    pub fn new(name: impl Into<String>, environment: impl Into<String>) -> Self {
        Self { name: name.into(), environment: environment.into(), ..Self::default() }
    }
}

/// A file server (NFS) that holds volumes: one folder below `export_base` for each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NfsServer {
    /// Its name among the tenant's servers.
    pub name: String,
    /// Its host name or address.
    pub host: String,
    /// The absolute path below which the volumes lie.
    pub export_base: String,
    /// Options of the mount, such as `nfsvers=4`; `None`: the driver's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mount_options: Option<String>,
    /// The class of storage that it is, such as `gold`.
    pub tier: String,
    /// How much it holds, in bytes; `None`: not known, and so never too little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_bytes: Option<u64>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl NfsServer {
    /// A server of unknown capacity.
    pub fn new(
        name: impl Into<String>,
        host: impl Into<String>,
        export_base: impl Into<String>,
        tier: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            host: host.into(),
            export_base: export_base.into(),
            tier: tier.into(),
            ..Self::default()
        }
    }
}
