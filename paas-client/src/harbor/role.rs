//! The roles of a project.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a member may do in a project. The numbers do not go by power, so that roles have no order:
/// `ProjectAdmin` ⊇ `Maintainer` ⊇ `Developer` ⊇ `Guest` ⊇ `LimitedGuest`, but 1, 4, 2, 3, 5.
///
/// ```
/// use paas_client::harbor::ProjectRole;
/// assert_eq!(ProjectRole::Maintainer.number(), 4);
/// assert_eq!(ProjectRole::from(2), ProjectRole::Developer);
/// assert_eq!(ProjectRole::from(9), ProjectRole::Other(9));
/// assert_eq!(ProjectRole::LimitedGuest.to_string(), "limitedGuest");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
#[non_exhaustive]
pub enum ProjectRole {
    /// All: members, robots, webhooks, removal of the project.
    ProjectAdmin,
    /// Pushes and pulls, makes repositories, sets tags; removes none.
    Developer,
    /// Pulls, and sees the members.
    Guest,
    /// Pushes and pulls, removes repositories and tags; changes no members.
    Maintainer,
    /// Pulls; sees no members.
    LimitedGuest,
    /// A role that later versions have, or that the administrators of this Harbor made.
    Other(u64),
}

impl ProjectRole {
    /// The roles that each Harbor has, the mightiest first.
    pub const BUILT_IN: [Self; 5] =
        [Self::ProjectAdmin, Self::Maintainer, Self::Developer, Self::Guest, Self::LimitedGuest];

    /// Harbor's number of it.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::ProjectAdmin => 1,
            Self::Developer => 2,
            Self::Guest => 3,
            Self::Maintainer => 4,
            Self::LimitedGuest => 5,
            Self::Other(number) => number,
        }
    }
}

impl From<u64> for ProjectRole {
    fn from(number: u64) -> Self {
        let known = Self::BUILT_IN.into_iter().find(|role| role.number() == number);
        known.unwrap_or(Self::Other(number))
    }
}

impl From<ProjectRole> for u64 {
    fn from(role: ProjectRole) -> Self {
        role.number()
    }
}

impl fmt::Display for ProjectRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProjectAdmin => "projectAdmin",
            Self::Developer => "developer",
            Self::Guest => "guest",
            Self::Maintainer => "maintainer",
            Self::LimitedGuest => "limitedGuest",
            Self::Other(number) => return write!(f, "role {number}"),
        })
    }
}
