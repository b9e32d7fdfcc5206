use super::{
    Answer, HarborError, Registry,
    image::{Artifact, INDEX, is_digest},
    labels,
    moment::{Moment, NEVER},
    page::page,
    projects::object,
    repositories::{found, name},
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Value, json};

/// Where an artifact is: project, repository, and its tag or digest.
pub(super) type Place<'a> = (&'a str, &'a str, &'a str);

pub(super) fn list(
    harbor: &Registry,
    request: &Request,
    caller: &Caller,
    project: &str,
    repository: &str,
) -> Answer {
    let id = found(harbor, caller, project, repository, Right("artifact", "list"))?;
    rows(harbor, request, |artifact| artifact.repository == id)
}

pub(super) fn list_of_project(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("artifact", "list"))?;
    rows(harbor, request, |artifact| {
        harbor.repositories.get(artifact.repository).is_some_and(|repository| repository.project == project)
    })
}

/// Those that were pushed last first. What has no tag and belongs to another is not listed.
fn rows(harbor: &Registry, request: &Request, is_meant: impl Fn(&Artifact) -> bool) -> Answer {
    let filters = filters(request)?;
    let is_part = |id: u64| harbor.artifacts.iter().any(|(_, other)| other.children.contains(&id));
    let mut all: Vec<(u64, &Artifact)> = harbor
        .artifacts
        .iter()
        .map(|(id, artifact)| (*id, artifact))
        .filter(|(_, artifact)| is_meant(artifact) && filters.iter().all(|filter| filter.lets(artifact)))
        .filter(|(id, artifact)| !artifact.tags.is_empty() || artifact.subject.is_none() && !is_part(*id))
        .collect();
    all.sort_by(|(one, first), (two, second)| (&second.pushed, two).cmp(&(&first.pushed, one)));
    let rows: Vec<Value> =
        all.into_iter().map(|(id, artifact)| shown(harbor, request, id, artifact)).collect();
    let total = rows.len();
    page(request, rows, total)
}

/// What `q` asks for.
enum Filter<'a> {
    Tagged(bool),
    Digest(&'a str),
    Label(u64),
}

impl Filter<'_> {
    fn lets(&self, artifact: &Artifact) -> bool {
        match self {
            Self::Tagged(tagged) => artifact.tags.is_empty() != *tagged,
            Self::Digest(digest) => artifact.digest == *digest,
            Self::Label(label) => artifact.labels.contains(label),
        }
    }
}

fn filters(request: &Request) -> Result<Vec<Filter<'_>>, HarborError> {
    let wrong =
        || HarborError::bad_request("the sandbox knows `tags`, `digest` and one of `labels` in `q` only");
    let asked = request.param("q").filter(|q| !q.is_empty());
    let filter = |part| {
        Some(match str::split_once(part, '=')? {
            ("tags", "*") => Filter::Tagged(true),
            ("tags", "nil") => Filter::Tagged(false),
            ("digest", digest) => Filter::Digest(digest),
            ("labels", label) => Filter::Label(label.strip_prefix('(')?.strip_suffix(')')?.parse().ok()?),
            _ => return None,
        })
    };
    asked.into_iter().flat_map(|q| q.split(',')).map(|part| filter(part).ok_or_else(wrong)).collect()
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, place: Place<'_>) -> Answer {
    let id = artifact(harbor, caller, place, Right("artifact", "read"))?;
    let row = harbor.artifacts.get(id).map(|artifact| shown(harbor, request, id, artifact));
    Ok(Reply::json(200, &row.unwrap_or_default()))
}

pub(super) fn delete(harbor: &mut Registry, caller: &Caller, place: Place<'_>, now: &Moment) -> Answer {
    let id = artifact(harbor, caller, place, Right("artifact", "delete"))?;
    let deleted = harbor.delete_artifact(id, now)?;
    let operator = caller.name(harbor);
    harbor.tell_of_artifact("DELETE_ARTIFACT", deleted.repository, &deleted, None, &operator, now);
    Ok(Reply::nothing(200))
}

/// Copies an artifact from another repository, with all of its tags.
pub(super) fn copy(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    project: &str,
    repository: &str,
    now: &Moment,
) -> Answer {
    let to = caller.project_named(harbor, project, Right("artifact", "create"))?;
    let wrong = || HarborError::unprocessable("validation failure list: from in query is required");
    let from = request.param("from").ok_or_else(wrong)?;
    let invalid = || HarborError::bad_request(&format!("invalid input: {from}"));
    let (source, reference) = match from.split_once('@') {
        Some((source, digest)) if is_digest(digest) => (source, digest),
        Some(_) => return Err(invalid()),
        None => from.rsplit_once(':').ok_or_else(invalid)?,
    };
    let (of_project, of_repository) = source.split_once('/').ok_or_else(invalid)?;
    let place = (of_project, of_repository, reference);
    let id = artifact(harbor, caller, place, Right("artifact", "read"))?;
    let copy = harbor.copy_artifact(id, to, &name(repository)?, now)?;
    let operator = caller.name(harbor);
    harbor.tell_of_push(copy, None, &operator, now);
    let mut reply = Reply::nothing(201);
    reply.header("Location", format!("{}/{reference}", request.path.trim_end_matches('/')));
    Ok(reply)
}

pub(super) fn accessories(harbor: &Registry, request: &Request, caller: &Caller, place: Place<'_>) -> Answer {
    let id = artifact(harbor, caller, place, Right("accessory", "list"))?;
    let rows = attached(harbor, id);
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn add_label(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    place: Place<'_>,
) -> Answer {
    let project = caller.project_named(harbor, place.0, Right("artifact-label", "create"))?;
    let label = object(request)?.get("id").and_then(Value::as_u64).unwrap_or_default();
    let missing = || HarborError::not_found(&format!("label {label} not found"));
    let row = harbor.labels.get(label).ok_or_else(missing)?;
    if row.project.is_some_and(|of| of != project) {
        return Err(HarborError::not_found(&format!("project id {project}, label {label} not found")));
    }
    let id = artifact(harbor, caller, place, Right("artifact-label", "create"))?;
    let is_new = harbor.artifacts.get_mut(id).is_none_or(|artifact| artifact.labels.insert(label));
    if is_new {
        return Ok(Reply::nothing(200));
    }
    Err(HarborError::conflict(&format!("label {label} is already added to the artifact {id}")))
}

pub(super) fn remove_label(harbor: &mut Registry, caller: &Caller, place: Place<'_>, label: &str) -> Answer {
    let id = artifact(harbor, caller, place, Right("artifact-label", "delete"))?;
    let label: u64 = label.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: label_id in path must be of type int64")
    })?;
    let removed = harbor.artifacts.get_mut(id).is_some_and(|artifact| artifact.labels.remove(&label));
    if removed {
        return Ok(Reply::nothing(200));
    }
    let message = format!("reference with label {label} and artifact {id} not found");
    Err(HarborError::not_found(&message))
}

/// The artifact that a path means, if this may be done in its project.
pub(super) fn artifact(
    harbor: &Registry,
    caller: &Caller,
    (project, repository, reference): Place<'_>,
    right: Right,
) -> Result<u64, HarborError> {
    // Where there is no such repository, Harbor says that there is no such artifact.
    let missing =
        || HarborError::not_found(&format!("artifact {project}/{repository}:{reference} not found"));
    let repository = found(harbor, caller, project, repository, right)?;
    harbor.artifact(repository, reference).ok_or_else(missing)
}

fn shown(harbor: &Registry, request: &Request, id: u64, artifact: &Artifact) -> Value {
    let wants = |part: &str, usually: bool| request.param(part).map_or(usually, |said| said == "true");
    let project = harbor.repositories.get(artifact.repository).map_or(0, |repository| repository.project);
    let is_index = artifact.media_type == INDEX;
    let references: Vec<Value> = artifact
        .children
        .iter()
        .filter_map(|child| Some((*child, harbor.artifacts.get(*child)?)))
        .map(|(child, row)| {
            let platform = json!({"architecture": "amd64", "os": "linux"});
            json!({"parent_id": id, "child_id": child, "child_digest": row.digest, "platform": platform})
        })
        .collect();
    let mut shown = json!({
        "id": id,
        "type": "IMAGE",
        "media_type": if is_index { INDEX } else { "application/vnd.oci.image.config.v1+json" },
        "manifest_media_type": artifact.media_type,
        "project_id": project,
        "repository_id": artifact.repository,
        "repository_name": harbor.full_name(artifact.repository),
        "digest": artifact.digest,
        "size": artifact.size,
        "icon": "",
        "push_time": artifact.pushed,
        "pull_time": artifact.pulled.as_deref().unwrap_or(NEVER),
        "extra_attrs": {},
        "addition_links": {},
        "references": references,
    });
    let mut add = |name: &str, rows: Vec<Value>| {
        if let Some(shown) = shown.as_object_mut() {
            shown.insert(name.to_owned(), rows.into());
        }
    };
    if wants("with_tag", true) {
        add("tags", tags(harbor, id, wants("with_immutable_status", false)));
    }
    if wants("with_label", false) {
        add("labels", artifact.labels.iter().filter_map(|label| labels::shown(harbor, *label)).collect());
    }
    if wants("with_accessory", false) {
        add("accessories", attached(harbor, id));
    }
    shown
}

/// The tags of an artifact; whether rules keep them as they are if that is asked for.
pub(super) fn tags(harbor: &Registry, id: u64, with_immutable: bool) -> Vec<Value> {
    let Some(artifact) = harbor.artifacts.get(id) else { return Vec::new() };
    let row = |(name, tag): (&String, &super::image::Tag)| {
        json!({
            "id": tag.id,
            "repository_id": artifact.repository,
            "artifact_id": id,
            "name": name,
            "push_time": tag.pushed,
            "pull_time": artifact.pulled.as_deref().unwrap_or(NEVER),
            "immutable": with_immutable && harbor.is_immutable(artifact.repository, name),
        })
    };
    artifact.tags.iter().map(row).collect()
}

/// What is attached to an artifact.
fn attached(harbor: &Registry, id: u64) -> Vec<Value> {
    let subject = harbor.artifacts.get(id);
    let digest = subject.map(|artifact| artifact.digest.as_str()).unwrap_or_default();
    let repository = subject.map(|artifact| harbor.full_name(artifact.repository)).unwrap_or_default();
    let all = harbor.attached(id).into_iter();
    all.filter_map(|(other, kind)| {
        let row = harbor.artifacts.get(other)?;
        Some(json!({
            "id": other,
            "artifact_id": other,
            "subject_artifact_id": id,
            "subject_artifact_digest": digest,
            "subject_artifact_repo": repository,
            "size": row.size,
            "digest": row.digest,
            "type": kind,
            "icon": "",
            "creation_time": row.pushed,
        }))
    })
    .collect()
}
