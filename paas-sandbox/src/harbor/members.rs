use super::{
    Answer, HarborError, Registry,
    page::page,
    projects::object,
    registry::Membership,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};

/// The names of the roles.
const ROLES: [(u64, &str); 5] =
    [(1, "projectAdmin"), (2, "developer"), (3, "guest"), (4, "maintainer"), (5, "limitedGuest")];

/// Lists members by their names. A name is asked for as a whole; the count is of all members even so.
pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("member", "list"))?;
    let all = harbor.members_of(project);
    let name = request.param("entityname").filter(|name| !name.is_empty());
    let fits = |member: &Membership| name.is_none_or(|name| harbor.user_name(member.user) == name);
    let rows = all.iter().filter(|(_, member)| fits(member)).map(|(id, member)| shown(harbor, *id, member));
    page(request, rows.collect(), all.len())
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, key: &str, id: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("member", "list"))?;
    let id = member_id(id)?;
    let member = harbor.members.get(&id).filter(|member| member.project == project);
    let member = member.ok_or_else(|| HarborError::not_found(&format!("project member {id} not found")))?;
    Ok(Reply::json(200, &shown(harbor, id, member)))
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("member", "update"))?;
    let body = object(request)?;
    let user = meant(harbor, &body)?;
    if harbor.role_in(project, user).is_some() {
        return Err(HarborError::conflict("The project member specified already exist"));
    }
    let role = role(&body)?;
    let id = harbor.add_member(project, user, role);
    Ok(Reply::created(format!("/api/v2.0/projects/{key}/members/{id}"), id))
}

/// Gives another role. Where there is no such member, nothing is changed and nothing is said.
pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Answer {
    let project = caller.project(harbor, request, key, Right("member", "update"))?;
    let (id, role) = (member_id(id)?, role(&object(request)?)?);
    if let Some(member) = harbor.members.get_mut(&id).filter(|member| member.project == project) {
        member.role = role;
    }
    Ok(Reply::nothing(200))
}

/// Removes a member, also the last administrator. Where there is no such member, nothing is said.
pub(super) fn delete(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Answer {
    let project = caller.project(harbor, request, key, Right("member", "update"))?;
    let id = member_id(id)?;
    harbor.members.retain(|other, member| *other != id || member.project != project);
    Ok(Reply::nothing(200))
}

/// The user that a body means. There are no groups.
fn meant(harbor: &Registry, body: &Map<String, Value>) -> Result<u64, HarborError> {
    let part = |of: &str, name: &str| body.get(of).and_then(|of| of.get(name)).cloned().unwrap_or_default();
    let text =
        |of: &str, name: &str| part(of, name).as_str().map(str::to_owned).filter(|text| !text.is_empty());
    if let Some(id) = part("member_user", "user_id").as_u64().filter(|id| *id > 0) {
        let found = harbor.users.contains_key(&id).then_some(id);
        let message = format!("Failed to get user {id}: user {id} not found");
        return found.ok_or_else(|| HarborError::bad_request(&message));
    }
    if let Some(id) = part("member_group", "id").as_u64().filter(|id| *id > 0) {
        return Err(HarborError::bad_request(&format!("Failed to get group {id}: usergroup {id} not found")));
    }
    if let Some(name) = text("member_user", "username") {
        let message = format!("user {name} is not found");
        return harbor.user_named(&name).ok_or_else(|| HarborError::not_found(&message));
    }
    if text("member_group", "ldap_group_dn").or_else(|| text("member_group", "group_name")).is_some() {
        return Err(HarborError::not_found("the sandbox has no user groups"));
    }
    Err(HarborError::bad_request("at least one of member_user or member_group must be provided"))
}

fn role(body: &Map<String, Value>) -> Result<u64, HarborError> {
    let role = body.get("role_id").and_then(Value::as_u64).unwrap_or_default();
    if ROLES.iter().any(|(id, _)| *id == role) {
        return Ok(role);
    }
    Err(HarborError::bad_request(
        "invalid role: must be a built-in project role (1-5) or an existing custom role",
    ))
}

fn member_id(text: &str) -> Result<u64, HarborError> {
    let wrong = || HarborError::unprocessable("validation failure list: mid in path must be of type int64");
    match text.parse().map_err(|_| wrong())? {
        0 => Err(HarborError::bad_request("the project member id is required.")),
        id => Ok(id),
    }
}

fn shown(harbor: &Registry, id: u64, member: &Membership) -> Value {
    let role_name = ROLES.iter().find(|(role, _)| *role == member.role).map(|(_, name)| *name);
    json!({
        "id": id,
        "project_id": member.project,
        "entity_id": member.user,
        "entity_name": harbor.user_name(member.user),
        "entity_type": "u",
        "role_id": member.role,
        "role_name": role_name.unwrap_or_default(),
    })
}
