//! The roles of members of a Harbor project.

use super::{Rights, RoleMap, Widening, WidensTooMuch, actions_on};
use crate::access::{Action::*, Actions, Kind, Kind::*, Role, tables};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The role of a member of a project of Harbor 2. Its numbers (`role_id`) are not in the order of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HarborRole {
    /// `limitedGuest` (5): fetches images, and sees neither members nor robots.
    LimitedGuest,
    /// `guest` (3): fetches images.
    Guest,
    /// `developer` (2): sends images, too.
    Developer,
    /// `maintainer` (4): deletes images, too.
    Maintainer,
    /// `projectAdmin` (1): all, members included.
    ProjectAdmin,
}

impl HarborRole {
    /// Every role, each may all that the one before may.
    pub const ALL: &'static [Self] =
        &[Self::LimitedGuest, Self::Guest, Self::Developer, Self::Maintainer, Self::ProjectAdmin];

    /// Its number in Harbor's API (`role_id`).
    pub const fn id(self) -> i64 {
        match self {
            Self::ProjectAdmin => 1,
            Self::Developer => 2,
            Self::Guest => 3,
            Self::Maintainer => 4,
            Self::LimitedGuest => 5,
        }
    }

    /// The role of a number; `None`: one that this version does not know.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.id() == id)
    }

    /// Its name in Harbor.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProjectAdmin => "projectAdmin",
            Self::Developer => "developer",
            Self::Guest => "guest",
            Self::Maintainer => "maintainer",
            Self::LimitedGuest => "limitedGuest",
        }
    }

    /// What it may do in a project of a registry, in the words of our model.
    ///
    /// ```
    /// use paas_core::access::{Action, HarborRole, Kind, Registry};
    ///
    /// assert!(HarborRole::Guest.may(Registry::Test, Kind::Image).contains(Action::Pull));
    /// assert!(!HarborRole::Developer.may(Registry::Test, Kind::Image).contains(Action::Delete));
    /// ```
    pub fn may(self, registry: Registry, kind: Kind) -> Actions {
        let there = match (registry, kind) {
            (Registry::Production, ProductionImage) => Image,
            (Registry::Test, ProductionImage) | (Registry::Production, Image) => return Actions::NONE,
            _ => kind,
        };
        Self::ALL
            .iter()
            .filter(|role| **role <= self)
            .fold(Actions::NONE, |all, role| all.union(actions_on(role.adds(), there)))
    }

    /// What it may that the one before may not.
    const fn adds(self) -> Rights {
        match self {
            Self::LimitedGuest => &[(ImageNamespace, &[View]), (Image, &[View, Pull])],
            Self::Guest => &[(NamespaceMember, &[View])],
            Self::Developer => &[(Image, &[Push, Update])],
            Self::Maintainer => &[(Image, &[Delete])],
            Self::ProjectAdmin => &[(ImageNamespace, &[Update, Delete]), (NamespaceMember, &[Authorise])],
        }
    }
}

/// Its name in Harbor.
impl fmt::Display for HarborRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One of the two registries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Registry {
    /// Where tenants send their images.
    Test,
    /// Where the platform alone sends them, once they are released.
    Production,
}

/// Its name.
impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Test => "test",
            Self::Production => "production",
        })
    }
}

/// Which role in the Harbor project of an image namespace each role of a tenant is.
///
/// ```
/// use paas_core::access::{HarborRole, HarborRoles, Registry};
///
/// let mut production = HarborRoles::of(Registry::Production);
/// assert!(production.check(Registry::Production).is_ok());
///
/// production.senior_member = Some(HarborRole::Developer);
/// let refused = production.check(Registry::Production).unwrap_err();
/// assert!(refused.to_string().contains("`senior_member` could push production_image"));
/// ```
pub type HarborRoles = RoleMap<HarborRole>;

impl HarborRoles {
    /// The roles unless somebody says otherwise: in production everybody is a guest.
    pub fn of(registry: Registry) -> Self {
        use HarborRole::{Developer, Guest, Maintainer, ProjectAdmin};
        let (roles, image) = match registry {
            Registry::Test => {
                (Self::new(Some(ProjectAdmin), Some(Maintainer), Some(Developer), Some(Guest)), Image)
            }
            Registry::Production => {
                (Self::new(Some(Guest), Some(Guest), Some(Guest), Some(Guest)), ProductionImage)
            }
        };
        roles.with(Widening::new(
            Role::ReadOnly,
            Pull,
            image,
            "Harbor has no role that views an image and cannot fetch it; without it these users would be no members",
        ))
    }

    /// Checks that nobody gets more in Harbor than here, but for what is named.
    ///
    /// # Errors
    ///
    /// [`WidensTooMuch`], with all that it widens.
    pub fn check(&self, registry: Registry) -> Result<(), WidensTooMuch> {
        let widenings = self.unnamed(|role, kind| role.may(registry, kind), tables::in_namespace);
        let backend = match registry {
            Registry::Test => "the test registry",
            Registry::Production => "the production registry",
        };
        if widenings.is_empty() { Ok(()) } else { Err(WidensTooMuch { backend, widenings }) }
    }
}
