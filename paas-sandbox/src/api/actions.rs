use super::{ApiError, Caller, Reply, Request, change, create, members, show};
use crate::world::{Id, Link, Resource, World};
use serde_json::{Map, Value};

/// Runs the action that a POST to a resource names.
pub(super) fn act(world: &mut World, caller: &Caller, request: &Request, id: Id) -> Result<Reply, ApiError> {
    let resource = world.get(id).ok_or_else(ApiError::not_found)?;
    let (kind, project, own) = (resource.kind, resource.project, resource.id_text());
    let Some(action) = request.param("action") else { return Err(ApiError::not_allowed()) };
    let Some((action, input)) =
        kind.actions.iter().find(|(name, _)| name.eq_ignore_ascii_case(action)).copied()
    else {
        return Err(ApiError::invalid("InvalidAction", "action"));
    };
    if !show::actions(caller, resource).contains_key(action) {
        return Err(ApiError::invalid("ActionNotAvailable", "action"));
    }
    let sent = request.object()?;
    let body = match input.and_then(|input| world.schema.named(input)) {
        Some(input) => create::with_check(world, caller.key.role, kind, project, Some(id), |check| {
            check.create(input, &sent)
        })?,
        None => sent.clone(),
    };
    let status = match action {
        "setservicelinks" | "addservicelink" | "removeservicelink" => {
            let links = links_after(world, id, action, &body)?;
            world.set_links(id, &links)?;
            200
        }
        "activateservices" | "deactivateservices" => {
            let process = action.trim_end_matches("services");
            let services: Vec<&Resource> = world.live_with("service", "stackId", &own).collect();
            let open: Vec<Id> =
                services.iter().filter(|each| show::is_open(each, process)).map(|each| each.id).collect();
            for service in open {
                world.begin(service, process)?;
            }
            200
        }
        "setmembers" => {
            members::set(world, id, &sent, &body)?;
            200
        }
        "remove" if kind.name == "project" => {
            world.remove_project(id)?;
            202
        }
        process => {
            world.begin(id, process)?;
            202
        }
    };
    world.catch_up();
    Ok(change::shown(world, caller, id, status))
}

/// The links that a service is to have after an action.
fn links_after(
    world: &World,
    id: Id,
    action: &str,
    body: &Map<String, Value>,
) -> Result<Vec<Link>, ApiError> {
    if action == "setservicelinks" {
        let links = body.get("serviceLinks").and_then(Value::as_array);
        return links.into_iter().flatten().map(Link::read).collect();
    }
    let link = Link::read(body.get("serviceLink").unwrap_or(&Value::Null))?;
    let mut links = world.links(id);
    links.retain(|each| *each != link);
    if action == "addservicelink" {
        links.push(link);
    }
    Ok(links)
}
