//! The tenants of a platform.

use super::Platform;
use crate::envelope::{ErrorEnvelope, Kind, Result};
use paas_sdk::{Diagnostic, Source, Tenant, platform::tenants};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Records a tenant, in place of what was recorded of it. Nothing happens in Rancher. Fails with kind `rejected` and all
/// problems if it cannot be like that; with `tenant_conflict` if another tenant has one of its environments or folders. If
/// the call is given up, it may have been recorded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PutTenantRequest {
    /// The tenant's name.
    pub name: String,
    /// The id of its project in Keystone, by which users have roles in it; its name if not given.
    #[serde(default)]
    pub project: Option<String>,
    /// Its networks. Each is one environment.
    #[serde(default)]
    pub networks: Vec<TenantNetworkInput>,
    /// The file servers that hold its volumes.
    #[serde(default)]
    pub nfs_servers: Vec<NfsServerInput>,
}

/// A network of a tenant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantNetworkInput {
    /// Its name, by which templates know it.
    pub name: String,
    /// The environment that it is: its name, or its id (`1a7`); the network's name if not given.
    #[serde(default)]
    pub environment: Option<String>,
    /// How sensitive what runs in it is: `low`, `medium` or `high`; not known if not given.
    #[serde(default)]
    pub security_level: Option<String>,
    /// The security domain that it belongs to.
    #[serde(default)]
    pub security_domain: Option<String>,
}

/// A file server (NFS) that holds volumes: one folder below `export_base` for each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NfsServerInput {
    /// Its name among the tenant's servers.
    pub name: String,
    /// Its host name or address.
    pub host: String,
    /// The absolute path below which the volumes lie.
    pub export_base: String,
    /// Options of the mount, such as `nfsvers=4`; the driver's own if not given.
    #[serde(default)]
    pub mount_options: Option<String>,
    /// The class of storage that it is, such as `gold`.
    pub tier: String,
    /// How much it holds, in bytes; not known if not given, and so never too little.
    #[serde(default)]
    pub capacity_bytes: Option<u64>,
}

/// What is recorded of a tenant. Fails with kind `unknown_tenant`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadTenantRequest {
    /// The tenant's name.
    pub name: String,
}

/// All tenants, by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListTenantsRequest {}

/// The tenant, if a tenant file could say it: the rules are those of the file.
fn checked(request: &PutTenantRequest) -> Result<Tenant> {
    let networks: Vec<Value> = request
        .networks
        .iter()
        .map(|network| {
            let mut file = Map::new();
            for (key, value) in [
                ("name", Some(&network.name)),
                ("environment", Some(network.environment.as_ref().unwrap_or(&network.name))),
                ("security_level", network.security_level.as_ref()),
                ("security_domain", network.security_domain.as_ref()),
            ] {
                file.extend(value.map(|value| (key.to_owned(), value.clone().into())));
            }
            file.into()
        })
        .collect();
    let servers: Vec<Value> = request
        .nfs_servers
        .iter()
        .map(|server| {
            let mut file = Map::new();
            for (key, value) in [
                ("name", Some(server.name.clone())),
                ("host", Some(server.host.clone())),
                ("export_base", Some(server.export_base.clone())),
                ("tier", Some(server.tier.clone())),
                ("mount_options", server.mount_options.clone()),
                ("capacity", server.capacity_bytes.map(|bytes| format!("{bytes} B"))),
            ] {
                file.extend(value.map(|value| (key.to_owned(), value.into())));
            }
            file.into()
        })
        .collect();
    // JSON is YAML.
    let mut file = json!({ "tenant": request.name, "networks": networks, "nfs_servers": servers });
    if let (Some(project), Some(file)) = (&request.project, file.as_object_mut()) {
        file.insert("project".to_owned(), project.clone().into());
    }
    let file = tenants::read(&Source::new("tenant", file.to_string()));
    file.tenant.ok_or_else(|| {
        let mut problems: Vec<Diagnostic> = file.diagnostics.iter().cloned().collect();
        // Their places are in a file that nobody wrote.
        problems.iter_mut().for_each(|problem| problem.labels.clear());
        ErrorEnvelope::rejected(&problems.into_iter().collect(), Kind::REJECTED)
    })
}

impl Platform {
    /// What [`PutTenantRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems; `platform.invalid_name`, `platform.tenant_conflict`; what the store says.
    pub async fn put_tenant(&self, request: PutTenantRequest) -> Result<()> {
        let tenant = checked(&request)?;
        Ok(self.acting.tenants().put(&tenant).await?)
    }

    /// What [`ReadTenantRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`; what the store says.
    pub async fn read_tenant(&self, request: ReadTenantRequest) -> Result<Tenant> {
        Ok(self.acting.tenants().read(&request.name).await?)
    }

    /// What [`ListTenantsRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn list_tenants(&self, _: ListTenantsRequest) -> Result<Vec<Tenant>> {
        Ok(self.acting.tenants().list().await?)
    }
}
