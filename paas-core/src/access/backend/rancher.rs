//! The roles of members of a Rancher environment.

use super::{Rights, RoleMap, Widening, WidensTooMuch, actions_on};
use crate::access::{Action::*, Actions, Kind, Kind::*, Role, tables};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The role of a member of an environment of Rancher 1.6 (`projectMember.role`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RancherRole {
    /// Views. Environment variables are hidden from it.
    Readonly,
    /// All but members, the stacks of the infrastructure, and hosts.
    Restricted,
    /// All but members.
    Member,
    /// All, the environment itself included.
    Owner,
}

impl RancherRole {
    /// Every role, each may all that the one before may.
    pub const ALL: &'static [Self] = &[Self::Readonly, Self::Restricted, Self::Member, Self::Owner];

    /// Its name in Rancher's API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Readonly => "readonly",
            Self::Restricted => "restricted",
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// The role of a name in Rancher's API; `None`: one that this version does not know.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == name)
    }

    /// What it may do in the environment, in the words of our model.
    ///
    /// ```
    /// use paas_core::access::{Action, Kind, RancherRole};
    ///
    /// assert!(RancherRole::Owner.may(Kind::Environment).contains(Action::Delete));
    /// assert!(!RancherRole::Restricted.may(Kind::Host).contains(Action::Operate));
    /// ```
    pub fn may(self, kind: Kind) -> Actions {
        Self::ALL
            .iter()
            .filter(|role| **role <= self)
            .fold(Actions::NONE, |all, role| all.union(actions_on(role.adds(), kind)))
    }

    /// What it may that the one before may not.
    const fn adds(self) -> Rights {
        match self {
            Self::Readonly => &[
                (Membership, &[View]),
                (Environment, &[View]),
                (EnvironmentLink, &[View]),
                (Network, &[View]),
                (NfsServer, &[View]),
                (Host, &[View]),
                (Volume, &[View]),
                (Port, &[View]),
                (Application, &[View]),
                (Service, &[View]),
                (Container, &[View]),
                (CatalogueEntry, &[View]),
                (MonitorView, &[View]),
                (AuditEvent, &[View]),
            ],
            Self::Restricted => &[
                (Volume, &[Create, Update, Delete]),
                (Port, &[Create, Update, Delete]),
                (Application, &[Create, Update, Delete, Operate]),
                (Service, &[Create, Update, Delete, Operate]),
                (Container, &[Create, Update, Delete, Operate]),
            ],
            Self::Member => &[
                // The stacks of the infrastructure: networks, storage drivers.
                (Network, &[Operate]),
                (NfsServer, &[Operate]),
                (Host, &[Create, Update, Delete, Operate]),
            ],
            Self::Owner => &[
                (Membership, &[Authorise]),
                (Environment, &[Update, Operate, Delete]),
                (EnvironmentLink, &[Create, Update, Delete]),
            ],
        }
    }
}

/// Its name in Rancher's API.
impl fmt::Display for RancherRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which role in a tenant's environments each role of the tenant is.
///
/// ```
/// use paas_core::access::{Action, Kind, RancherRole, RancherRoles, Role, Widening};
///
/// let mut roles = RancherRoles::default();
/// assert!(roles.check().is_ok());
///
/// roles.senior_member = Some(RancherRole::Member);
/// let refused = roles.check().unwrap_err();
/// assert!(refused.to_string().contains("`senior_member` could operate network"));
/// ```
pub type RancherRoles = RoleMap<RancherRole>;

impl Default for RancherRoles {
    fn default() -> Self {
        use RancherRole::{Owner, Readonly, Restricted};
        Self::new(Some(Owner), Some(Restricted), Some(Restricted), Some(Readonly)).with(Widening::new(
            Role::TenantAdministrator,
            Delete,
            Environment,
            "Rancher's `owner` may delete its environment; nothing less may manage its members and hosts",
        ))
    }
}

impl RancherRoles {
    /// Checks that nobody gets more in Rancher than here, but for what is named.
    ///
    /// # Errors
    ///
    /// [`WidensTooMuch`], with all that it widens.
    pub fn check(&self) -> Result<(), WidensTooMuch> {
        let widenings = self.unnamed(RancherRole::may, tables::in_tenant);
        if widenings.is_empty() { Ok(()) } else { Err(WidensTooMuch { backend: "Rancher", widenings }) }
    }
}
