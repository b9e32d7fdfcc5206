//! What somebody should look at.

use crate::access::{KeystoneUser, Registry};
use serde::Serialize;
use std::fmt;

/// A backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MemberBackend"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Backend {
    /// Rancher.
    Rancher,
    /// Harbor.
    Harbor,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rancher => "Rancher",
            Self::Harbor => "Harbor",
        })
    }
}

/// Something about members that no plan mends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MembershipFinding"))]
#[serde(tag = "finding", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Finding {
    /// Nobody says who a user is in a backend.
    Unmapped {
        /// The user.
        user: KeystoneUser,
        /// Where.
        backend: Backend,
    },
    /// Two or more users would be one there: none of them is a member.
    SharedIdentity {
        /// The users, by id.
        users: Vec<KeystoneUser>,
        /// Where.
        backend: Backend,
        /// Who they would be.
        identity: String,
    },
    /// A user would be the platform itself there.
    PlatformItself {
        /// The user.
        user: KeystoneUser,
        /// Where.
        backend: Backend,
    },
    /// The platform did not put a member there.
    Foreign {
        /// Where: an environment, or `registry/project`.
        place: String,
        /// Who.
        identity: String,
        /// Its role there.
        role: String,
    },
    /// The platform did not put a member there, and Keystone says another role.
    ForeignRole {
        /// Where: an environment, or `registry/project`.
        place: String,
        /// Who.
        identity: String,
        /// Its role there.
        role: String,
        /// The role that it would have.
        wanted: String,
    },
    /// A user belongs to an image namespace and has no role in its tenant.
    NoRole {
        /// The registry.
        registry: Registry,
        /// The namespace.
        namespace: String,
        /// The user, by its id in Keystone.
        user: String,
    },
    /// Nobody administers the tenant.
    NoAdministrator,
    /// More members would lose rights than may by one plan.
    FuseBlown {
        /// How many.
        losses: usize,
        /// How many may.
        fuse: usize,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmapped { user, backend } => {
                write!(
                    f,
                    "nobody says who `{}` ({}) is in {backend}: add it, or a rule for domain `{}`, to the identity map",
                    user.name, user.id, user.domain
                )
            }
            Self::SharedIdentity { users, backend, identity } => {
                write!(f, "`{identity}` in {backend} would be ")?;
                for (index, user) in users.iter().enumerate() {
                    write!(f, "{}`{}` ({})", if index > 0 { " and " } else { "" }, user.name, user.id)?;
                }
                f.write_str(": none of them becomes a member")
            }
            Self::PlatformItself { user, backend } => {
                write!(
                    f,
                    "`{}` ({}) would be the platform itself in {backend}: it becomes no member",
                    user.name, user.id
                )
            }
            Self::Foreign { place, identity, role } => {
                write!(
                    f,
                    "`{identity}` is a member (`{role}`) of `{place}` and not by the platform: it is left alone"
                )
            }
            Self::ForeignRole { place, identity, role, wanted } => {
                write!(
                    f,
                    "`{identity}` is a member of `{place}` as `{role}`, not by the platform; Keystone says `{wanted}`: it is left alone"
                )
            }
            Self::NoRole { registry, namespace, user } => {
                write!(
                    f,
                    "user `{user}` belongs to namespace `{namespace}` ({registry}) and has no role in its tenant: it becomes no member"
                )
            }
            Self::NoAdministrator => f.write_str("nobody administers the tenant"),
            Self::FuseBlown { losses, fuse } => {
                write!(
                    f,
                    "{losses} members would lose rights, and {fuse} may by one plan: look at it, then carry it out with a higher fuse"
                )
            }
        }
    }
}
