use super::{
    Answer, HarborError, Registry,
    labels::text,
    moment::Moment,
    page::page,
    projects::object,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};
use std::fmt;

/// A policy of webhooks: whom Harbor tells of what.
#[derive(Clone, Debug)]
pub(super) struct Hook {
    pub(super) project: u64,
    name: String,
    description: String,
    pub(super) enabled: bool,
    pub(super) events: Vec<String>,
    pub(super) receivers: Vec<Receiver>,
    creator: String,
    created: String,
    updated: String,
}

/// Whom.
#[derive(Clone)]
pub(super) struct Receiver {
    pub(super) kind: String,
    pub(super) address: String,
    pub(super) header: String,
    skip_cert_verify: bool,
    pub(super) format: String,
}

/// What a policy has told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) hook: u64,
    pub(super) event: String,
    pub(super) at: String,
}

/// What policies can tell of.
pub(super) const EVENTS: [&str; 10] = [
    "PUSH_ARTIFACT",
    "PULL_ARTIFACT",
    "DELETE_ARTIFACT",
    "QUOTA_EXCEED",
    "QUOTA_WARNING",
    "SCANNING_FAILED",
    "SCANNING_STOPPED",
    "SCANNING_COMPLETED",
    "REPLICATION",
    "TAG_RETENTION",
];

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("notification-policy", "list"))?;
    let own = harbor.hooks.iter().filter(|(_, hook)| hook.project == project);
    let rows: Vec<Value> = own.map(|(id, hook)| hook.shown(*id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn create(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    now: &Moment,
) -> Answer {
    let project = caller.project(harbor, request, key, Right("notification-policy", "create"))?;
    let hook = Hook::given(&object(request)?, project, caller.name(harbor), now)?;
    unique(harbor, &hook, None)?;
    let id = harbor.hooks.add(hook);
    Ok(Reply::created(format!("{}/{id}", request.path.trim_end_matches('/')), id))
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, key: &str, id: &str) -> Answer {
    let id = found(harbor, request, caller, key, id, "read")?;
    let row = harbor.hooks.get(id).map(|hook| hook.shown(id));
    Ok(Reply::json(200, &row.unwrap_or_default()))
}

pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
    now: &Moment,
) -> Answer {
    let id = found(harbor, request, caller, key, id, "update")?;
    let project = harbor.hooks.get(id).map(|hook| hook.project).unwrap_or_default();
    let hook = Hook::given(&object(request)?, project, caller.name(harbor), now)?;
    unique(harbor, &hook, Some(id))?;
    if let Some(kept) = harbor.hooks.get_mut(id) {
        *kept = Hook { created: kept.created.clone(), ..hook };
    }
    Ok(Reply::nothing(200))
}

pub(super) fn delete(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Answer {
    let id = found(harbor, request, caller, key, id, "delete")?;
    harbor.hooks.remove(id);
    harbor.told.retain(|_, told| told.hook != id);
    Ok(Reply::nothing(200))
}

/// When each policy last told of each of its events.
pub(super) fn last_triggers(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("notification-policy", "read"))?;
    let mut rows = Vec::new();
    for (id, hook) in harbor.hooks.iter().filter(|(_, hook)| hook.project == project) {
        for event in &hook.events {
            let mut row = json!({
                "policy_name": hook.name,
                "event_type": event,
                "enabled": hook.enabled,
                "creation_time": hook.created,
            });
            let last = harbor.told.iter().rev().find(|(_, told)| told.hook == *id && told.event == *event);
            if let (Some((_, told)), Some(row)) = (last, row.as_object_mut()) {
                row.insert("last_trigger_time".to_owned(), told.at.as_str().into());
            }
            rows.push(row);
        }
    }
    Ok(Reply::json(200, &rows.into()))
}

/// Lists what a policy has told. All of it counts as having arrived.
pub(super) fn executions(
    harbor: &Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Answer {
    let hook = found(harbor, request, caller, key, id, "read")?;
    let own = harbor.told.iter().rev().filter(|(_, told)| told.hook == hook);
    let rows: Vec<Value> = own
        .map(|(id, told)| {
            json!({
                "id": id,
                "vendor_type": "WEBHOOK",
                "vendor_id": hook,
                "status": "Success",
                "status_message": "",
                "metrics": {"task_count": 1, "success_task_count": 1},
                "trigger": "EVENT",
                "extra_attrs": {},
                "start_time": told.at,
                "end_time": told.at,
            })
        })
        .collect();
    let total = rows.len();
    page(request, rows, total)
}

fn found(
    harbor: &Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
    action: &'static str,
) -> Result<u64, HarborError> {
    let project = caller.project(harbor, request, key, Right("notification-policy", action))?;
    let number = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: webhook_policy_id in path must be of type int64")
    })?;
    let missing =
        || HarborError::not_found(&format!("project id:{project}, webhook policy id: {id} not found"));
    let hook = harbor.hooks.get(number).filter(|hook| hook.project == project);
    hook.map(|_| number).ok_or_else(missing)
}

fn unique(harbor: &Registry, hook: &Hook, own: Option<u64>) -> Result<(), HarborError> {
    let is_same = |(id, other): (&u64, &Hook)| {
        other.project == hook.project && other.name == hook.name && Some(*id) != own
    };
    if harbor.hooks.iter().any(is_same) {
        return Err(HarborError::conflict(&format!(
            "notification policy named {} already exists",
            hook.name
        )));
    }
    Ok(())
}

impl Hook {
    fn given(
        body: &Map<String, Value>,
        project: u64,
        creator: String,
        now: &Moment,
    ) -> Result<Self, HarborError> {
        let wrong = |message: &str| Err(HarborError::bad_request(message));
        let all = |name: &str| body.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let events: Vec<String> =
            all("event_types").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        if events.is_empty() {
            return wrong("empty event type");
        }
        if let Some(event) = events.iter().find(|event| !EVENTS.contains(&event.as_str())) {
            return wrong(&format!("unsupported event type {event}"));
        }
        let name = text(body, "name");
        let mut receivers = Vec::new();
        for target in all("targets").iter().filter_map(Value::as_object) {
            let mut receiver = Receiver {
                kind: text(target, "type"),
                address: text(target, "address"),
                header: text(target, "auth_header"),
                skip_cert_verify: target.get("skip_cert_verify") == Some(&Value::Bool(true)),
                format: text(target, "payload_format"),
            };
            let is_address =
                ["http://", "https://"].iter().any(|scheme| receiver.address.starts_with(scheme));
            if !is_address {
                return wrong(&format!("invalid endpoint: {}", receiver.address));
            }
            match (receiver.kind.as_str(), receiver.format.as_str()) {
                ("http", "") => "Default".clone_into(&mut receiver.format),
                ("http", "Default" | "CloudEvents") | ("slack", "") => {}
                ("slack", _) => return wrong("set payload format is not allowed for slack"),
                ("http", format) => return wrong(&format!("unsupported payload format type: {format}")),
                (kind, _) => return wrong(&format!("unsupported target type {kind} with policy {name}")),
            }
            receivers.push(receiver);
        }
        if receivers.is_empty() {
            return wrong(&format!("empty notification target with policy {name}"));
        }
        Ok(Self {
            project,
            name,
            description: text(body, "description"),
            enabled: body.get("enabled") == Some(&Value::Bool(true)),
            events,
            receivers,
            creator,
            created: now.date.clone(),
            updated: now.date.clone(),
        })
    }

    /// As who may read policies sees it: with the header in clear.
    fn shown(&self, id: u64) -> Value {
        let target = |receiver: &Receiver| {
            let mut shown = json!({
                "type": receiver.kind,
                "address": receiver.address,
                "skip_cert_verify": receiver.skip_cert_verify,
            });
            let texts = [("auth_header", &receiver.header), ("payload_format", &receiver.format)];
            if let Some(shown) = shown.as_object_mut() {
                let given = texts.into_iter().filter(|(_, text)| !text.is_empty());
                shown.extend(given.map(|(name, text)| (name.to_owned(), text.as_str().into())));
            }
            shown
        };
        json!({
            "id": id,
            "name": self.name,
            "description": self.description,
            "project_id": self.project,
            "targets": self.receivers.iter().map(target).collect::<Vec<_>>(),
            "event_types": self.events,
            "creator": self.creator,
            "creation_time": self.created,
            "update_time": self.updated,
            "enabled": self.enabled,
        })
    }
}

/// Not the header.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("kind", &self.kind)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
