use super::{ApiError, Caller, Reply, Request, create, rules, show};
use crate::{
    schema::{Role, Type},
    world::{Id, World},
};
use serde_json::{Map, Value};

/// Types that belong to no environment.
const GLOBAL: &[&str] = &["project", "region", "setting", "apiKey"];

pub(super) fn post(
    world: &mut World,
    caller: &Caller,
    request: &Request,
    kind: &'static Type,
) -> Result<Reply, ApiError> {
    let role = caller.key.role;
    if kind.name == "project" && role == Role::Environment {
        return Err(ApiError::forbidden());
    }
    if !kind.may(role, 'c') {
        return Err(ApiError::not_allowed());
    }
    let body = request.object()?;
    let id = match kind.name {
        "project" => project(world, caller, kind, &body)?,
        "apiKey" => api_key(world, caller, kind, &body)?,
        name if GLOBAL.contains(&name) => create(world, role, kind, None, &body)?,
        _ => {
            let project = caller.project.ok_or_else(|| {
                ApiError::forbidden()
                    .message("made only within an environment: use /v2-beta/projects/ID/… or its key")
            })?;
            create(world, role, kind, Some(project), &body)?
        }
    };
    world.catch_up();
    Ok(shown(world, caller, id, 201))
}

fn project(
    world: &mut World,
    caller: &Caller,
    kind: &'static Type,
    body: &Map<String, Value>,
) -> Result<Id, ApiError> {
    let fields = create::accepted(world, caller.key.role, kind, None, body)?;
    let fields = world.project_fields(&caller.key.account, fields)?;
    let id = world.insert(kind, None, fields);
    world.begin(id, "create")?;
    let hosts = world.settings.hosts;
    world.project_made(id, hosts);
    Ok(id)
}

fn api_key(
    world: &mut World,
    caller: &Caller,
    kind: &'static Type,
    body: &Map<String, Value>,
) -> Result<Id, ApiError> {
    let fields = create::accepted(world, caller.key.role, kind, None, body)?;
    let asked = fields.get("accountId").and_then(Value::as_str).map(str::to_owned);
    let scope = caller.project.and_then(|project| world.get(project)).map(crate::world::Resource::id_text);
    let account = asked.or(scope).unwrap_or_else(|| caller.key.account.clone());
    if !world.is_account(&account) {
        return Err(ApiError::invalid("InvalidReference", "accountId"));
    }
    let fields = world.key_fields(&account, fields);
    let id = world.insert(kind, None, fields);
    world.begin(id, "create")?;
    Ok(id)
}

/// Unknown fields and those that may not be changed are ignored; the change of some starts the process `update`.
pub(super) fn put(world: &mut World, caller: &Caller, request: &Request, id: Id) -> Result<Reply, ApiError> {
    let role = caller.key.role;
    let resource = world.get(id).ok_or_else(ApiError::not_found)?;
    let (kind, project) = (resource.kind, resource.project);
    if !kind.may(role, 'u') {
        return Err(ApiError::not_allowed());
    }
    let body = request.object()?;
    let sent = create::with_check(world, role, kind, project, Some(id), |check| check.update(kind, &body))?;
    let mut changed = sent;
    changed.retain(|field, value| resource.fields.get(field).unwrap_or(&Value::Null) != value);
    let mut fields = resource.fields.clone();
    fields.extend(changed.clone());
    rules::check(world, kind, project, Some(id), &fields)?;
    if let Some(resource) = world.get_mut(id) {
        resource.fields = fields;
    }
    // The server stores the fields before it finds out whether the process can begin.
    if changed.keys().any(|field| kind.schedules(field, role)) {
        world.begin(id, "update")?;
        world.catch_up();
    }
    Ok(shown(world, caller, id, 200))
}

pub(super) fn delete(world: &mut World, caller: &Caller, id: Id) -> Result<Reply, ApiError> {
    let resource = world.get(id).ok_or_else(ApiError::not_found)?;
    if !resource.kind.may(caller.key.role, 'd') {
        return Err(ApiError::not_allowed());
    }
    if resource.kind.name == "project" {
        world.remove_project(id)?;
    } else {
        world.begin(id, "remove")?;
    }
    world.catch_up();
    Ok(shown(world, caller, id, 200))
}

pub(super) fn shown(world: &World, caller: &Caller, id: Id, status: u16) -> Reply {
    let body = world.get(id).map(|resource| show::show(world, caller, resource, status == 201));
    Reply::json(status, &body.unwrap_or_default())
}
