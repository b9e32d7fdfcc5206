//! Calls about the members of a project.

use super::{
    HarborClient, Member, MemberId, NewMember, ProjectKey, ProjectRole,
    client::{json, project_path, read_of},
    configuration, harbor_error,
};
use crate::{
    ErrorKind, Items, Result,
    call::{Call, Path},
    transport::Method,
};
use serde::Serialize;

impl HarborClient {
    /// Lists the members of a project. Who is a member by a group is not listed, the group is; and no member whose user
    /// or role is gone. Dropped: nothing has changed.
    #[must_use]
    pub fn list_members(&self, project: impl Into<ProjectKey>) -> Items<Member> {
        let project = project.into();
        self.list("list_members", members(&project), Vec::new(), project.header())
    }

    /// Lists the members of this very name: a user, a group, or both. Dropped: nothing has changed.
    #[must_use]
    pub fn find_members(&self, project: impl Into<ProjectKey>, name: &str) -> Items<Member> {
        let project = project.into();
        let query = vec![("entityname".to_owned(), name.to_owned())];
        self.list("find_members", members(&project), query, project.header())
    }

    /// Reads a member. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn read_member(&self, project: impl Into<ProjectKey>, member: MemberId) -> Result<Member> {
        let project = project.into();
        self.read(read_of("read_member", &project, member_path(&project, member))).await
    }

    /// Makes somebody a member. Dropped: it may have been done.
    ///
    /// When the answer is lost, the members are looked at before it is asked for again: who is a member with this role
    /// then was made one. A group by its name cannot be looked up, and is not asked for again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if it is a member already, [`ErrorKind::Invalid`] or [`ErrorKind::NotFound`] if there is no
    /// such user or group, [`ErrorKind::Configuration`] for a role that not each Harbor has.
    pub async fn add_member(
        &self,
        project: impl Into<ProjectKey>,
        new: &NewMember,
        role: ProjectRole,
    ) -> Result<MemberId> {
        let project = project.into();
        check(role)?;
        let mut call = Call::change("add_member", Method::Post, members(&project), json(&new.body(role))?);
        call.headers.extend(project.header());
        self.create(call, || self.find_added(&project, new, role)).await
    }

    /// Gives a member another role. Dropped: it may have been done.
    ///
    /// Harbor answers the same when there is no such member. Who must know reads it again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is no such project, [`ErrorKind::Configuration`] for a role that not each Harbor
    /// has.
    pub async fn set_member_role(
        &self,
        project: impl Into<ProjectKey>,
        member: MemberId,
        role: ProjectRole,
    ) -> Result<()> {
        #[derive(Serialize)]
        struct Body {
            role_id: ProjectRole,
        }
        let project = project.into();
        check(role)?;
        let path = member_path(&project, member);
        let mut call = Call::change("set_member_role", Method::Put, path, json(&Body { role_id: role })?);
        call.headers.extend(project.header());
        self.put(call).await
    }

    /// Ends a membership, also that of the last administrator. Dropped: it may have ended.
    ///
    /// Harbor answers the same when there is no such member.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is no such project.
    pub async fn remove_member(&self, project: impl Into<ProjectKey>, member: MemberId) -> Result<()> {
        let project = project.into();
        self.delete("remove_member", member_path(&project, member), project.header()).await
    }

    /// The membership that a lost answer may have told of.
    async fn find_added(
        &self,
        project: &ProjectKey,
        new: &NewMember,
        role: ProjectRole,
    ) -> Result<Option<MemberId>> {
        if !new.can_be_found() {
            return Err(other("whether it is a member now cannot be told"));
        }
        let mut all = match new {
            NewMember::UserNamed(name) => self.find_members(project, name),
            _ => self.list_members(project),
        };
        while let Some(member) = all.next().await {
            let member = member?;
            if new.is(&member) {
                if member.role == role {
                    return Ok(Some(member.id));
                }
                return Err(other("it is a member now, with another role"));
            }
        }
        Ok(None)
    }
}

fn other(message: &str) -> crate::Error {
    harbor_error(ErrorKind::Exists, message).with(|details| details.operation = "add_member")
}

/// Refuses roles that may be anything.
fn check(role: ProjectRole) -> Result<()> {
    match role {
        ProjectRole::Other(number) => {
            Err(configuration(format!("role {number} is none that each Harbor has, and is not given")))
        }
        _ => Ok(()),
    }
}

fn members(project: &ProjectKey) -> Path {
    project_path(project).at("members")
}

fn member_path(project: &ProjectKey, member: MemberId) -> Path {
    members(project).id("{member}", &member.to_string())
}
