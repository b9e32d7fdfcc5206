//! Which role of a backend each role of a tenant is, and what it may not widen.

use crate::access::{Action, Kind, Role, Roles, listed};
use serde::{Deserialize, Serialize};
use std::{error::Error, fmt};

/// Which role of a backend each role of a tenant is there; `None`: it is no member.
///
/// Platform administrators are not in it: they are administrators of the backend, which nothing here makes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{R}Map"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RoleMap<R> {
    /// A tenant administrator.
    pub tenant_administrator: Option<R>,
    /// A senior member.
    pub senior_member: Option<R>,
    /// A restricted member.
    pub restricted_member: Option<R>,
    /// A user who reads only.
    pub read_only: Option<R>,
    /// What they may there although they may not here: each by name, and why.
    #[serde(default)]
    pub widenings: Vec<Widening>,
}

/// A right that a role has in a backend although it has it not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Widening {
    /// Whose.
    pub role: Role,
    /// What it does.
    pub action: Action,
    /// To what.
    pub kind: Kind,
    /// Why that is accepted, and what holds it in check.
    pub reason: String,
}

impl Widening {
    /// A right, and why it is accepted.
    pub fn new(role: Role, action: Action, kind: Kind, reason: impl Into<String>) -> Self {
        Self { role, action, kind, reason: reason.into() }
    }
}

impl<R: Copy> RoleMap<R> {
    /// Each role of a tenant as one of the backend, without widenings.
    pub const fn new(
        tenant_administrator: Option<R>,
        senior_member: Option<R>,
        restricted_member: Option<R>,
        read_only: Option<R>,
    ) -> Self {
        Self { tenant_administrator, senior_member, restricted_member, read_only, widenings: Vec::new() }
    }

    /// With a widening that is accepted.
    #[must_use]
    pub fn with(mut self, widening: Widening) -> Self {
        self.widenings.push(widening);
        self
    }

    /// What the highest of some roles is in the backend; `None`: no member.
    pub fn for_roles(&self, roles: Roles) -> Option<R> {
        roles.highest_of_tenant().and_then(|role| self.of_role(role))
    }

    fn of_role(&self, role: Role) -> Option<R> {
        match role {
            Role::TenantAdministrator => self.tenant_administrator,
            Role::SeniorMember => self.senior_member,
            Role::RestrictedMember => self.restricted_member,
            Role::ReadOnly => self.read_only,
            Role::PlatformAdministrator | Role::PublicationAuditor => None,
        }
    }

    /// What it widens without saying so, given what a role of the backend may and what one of ours may.
    pub(super) fn unnamed(
        &self,
        there: impl Fn(R, Kind) -> crate::access::Actions,
        here: impl Fn(Roles, Kind) -> crate::access::Actions,
    ) -> Vec<UnnamedWidening> {
        let mut unnamed = Vec::new();
        for &role in Role::OF_TENANTS {
            let Some(backend) = self.of_role(role) else { continue };
            for &kind in Kind::ALL {
                let more = there(backend, kind).without(here(Roles::NONE.with(role), kind));
                unnamed.extend(
                    more.iter()
                        .filter(|action| !self.names(role, *action, kind))
                        .map(|action| UnnamedWidening { role, action, kind }),
                );
            }
        }
        unnamed
    }

    fn names(&self, role: Role, action: Action, kind: Kind) -> bool {
        self.widenings.iter().any(|widening| {
            (widening.role, widening.action, widening.kind) == (role, action, kind)
                && !widening.reason.trim().is_empty()
        })
    }
}

/// A right that a role would have in a backend, that it has not here, and that no [`Widening`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnnamedWidening {
    /// Whose.
    pub role: Role,
    /// What it would do.
    pub action: Action,
    /// To what.
    pub kind: Kind,
}

impl fmt::Display for UnnamedWidening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` could {} {}", self.role, self.action, self.kind)
    }
}

/// A map gives more in a backend than the roles have here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidensTooMuch {
    /// The backend.
    pub backend: &'static str,
    /// What it widens, and names nowhere.
    pub widenings: Vec<UnnamedWidening>,
}

impl fmt::Display for WidensTooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the roles of {} would give more than the platform does: ", self.backend)?;
        listed(f, self.widenings.iter())?;
        f.write_str("; map to a lower role, or name each in `widenings` with the reason why it is accepted")
    }
}

impl Error for WidensTooMuch {}
