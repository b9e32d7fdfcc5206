use super::{HarborError, Registry, registry::ADMIN};
use crate::api::Request;
use base64::{Engine, prelude::BASE64_STANDARD};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    user: Option<u64>,
}

/// What is to be done with what of a project, in Harbor's words. An empty word is the project itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Right(pub(super) &'static str, pub(super) &'static str);

/// The roles of a project: 1 projectAdmin, 4 maintainer, 2 developer, 3 guest, 5 limitedGuest. The numbers do not go by
/// power.
const ADMINS: &[u64] = &[1];
const MAINTAINERS: &[u64] = &[1, 4];
const DEVELOPERS: &[u64] = &[1, 4, 2];
const GUESTS: &[u64] = &[1, 4, 2, 3];
const ALL: &[u64] = &[1, 4, 2, 3, 5];

/// Which roles may do what, of what the sandbox has (`rbac_role.go`), and whether anybody may do it in a public project
/// (`rbac_util.go`).
const RIGHTS: &[(&str, &[&str], &[u64], bool)] = &[
    ("", &["read"], ALL, true),
    ("", &["update", "delete"], ADMINS, false),
    ("member", &["create", "update", "delete"], ADMINS, false),
    ("member", &["read", "list"], GUESTS, false),
    ("label", &["create", "update", "delete"], MAINTAINERS, false),
    ("label", &["read", "list"], GUESTS, true),
    ("repository", &["create", "update", "push"], DEVELOPERS, false),
    ("repository", &["read"], ALL, false),
    ("repository", &["list", "pull"], ALL, true),
    ("repository", &["delete"], MAINTAINERS, false),
    ("artifact", &["create"], DEVELOPERS, false),
    ("artifact", &["read", "list"], ALL, true),
    ("artifact", &["delete"], MAINTAINERS, false),
    ("tag", &["create"], DEVELOPERS, false),
    ("tag", &["list"], ALL, true),
    ("tag", &["delete"], MAINTAINERS, false),
    ("accessory", &["list"], ALL, true),
    ("artifact-label", &["create", "delete"], DEVELOPERS, false),
    ("immutable-tag", &["create", "update", "delete", "list"], MAINTAINERS, false),
    ("notification-policy", &["create", "update", "delete"], ADMINS, false),
    ("notification-policy", &["read", "list"], MAINTAINERS, false),
];

impl Right {
    /// All that there are.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let of = |(resource, actions): (&'static str, &'static [&'static str])| {
            actions.iter().map(move |action| Self(resource, action))
        };
        RIGHTS.iter().flat_map(move |(resource, actions, ..)| of((resource, actions)))
    }

    fn row(self) -> Option<(&'static [u64], bool)> {
        let row =
            RIGHTS.iter().find(|(resource, actions, ..)| *resource == self.0 && actions.contains(&self.1));
        row.map(|(.., roles, is_public)| (*roles, *is_public))
    }
}

impl Caller {
    /// The user of this name and password.
    pub(super) fn logged_in(harbor: &Registry, name: &str, password: &str) -> Self {
        let user = harbor.user_named(name);
        let is_right = |id: &u64| harbor.users.get(id).is_some_and(|user| user.password == password);
        Self { user: user.filter(is_right) }
    }

    /// Who a wrong password is sent for is nobody, as who sends none: what needs no login is answered all the same.
    pub(super) fn of(harbor: &Registry, request: &Request) -> Self {
        match credentials(request) {
            Some((name, password)) => Self::logged_in(harbor, &name, &password),
            None => Self { user: None },
        }
    }

    pub(super) fn is_admin(self) -> bool {
        self.user == Some(ADMIN)
    }

    pub(super) fn user(self) -> Result<u64, HarborError> {
        self.user.ok_or_else(HarborError::unauthorized)
    }

    pub(super) fn require_admin(self) -> Result<(), HarborError> {
        self.user()?;
        if self.is_admin() { Ok(()) } else { Err(HarborError::forbidden()) }
    }

    pub(super) fn role_in(self, harbor: &Registry, project: u64) -> Option<u64> {
        harbor.role_in(project, self.user?)
    }

    /// The name of who asks, if anybody is logged in.
    pub(super) fn name(self, harbor: &Registry) -> String {
        self.user.map(|user| harbor.user_name(user).to_owned()).unwrap_or_default()
    }

    pub(super) fn may(self, harbor: &Registry, project: u64, right: Right) -> bool {
        let is_public = || harbor.projects.get(&project).is_some_and(super::project::Project::is_public);
        let Some((roles, of_public)) = right.row() else { return self.is_admin() };
        self.is_admin()
            || self.role_in(harbor, project).is_some_and(|role| roles.contains(&role))
            || of_public && is_public()
    }

    /// The project that a path means, if this may be done in it. A number is an id unless a header says that it is a name.
    /// To who may not see a project by its id it is forbidden whether it is there or not; by its name it is not found.
    pub(super) fn project(
        self,
        harbor: &Registry,
        request: &Request,
        key: &str,
        right: Right,
    ) -> Result<u64, HarborError> {
        match key.parse::<u64>().ok().filter(|_| !request.is_name) {
            Some(id) => self.project_id(harbor, id, right),
            None => self.project_named(harbor, key, right),
        }
    }

    /// The project of this id, if this may be done in it.
    pub(super) fn project_id(self, harbor: &Registry, id: u64, right: Right) -> Result<u64, HarborError> {
        let found = Some(id).filter(|id| harbor.projects.contains_key(id));
        self.allowed(harbor, found, right, &id.to_string(), self.is_admin())
    }

    /// The project of this name, if this may be done in it.
    pub(super) fn project_named(
        self,
        harbor: &Registry,
        name: &str,
        right: Right,
    ) -> Result<u64, HarborError> {
        self.allowed(harbor, harbor.project_named(name), right, name, self.user.is_some())
    }

    fn allowed(
        self,
        harbor: &Registry,
        found: Option<u64>,
        right: Right,
        key: &str,
        is_told: bool,
    ) -> Result<u64, HarborError> {
        match found {
            Some(id) if self.may(harbor, id, right) => Ok(id),
            None if is_told => Err(HarborError::not_found(&format!("project {key} not found"))),
            _ if self.user.is_none() => Err(HarborError::unauthorized()),
            _ => Err(HarborError::forbidden()),
        }
    }
}

fn credentials(request: &Request) -> Option<(String, String)> {
    let (scheme, encoded) = request.authorization.as_deref()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
