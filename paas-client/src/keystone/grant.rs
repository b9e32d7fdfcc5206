//! Giving roles and taking them, with the token of whoever decides it.

use super::{DomainId, GroupId, KeystoneClient, ProjectId, RoleId, UserId, client::ROOT, configuration};
use crate::{
    ErrorKind, Result,
    body::Done,
    call::{Call, Effect, Path},
    segment::segment,
    transport::Method,
};

/// A role for somebody somewhere.
///
/// ```
/// use paas_client::keystone::Grant;
/// let grant = Grant::to_user("u1".parse()?, "r1".parse()?).in_project("p1".parse()?);
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    to: To,
    role: RoleId,
    scope: Option<GrantScope>,
    inherited: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum To {
    User(UserId),
    Group(GroupId),
}

/// Where a role is given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrantScope {
    /// In a project.
    Project(ProjectId),
    /// In a domain.
    Domain(DomainId),
    /// In the system as a whole.
    System,
}

impl Grant {
    /// A role for a user; where is still to be said.
    #[must_use]
    pub fn to_user(user: UserId, role: RoleId) -> Self {
        Self { to: To::User(user), role, scope: None, inherited: false }
    }

    /// A role for a group; where is still to be said.
    #[must_use]
    pub fn to_group(group: GroupId, role: RoleId) -> Self {
        Self { to: To::Group(group), role, scope: None, inherited: false }
    }

    /// In this project.
    #[must_use]
    pub fn in_project(self, project: ProjectId) -> Self {
        self.at(GrantScope::Project(project))
    }

    /// In this domain, which is not the same as in its projects.
    #[must_use]
    pub fn in_domain(self, domain: DomainId) -> Self {
        self.at(GrantScope::Domain(domain))
    }

    /// There.
    #[must_use]
    pub fn at(mut self, scope: GrantScope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// In all projects below, and not there itself.
    #[must_use]
    pub fn inherited(mut self) -> Self {
        self.inherited = true;
        self
    }

    fn path(&self) -> Result<Path> {
        let path = Path::new(ROOT);
        let path = if self.inherited { path.at("OS-INHERIT") } else { path };
        let path = match &self.scope {
            Some(GrantScope::Project(id)) => path.at("projects").id("{project}", &segment(id.as_str())),
            Some(GrantScope::Domain(id)) => path.at("domains").id("{domain}", &segment(id.as_str())),
            Some(GrantScope::System) if self.inherited => {
                return Err(configuration("a role in the system is not inherited"));
            }
            Some(GrantScope::System) => path.at("system"),
            None => {
                return Err(configuration(
                    "the grant does not say where: in a project, a domain, the system",
                ));
            }
        };
        let path = match &self.to {
            To::User(id) => path.at("users").id("{user}", &segment(id.as_str())),
            To::Group(id) => path.at("groups").id("{group}", &segment(id.as_str())),
        };
        let path = path.at("roles").id("{role}", &segment(self.role.as_str()));
        Ok(if self.inherited { path.at("inherited_to_projects") } else { path })
    }
}

impl KeystoneClient {
    /// Gives a role. To give it twice does no harm. Meant for [`acting_as`](Self::acting_as) whoever gives it: then
    /// Keystone decides too. Dropped: it may have been given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`] if the token may not give it, [`ErrorKind::NotFound`] if one of user, role and place is
    /// not there.
    pub async fn assign_role(&self, grant: &Grant) -> Result<()> {
        let mut call = Call::change("assign_role", Method::Put, grant.path()?, None);
        call.effect = Effect::Idempotent;
        self.authorized(call).await.map(|Done| ())
    }

    /// Takes a role. Tokens lose it at once; Keystone tells nobody. Meant for [`acting_as`](Self::acting_as) whoever
    /// takes it. Dropped: it may have been taken.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if it was not given like this, else as [`assign_role`](Self::assign_role).
    pub async fn unassign_role(&self, grant: &Grant) -> Result<()> {
        let mut call = Call::change("unassign_role", Method::Delete, grant.path()?, None);
        call.effect = Effect::Idempotent;
        match self.authorized(call).await {
            Ok(Done) => Ok(()),
            // The first try did it, and its answer was lost.
            Err(error) if error.kind() == ErrorKind::NotFound && error.attempts() > 1 => Ok(()),
            Err(error) => Err(error),
        }
    }
}
