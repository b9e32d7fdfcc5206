//! Users, user groups, and what whoever asks may do.

use super::{GroupId, HarborClient, ProjectId, UserId, client::path, lenient};
use crate::{Items, Result, call::Call};
use serde::Deserialize;

/// A user, as an administrator and the user itself see it. The secret for command lines that comes with it is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The id.
    #[serde(rename = "user_id")]
    pub id: UserId,
    /// The name, by which it logs in.
    #[serde(rename = "username")]
    pub name: String,
    /// Its address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// Whether it is a system administrator. What is not said counts as no.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub sysadmin_flag: bool,
    /// Whether it is one because the directory says so. Harbor says it of the user that asks only.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub admin_role_in_auth: bool,
}

impl User {
    /// Whether it is a system administrator, in whichever way.
    #[must_use]
    pub fn is_system_administrator(&self) -> bool {
        self.sysadmin_flag || self.admin_role_in_auth
    }
}

/// A user, as all see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub struct UserRef {
    /// The id.
    #[serde(rename = "user_id")]
    pub id: UserId,
    /// The name.
    #[serde(rename = "username")]
    pub name: String,
}

/// A group of users, from a directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub struct UserGroup {
    /// The id.
    pub id: GroupId,
    /// The name.
    #[serde(rename = "group_name")]
    pub name: String,
    /// Where it comes from.
    #[serde(rename = "group_type")]
    pub kind: GroupKind,
    /// Its distinguished name, if it comes from LDAP.
    #[serde(default, deserialize_with = "lenient::text")]
    pub ldap_group_dn: Option<String>,
}

/// Where a group comes from.
///
/// ```
/// use paas_client::harbor::GroupKind;
/// assert_eq!((GroupKind::from(3), GroupKind::from(7)), (GroupKind::Oidc, GroupKind::Other(7)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "u64")]
#[non_exhaustive]
pub enum GroupKind {
    /// LDAP.
    Ldap,
    /// A proxy that authenticates.
    Http,
    /// OpenID Connect.
    Oidc,
    /// Another.
    Other(u64),
}

impl GroupKind {
    /// Harbor's number of it.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::Ldap => 1,
            Self::Http => 2,
            Self::Oidc => 3,
            Self::Other(number) => number,
        }
    }
}

impl From<u64> for GroupKind {
    fn from(number: u64) -> Self {
        let known = [Self::Ldap, Self::Http, Self::Oidc].into_iter().find(|kind| kind.number() == number);
        known.unwrap_or(Self::Other(number))
    }
}

/// One thing that one may do, in Harbor's words: `member` and `create`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub struct Permission {
    /// On what.
    pub resource: String,
    /// What.
    pub action: String,
}

impl HarborClient {
    /// Lists all users; only system administrators may. Dropped: nothing has changed.
    #[must_use]
    pub fn list_users(&self) -> Items<User> {
        self.list("list_users", path("users"), Vec::new(), None)
    }

    /// Lists the users whose name holds this; each user may. Dropped: nothing has changed.
    #[must_use]
    pub fn search_users(&self, part: &str) -> Items<UserRef> {
        let query = vec![("username".to_owned(), part.to_owned())];
        self.list("search_users", path("users").at("search"), query, None)
    }

    /// The user of this very name, if Harbor knows one: of LDAP and OpenID Connect it knows those who were here, or were
    /// made members. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of reading a page.
    pub async fn find_user(&self, name: &str) -> Result<Option<UserRef>> {
        let mut all = self.search_users(name);
        while let Some(user) = all.next().await {
            let user = user?;
            if user.name == name {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    /// The user that asks. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) for a robot, which is no user.
    pub async fn current_user(&self) -> Result<User> {
        self.read(Call::read("current_user", path("users").at("current"), Vec::new())).await
    }

    /// What whoever asks may do in a project, in words without the project. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of a call.
    pub async fn own_permissions(&self, project: ProjectId) -> Result<Vec<Permission>> {
        let query = [("scope", format!("/project/{project}")), ("relative", "true".to_owned())];
        let query = query.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let path = path("users").at("current").at("permissions");
        let all: Option<_> = self.read(Call::read("own_permissions", path, query)).await?;
        Ok(all.unwrap_or_default())
    }

    /// Lists all user groups; only system administrators may. Dropped: nothing has changed.
    #[must_use]
    pub fn list_user_groups(&self) -> Items<UserGroup> {
        self.list("list_user_groups", path("usergroups"), Vec::new(), None)
    }

    /// Lists the user groups whose name holds this; each user may. Dropped: nothing has changed.
    #[must_use]
    pub fn search_user_groups(&self, part: &str) -> Items<UserGroup> {
        let query = vec![("groupname".to_owned(), part.to_owned())];
        self.list("search_user_groups", path("usergroups").at("search"), query, None)
    }
}
