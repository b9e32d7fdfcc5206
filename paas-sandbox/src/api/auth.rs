use super::{ApiError, Caller, Request};
use crate::{
    schema::Role,
    world::{Resource, World},
};
use base64::{Engine, prelude::BASE64_STANDARD};

/// Who sends a request, in which environment, and what of the path is left.
pub(super) fn caller<'a, 'b>(
    world: &World,
    request: &Request,
    rest: &'a [&'b str],
) -> Result<(Caller, &'a [&'b str]), ApiError> {
    let (public, secret) = credentials(request).ok_or_else(ApiError::unauthorized)?;
    let key = world.authenticate(&public, &secret).ok_or_else(ApiError::unauthorized)?;
    let root = format!("{}/v2-beta", request.origin);
    let mut caller = Caller { project: key.project, key, base: root.clone(), root };
    let projects = world.schema.named("project");
    let enter = |caller: &Caller, id: &str| {
        let project =
            projects.and_then(|kind| world.find(kind, id)).filter(|project| project.removed.is_none());
        project
            .filter(|project| sees(world, caller, project))
            .map(|project| project.id)
            .ok_or_else(ApiError::not_found)
    };
    if let ["projects", id, inner @ ..] = rest
        && !inner.is_empty()
    {
        caller.project = Some(enter(&caller, id)?);
        caller.base = format!("{}/projects/{id}", caller.root);
        return Ok((caller, inner));
    }
    if let Some(id) = &request.project {
        caller.project = Some(enter(&caller, id)?);
    }
    Ok((caller, rest))
}

/// Whether a caller may know of a resource.
pub(super) fn sees(world: &World, caller: &Caller, resource: &Resource) -> bool {
    let key = &caller.key;
    if resource.kind.name == "project" {
        return match key.role {
            Role::Admin => true,
            Role::Account => world.is_member(resource, &key.account),
            Role::Environment => key.project == Some(resource.id),
        };
    }
    match (resource.project, caller.project) {
        (Some(own), Some(asked)) => own == asked,
        (Some(own), None) => {
            let member = || world.get(own).is_some_and(|project| world.is_member(project, &key.account));
            key.role == Role::Admin || member()
        }
        (None, _) => {
            let own_key = || resource.text("accountId") == Some(key.account.as_str());
            resource.kind.name != "apiKey" || key.role == Role::Admin || own_key()
        }
    }
}

fn credentials(request: &Request) -> Option<(String, String)> {
    let (scheme, encoded) = request.authorization.as_deref()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (public, secret) = decoded.split_once(':')?;
    Some((public.to_owned(), secret.to_owned()))
}
