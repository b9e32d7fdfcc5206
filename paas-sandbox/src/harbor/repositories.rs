use super::{
    Answer, HarborError, Registry,
    image::is_repository,
    moment::Moment,
    page::page,
    projects::object,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request, decoded};
use serde_json::{Value, json};

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller, project: &str) -> Answer {
    let project = caller.project_named(harbor, project, Right("repository", "list"))?;
    rows(harbor, request, |of| of == project)
}

/// Lists the repositories of all projects that the caller is a member of, or that are public.
pub(super) fn list_all(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    rows(harbor, request, |project| caller.may(harbor, project, Right("repository", "list")))
}

fn rows(harbor: &Registry, request: &Request, is_seen: impl Fn(u64) -> bool) -> Answer {
    let part = match request.param("q").map(|q| q.split_once('=')) {
        None => None,
        Some(Some(("name", value))) => Some(value.strip_prefix('~').unwrap_or(value)),
        Some(_) => {
            return Err(HarborError::bad_request("the sandbox knows `q=name=~…` of repositories only"));
        }
    };
    let fits = |id: u64| part.is_none_or(|part| harbor.full_name(id).contains(part));
    let found = harbor.repositories.iter().filter(|(id, row)| is_seen(row.project) && fits(**id));
    let rows: Vec<Value> = found.map(|(id, _)| shown(harbor, *id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn read(harbor: &Registry, caller: &Caller, project: &str, name: &str) -> Answer {
    let id = found(harbor, caller, project, name, Right("repository", "read"))?;
    Ok(Reply::json(200, &shown(harbor, id)))
}

pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    project: &str,
    name: &str,
    now: &Moment,
) -> Answer {
    let id = found(harbor, caller, project, name, Right("repository", "update"))?;
    let body = object(request)?;
    let description = body.get("description").and_then(Value::as_str).unwrap_or_default();
    if let Some(repository) = harbor.repositories.get_mut(id) {
        repository.description = escaped(description);
        repository.updated.clone_from(&now.date);
    }
    Ok(Reply::nothing(200))
}

/// Deletes a repository with all that is in it, or nothing at all.
pub(super) fn delete(
    harbor: &mut Registry,
    caller: &Caller,
    project: &str,
    name: &str,
    now: &Moment,
) -> Answer {
    let id = found(harbor, caller, project, name, Right("repository", "delete"))?;
    let own: Vec<u64> = harbor
        .artifacts
        .iter()
        .filter(|(_, artifact)| artifact.repository == id)
        .map(|(id, _)| *id)
        .collect();
    let mut kept =
        own.iter().filter_map(|id| harbor.artifacts.get(*id)).flat_map(|artifact| artifact.tags.keys());
    if let Some(tag) = kept.find(|tag| harbor.is_immutable(id, tag)).cloned() {
        let message = format!("the tag {tag} configured as immutable, cannot be deleted");
        return Err(HarborError::precondition(&message));
    }
    let operator = caller.name(harbor);
    // Indexes before what they are made of.
    for artifact in own.into_iter().rev() {
        if let Ok(deleted) = harbor.delete_artifact(artifact, now) {
            harbor.tell_of_artifact("DELETE_ARTIFACT", id, &deleted, None, &operator, now);
        }
    }
    harbor.artifacts.retain(|_, artifact| artifact.repository != id);
    harbor.repositories.remove(id);
    Ok(Reply::nothing(200))
}

/// The repository that a path means, if this may be done in its project. The name was escaped twice.
pub(super) fn found(
    harbor: &Registry,
    caller: &Caller,
    project: &str,
    name: &str,
    right: Right,
) -> Result<u64, HarborError> {
    let id = caller.project_named(harbor, project, right)?;
    let name = decoded(name);
    let missing = || HarborError::not_found(&format!("repository {project}/{name} not found"));
    harbor.repository_named(id, &name).ok_or_else(missing)
}

/// The name of a repository that may not be there yet.
pub(super) fn name(segment: &str) -> Result<String, HarborError> {
    let name = decoded(segment);
    if is_repository(&name) {
        Ok(name)
    } else {
        Err(HarborError::bad_request(&format!("invalid repository name: {name}")))
    }
}

/// As a web page has it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&#34;").replace('\'', "&#39;")
}

fn shown(harbor: &Registry, id: u64) -> Value {
    let Some(row) = harbor.repositories.get(id) else { return Value::Null };
    let artifacts = harbor.artifacts.iter().filter(|(_, artifact)| artifact.repository == id).count();
    json!({
        "id": id,
        "project_id": row.project,
        "name": harbor.full_name(id),
        "description": row.description,
        "artifact_count": artifacts,
        "pull_count": row.pulls,
        "creation_time": row.created,
        "update_time": row.updated,
    })
}
