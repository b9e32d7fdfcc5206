use super::{Answer, HarborError, Registry, page::page, projects::object, rights::Caller};
use crate::api::{Reply, Request};
use serde_json::{Value, json};

/// Lists quotas: each project has one, which has its number.
pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let is_of_projects = request.param("reference").is_none_or(|reference| reference == "project");
    let fits = |id: u64| request.param("reference_id").is_none_or(|wanted| wanted == id.to_string());
    let ids = harbor.projects.keys().filter(|id| is_of_projects && fits(**id));
    let rows: Vec<Value> = ids.filter_map(|id| shown(harbor, *id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn read(harbor: &Registry, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let quota = id.parse().ok().and_then(|id| shown(harbor, id));
    quota.map(|quota| Reply::json(200, &quota)).ok_or_else(|| missing(id))
}

pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    id: &str,
    now: &str,
) -> Answer {
    caller.require_admin()?;
    let body = object(request)?;
    let limit = body.get("hard").and_then(|hard| hard.get("storage")).and_then(Value::as_i64);
    let limit = limit.filter(|limit| *limit == -1 || *limit > 0);
    let project = id.parse::<u64>().ok().and_then(|id| harbor.projects.get_mut(&id));
    let project = project.ok_or_else(|| missing(id))?;
    project.storage_limit = limit.ok_or_else(|| HarborError::bad_request("invalid hard limit of storage"))?;
    now.clone_into(&mut project.updated);
    Ok(Reply::nothing(200))
}

fn missing(id: &str) -> HarborError {
    HarborError::not_found(&format!("quota {id} not found"))
}

fn shown(harbor: &Registry, id: u64) -> Option<Value> {
    let project = harbor.projects.get(&id)?;
    let owner = harbor.user_name(project.owner);
    Some(json!({
        "id": id,
        "ref": {"id": id, "name": project.name, "owner_name": owner},
        "hard": {"storage": project.storage_limit},
        "used": {"storage": 0},
        "creation_time": project.created,
        "update_time": project.updated,
    }))
}
