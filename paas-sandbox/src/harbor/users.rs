use super::{
    Answer, HarborError, Registry,
    page::page,
    registry::{ADMIN, User},
    rights::{Caller, Right},
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

/// What the caller may do in a project, of what the sandbox knows.
pub(super) fn permissions(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.user()?;
    let scope = request.param("scope").unwrap_or_default();
    let project = scope.strip_prefix("/project/").and_then(|id| id.parse::<u64>().ok());
    let Some(project) = project.filter(|id| harbor.projects.contains_key(id)) else {
        return Ok(Reply::json(200, &json!([])));
    };
    let rights = Right::all().filter(|right| caller.may(harbor, project, *right));
    let prefix = if request.param("relative") == Some("true") { "" } else { scope };
    let shown = |Right(resource, action)| {
        let parts = [prefix, resource].into_iter().filter(|part| !part.is_empty());
        json!({"resource": parts.collect::<Vec<_>>().join("/"), "action": action})
    };
    let rights: Vec<Value> = rights.map(shown).collect();
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
