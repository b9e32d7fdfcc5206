use super::{HarborError, Registry, registry::ADMIN};
use crate::api::Request;
use base64::{Engine, prelude::BASE64_STANDARD};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    user: Option<u64>,
}

/// What is to be done in a project.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    ReadProject,
    ChangeProject,
    ReadMembers,
    ChangeMembers,
}

impl Act {
    /// Whether a role of a project may do this. The numbers do not go by power.
    fn is_of(self, role: u64) -> bool {
        match self {
            Self::ReadProject => true,
            Self::ReadMembers => matches!(role, 1..=4),
            Self::ChangeProject | Self::ChangeMembers => role == 1,
        }
    }
}

impl Caller {
    /// Who a wrong password is sent for is nobody, as who sends none: what needs no login is answered all the same.
    pub(super) fn of(harbor: &Registry, request: &Request) -> Self {
        let given = credentials(request);
        let user = given.and_then(|(name, password)| {
            let id = harbor.user_named(&name)?;
            harbor.users.get(&id).filter(|user| user.password == password).map(|_| id)
        });
        Self { user }
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

    pub(super) fn may(self, harbor: &Registry, project: u64, act: Act) -> bool {
        let is_public = || harbor.projects.get(&project).is_some_and(super::project::Project::is_public);
        self.is_admin()
            || self.role_in(harbor, project).is_some_and(|role| act.is_of(role))
            || matches!(act, Act::ReadProject) && is_public()
    }

    /// The project that a path means, if this may be done in it. A number is an id unless a header says that it is a name.
    /// To who may not see a project by its id it is forbidden whether it is there or not; by its name it is not found.
    pub(super) fn project(
        self,
        harbor: &Registry,
        request: &Request,
        key: &str,
        act: Act,
    ) -> Result<u64, HarborError> {
        let number = key.parse::<u64>().ok().filter(|_| !request.is_name);
        let found = match number {
            Some(id) => Some(id).filter(|id| harbor.projects.contains_key(id)),
            None => harbor.project_named(key),
        };
        match found {
            Some(id) if self.may(harbor, id, act) => Ok(id),
            None if self.is_admin() || number.is_none() && self.user.is_some() => {
                Err(HarborError::not_found(&format!("project {key} not found")))
            }
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
