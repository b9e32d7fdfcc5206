use super::{
    Answer, HarborError, Registry,
    page::page,
    registry::{ADMIN, User},
    rights::{Act, Caller},
};
use crate::api::{Reply, Request};
use serde_json::{Value, json};

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let rows: Vec<Value> = harbor.users.iter().map(|(id, user)| shown(*id, user)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn search(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.user()?;
    let part = request.param("username").ok_or_else(|| required("username"))?;
    let found = harbor.users.iter().filter(|(_, user)| user.name.contains(part));
    let rows: Vec<Value> = found.map(|(id, user)| json!({"user_id": id, "username": user.name})).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn current(harbor: &Registry, caller: &Caller) -> Answer {
    one(harbor, caller.user()?)
}

pub(super) fn read(harbor: &Registry, caller: &Caller, id: &str) -> Answer {
    let own = caller.user()?;
    let id = id.parse::<u64>().map_err(|_| {
        HarborError::unprocessable("validation failure list: user_id in path must be of type int64")
    })?;
    if id != own {
        caller.require_admin()?;
    }
    one(harbor, id)
}

/// What the caller may do in a project, of what the sandbox knows: its members and images.
pub(super) fn permissions(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.user()?;
    let scope = request.param("scope").unwrap_or_default();
    let project = scope.strip_prefix("/project/").and_then(|id| id.parse::<u64>().ok());
    let Some(project) = project.filter(|id| harbor.projects.contains_key(id)) else {
        return Ok(Reply::json(200, &json!([])));
    };
    let role = if caller.is_admin() { Some(1) } else { caller.role_in(harbor, project) };
    let has = |roles: &[u64]| role.is_some_and(|role| roles.contains(&role));
    let mut rights = Vec::new();
    if caller.may(harbor, project, Act::ChangeMembers) {
        rights.extend(["create", "update", "delete"].map(|action| ("member", action)));
    }
    if caller.may(harbor, project, Act::ReadMembers) {
        rights.extend(["read", "list"].map(|action| ("member", action)));
    }
    if caller.may(harbor, project, Act::ReadProject) {
        rights.extend(["pull", "list", "read"].map(|action| ("repository", action)));
    }
    if has(&[1, 2, 4]) {
        rights.push(("repository", "push"));
    }
    if has(&[1, 4]) {
        rights.push(("repository", "delete"));
    }
    let prefix = if request.param("relative") == Some("true") { "" } else { scope };
    let shown = |(resource, action): (&str, &str)| {
        let resource = if prefix.is_empty() { resource.to_owned() } else { format!("{prefix}/{resource}") };
        json!({"resource": resource, "action": action})
    };
    let rights: Vec<Value> = rights.into_iter().map(shown).collect();
    Ok(Reply::json(200, &rights.into()))
}

/// There are no groups: users come from Harbor's own table.
pub(super) fn groups(request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    page(request, Vec::new(), 0)
}

pub(super) fn search_groups(request: &Request, caller: &Caller) -> Answer {
    caller.user()?;
    request.param("groupname").ok_or_else(|| required("groupname"))?;
    page(request, Vec::new(), 0)
}

fn one(harbor: &Registry, id: u64) -> Answer {
    let user = harbor.users.get(&id);
    let user = user.ok_or_else(|| HarborError::not_found(&format!("user {id} not found")))?;
    Ok(Reply::json(200, &shown(id, user)))
}

fn shown(id: u64, user: &User) -> Value {
    json!({
        "user_id": id,
        "username": user.name,
        "realname": user.name,
        "email": format!("{}@sandbox.test", user.name),
        "sysadmin_flag": id == ADMIN,
        "admin_role_in_auth": false,
    })
}

fn required(name: &str) -> HarborError {
    HarborError::unprocessable(&format!("validation failure list: {name} in query is required"))
}
