//! What Keystone knows of users, groups, projects, domains and roles, as far as it decides who has which role.

use super::Inferences;
use std::collections::{BTreeMap, BTreeSet};

/// Users, groups, projects, domains and roles, by their ids. What is not in it does not exist, and gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    pub(super) domains: BTreeMap<String, bool>,
    pub(super) projects: BTreeMap<String, Project>,
    pub(super) users: BTreeMap<String, User>,
    pub(super) groups: BTreeMap<String, BTreeSet<String>>,
    pub(super) roles: BTreeMap<String, Role>,
    pub(super) inferences: Inferences,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Project {
    pub(super) domain: String,
    pub(super) parent: Option<String>,
    pub(super) enabled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct User {
    pub(super) domain: String,
    pub(super) enabled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) is_of_domain: bool,
}

impl Directory {
    /// With a domain.
    #[must_use]
    pub fn with_domain(mut self, id: impl Into<String>, enabled: bool) -> Self {
        self.domains.insert(id.into(), enabled);
        self
    }

    /// With a project of a domain, below another project or right in the domain.
    #[must_use]
    pub fn with_project(
        mut self,
        id: impl Into<String>,
        domain: impl Into<String>,
        parent: Option<&str>,
        enabled: bool,
    ) -> Self {
        let project = Project { domain: domain.into(), parent: parent.map(str::to_owned), enabled };
        self.projects.insert(id.into(), project);
        self
    }

    /// With a user of a domain.
    #[must_use]
    pub fn with_user(mut self, id: impl Into<String>, domain: impl Into<String>, enabled: bool) -> Self {
        self.users.insert(id.into(), User { domain: domain.into(), enabled });
        self
    }

    /// With a group of these users.
    #[must_use]
    pub fn with_group<U: Into<String>>(
        mut self,
        id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        self.groups.entry(id.into()).or_default().extend(users.into_iter().map(Into::into));
        self
    }

    /// With a role that is good everywhere.
    #[must_use]
    pub fn with_role(self, id: impl Into<String>, name: &str) -> Self {
        self.role(id.into(), name, false)
    }

    /// With a role of a domain: nobody has it in the end, only what it implies.
    #[must_use]
    pub fn with_role_of_domain(self, id: impl Into<String>, name: &str) -> Self {
        self.role(id.into(), name, true)
    }

    fn role(mut self, id: String, name: &str, is_of_domain: bool) -> Self {
        self.roles.insert(id, Role { name: name.to_lowercase(), is_of_domain });
        self
    }

    /// With a role that implies another, both by their ids.
    #[must_use]
    pub fn with_inference(mut self, prior: impl Into<String>, implied: impl Into<String>) -> Self {
        self.inferences.add(prior, implied);
        self
    }

    /// The projects above a project, nearest first. A circle ends.
    pub(super) fn above<'a>(&'a self, project: &'a str) -> Vec<&'a str> {
        let mut above = Vec::new();
        let mut seen = BTreeSet::from([project]);
        let parent = |id: &str| self.projects.get(id).and_then(|project| project.parent.as_deref());
        let mut next = parent(project);
        while let Some(id) = next.filter(|id| seen.insert(id)) {
            above.push(id);
            next = parent(id);
        }
        above
    }

    /// Whether a user may log in.
    pub(super) fn is_active(&self, user: &User) -> bool {
        user.enabled && self.is_enabled(&user.domain)
    }

    pub(super) fn is_enabled(&self, domain: &str) -> bool {
        self.domains.get(domain).copied().unwrap_or_default()
    }
}

/// A role that was given to somebody somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Assignment {
    /// The id of the role.
    pub role: String,
    /// To whom it was given.
    pub assignee: Assignee,
    /// Where.
    pub place: Place,
    /// Whether it holds in the projects below, and not there.
    pub inherited: bool,
}

/// Who was given a role, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Assignee {
    /// A user.
    User(String),
    /// A group.
    Group(String),
}

/// Where a role is good, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Place {
    /// In a project.
    Project(String),
    /// In a domain, which is not the same as in its projects.
    Domain(String),
    /// In the system as a whole, which is not the same as in all domains and projects.
    System,
}

impl Assignment {
    /// A role of a user.
    pub fn of_user(user: impl Into<String>, role: impl Into<String>, place: Place) -> Self {
        Self { role: role.into(), assignee: Assignee::User(user.into()), place, inherited: false }
    }

    /// A role of a group.
    pub fn of_group(group: impl Into<String>, role: impl Into<String>, place: Place) -> Self {
        Self { role: role.into(), assignee: Assignee::Group(group.into()), place, inherited: false }
    }

    /// The same for the projects below.
    #[must_use]
    pub fn inherited(mut self) -> Self {
        self.inherited = true;
        self
    }
}
