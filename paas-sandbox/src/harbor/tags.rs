use super::{
    Answer, HarborError, Registry,
    artifacts::{Place, artifact, tags},
    image::is_tag,
    moment::Moment,
    page::page,
    projects::object,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::Value;

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller, place: Place<'_>) -> Answer {
    let id = artifact(harbor, caller, place, Right("tag", "list"))?;
    let rows = tags(harbor, id, request.param("with_immutable_status") == Some("true"));
    let total = rows.len();
    page(request, rows, total)
}

/// Gives an artifact a tag that no other of the repository has. No webhook tells of it.
pub(super) fn create(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    place: Place<'_>,
    now: &Moment,
) -> Answer {
    let id = artifact(harbor, caller, place, Right("tag", "create"))?;
    let body = object(request)?;
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
    if !is_tag(name) {
        return Err(HarborError::bad_request(&format!("invalid tag name: {name}")));
    }
    let repository = harbor.artifacts.get(id).map(|artifact| artifact.repository).unwrap_or_default();
    if harbor.artifact(repository, name).is_some() {
        let message = format!("tag {name} already exists under the repository {repository}");
        return Err(HarborError::conflict(&message));
    }
    harbor.set_tag(id, name, now)?;
    Ok(Reply::nothing(201))
}

pub(super) fn delete(
    harbor: &mut Registry,
    caller: &Caller,
    place: Place<'_>,
    tag: &str,
    now: &Moment,
) -> Answer {
    let id = artifact(harbor, caller, place, Right("tag", "delete"))?;
    harbor.remove_tag(id, tag, now)?;
    Ok(Reply::nothing(200))
}
