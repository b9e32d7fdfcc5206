use super::{Registry, moment::Moment, registry::ADMIN};
use crate::{Sandbox, server::lock};

/// A user of the sandbox's Harbor, with a password that opens nothing else.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct HarborUser {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// A member of a project of the sandbox's Harbor.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct HarborMember {
    /// The id of the membership.
    pub id: u64,
    /// The name of the user.
    pub name: String,
    /// The role: 1 projectAdmin, 2 developer, 3 guest, 4 maintainer, 5 limitedGuest.
    pub role: u64,
}

impl Registry {
    fn user(&self, id: u64) -> Option<HarborUser> {
        let user = self.users.get(&id)?;
        Some(HarborUser { id, name: user.name.clone(), password: user.password.clone() })
    }
}

/// Harbor, which has its API at `/api/v2.0` of the same address.
impl Sandbox {
    /// The administrator of its Harbor.
    ///
    /// ```
    /// let sandbox = paas_sandbox::Sandbox::builder().in_process().start()?;
    /// let admin = sandbox.harbor_admin();
    /// assert_eq!((admin.id, admin.name.as_str()), (1, "admin"));
    ///
    /// let anna = sandbox.harbor_user("anna");
    /// let project = sandbox.harbor_project("retail", &anna.name);
    /// assert_eq!(project, Some(2), "the first one is `library`");
    /// assert_eq!(sandbox.harbor_members("retail")[0].name, "anna");
    /// # Ok::<(), paas_sandbox::StartError>(())
    /// ```
    #[must_use]
    pub fn harbor_admin(&self) -> HarborUser {
        let admin = lock(&self.world).harbor.user(ADMIN);
        admin.unwrap_or_else(|| HarborUser { id: ADMIN, name: "admin".to_owned(), password: String::new() })
    }

    /// A user of its Harbor of this name, who is added if there is none.
    pub fn harbor_user(&self, name: &str) -> HarborUser {
        let mut world = lock(&self.world);
        let id = world.harbor.user_named(name).unwrap_or_else(|| world.harbor.add_user(name));
        let password = world.harbor.user(id).map(|user| user.password).unwrap_or_default();
        HarborUser { id, name: name.to_owned(), password }
    }

    /// Adds a private project to its Harbor, made by this user, who is its administrator then. Answers its id; nothing if
    /// there is no such user, or a project of that name.
    pub fn harbor_project(&self, name: &str, owner: &str) -> Option<u64> {
        let mut world = lock(&self.world);
        let owner = world.harbor.user_named(owner)?;
        if world.harbor.project_named(name).is_some() {
            return None;
        }
        world.catch_up();
        let now = world.clock.date(world.now());
        Some(world.harbor.add_project(name, owner, &now))
    }

    /// Adds an empty repository to a project of its Harbor, which cannot be deleted then. Answers whether there is the
    /// project. The name may have that of the project in front.
    pub fn harbor_repository(&self, project: &str, name: &str) -> bool {
        let mut world = lock(&self.world);
        world.catch_up();
        let now = Moment::at(&world.clock, world.now());
        let Some(id) = world.harbor.project_named(project) else { return false };
        let own = name.strip_prefix(project).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        world.harbor.ensure_repository(id, own, &now);
        true
    }

    /// The members of a project of its Harbor, by their names. A project that is not there has none.
    ///
    /// Neither the log nor a fault sees it.
    #[must_use]
    pub fn harbor_members(&self, project: &str) -> Vec<HarborMember> {
        let world = lock(&self.world);
        let Some(project) = world.harbor.project_named(project) else { return Vec::new() };
        let members = world.harbor.members_of(project).into_iter();
        members
            .map(|(id, member)| HarborMember {
                id,
                name: world.harbor.user_name(member.user).to_owned(),
                role: member.role,
            })
            .collect()
    }
}
