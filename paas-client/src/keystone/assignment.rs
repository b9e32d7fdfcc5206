//! Who has which role where.

use super::{
    DomainId, DomainRef, GroupId, KeystoneClient, ProjectId, ProjectRef, RoleId, RoleRef, UserId, UserRef,
    client::ROOT, page::Listed,
};
use crate::{
    Items,
    call::Path,
    list::{Query, pairs},
};
use serde::Deserialize;

/// A role that somebody has somewhere.
///
/// As it was given, or, if the list was asked to be effective, what becomes of that: then each row is of a user, for the
/// place that it is good in, and rows repeat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawAssignment")]
#[non_exhaustive]
pub struct RoleAssignment {
    /// The role.
    pub role: RoleRef,
    /// Who has it.
    pub assignee: Assignee,
    /// Where.
    pub scope: AssignmentScope,
    /// As it was given: it holds in the projects below, and not here. In an effective list: it comes from above.
    pub inherited: bool,
}

/// Who has a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Assignee {
    /// A user.
    User(UserRef),
    /// A group.
    Group(GroupId),
}

/// Where somebody has a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AssignmentScope {
    /// In a project.
    Project(ProjectRef),
    /// In a domain.
    Domain(DomainRef),
    /// In the system as a whole.
    System,
}

/// As it comes.
#[derive(Deserialize)]
struct RawAssignment {
    role: RoleRef,
    #[serde(default)]
    user: Option<UserRef>,
    #[serde(default)]
    group: Option<RawGroup>,
    scope: RawScope,
}

#[derive(Deserialize)]
struct RawGroup {
    id: GroupId,
}

#[derive(Deserialize)]
struct RawScope {
    #[serde(default)]
    project: Option<ProjectRef>,
    #[serde(default)]
    domain: Option<DomainRef>,
    #[serde(default)]
    system: Option<RawSystem>,
    #[serde(default, rename = "OS-INHERIT:inherited_to")]
    inherited_to: Option<String>,
}

#[derive(Deserialize)]
struct RawSystem {
    #[serde(default)]
    all: bool,
}

impl TryFrom<RawAssignment> for RoleAssignment {
    type Error = &'static str;

    /// What is not understood is refused: half a list would take roles from people, or give them.
    fn try_from(raw: RawAssignment) -> Result<Self, Self::Error> {
        let assignee = match (raw.user, raw.group) {
            (Some(user), None) => Assignee::User(user),
            (None, Some(group)) => Assignee::Group(group.id),
            _ => return Err("an assignment is of a user or of a group"),
        };
        let scope = match (raw.scope.project, raw.scope.domain, raw.scope.system) {
            (Some(project), None, None) => AssignmentScope::Project(project),
            (None, Some(domain), None) => AssignmentScope::Domain(domain),
            (None, None, Some(RawSystem { all: true })) => AssignmentScope::System,
            _ => return Err("an assignment is in a project, in a domain, or in the system"),
        };
        let inherited = match raw.scope.inherited_to.as_deref() {
            None => false,
            Some("projects") => true,
            Some(_) => return Err("an assignment is inherited by projects only"),
        };
        Ok(Self { role: raw.role, assignee, scope, inherited })
    }
}

impl Listed for RoleAssignment {
    const KEY: &'static str = "role_assignments";
}

/// Which assignments to list.
///
/// ```
/// use paas_client::keystone::AssignmentQuery;
/// let query = AssignmentQuery::default().project("p1".parse()?).effective().with_names();
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssignmentQuery {
    user: Option<UserId>,
    group: Option<GroupId>,
    role: Option<RoleId>,
    project: Option<ProjectId>,
    domain: Option<DomainId>,
    system: bool,
    inherited: bool,
    effective: bool,
    names: bool,
    subtree: bool,
}

impl AssignmentQuery {
    /// Only those of this user; if they are to be effective, also by groups.
    #[must_use]
    pub fn user(mut self, user: UserId) -> Self {
        self.user = Some(user);
        self
    }

    /// Only those of this group. Not with [`effective`](Self::effective): there are no groups any more.
    #[must_use]
    pub fn group(mut self, group: GroupId) -> Self {
        self.group = Some(group);
        self
    }

    /// Only those of this role.
    #[must_use]
    pub fn role(mut self, role: RoleId) -> Self {
        self.role = Some(role);
        self
    }

    /// Only those in this project.
    #[must_use]
    pub fn project(mut self, project: ProjectId) -> Self {
        self.project = Some(project);
        self
    }

    /// Those in the projects below it too. With [`project`](Self::project) only.
    #[must_use]
    pub fn with_subtree(mut self) -> Self {
        self.subtree = true;
        self
    }

    /// Only those in this domain.
    #[must_use]
    pub fn domain(mut self, domain: DomainId) -> Self {
        self.domain = Some(domain);
        self
    }

    /// Only those in the system as a whole.
    #[must_use]
    pub fn system(mut self) -> Self {
        self.system = true;
        self
    }

    /// Only those that projects inherit.
    #[must_use]
    pub fn inherited(mut self) -> Self {
        self.inherited = true;
        self
    }

    /// What becomes of them: groups, inheritance and implied roles expanded by Keystone. Ask for one project at a time:
    /// it is heavy work there.
    #[must_use]
    pub fn effective(mut self) -> Self {
        self.effective = true;
        self
    }

    /// With names, not only with ids.
    #[must_use]
    pub fn with_names(mut self) -> Self {
        self.names = true;
        self
    }

    fn pairs(&self) -> Query {
        let flag = |is_set: bool| is_set.then_some("true");
        pairs([
            ("user.id", self.user.as_ref().map(UserId::as_str)),
            ("group.id", self.group.as_ref().map(GroupId::as_str)),
            ("role.id", self.role.as_ref().map(RoleId::as_str)),
            ("scope.project.id", self.project.as_ref().map(ProjectId::as_str)),
            ("scope.domain.id", self.domain.as_ref().map(DomainId::as_str)),
            ("scope.system", self.system.then_some("all")),
            ("scope.OS-INHERIT:inherited_to", self.inherited.then_some("projects")),
            ("effective", flag(self.effective)),
            ("include_names", flag(self.names)),
            ("include_subtree", flag(self.subtree)),
        ])
    }
}

impl KeystoneClient {
    /// Lists who has which role where. Dropped: nothing has changed.
    #[must_use]
    pub fn list_role_assignments(&self, query: &AssignmentQuery) -> Items<RoleAssignment> {
        self.list("list_role_assignments", Path::new(ROOT).at("role_assignments"), query.pairs())
    }
}
