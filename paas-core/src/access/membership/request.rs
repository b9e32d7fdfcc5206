//! What a plan of members is made of.

use crate::access::{HarborRoles, IdentityMap, KeystoneUser, RancherIdentity, RancherRoles, Registry, Roles};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// All that decides who is a member where.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The users of the tenant with their effective roles.
    pub members: &'a [Member],
    /// Whether the tenant is disabled or deleted in Keystone: then nobody is a member anywhere.
    pub frozen: bool,
    /// Its environments, with those who are members now.
    pub environments: &'a [EnvironmentMembers],
    /// The Harbor projects of its image namespaces, with those who are members now.
    pub projects: &'a [ProjectMembers],
    /// Who the users are in Rancher and Harbor.
    pub identities: &'a IdentityMap,
    /// Which roles they have in Rancher.
    pub rancher: &'a RancherRoles,
    /// Which roles they have in the test registry.
    pub test: &'a HarborRoles,
    /// Which roles they have in the production registry.
    pub production: &'a HarborRoles,
    /// What else is to be kept to.
    pub options: &'a Options,
}

/// A user of the tenant with its roles there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TenantMember"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Member {
    /// The user.
    pub user: KeystoneUser,
    /// Its roles in the tenant. Those for the whole platform make nobody a member.
    pub roles: Roles,
    /// Whether it is disabled in Keystone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

impl Member {
    /// A user with roles, enabled.
    pub const fn new(user: KeystoneUser, roles: Roles) -> Self {
        Self { user, roles, disabled: false }
    }
}

/// An environment with its members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EnvironmentMembers {
    /// The id of the environment (`1a7`).
    pub environment: String,
    /// Its members, all of them.
    #[serde(default)]
    pub members: Vec<RancherMember>,
    /// Those that the platform put there.
    #[serde(default)]
    pub ours: BTreeSet<RancherIdentity>,
}

impl EnvironmentMembers {
    /// An environment without members.
    pub fn new(environment: impl Into<String>) -> Self {
        Self { environment: environment.into(), ..Self::default() }
    }
}

/// A member of an environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RancherMember {
    /// Who.
    pub identity: RancherIdentity,
    /// Its role, by its name in Rancher: it may be one that is not known here.
    pub role: String,
}

/// The Harbor project of an image namespace with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectMembers {
    /// The registry that it is in.
    pub registry: Registry,
    /// The name of the project: that of the namespace.
    pub project: String,
    /// The users that belong to the namespace, by their ids in Keystone. Tenant administrators need not stand in it.
    #[serde(default)]
    pub users: BTreeSet<String>,
    /// The members of the project, all of them.
    #[serde(default)]
    pub members: Vec<HarborMember>,
    /// The names of those that the platform put there.
    #[serde(default)]
    pub ours: BTreeSet<String>,
}

impl ProjectMembers {
    /// A project without members.
    pub fn new(registry: Registry, project: impl Into<String>) -> Self {
        let project = project.into();
        Self { registry, project, users: BTreeSet::new(), members: Vec::new(), ours: BTreeSet::new() }
    }
}

/// A member of a Harbor project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HarborMember {
    /// The id of the membership, by which it is changed and removed.
    pub id: i64,
    /// The name of the user or the group.
    pub name: String,
    /// Whether it is a group. The platform adds none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub group: bool,
    /// The number of its role: it may be one that is not known here.
    pub role_id: i64,
}

/// What a plan keeps to beside the roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MembershipOptions"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Options {
    /// Who the platform is in Rancher: always an owner of every environment.
    pub platform: RancherIdentity,
    /// The name of the platform in Harbor, which makes the projects and so is a member of each: it is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_in_harbor: Option<String>,
    /// What becomes of members that the platform did not put there.
    #[serde(default)]
    pub foreign: Foreign,
    /// How many members may lose rights by one plan; `None`: any number.
    #[serde(default = "Options::default_fuse")]
    pub fuse: Option<usize>,
}

impl Options {
    /// How many members may lose rights by one plan unless somebody says otherwise: more than leave a department in an
    /// hour, fewer than a Keystone that answers wrongly would take away.
    pub const FUSE: usize = 20;

    /// The options unless somebody says otherwise, with who the platform is in Rancher.
    pub const fn new(platform: RancherIdentity) -> Self {
        Self { platform, platform_in_harbor: None, foreign: Foreign::Keep, fuse: Some(Self::FUSE) }
    }

    #[expect(clippy::unnecessary_wraps, reason = "the field's own type, as serde asks for it")]
    const fn default_fuse() -> Option<usize> {
        Some(Self::FUSE)
    }
}

/// What becomes of members that the platform did not put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ForeignMembers"))]
#[serde(rename_all = "snake_case")]
pub enum Foreign {
    /// They are reported and left alone.
    #[default]
    Keep,
    /// They are removed, and those that Keystone knows get the roles that it says.
    Remove,
}
