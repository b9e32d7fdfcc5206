//! Tenants: whose networks and file servers there are. [`Tenants`] keeps what is recorded of them.
//!
//! What a tenant has can be written in a file, read by [`read`]:
//!
//! ```
//! use paas_platform::tenants;
//! use paas_tosca::Source;
//!
//! let text = "
//! tenant: meridian
//! project: 7c3e0b6f5d2a4f0e9b1c                # the id in Keystone; can be left out
//! networks:
//!   - { name: dmz, environment: meridian-dmz }   # the name or the id of the environment
//!   - { name: core, security_level: high }       # the environment is called `core` too
//! nfs_servers:
//!   - name: filer-1
//!     host: 10.0.0.5
//!     export_base: /exports/meridian
//!     mount_options: nfsvers=4                   # can be left out
//!     tier: gold
//!     capacity: 2 TB                             # can be left out
//! ";
//! let file = tenants::read(&Source::new("tenant.yaml", text));
//! let tenant = file.tenant.unwrap();
//! assert_eq!(tenant.network("dmz").unwrap().environment, "meridian-dmz");
//! assert_eq!(tenant.network("core").unwrap().environment, "core");
//! assert_eq!(tenant.network("core").unwrap().security_level.as_deref(), Some("high"));
//! assert_eq!(tenant.nfs_server("filer-1").unwrap().capacity_bytes, Some(2_000_000_000_000));
//!
//! let file = tenants::read(&Source::new("tenant.yaml", text.replace("tier:", "teir:")));
//! assert!(file.tenant.is_none());
//! assert_eq!(
//!     file.diagnostics.iter().next().unwrap().to_string(),
//!     "tenant.yaml:12:5: error[tenant.unknown_key]: `teir` is not a key of a file server"
//! );
//! ```

mod fault;
mod file;
mod key;
mod report;

pub use crate::applications::lacks;
pub use file::{TenantFile, read};

use crate::{
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    platform::Inner,
    records::{self, Kept, TenantRecord},
    store::{Batch, List, encode, kinds},
    who::Who,
};
use paas_core::{
    access::{Action, Kind},
    tenant::{NfsServer, Tenant},
};
use std::sync::Arc;

/// The tenants of a platform.
#[derive(Debug, Clone)]
pub struct Tenants {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl Tenants {
    /// Records a tenant, in place of what was recorded of it. Nothing happens in the back end. Dropped: it may have been
    /// recorded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::InvalidName`]; [`ErrorKind::TenantConflict`] if another tenant has its project, one
    /// of its environments, or a folder of its file servers; `store.conflict` if somebody else records it at the same time; what the store says.
    pub async fn put(&self, tenant: &Tenant) -> Result<()> {
        check_name("tenant", &tenant.name)?;
        self.who.may_of(Action::Update, Kind::Tenant, tenant)?;
        for other in self.inner.tenants().await?.iter().filter(|other| other.name != tenant.name) {
            check_apart(tenant, other)?;
        }
        let known: Option<Kept<TenantRecord>> =
            records::read(&*self.inner.store, kinds::TENANT, &tenant.name).await?;
        let bytes = encode(&TenantRecord { tenant: tenant.clone() })?;
        let batch = match known {
            Some(Kept { value, .. }) if value.tenant == *tenant => return Ok(()),
            Some(Kept { version, .. }) => Batch::new().put(kinds::TENANT, &tenant.name, version, bytes),
            None => Batch::new().create(kinds::TENANT, &tenant.name, bytes),
        };
        let audit = AuditRecord::new(self.inner.clock.now(), self.who.actor(), "tenant.put", &tenant.name);
        self.inner.store.commit(audit.enqueue(batch)?).await?;
        Ok(())
    }

    /// Reads a tenant. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`], [`ErrorKind::Denied`]; what the store says.
    pub async fn read(&self, name: &str) -> Result<Tenant> {
        self.who.may(&self.inner, Action::View, Kind::Tenant, name).await?;
        self.inner.tenant(name).await
    }

    /// All tenants that the actor may see, by name. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn list(&self) -> Result<Vec<Tenant>> {
        let mut tenants = self.inner.tenants().await?;
        tenants.retain(|tenant| self.who.lists(Action::View, Kind::Tenant, tenant, None));
        Ok(tenants)
    }
}

impl Inner {
    /// All tenants, by name.
    pub(crate) async fn tenants(&self) -> Result<Vec<Tenant>> {
        let mut tenants = Vec::new();
        let mut list = List::of(kinds::TENANT);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                let Kept { value: TenantRecord { tenant }, .. } = records::kept(record)?;
                tenants.push(tenant);
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(tenants),
            }
        }
    }

    pub(crate) async fn tenant(&self, name: &str) -> Result<Tenant> {
        Ok(self.kept_tenant(name).await?.value)
    }

    pub(crate) async fn kept_tenant(&self, name: &str) -> Result<Kept<Tenant>> {
        let unknown = || {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(63).collect();
            Error::new(ErrorKind::UnknownTenant, format!("there is no tenant `{shown}`"))
        };
        check_name("tenant", name).map_err(|_| unknown())?;
        let kept: Option<Kept<TenantRecord>> = records::read(&*self.store, kinds::TENANT, name).await?;
        let Kept { version, value } = kept.ok_or_else(unknown)?;
        Ok(Kept { version, value: value.tenant })
    }
}

/// Whether a name can be part of a key.
pub(crate) fn check_name(what: &str, name: &str) -> Result<()> {
    let fits = name.len() <= 63
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if fits {
        return Ok(());
    }
    let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    Err(Error::new(ErrorKind::InvalidName, format!("`{shown}` cannot be the name of a {what}")))
}

/// Whether two tenants share nothing. (An environment that one names by its id and the other by its name is not seen.)
fn check_apart(tenant: &Tenant, other: &Tenant) -> Result<()> {
    let conflict = |what: String| {
        Err(Error::new(ErrorKind::TenantConflict, format!("the tenant `{}` has {what} already", other.name)))
    };
    if tenant.project_id() == other.project_id() {
        return conflict(format!("the project `{}`", tenant.project_id()));
    }
    for network in &tenant.networks {
        if other.networks.iter().any(|taken| taken.environment == network.environment) {
            return conflict(format!("the environment `{}`", network.environment));
        }
    }
    for server in &tenant.nfs_servers {
        let is_same =
            |taken: &NfsServer| taken.host == server.host && taken.export_base == server.export_base;
        if other.nfs_servers.iter().any(is_same) {
            return conflict(format!("the folder `{}` of `{}`", server.export_base, server.host));
        }
    }
    Ok(())
}
