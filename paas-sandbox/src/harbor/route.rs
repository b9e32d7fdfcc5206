//! Which path is what.

use super::{
    Answer, HarborError, Registry, artifacts, executions, immutable, labels, members, moment::Moment,
    policies, projects, quotas, repositories, rights::Caller, system, tags, targets, users, webhooks,
};
use crate::api::{Reply, Request};

/// Answers one request below `/api/v2.0`.
pub(super) fn route(harbor: &mut Registry, request: &Request, segments: &[&str], now: &Moment) -> Answer {
    let caller = Caller::of(harbor, request);
    match segments {
        ["projects", project, "repositories", rest @ ..] => {
            images(harbor, request, &caller, project, rest, now)
        }
        ["projects", key, "webhook" | "immutabletagrules", ..] => {
            of_project(harbor, request, &caller, key, segments.get(2..).unwrap_or_default(), now)
        }
        ["registries" | "replication", ..] => replication(harbor, request, &caller, segments, now),
        _ => rest(harbor, request, &caller, segments, now),
    }
}

/// An artifact, by a tag or its digest.
fn at<'a>(project: &'a str, repository: &'a str, reference: &'a str) -> artifacts::Place<'a> {
    (project, repository, reference)
}

fn no_path() -> Answer {
    Err(HarborError::not_found("path not found"))
}

/// What is below the repositories of a project.
fn images(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    project: &str,
    segments: &[&str],
    now: &Moment,
) -> Answer {
    match (request.method.as_str(), segments) {
        ("GET", []) => repositories::list(harbor, request, caller, project),
        ("GET", [repo]) => repositories::read(harbor, caller, project, repo),
        ("PUT", [repo]) => repositories::update(harbor, request, caller, project, repo, now),
        ("DELETE", [repo]) => repositories::delete(harbor, caller, project, repo, now),
        ("GET", [repo, "artifacts"]) => artifacts::list(harbor, request, caller, project, repo),
        ("POST", [repo, "artifacts"]) => artifacts::copy(harbor, request, caller, project, repo, now),
        ("GET", [repo, "artifacts", key]) => artifacts::read(harbor, request, caller, at(project, repo, key)),
        ("DELETE", [repo, "artifacts", key]) => {
            artifacts::delete(harbor, caller, at(project, repo, key), now)
        }
        ("GET", [repo, "artifacts", key, "tags"]) => {
            tags::list(harbor, request, caller, at(project, repo, key))
        }
        ("POST", [repo, "artifacts", key, "tags"]) => {
            tags::create(harbor, request, caller, at(project, repo, key), now)
        }
        ("DELETE", [repo, "artifacts", key, "tags", tag]) => {
            tags::delete(harbor, caller, at(project, repo, key), tag, now)
        }
        ("GET", [repo, "artifacts", key, "accessories"]) => {
            artifacts::accessories(harbor, request, caller, at(project, repo, key))
        }
        ("POST", [repo, "artifacts", key, "labels"]) => {
            artifacts::add_label(harbor, request, caller, at(project, repo, key))
        }
        ("DELETE", [repo, "artifacts", key, "labels", label]) => {
            artifacts::remove_label(harbor, caller, at(project, repo, key), label)
        }
        _ => no_path(),
    }
}

/// Webhooks and rules of a project.
fn of_project(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    segments: &[&str],
    now: &Moment,
) -> Answer {
    match (request.method.as_str(), segments) {
        ("GET", ["immutabletagrules"]) => immutable::list(harbor, request, caller, key),
        ("POST", ["immutabletagrules"]) => immutable::create(harbor, request, caller, key),
        ("DELETE", ["immutabletagrules", id]) => immutable::delete(harbor, request, caller, key, id),
        ("GET", ["webhook", "policies"]) => webhooks::list(harbor, request, caller, key),
        ("POST", ["webhook", "policies"]) => webhooks::create(harbor, request, caller, key, now),
        ("GET", ["webhook", "policies", id]) => webhooks::read(harbor, request, caller, key, id),
        ("PUT", ["webhook", "policies", id]) => webhooks::update(harbor, request, caller, key, id, now),
        ("DELETE", ["webhook", "policies", id]) => webhooks::delete(harbor, request, caller, key, id),
        ("GET", ["webhook", "policies", id, "executions"]) => {
            webhooks::executions(harbor, request, caller, key, id)
        }
        ("GET", ["webhook", "lasttrigger"]) => webhooks::last_triggers(harbor, request, caller, key),
        _ => no_path(),
    }
}

/// Other registries, and copies to and from them.
fn replication(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    segments: &[&str],
    now: &Moment,
) -> Answer {
    match (request.method.as_str(), segments) {
        ("GET", ["registries"]) => targets::list(harbor, request, caller),
        ("POST", ["registries"]) => targets::create(harbor, request, caller, now),
        ("POST", ["registries", "ping"]) => targets::ping(harbor, request, caller),
        ("GET", ["registries", id]) => targets::read(harbor, request, caller, id),
        ("PUT", ["registries", id]) => targets::update(harbor, request, caller, id, now),
        ("DELETE", ["registries", id]) => targets::delete(harbor, caller, id),
        ("GET", ["registries", id, "info"]) => targets::info(harbor, request, caller, id),
        ("GET", ["replication", "policies"]) => policies::list(harbor, request, caller),
        ("POST", ["replication", "policies"]) => policies::create(harbor, request, caller, now),
        ("GET", ["replication", "policies", id]) => policies::read(harbor, request, caller, id),
        ("PUT", ["replication", "policies", id]) => policies::update(harbor, request, caller, id, now),
        ("DELETE", ["replication", "policies", id]) => policies::delete(harbor, caller, id),
        ("GET", ["replication", "executions"]) => executions::list(harbor, request, caller),
        ("POST", ["replication", "executions"]) => executions::start(harbor, request, caller, now),
        ("GET", ["replication", "executions", id]) => executions::read(harbor, caller, id),
        ("PUT", ["replication", "executions", id]) => executions::stop(harbor, caller, id, now),
        ("GET", ["replication", "executions", id, "tasks"]) => executions::tasks(harbor, request, caller, id),
        ("GET", ["replication", "executions", id, "tasks", task, "log"]) => {
            executions::log(harbor, caller, id, task)
        }
        _ => no_path(),
    }
}

fn rest(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    segments: &[&str],
    now: &Moment,
) -> Answer {
    match (request.method.as_str(), segments) {
        ("GET", ["ping"]) => Ok(Reply::text(200, "Pong")),
        ("GET", ["health"]) => Ok(system::health()),
        ("GET", ["systeminfo"]) => Ok(system::info(request, caller, &now.date)),
        ("GET", ["projects"]) => projects::list(harbor, request, caller),
        ("HEAD", ["projects"]) => projects::head(harbor, request, caller),
        ("POST", ["projects"]) => projects::create(harbor, request, caller, &now.date),
        ("GET", ["projects", key]) => projects::read(harbor, request, caller, key),
        ("PUT", ["projects", key]) => projects::update(harbor, request, caller, key, &now.date),
        ("DELETE", ["projects", key]) => projects::delete(harbor, request, caller, key),
        ("GET", ["projects", key, "_deletable"]) => projects::deletable(harbor, request, caller, key),
        ("GET", ["projects", key, "members"]) => members::list(harbor, request, caller, key),
        ("POST", ["projects", key, "members"]) => members::create(harbor, request, caller, key),
        ("GET", ["projects", key, "members", id]) => members::read(harbor, request, caller, key, id),
        ("PUT", ["projects", key, "members", id]) => members::update(harbor, request, caller, key, id),
        ("DELETE", ["projects", key, "members", id]) => members::delete(harbor, request, caller, key, id),
        ("GET", ["projects", key, "artifacts"]) => artifacts::list_of_project(harbor, request, caller, key),
        ("GET", ["repositories"]) => repositories::list_all(harbor, request, caller),
        ("GET", ["labels"]) => labels::list(harbor, request, caller),
        ("POST", ["labels"]) => labels::create(harbor, request, caller, now),
        ("GET", ["labels", id]) => labels::read(harbor, caller, id),
        ("PUT", ["labels", id]) => labels::update(harbor, request, caller, id, now),
        ("DELETE", ["labels", id]) => labels::delete(harbor, caller, id),
        ("GET", ["users"]) => users::list(harbor, request, caller),
        ("GET", ["users", "search"]) => users::search(harbor, request, caller),
        ("GET", ["users", "current"]) => users::current(harbor, caller),
        ("GET", ["users", "current", "permissions"]) => users::permissions(harbor, request, caller),
        ("GET", ["users", id]) => users::read(harbor, caller, id),
        ("GET", ["usergroups"]) => users::groups(request, caller),
        ("GET", ["usergroups", "search"]) => users::search_groups(request, caller),
        ("GET", ["quotas"]) => quotas::list(harbor, request, caller),
        ("GET", ["quotas", id]) => quotas::read(harbor, caller, id),
        ("PUT", ["quotas", id]) => quotas::update(harbor, request, caller, id, &now.date),
        _ => no_path(),
    }
}
