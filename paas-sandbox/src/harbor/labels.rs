use super::{
    Answer, HarborError, Registry,
    moment::Moment,
    page::page,
    projects::object,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};

/// A label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) color: String,
    /// The project in which it can be used; none in all.
    pub(super) project: Option<u64>,
    pub(super) created: String,
    pub(super) updated: String,
}

/// Lists the labels of a scope. Global ones are shown to everybody.
pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    let scope = request.param("scope").unwrap_or_default();
    let project = match scope {
        "g" => None,
        "p" => {
            let id = request.param("project_id").and_then(|id| id.parse().ok()).unwrap_or_default();
            if id == 0 {
                let message = "must with project ID when to query project labels";
                return Err(HarborError::bad_request(message));
            }
            Some(caller.project_id(harbor, id, Right("label", "list"))?)
        }
        _ => return Err(HarborError::bad_request(&format!("invalid scope: {scope}"))),
    };
    let fits = |label: &Label| {
        label.project == project && request.param("name").is_none_or(|part| label.name.contains(part))
    };
    let found = harbor.labels.iter().filter(|(_, label)| fits(label));
    let rows: Vec<Value> = found.filter_map(|(id, _)| shown(harbor, *id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, now: &Moment) -> Answer {
    let body = object(request)?;
    let project = match text(&body, "scope").as_str() {
        "g" => None,
        "p" => Some(body.get("project_id").and_then(Value::as_u64).unwrap_or_default()),
        _ => return Err(HarborError::bad_request("unsupported label scope")),
    };
    require(harbor, caller, project, "create")?;
    let name = text(&body, "name");
    if harbor.labels.iter().any(|(_, label)| label.name == name && label.project == project) {
        return Err(HarborError::conflict(&format!("label {name} already exists")));
    }
    let (description, color) = (text(&body, "description"), text(&body, "color"));
    let (created, updated) = (now.date.clone(), now.date.clone());
    let id = harbor.labels.add(Label { name, description, color, project, created, updated });
    Ok(Reply::created(format!("/api/v2.0/labels/{id}"), id))
}

pub(super) fn read(harbor: &Registry, caller: &Caller, id: &str) -> Answer {
    let id = found(harbor, caller, id, "read")?;
    Ok(Reply::json(200, &shown(harbor, id).unwrap_or_default()))
}

pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    id: &str,
    now: &Moment,
) -> Answer {
    let id = found(harbor, caller, id, "update")?;
    let body = object(request)?;
    let name = text(&body, "name");
    if name.is_empty() || name.len() > 128 {
        return Err(HarborError::bad_request("a name has 1 to 128 bytes"));
    }
    let project = harbor.labels.get(id).and_then(|label| label.project);
    let is_taken =
        |(other, label): (&u64, &Label)| *other != id && label.name == name && label.project == project;
    if harbor.labels.iter().any(is_taken) {
        return Err(HarborError::conflict(&format!("label {name} already exists")));
    }
    if let Some(label) = harbor.labels.get_mut(id) {
        (label.description, label.color) = (text(&body, "description"), text(&body, "color"));
        label.name = name;
        label.updated.clone_from(&now.date);
    }
    Ok(Reply::nothing(200))
}

pub(super) fn delete(harbor: &mut Registry, caller: &Caller, id: &str) -> Answer {
    let id = found(harbor, caller, id, "delete")?;
    harbor.labels.remove(id);
    for (_, artifact) in harbor.artifacts.iter_mut() {
        artifact.labels.remove(&id);
    }
    Ok(Reply::nothing(200))
}

/// The label that a path means, if this may be done with it.
fn found(harbor: &Registry, caller: &Caller, id: &str, action: &'static str) -> Result<u64, HarborError> {
    let number = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: label_id in path must be of type int64")
    })?;
    let missing = || HarborError::not_found(&format!("label {id} not found"));
    let label = harbor.labels.get(number).ok_or_else(missing)?;
    require(harbor, caller, label.project, action)?;
    Ok(number)
}

fn require(
    harbor: &Registry,
    caller: &Caller,
    project: Option<u64>,
    action: &'static str,
) -> Result<(), HarborError> {
    match project {
        None => caller.require_admin(),
        Some(project) => caller.project_id(harbor, project, Right("label", action)).map(drop),
    }
}

pub(super) fn text(body: &Map<String, Value>, name: &str) -> String {
    body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn shown(harbor: &Registry, id: u64) -> Option<Value> {
    let label = harbor.labels.get(id)?;
    Some(json!({
        "id": id,
        "name": label.name,
        "description": label.description,
        "color": label.color,
        "scope": if label.project.is_some() { "p" } else { "g" },
        "project_id": label.project.unwrap_or_default(),
        "creation_time": label.created,
        "update_time": label.updated,
    }))
}
