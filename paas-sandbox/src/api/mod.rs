//! Rancher's API v2-beta, as far as the sandbox has it.

mod actions;
mod auth;
mod change;
mod control;
mod create;
mod error;
mod filter;
mod inspect;
mod list;
mod members;
mod message;
mod rules;
mod show;
mod transform;

pub(crate) use create::create;
pub(crate) use error::ApiError;
pub(crate) use inspect::resources;
pub(crate) use members::has_owner;
pub(crate) use message::{Reply, Request, decoded};

use crate::{
    harbor,
    schema::{self, Role, Type},
    world::{Id, Key, World},
};
use serde_json::{Map, Value, json};

/// Who asks, and in which environment.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) key: Key,
    /// The environment that the path, a header or the key names.
    pub(crate) project: Option<Id>,
    /// What the addresses of answers begin with.
    pub(crate) base: String,
    /// The same outside of any environment.
    pub(crate) root: String,
}

/// Answers one request.
pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    world.catch_up();
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["ping"] => Reply::text(200, "pong"),
        ["sandbox", rest @ ..] => control::answer(world, request, rest),
        ["api", "v2.0", ..] => harbor::answer(world, request),
        ["v2-beta", rest @ ..] => v2_beta(world, request, rest),
        _ => Reply::error(&ApiError::not_found(), &world.error_id()),
    }
}

fn v2_beta(world: &mut World, request: &Request, rest: &[&str]) -> Reply {
    let (mut reply, base) = match auth::caller(world, request, rest) {
        Err(error) => (Reply::error(&error, &world.error_id()), format!("{}/v2-beta", request.origin)),
        Ok((caller, rest)) => {
            let reply = route(world, &caller, request, rest);
            world.catch_up();
            let reply = reply.unwrap_or_else(|error| Reply::error(&error, &world.error_id()));
            (reply, caller.base)
        }
    };
    reply.header("X-API-Schemas", format!("{base}/schemas"));
    reply
}

fn route(world: &mut World, caller: &Caller, request: &Request, rest: &[&str]) -> Result<Reply, ApiError> {
    match (request.method.as_str(), rest) {
        ("GET", []) => Ok(Reply::json(200, &root(world, caller))),
        ("GET", ["schemas"]) => {
            let types = schema::schemas(world.schema, caller.key.role, &caller.base);
            Ok(Reply::json(200, &list::collection("schema", &request.url(), &types)))
        }
        ("GET", ["schemas", name]) => {
            let types = schema::schemas(world.schema, caller.key.role, &caller.base);
            let named = |kind: &&Value| {
                kind.get("id").and_then(Value::as_str).is_some_and(|id| id.eq_ignore_ascii_case(name))
            };
            types.iter().find(named).map(|kind| Reply::json(200, kind)).ok_or_else(ApiError::not_found)
        }
        ("POST", ["scripts", "transform"]) => Ok(Reply::json(200, &transform::transform(&request.object()?))),
        ("GET", ["projectmembers"]) => members::list(world, caller, request),
        ("GET", ["identities"]) => Ok(members::identities(world, caller, request)),
        (_, [plural]) => collection(world, caller, request, kind_at(world, caller, plural)?),
        (_, [plural, id]) => resource(world, caller, request, kind_at(world, caller, plural)?, id),
        ("GET", [plural, id, link]) => {
            let kind = kind_at(world, caller, plural)?;
            list::linked(world, caller, request, kind, id, link)
        }
        _ => Err(ApiError::not_found()),
    }
}

fn kind_at(world: &World, caller: &Caller, plural: &str) -> Result<&'static Type, ApiError> {
    let kind = world.schema.at_path(plural).ok_or_else(ApiError::not_found)?;
    if kind.may(caller.key.role, 'r') { Ok(kind) } else { Err(ApiError::not_found()) }
}

fn collection(
    world: &mut World,
    caller: &Caller,
    request: &Request,
    kind: &'static Type,
) -> Result<Reply, ApiError> {
    match request.method.as_str() {
        "GET" if kind.name == "project" => Ok(list::projects(world, caller, request, kind)),
        "GET" => Ok(list::list(world, caller, request, kind)),
        "POST" => change::post(world, caller, request, kind),
        _ => Err(ApiError::not_allowed()),
    }
}

fn resource(
    world: &mut World,
    caller: &Caller,
    request: &Request,
    kind: &'static Type,
    id: &str,
) -> Result<Reply, ApiError> {
    let found = find(world, caller, kind, id)?;
    if request.method != "GET" && caller.key.role == Role::Account {
        let project = world.get(found).filter(|resource| resource.kind.name == "project");
        if project.is_some_and(|project| !world.is_owner(project, &caller.key.account)) {
            return Err(ApiError::forbidden());
        }
    }
    match request.method.as_str() {
        "GET" => Ok(change::shown(world, caller, found, 200)),
        "PUT" => change::put(world, caller, request, found),
        "DELETE" => change::delete(world, caller, found),
        "POST" => actions::act(world, caller, request, found),
        _ => Err(ApiError::not_allowed()),
    }
}

/// The resource at a path, if the caller may see it.
fn find(world: &World, caller: &Caller, kind: &Type, id: &str) -> Result<Id, ApiError> {
    let found = world
        .find(kind, id)
        .filter(|resource| is_at(kind, resource.kind) && auth::sees(world, caller, resource));
    found.map(|resource| resource.id).ok_or_else(ApiError::not_found)
}

/// Whether a type's path serves resources of another type: `services` serves all kinds of services.
fn is_at(path: &Type, kind: &Type) -> bool {
    path.name == kind.name || path.name == "service" && kind.is_service()
}

fn root(world: &World, caller: &Caller) -> Value {
    let kinds = world.schema.resources().filter(|kind| kind.may(caller.key.role, 'r'));
    let link = |kind: &Type| {
        (kind.plural.to_owned(), Value::from(format!("{}/{}", caller.base, kind.plural.to_ascii_lowercase())))
    };
    let mut links: Map<String, Value> = kinds.map(link).collect();
    links.insert("self".to_owned(), caller.base.as_str().into());
    links.insert("schemas".to_owned(), format!("{}/schemas", caller.base).into());
    json!({"id": "v2-beta", "type": "apiVersion", "baseType": "apiVersion", "links": links, "actions": {}})
}
