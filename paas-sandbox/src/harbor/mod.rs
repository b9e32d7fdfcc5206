//! Harbor's API v2.0, as far as the sandbox has it: projects, their members and quotas, users; images without content,
//! labels, rules that keep tags as they are; replication from itself to itself; webhooks.

mod artifacts;
mod error;
mod executions;
mod hooks;
mod image;
mod immutable;
mod inspect;
mod labels;
mod members;
mod moment;
mod page;
mod pattern;
mod peers;
mod policies;
mod project;
mod projects;
mod push;
mod quotas;
mod registry;
mod replicate;
mod repositories;
mod rights;
mod route;
mod system;
mod table;
mod tags;
mod targets;
mod users;
mod webhooks;

pub use hooks::HarborWebhook;
pub use inspect::{HarborMember, HarborUser};
pub use push::HarborPush;
pub(crate) use registry::Registry;

use crate::{
    api::{Reply, Request},
    world::World,
};
use error::HarborError;
use moment::Moment;
use route::route;

/// What an answer is, before it is one.
type Answer = Result<Reply, HarborError>;

/// Whether a path is Harbor's.
pub(crate) fn is_asked(request: &Request) -> bool {
    matches!(request.segments.as_slice(), [api, version, ..] if api == "api" && version == "v2.0")
}

/// Answers one request below `/api/v2.0`.
pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    let segments: Vec<&str> = request.segments.iter().skip(2).map(String::as_str).collect();
    let now = Moment::at(&world.clock, world.now());
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
