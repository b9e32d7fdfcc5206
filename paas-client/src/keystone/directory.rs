//! Users, groups, projects, domains, roles.

use super::{
    DomainId, GroupId, KeystoneClient, ProjectId, RoleId, RoleRef, UserId, client::ROOT, page::Listed,
};
use crate::{
    Items, Result,
    call::{Call, Path},
    list::{Query, pairs},
    segment::segment,
};
use serde::Deserialize;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name, unique in its domain.
    pub name: String,
    /// Its domain.
    #[serde(default)]
    pub domain_id: Option<DomainId>,
    /// Whether it may log in. What is not said counts as no.
    #[serde(default)]
    pub enabled: bool,
    /// The project of tokens without a scope.
    #[serde(default)]
    pub default_project_id: Option<ProjectId>,
}

/// A group of users.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The name, unique in its domain.
    pub name: String,
    /// Its domain.
    #[serde(default)]
    pub domain_id: Option<DomainId>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Project {
    /// The id, which stays when it is renamed.
    pub id: ProjectId,
    /// The name, unique in its domain.
    pub name: String,
    /// Its domain.
    #[serde(default)]
    pub domain_id: Option<DomainId>,
    /// The project above it, or its domain.
    #[serde(default)]
    pub parent_id: Option<ProjectId>,
    /// Whether tokens for it are good. What is not said counts as no.
    #[serde(default)]
    pub enabled: bool,
    /// Whether it acts as a domain.
    #[serde(default)]
    pub is_domain: bool,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A domain: what users and projects belong to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Domain {
    /// The id.
    pub id: DomainId,
    /// The name.
    pub name: String,
    /// Whether its users may log in. What is not said counts as no.
    #[serde(default)]
    pub enabled: bool,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// The id.
    pub id: RoleId,
    /// The name.
    pub name: String,
    /// Its domain, for a role of one: it never stands in a token, only what it implies does.
    #[serde(default)]
    pub domain_id: Option<DomainId>,
}

/// Which roles a role implies, each of which may imply more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RoleInference {
    /// The role that implies.
    pub prior_role: RoleRef,
    /// What it implies.
    #[serde(default)]
    pub implies: Vec<RoleRef>,
}

macro_rules! listed {
    ($($item:ident $key:literal;)+) => {
        $(impl Listed for $item {
            const KEY: &'static str = $key;
        })+
    };
}

listed! {
    User "users";
    Group "groups";
    Project "projects";
    Domain "domains";
    Role "roles";
    RoleInference "role_inferences";
}

/// Which users to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserQuery {
    name: Option<String>,
    domain: Option<DomainId>,
    page: Option<u32>,
}

impl UserQuery {
    /// Only those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Only those of this domain.
    #[must_use]
    pub fn domain(mut self, domain: DomainId) -> Self {
        self.domain = Some(domain);
        self
    }

    /// So many in one answer; all pages are read all the same.
    #[must_use]
    pub fn page(mut self, items: u32) -> Self {
        self.page = Some(items);
        self
    }

    fn pairs(&self) -> Query {
        let page = self.page.map(|page| page.to_string());
        pairs([
            ("name", self.name.as_deref()),
            ("domain_id", self.domain.as_ref().map(DomainId::as_str)),
            ("limit", page.as_deref()),
        ])
    }
}

/// Which groups to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupQuery {
    name: Option<String>,
    domain: Option<DomainId>,
}

impl GroupQuery {
    /// Only those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Only those of this domain.
    #[must_use]
    pub fn domain(mut self, domain: DomainId) -> Self {
        self.domain = Some(domain);
        self
    }

    fn pairs(&self) -> Query {
        pairs([("name", self.name.as_deref()), ("domain_id", self.domain.as_ref().map(DomainId::as_str))])
    }
}

/// Which projects to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectQuery {
    name: Option<String>,
    domain: Option<DomainId>,
    parent: Option<ProjectId>,
    page: Option<u32>,
}

impl ProjectQuery {
    /// Only those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Only those of this domain.
    #[must_use]
    pub fn domain(mut self, domain: DomainId) -> Self {
        self.domain = Some(domain);
        self
    }

    /// Only those right below this project.
    #[must_use]
    pub fn parent(mut self, parent: ProjectId) -> Self {
        self.parent = Some(parent);
        self
    }

    /// So many in one answer; all pages are read all the same.
    #[must_use]
    pub fn page(mut self, items: u32) -> Self {
        self.page = Some(items);
        self
    }

    fn pairs(&self) -> Query {
        let page = self.page.map(|page| page.to_string());
        pairs([
            ("name", self.name.as_deref()),
            ("domain_id", self.domain.as_ref().map(DomainId::as_str)),
            ("parent_id", self.parent.as_ref().map(ProjectId::as_str)),
            ("limit", page.as_deref()),
        ])
    }
}

impl KeystoneClient {
    /// Lists users. Dropped: nothing has changed.
    #[must_use]
    pub fn list_users(&self, query: &UserQuery) -> Items<User> {
        self.list("list_users", Path::new(ROOT).at("users"), query.pairs())
    }

    /// Reads a user. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none.
    pub async fn read_user(&self, id: &UserId) -> Result<User> {
        #[derive(Deserialize)]
        struct Body {
            user: User,
        }
        let path = Path::new(ROOT).at("users").id("{user}", &segment(id.as_str()));
        let body: Body = self.authorized(Call::read("read_user", path, Vec::new())).await?;
        Ok(body.user)
    }

    /// Lists groups. Dropped: nothing has changed.
    #[must_use]
    pub fn list_groups(&self, query: &GroupQuery) -> Items<Group> {
        self.list("list_groups", Path::new(ROOT).at("groups"), query.pairs())
    }

    /// Lists the users of a group. Dropped: nothing has changed.
    #[must_use]
    pub fn list_group_members(&self, group: &GroupId) -> Items<User> {
        let path = Path::new(ROOT).at("groups").id("{group}", &segment(group.as_str())).at("users");
        self.list("list_group_members", path, Vec::new())
    }

    /// Lists projects. Dropped: nothing has changed.
    #[must_use]
    pub fn list_projects(&self, query: &ProjectQuery) -> Items<Project> {
        self.list("list_projects", Path::new(ROOT).at("projects"), query.pairs())
    }

    /// Reads a project. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none.
    pub async fn read_project(&self, id: &ProjectId) -> Result<Project> {
        #[derive(Deserialize)]
        struct Body {
            project: Project,
        }
        let path = Path::new(ROOT).at("projects").id("{project}", &segment(id.as_str()));
        let body: Body = self.authorized(Call::read("read_project", path, Vec::new())).await?;
        Ok(body.project)
    }

    /// Lists the projects that the user of the token that asks has a role in: also by groups and by inheritance. Dropped:
    /// nothing has changed.
    #[must_use]
    pub fn list_own_projects(&self) -> Items<Project> {
        self.list("list_own_projects", Path::new(ROOT).at("auth").at("projects"), Vec::new())
    }

    /// Lists the domains that the user of the token that asks has a role in. Dropped: nothing has changed.
    #[must_use]
    pub fn list_own_domains(&self) -> Items<Domain> {
        self.list("list_own_domains", Path::new(ROOT).at("auth").at("domains"), Vec::new())
    }

    /// Lists domains. Dropped: nothing has changed.
    #[must_use]
    pub fn list_domains(&self) -> Items<Domain> {
        self.list("list_domains", Path::new(ROOT).at("domains"), Vec::new())
    }

    /// Lists the roles of all, or those of a domain. Dropped: nothing has changed.
    #[must_use]
    pub fn list_roles(&self, of: Option<&DomainId>) -> Items<Role> {
        let query = pairs([("domain_id", of.map(DomainId::as_str))]);
        self.list("list_roles", Path::new(ROOT).at("roles"), query)
    }

    /// Lists which roles imply which. Dropped: nothing has changed.
    #[must_use]
    pub fn list_role_inferences(&self) -> Items<RoleInference> {
        self.list("list_role_inferences", Path::new(ROOT).at("role_inferences"), Vec::new())
    }
}
