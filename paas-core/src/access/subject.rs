//! A user with its roles.

use super::{Role, Roles};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A user with all that decides what it may: its roles for the whole platform, its roles in tenants, and the image
/// namespaces that it belongs to.
///
/// A role counts only where it can be had: one of a tenant gives nothing as a role for the platform, nor the other
/// way round.
///
/// ```
/// use paas_core::access::{Role, Subject};
///
/// let anna = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember).with_namespace("retail-shop");
/// assert_eq!(anna.tenants["retail"].roles.highest(), Some(Role::SeniorMember));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Subject {
    /// The id of the user in Keystone.
    pub user: String,
    /// Its name, to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its roles for the whole platform.
    #[serde(default, skip_serializing_if = "Roles::is_empty")]
    pub platform: Roles,
    /// Its roles in tenants, by the id of the tenant: that of its project in Keystone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenants: BTreeMap<String, TenantGrant>,
    /// The image namespaces that it belongs to. Without a role in the tenant of a namespace that gives nothing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub namespaces: BTreeSet<String>,
}

/// The roles of a user in a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TenantGrant {
    /// The roles.
    pub roles: Roles,
    /// Whether the tenant is disabled or deleted in Keystone: then the roles give nothing until it is back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frozen: bool,
}

impl TenantGrant {
    /// These roles, in a tenant that is not frozen.
    pub const fn new(roles: Roles) -> Self {
        Self { roles, frozen: false }
    }
}

impl Subject {
    /// A user without any role, by its id in Keystone.
    pub fn new(user: impl Into<String>) -> Self {
        Self { user: user.into(), ..Self::default() }
    }

    /// With a name to show.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With a role for the whole platform.
    #[must_use]
    pub const fn with_platform(mut self, role: Role) -> Self {
        self.platform = self.platform.with(role);
        self
    }

    /// With a role in a tenant, beside those that it has there.
    #[must_use]
    pub fn with_tenant(mut self, tenant: impl Into<String>, role: Role) -> Self {
        let grant = self.tenants.entry(tenant.into()).or_default();
        grant.roles = grant.roles.with(role);
        self
    }

    /// As a member of an image namespace.
    #[must_use]
    pub fn with_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespaces.insert(namespace.into());
        self
    }

    /// With a tenant that is disabled or deleted.
    #[must_use]
    pub fn with_frozen(mut self, tenant: impl Into<String>) -> Self {
        self.tenants.entry(tenant.into()).or_default().frozen = true;
        self
    }
}
