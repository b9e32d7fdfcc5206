//! Ids and names, one type for each kind of thing, so that none is taken for another.

use super::configuration;
use crate::{
    Error, Result,
    segment::{WRONG, fits, segment},
};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])+ $id:ident;)+) => {$(
        $(#[$doc])+
        ///
        /// ```
        #[doc = concat!("use paas_client::harbor::", stringify!($id), ";")]
        #[doc = concat!("let id: ", stringify!($id), " = \"12\".parse().unwrap();")]
        #[doc = concat!("assert_eq!((id, id.number()), (", stringify!($id), "::new(12), 12));")]
        #[doc = concat!("assert!(\"a\".parse::<", stringify!($id), ">().is_err());")]
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $id(u64);

        impl $id {
            /// The id of this number.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn number(self) -> u64 {
                self.0
            }
        }

        impl From<u64> for $id {
            fn from(number: u64) -> Self {
                Self(number)
            }
        }

        impl FromStr for $id {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                text.parse().map(Self).map_err(|_| configuration("an id of Harbor is a whole number"))
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// The id of a project.
    ProjectId;
    /// The id of a membership. It is another when the same user becomes a member again.
    MemberId;
    /// The id of a user.
    UserId;
    /// The id of a user group.
    GroupId;
    /// The id of a quota.
    QuotaId;
    /// The id of a repository.
    RepositoryId;
    /// The id of an artifact.
    ArtifactId;
    /// The id of a tag.
    TagId;
    /// The id of an accessory.
    AccessoryId;
    /// The id of a label.
    LabelId;
    /// The id of a rule that keeps tags as they are.
    ImmutableRuleId;
    /// The id of another registry that this Harbor knows. 0 is Harbor itself.
    RegistryId;
    /// The id of a policy of replication.
    ReplicationPolicyId;
    /// The id of an execution: of a replication, or of a webhook.
    ExecutionId;
    /// The id of a task of an execution.
    TaskId;
    /// The id of a policy of webhooks.
    WebhookPolicyId;
}

/// The name of a project. Harbor takes small letters and digits with `.`, `_` or `-` between them; a name may be all
/// digits. What it takes is left to it: here a name is what a path can hold.
///
/// ```
/// use paas_client::harbor::ProjectName;
/// let name: ProjectName = "retail".parse().unwrap();
/// assert_eq!(name.as_str(), "retail");
/// assert!("".parse::<ProjectName>().is_err() && "..".parse::<ProjectName>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ProjectName(String);

impl ProjectName {
    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProjectName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if fits(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(configuration(format!("the name of a project {WRONG}")))
        }
    }
}

impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ProjectName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Which project: by its id or by its name. A name that is all digits is not taken for an id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ProjectKey {
    /// The project of this id, whatever its name.
    Id(ProjectId),
    /// The project that has this name now.
    Name(ProjectName),
}

impl ProjectKey {
    /// As a segment of a path.
    pub(super) fn segment(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Name(name) => segment(name.as_str()),
        }
    }

    /// What has to be said with it.
    pub(super) fn header(&self) -> Option<(&'static str, String)> {
        // Without it, a name that is all digits would be an id. Sent with all names, so that none is an exception.
        matches!(self, Self::Name(_)).then(|| ("x-is-resource-name", "true".to_owned()))
    }
}

impl From<ProjectId> for ProjectKey {
    fn from(id: ProjectId) -> Self {
        Self::Id(id)
    }
}

impl From<ProjectName> for ProjectKey {
    fn from(name: ProjectName) -> Self {
        Self::Name(name)
    }
}

impl From<&ProjectName> for ProjectKey {
    fn from(name: &ProjectName) -> Self {
        Self::Name(name.clone())
    }
}

impl From<&Self> for ProjectKey {
    fn from(key: &Self) -> Self {
        key.clone()
    }
}
