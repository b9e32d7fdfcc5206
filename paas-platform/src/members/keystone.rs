//! Who has which roles in a tenant, as Keystone says it now.

use crate::error::{Error, ErrorKind, Result};
use paas_client::{
    ErrorKind as ClientErrorKind,
    keystone::{
        Assignee, AssignmentQuery, AssignmentScope, KeystoneClient, ProjectId, RoleAssignment, UserId,
    },
};
use paas_core::{
    access::{
        self, KeystoneUser, RoleNames,
        keystone::{Assignment, Directory, Frozen, Place, from_effective},
        membership::Member,
    },
    tenant::Tenant,
};
use std::collections::BTreeMap;

/// The users of a tenant with their roles, and why nobody has any if that is so.
#[derive(Debug)]
pub(super) struct Users {
    pub(super) members: Vec<Member>,
    pub(super) frozen: Option<Frozen>,
}

/// Asks Keystone. Roles of groups, inherited and implied ones count; users, projects and domains that are disabled do not.
pub(super) async fn users(client: &KeystoneClient, tenant: &Tenant, names: &RoleNames) -> Result<Users> {
    let Some(project) = &tenant.project else {
        // A tenant whose project is only guessed could lose all its members.
        let message = format!("the tenant `{}` does not say the id of its project in Keystone", tenant.name);
        return Err(Error::new(ErrorKind::Configuration, message));
    };
    let place = Place::Project(project.clone());
    let id: ProjectId = project.parse()?;
    let Some(directory) = directory(client, &id).await? else {
        return Ok(Users { members: Vec::new(), frozen: Some(Frozen::Missing) });
    };
    let query = AssignmentQuery::default().project(id).effective().with_names();
    let rows = client.list_role_assignments(&query).collect_all().await?;
    let (directory, known) = with_users(client, directory, &rows).await?;
    let rows: Vec<Assignment> = rows.iter().filter_map(assignment).collect();
    let effective = from_effective(&directory, &rows, &place);
    let members = effective.users.iter().filter_map(|(id, roles)| {
        let roles = names.roles(access::Scope::Project, roles.iter().map(String::as_str));
        let user = known.get(id).filter(|_| !roles.is_empty())?;
        Some(Member::new(user.clone(), roles))
    });
    Ok(Users { members: members.collect(), frozen: effective.frozen })
}

/// The project with all roles and domains; nothing if there is no such project.
async fn directory(client: &KeystoneClient, id: &ProjectId) -> Result<Option<Directory>> {
    let project = match client.read_project(id).await {
        Ok(project) => project,
        Err(error) if error.kind() == ClientErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut directory = Directory::default();
    for domain in client.list_domains().collect_all().await? {
        directory = directory.with_domain(domain.id.as_str(), domain.enabled);
    }
    for role in client.list_roles(None).collect_all().await? {
        directory = directory.with_role(role.id.as_str(), &role.name);
    }
    for inference in client.list_role_inferences().collect_all().await? {
        for implied in &inference.implies {
            directory = directory.with_inference(inference.prior_role.id.as_str(), implied.id.as_str());
        }
    }
    let domain = project.domain_id.as_ref().map_or("", |domain| domain.as_str());
    let parent = project.parent_id.as_ref().map(ProjectId::as_str);
    Ok(Some(directory.with_project(project.id.as_str(), domain, parent, project.enabled)))
}

/// Adds the users of some rows, each as it is now: a list of assignments does not tell who is disabled, and has those
/// who are gone.
async fn with_users(
    client: &KeystoneClient,
    mut directory: Directory,
    rows: &[RoleAssignment],
) -> Result<(Directory, BTreeMap<String, KeystoneUser>)> {
    let mut known: BTreeMap<String, Option<KeystoneUser>> = BTreeMap::new();
    for id in rows.iter().filter_map(user) {
        if known.contains_key(id.as_str()) {
            continue;
        }
        let found = match client.read_user(id).await {
            Ok(user) => {
                let domain = user.domain_id.as_ref().map_or("", |domain| domain.as_str());
                directory = directory.with_user(id.as_str(), domain, user.enabled);
                Some(KeystoneUser::new(id.as_str(), user.name, domain))
            }
            Err(error) if error.kind() == ClientErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        known.insert(id.to_string(), found);
    }
    let known = known.into_iter().filter_map(|(id, user)| Some((id, user?)));
    Ok((directory, known.collect()))
}

fn user(row: &RoleAssignment) -> Option<&UserId> {
    if let Assignee::User(user) = &row.assignee { Some(&user.id) } else { None }
}

/// A row in our words. One that is not understood counts for nothing.
fn assignment(row: &RoleAssignment) -> Option<Assignment> {
    let place = match &row.scope {
        AssignmentScope::Project(project) => Place::Project(project.id.to_string()),
        AssignmentScope::Domain(domain) => Place::Domain(domain.id.to_string()),
        AssignmentScope::System => Place::System,
        _ => return None,
    };
    let role = row.role.id.as_str();
    let assignment = match &row.assignee {
        Assignee::User(user) => Assignment::of_user(user.id.as_str(), role, place),
        Assignee::Group(group) => Assignment::of_group(group.as_str(), role, place),
        _ => return None,
    };
    Some(if row.inherited { assignment.inherited() } else { assignment })
}
