//! Members of environments, and the identities that are known.

use super::{ApiError, Caller, Reply, Request, list};
use crate::world::{ADMIN, Id, Resource, World};
use serde_json::{Map, Value, json};

/// What an environment's members are listed as.
pub(super) fn list(world: &World, caller: &Caller, request: &Request) -> Result<Reply, ApiError> {
    let project = caller.project.and_then(|id| world.get(id)).ok_or_else(ApiError::not_found)?;
    let members = members(project).iter().enumerate();
    let shown: Vec<Value> = members.map(|(at, member)| show(world, caller, project, at, member)).collect();
    Ok(Reply::json(200, &list::collection("projectMember", &request.url(), &shown)))
}

/// Who has a name: the accounts of the sandbox. There is no directory behind it.
pub(super) fn identities(world: &World, caller: &Caller, request: &Request) -> Reply {
    let wanted = request.param("name").map(str::to_lowercase);
    let accounts = world.people().into_iter().chain([(ADMIN.to_owned(), "admin".to_owned())]);
    let shown: Vec<Value> = accounts
        .filter(|(_, name)| wanted.as_ref().is_none_or(|wanted| name.to_lowercase().contains(wanted)))
        .map(|(id, name)| {
            let identity = format!("rancher_id:{id}");
            json!({
                "id": identity, "type": "identity", "baseType": "identity",
                "links": {"self": format!("{}/identities/{identity}", caller.root)}, "actions": {},
                "externalId": id, "externalIdType": "rancher_id", "login": name, "name": name, "role": null,
            })
        })
        .collect();
    Reply::json(200, &list::collection("identity", &request.url(), &shown))
}

/// Gives an environment these members in place of those that it has. `sent` is the body as it came, `read` what counts
/// of it.
pub(super) fn set(
    world: &mut World,
    project: Id,
    sent: &Map<String, Value>,
    read: &Map<String, Value>,
) -> Result<(), ApiError> {
    let Some(sent) = sent.get("members") else {
        return Err(ApiError::new(400, "InvalidFormat").message("Members list is missing"));
    };
    let members = read.get("members").and_then(Value::as_array).filter(|members| !members.is_empty());
    let Some(members) = members.filter(|_| !sent.is_null()) else {
        return Err(ApiError::invalid("MissingRequired", "members"));
    };
    has_owner(members)?;
    let mut unique: Vec<Value> = Vec::new();
    for member in members {
        unique.retain(|other| identity(other) != identity(member));
        unique.push(member.clone());
    }
    if let Some(project) = world.get_mut(project) {
        project.set("members", unique);
    }
    Ok(())
}

/// A list of members names an owner.
pub(crate) fn has_owner(members: &[Value]) -> Result<(), ApiError> {
    if members.iter().any(|member| member.get("role") == Some(&"owner".into())) {
        return Ok(());
    }
    Err(ApiError::new(400, "InvalidFormat").message("Members list does not have an owner"))
}

fn members(project: &Resource) -> &[Value] {
    project.fields.get("members").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn identity(member: &Value) -> (Option<&Value>, Option<&Value>) {
    (member.get("externalIdType"), member.get("externalId"))
}

fn show(world: &World, caller: &Caller, project: &Resource, at: usize, member: &Value) -> Value {
    let text = |field: &str| member.get(field).and_then(Value::as_str).unwrap_or_default();
    let id = format!("1pm{}-{}", project.id.number, at + 1);
    let account = text("externalId");
    let named = world.people().into_iter().find(|(id, _)| id == account).map(|(_, name)| name);
    json!({
        "id": id, "type": "projectMember", "baseType": "projectMember", "state": "active",
        "links": {"self": format!("{}/projectmembers/{id}", caller.base)}, "actions": {},
        "projectId": project.id_text(), "role": text("role"),
        "externalIdType": text("externalIdType"), "externalId": account,
        "name": named.filter(|_| text("externalIdType") == "rancher_id"),
    })
}
