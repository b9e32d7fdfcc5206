use super::{
    Answer, HarborError, Registry, executions, image::is_repository, labels::text, moment::Moment,
    page::page, pattern::fits, projects::object, rights::Caller, targets::of_policy,
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};

/// A policy of replication.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) name: String,
    pub(super) description: String,
    /// The other registry.
    pub(super) remote: u64,
    /// Whether it copies to the other registry, or from it.
    pub(super) is_push: bool,
    pub(super) destination: String,
    pub(super) replaced_parts: i64,
    trigger: Value,
    filters: Vec<Value>,
    pub(super) overrides: bool,
    deletes: bool,
    pub(super) enabled: bool,
    speed: i64,
    by_chunk: bool,
    pub(super) single_active: bool,
    created: String,
    updated: String,
}

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let is_meant = |policy: &Policy| request.param("name").is_none_or(|part| policy.name.contains(part));
    let found = harbor.policies.iter().filter(|(_, policy)| is_meant(policy));
    let rows: Vec<Value> = found.map(|(id, policy)| policy.shown(harbor, request, *id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let id = found(harbor, id)?;
    let row = harbor.policies.get(id).map(|policy| policy.shown(harbor, request, id));
    Ok(Reply::json(200, &row.unwrap_or_default()))
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, now: &Moment) -> Answer {
    caller.require_admin()?;
    let policy = Policy::given(harbor, &object(request)?, now)?;
    unique(harbor, &policy.name, None)?;
    let id = harbor.policies.add(policy);
    Ok(Reply::created(format!("/api/v2.0/replication/policies/{id}"), id))
}

pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    id: &str,
    now: &Moment,
) -> Answer {
    caller.require_admin()?;
    let id = found(harbor, id)?;
    let policy = Policy::given(harbor, &object(request)?, now)?;
    unique(harbor, &policy.name, Some(id))?;
    if let Some(kept) = harbor.policies.get_mut(id) {
        *kept = Policy { created: kept.created.clone(), ..policy };
    }
    Ok(Reply::nothing(200))
}

/// Deletes a policy with its executions, unless one is under way.
pub(super) fn delete(harbor: &mut Registry, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let id = found(harbor, id)?;
    if executions::is_active(harbor, id) {
        let message = "contains executions that aren't in final status, stop the execution first";
        return Err(HarborError::precondition(message));
    }
    harbor.executions.retain(|_, execution| execution.policy != id);
    harbor.policies.remove(id);
    Ok(Reply::nothing(200))
}

pub(super) fn found(harbor: &Registry, id: &str) -> Result<u64, HarborError> {
    let number = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: id in path must be of type int64")
    })?;
    let missing = || HarborError::not_found(&format!("replication policy {id} not found"));
    harbor.policies.get(number).map(|_| number).ok_or_else(missing)
}

fn unique(harbor: &Registry, name: &str, own: Option<u64>) -> Result<(), HarborError> {
    let is_taken = harbor.policies.iter().any(|(id, policy)| policy.name == name && Some(*id) != own);
    if is_taken {
        Err(HarborError::conflict(&format!("replication policy {name} already exists")))
    } else {
        Ok(())
    }
}

impl Policy {
    /// The policy that a body gives. Of deletions, Harbor reads the old name only.
    fn given(harbor: &Registry, body: &Map<String, Value>, now: &Moment) -> Result<Self, HarborError> {
        let wrong = |message: &str| Err(HarborError::bad_request(message));
        let end = |name: &str| {
            let id = body.get(name).and_then(|end| end.get("id")).and_then(Value::as_u64);
            id.filter(|id| *id != 0)
        };
        let flag = |name: &str| body.get(name) == Some(&Value::Bool(true));
        let number = |name: &str| body.get(name).and_then(Value::as_i64);
        let name = text(body, "name");
        if name.is_empty() {
            return wrong("empty name");
        }
        let (remote, is_push) = match (end("src_registry"), end("dest_registry")) {
            (None, Some(to)) => (to, true),
            (Some(from), None) => (from, false),
            _ => {
                return wrong(
                    "either src_registry or dest_registry should be empty and the other one shouldn't be empty",
                );
            }
        };
        if harbor.targets.get(remote).is_none() {
            return Err(HarborError::not_found(&format!("registry {remote} not found")));
        }
        let filters = body.get("filters").and_then(Value::as_array).cloned().unwrap_or_default();
        if !filters.iter().all(is_filter) {
            return wrong("invalid filter");
        }
        let destination = text(body, "dest_namespace");
        if !destination.is_empty() && !is_repository(&destination) {
            return wrong(&format!("invalid destination namespace: {destination}"));
        }
        let trigger = body.get("trigger").cloned().unwrap_or_else(|| json!({"type": "manual"}));
        check_trigger(&trigger)?;
        if flag("single_active_replication") && trigger.get("type") == Some(&json!("event_based")) {
            return Err(HarborError::new(500, "UNKNOWN", "internal server error"));
        }
        Ok(Self {
            name,
            description: text(body, "description"),
            remote,
            is_push,
            destination,
            replaced_parts: number("dest_namespace_replace_count").unwrap_or(-1),
            trigger,
            filters,
            overrides: flag("override"),
            deletes: flag("deletion"),
            enabled: flag("enabled"),
            speed: number("speed").unwrap_or_default().max(0),
            by_chunk: flag("copy_by_chunk"),
            single_active: flag("single_active_replication"),
            created: now.date.clone(),
            updated: now.date.clone(),
        })
    }

    pub(super) fn is_on_event(&self) -> bool {
        self.enabled && self.is_push && self.trigger.get("type") == Some(&json!("event_based"))
    }

    /// Whether a repository is to be copied, by its whole name.
    pub(super) fn takes_repository(&self, name: &str) -> bool {
        self.patterns("name").all(|(pattern, _)| pattern.is_empty() || fits(pattern, name))
    }

    /// Which tags of an artifact are to be copied; of one without tags none, but the artifact itself. Nothing: it is not
    /// to be copied at all.
    pub(super) fn tags<'a>(&self, tags: impl Iterator<Item = &'a String>) -> Option<Vec<String>> {
        let lets = |tag: &str| {
            self.patterns("tag")
                .all(|(pattern, excludes)| pattern.is_empty() || fits(pattern, tag) != excludes)
        };
        let all: Vec<&String> = tags.collect();
        if all.is_empty() {
            return lets("").then(Vec::new);
        }
        let some: Vec<String> = all.into_iter().filter(|tag| lets(tag)).cloned().collect();
        (!some.is_empty()).then_some(some)
    }

    /// Whether an artifact with these labels is to be copied.
    pub(super) fn takes_labels(&self, labels: &[&str]) -> bool {
        self.filters.iter().filter(|filter| filter.get("type") == Some(&json!("label"))).all(|filter| {
            let wanted = filter.get("value").and_then(Value::as_array).into_iter().flatten();
            let has_all = wanted.filter_map(Value::as_str).all(|wanted| labels.contains(&wanted));
            has_all != (filter.get("decoration") == Some(&json!("excludes")))
        })
    }

    fn patterns<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, bool)> {
        let own = self
            .filters
            .iter()
            .filter(move |filter| filter.get("type").and_then(Value::as_str) == Some(kind));
        own.map(|filter| {
            let pattern = filter.get("value").and_then(Value::as_str).unwrap_or_default();
            (pattern, filter.get("decoration").and_then(Value::as_str) == Some("excludes"))
        })
    }

    /// The name at the destination, with that of the project.
    pub(super) fn destination_of(&self, name: &str) -> Option<String> {
        if self.destination.is_empty() {
            return Some(name.to_owned());
        }
        let parts: Vec<&str> = name.split('/').collect();
        let (last, before) = parts.split_last()?;
        let kept: &[&str] = match usize::try_from(self.replaced_parts) {
            // All but the last part is replaced.
            Err(_) => &[],
            Ok(count) => before.get(count..)?,
        };
        let all = [self.destination.as_str()].into_iter().chain(kept.iter().copied()).chain([*last]);
        Some(all.collect::<Vec<_>>().join("/"))
    }

    fn shown(&self, harbor: &Registry, request: &Request, id: u64) -> Value {
        let (remote, local) = (of_policy(harbor, request, self.remote), of_policy(harbor, request, 0));
        let (source, destination) = if self.is_push { (local, remote) } else { (remote, local) };
        json!({
            "id": id,
            "name": self.name,
            "description": self.description,
            "src_registry": source,
            "dest_registry": destination,
            "dest_namespace": self.destination,
            "dest_namespace_replace_count": self.replaced_parts,
            "trigger": self.trigger,
            "filters": self.filters,
            "replicate_deletion": self.deletes,
            "deletion": self.deletes,
            "override": self.overrides,
            "enabled": self.enabled,
            "speed": self.speed,
            "copy_by_chunk": self.by_chunk,
            "single_active_replication": self.single_active,
            "creation_time": self.created,
            "update_time": self.updated,
        })
    }
}

fn is_filter(filter: &Value) -> bool {
    let value = filter.get("value").unwrap_or(&Value::Null);
    let decoration = filter.get("decoration").and_then(Value::as_str).unwrap_or_default();
    let is_decorated = matches!(decoration, "matches" | "excludes");
    match filter.get("type").and_then(Value::as_str) {
        Some("name") => value.is_string() && decoration.is_empty(),
        Some("resource") => matches!(value.as_str(), Some("image" | "artifact")) && decoration.is_empty(),
        Some("tag") => value.is_string() && (is_decorated || decoration.is_empty()),
        Some("label") => {
            let names = value.as_array();
            names.is_some_and(|names| names.iter().all(Value::is_string))
                && (is_decorated || decoration.is_empty())
        }
        _ => false,
    }
}

/// Times are looked at as far as Harbor is strict about them; nothing happens at them here.
fn check_trigger(trigger: &Value) -> Result<(), HarborError> {
    let cron =
        trigger.get("trigger_settings").and_then(|settings| settings.get("cron")).and_then(Value::as_str);
    match trigger.get("type").and_then(Value::as_str) {
        Some("manual" | "event_based") => Ok(()),
        Some("scheduled") => {
            let fields: Vec<&str> = cron.unwrap_or_default().split(' ').collect();
            match fields.as_slice() {
                ["0", minutes, _, _, _, _] if *minutes != "*" => Ok(()),
                _ => Err(HarborError::bad_request("invalid cron string for scheduled trigger")),
            }
        }
        _ => Err(HarborError::bad_request("invalid trigger type")),
    }
}
