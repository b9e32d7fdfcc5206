//! Harbor's API v2.0, as far as the sandbox has it: projects, their members and quotas, users.

mod error;
mod inspect;
mod members;
mod page;
mod project;
mod projects;
mod quotas;
mod registry;
mod rights;
mod system;
mod users;

pub use inspect::{HarborMember, HarborUser};
pub(crate) use registry::Registry;

use crate::{
    api::{Reply, Request},
    world::World,
};
use error::HarborError;
use rights::Caller;

/// What an answer is, before it is one.
type Answer = Result<Reply, HarborError>;

/// Whether a path is Harbor's.
pub(crate) fn is_asked(request: &Request) -> bool {
    matches!(request.segments.as_slice(), [api, version, ..] if api == "api" && version == "v2.0")
}

/// Answers one request below `/api/v2.0`.
pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    let segments: Vec<&str> = request.segments.iter().skip(2).map(String::as_str).collect();
    let now = world.clock.date(world.now());
    let mut reply =
        route(&mut world.harbor, request, &segments, &now).unwrap_or_else(|error| refusal(&error));
    reply.header("X-Request-Id", world.harbor.request_id());
    if request.method == "HEAD" {
        reply.body.clear();
    }
    reply
}

/// An error of Harbor that a fault wants.
pub(crate) fn faulty(world: &mut World, status: u16) -> Reply {
    let mut reply = refusal(&match status {
        409 => HarborError::conflict("the resource is busy"),
        _ => HarborError::new(status, "UNAVAILABLE", "service unavailable"),
    });
    reply.header("X-Request-Id", world.harbor.request_id());
    reply
}

fn refusal(error: &HarborError) -> Reply {
    let mut reply = Reply::json(error.status, &error.body());
    if error.status == 401 {
        reply.header("WWW-Authenticate", "Basic realm=\"harbor\"");
    }
    reply
}

fn route(harbor: &mut Registry, request: &Request, segments: &[&str], now: &str) -> Answer {
    let caller = Caller::of(harbor, request);
    match (request.method.as_str(), segments) {
        ("GET", ["ping"]) => Ok(Reply::text(200, "Pong")),
        ("GET", ["health"]) => Ok(system::health()),
        ("GET", ["systeminfo"]) => Ok(system::info(request, &caller, now)),
        ("GET", ["projects"]) => projects::list(harbor, request, &caller),
        ("HEAD", ["projects"]) => projects::head(harbor, request, &caller),
        ("POST", ["projects"]) => projects::create(harbor, request, &caller, now),
        ("GET", ["projects", key]) => projects::read(harbor, request, &caller, key),
        ("PUT", ["projects", key]) => projects::update(harbor, request, &caller, key, now),
        ("DELETE", ["projects", key]) => projects::delete(harbor, request, &caller, key),
        ("GET", ["projects", key, "_deletable"]) => projects::deletable(harbor, request, &caller, key),
        ("GET", ["projects", key, "members"]) => members::list(harbor, request, &caller, key),
        ("POST", ["projects", key, "members"]) => members::create(harbor, request, &caller, key),
        ("GET", ["projects", key, "members", id]) => members::read(harbor, request, &caller, key, id),
        ("PUT", ["projects", key, "members", id]) => members::update(harbor, request, &caller, key, id),
        ("DELETE", ["projects", key, "members", id]) => members::delete(harbor, request, &caller, key, id),
        ("GET", ["users"]) => users::list(harbor, request, &caller),
        ("GET", ["users", "search"]) => users::search(harbor, request, &caller),
        ("GET", ["users", "current"]) => users::current(harbor, &caller),
        ("GET", ["users", "current", "permissions"]) => users::permissions(harbor, request, &caller),
        ("GET", ["users", id]) => users::read(harbor, &caller, id),
        ("GET", ["usergroups"]) => users::groups(request, &caller),
        ("GET", ["usergroups", "search"]) => users::search_groups(request, &caller),
        ("GET", ["quotas"]) => quotas::list(harbor, request, &caller),
        ("GET", ["quotas", id]) => quotas::read(harbor, &caller, id),
        ("PUT", ["quotas", id]) => quotas::update(harbor, request, &caller, id, now),
        _ => Err(HarborError::not_found("path not found")),
    }
}
