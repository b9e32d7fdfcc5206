use super::{
    Answer, HarborError, Registry,
    page::page,
    project::is_name,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    let public = request.param("public").map(|public| public == "true");
    let fits = |id: u64, project: &super::project::Project| {
        let is_seen = caller.is_admin()
            || caller.role_in(harbor, id).is_some()
            || project.is_public() && public != Some(false);
        let owner = harbor.user_name(project.owner);
        is_seen
            && request.param("name").is_none_or(|part| project.name.contains(part))
            && request.param("owner").is_none_or(|name| owner == name)
            && public.is_none_or(|public| project.is_public() == public)
    };
    let found = harbor.projects.iter().filter(|(id, project)| fits(**id, project));
    let mut found: Vec<_> = found.map(|(id, project)| (&project.name, *id)).collect();
    found.sort();
    let rows: Vec<Value> = found.into_iter().map(|(_, id)| shown(harbor, caller, id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn head(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    let name = request.param("project_name").ok_or_else(|| {
        HarborError::unprocessable("validation failure list: project_name in query is required")
    })?;
    caller.project_named(harbor, name, Right("", "read"))?;
    Ok(Reply::nothing(200))
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, now: &str) -> Answer {
    let owner = caller.user()?;
    let body = object(request)?;
    let name = body.get("project_name").and_then(Value::as_str).unwrap_or_default();
    let metadata = metadata(&body)?;
    let limit = body.get("storage_limit").and_then(Value::as_i64).filter(|_| caller.is_admin());
    if limit.is_some_and(|limit| limit < -1) {
        return Err(HarborError::bad_request("invalid value of storage_limit"));
    }
    if !is_name(name) {
        let message = format!("invalid project name: {name}, it must be lowercase letters, digits and . _ -");
        return Err(HarborError::bad_request(&message));
    }
    if harbor.project_named(name).is_some() {
        return Err(HarborError::conflict(&format!("The project named {name} already exists")));
    }
    let id = harbor.add_project(name, owner, now);
    if let Some(project) = harbor.projects.get_mut(&id) {
        for (name, value) in &metadata {
            project.set(name, value);
        }
        // Nothing said is the default of this Harbor, which is no limit.
        project.storage_limit = limit.filter(|limit| *limit != 0).unwrap_or(-1);
    }
    Ok(Reply::created(format!("/api/v2.0/projects/{id}"), id))
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let id = caller.project(harbor, request, key, Right("", "read"))?;
    Ok(Reply::json(200, &shown(harbor, caller, id)))
}

/// Changes settings; a limit of storage is taken and ignored.
pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    now: &str,
) -> Answer {
    let id = caller.project(harbor, request, key, Right("", "update"))?;
    let metadata = metadata(&object(request)?)?;
    if let Some(project) = harbor.projects.get_mut(&id) {
        for (name, value) in &metadata {
            project.set(name, value);
        }
        now.clone_into(&mut project.updated);
    }
    Ok(Reply::nothing(200))
}

pub(super) fn deletable(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let id = caller.project(harbor, request, key, Right("", "update"))?;
    Ok(Reply::json(
        200,
        &match obstacle(harbor, id) {
            None => json!({"deletable": true}),
            Some(message) => json!({"deletable": false, "message": message}),
        },
    ))
}

pub(super) fn delete(harbor: &mut Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let id = caller.project(harbor, request, key, Right("", "update"))?;
    if let Some(message) = obstacle(harbor, id) {
        return Err(HarborError::precondition(message));
    }
    harbor.projects.remove(&id);
    harbor.members.retain(|_, member| member.project != id);
    harbor.labels.retain(|_, label| label.project != Some(id));
    harbor.rules.retain(|_, rule| rule.project != id);
    harbor.hooks.retain(|_, hook| hook.project != id);
    Ok(Reply::nothing(200))
}

fn obstacle(harbor: &Registry, id: u64) -> Option<&'static str> {
    let is_full = harbor.repositories.iter().any(|(_, repository)| repository.project == id);
    is_full.then_some("the project contains repositories, can not be deleted")
}

/// A project as a caller sees it.
fn shown(harbor: &Registry, caller: &Caller, id: u64) -> Value {
    let Some(project) = harbor.projects.get(&id) else { return Value::Null };
    let mut shown = json!({
        "project_id": id,
        "name": project.name,
        "owner_id": project.owner,
        "owner_name": harbor.user_name(project.owner),
        "creation_time": project.created,
        "update_time": project.updated,
        "repo_count": harbor.repositories.iter().filter(|(_, repository)| repository.project == id).count(),
        "metadata": project.metadata,
        "cve_allowlist": {
            "id": id,
            "project_id": id,
            "items": [],
            "creation_time": project.created,
            "update_time": project.created,
        },
    });
    if let (Some(role), Some(shown)) = (caller.role_in(harbor, id), shown.as_object_mut()) {
        shown.insert("current_user_role_id".to_owned(), role.into());
        shown.insert("current_user_role_ids".to_owned(), json!([role]));
    }
    shown
}

/// The settings of a body, all of which are texts.
fn metadata(body: &Map<String, Value>) -> Result<Vec<(String, String)>, HarborError> {
    let wrong = |name: &str| {
        let message = format!("parsing project body failed: cannot unmarshal metadata.{name} into a string");
        HarborError::unprocessable(&message)
    };
    let given = body.get("metadata").and_then(Value::as_object).into_iter().flatten();
    let mut metadata = Vec::new();
    for (name, value) in given.filter(|(_, value)| !value.is_null()) {
        let text = value.as_str().ok_or_else(|| wrong(name))?;
        if name == "public" && !matches!(text, "true" | "false") {
            let message = format!("metadata.public should only be 'true' or 'false', but got: '{text}'");
            return Err(HarborError::bad_request(&message));
        }
        metadata.push((name.clone(), text.to_owned()));
    }
    Ok(metadata)
}

/// The body as an object.
pub(super) fn object(request: &Request) -> Result<Map<String, Value>, HarborError> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(HarborError::bad_request("parsing body failed: it is no JSON object")),
    }
}
