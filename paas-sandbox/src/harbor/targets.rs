use super::{
    Answer, HarborError, Registry, labels::text, moment::Moment, page::page, projects::object, rights::Caller,
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};
use std::fmt;

/// Another registry that Harbor knows.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) url: String,
    insecure: bool,
    description: String,
    authority: Option<String>,
    credential_type: String,
    pub(super) access_key: String,
    pub(super) access_secret: String,
    created: String,
    updated: String,
}

/// The longest name of a registry.
const LONGEST: usize = 64;

/// Lists the registries that Harbor knows. `q` is not looked at.
pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let fits = |target: &Target| request.param("name").is_none_or(|part| target.name.contains(part));
    let found = harbor.targets.iter().filter(|(_, target)| fits(target));
    let rows: Vec<Value> = found.map(|(id, target)| target.shown(*id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn read(harbor: &Registry, request: &Request, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let (id, target) = found(harbor, request, id)?;
    Ok(Reply::json(200, &target.shown(id)))
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, now: &Moment) -> Answer {
    caller.require_admin()?;
    let body = object(request)?;
    let mut target = Target {
        name: text(&body, "name"),
        kind: text(&body, "type"),
        url: text(&body, "url"),
        insecure: body.get("insecure") == Some(&Value::Bool(true)),
        description: text(&body, "description"),
        authority: body.get("ca_certificate").and_then(Value::as_str).map(str::to_owned),
        credential_type: String::new(),
        access_key: String::new(),
        access_secret: String::new(),
        created: now.date.clone(),
        updated: now.date.clone(),
    };
    if let Some(credential) = body.get("credential").and_then(Value::as_object) {
        target.credential_type = text(credential, "type");
        target.access_key = text(credential, "access_key");
        target.access_secret = text(credential, "access_secret");
    }
    target.check(harbor, request)?;
    unique(harbor, &target.name, None)?;
    let id = harbor.targets.add(target);
    Ok(Reply::created(format!("/api/v2.0/registries/{id}"), id))
}

/// Changes what is named. With another address and no secret, the secret is forgotten.
pub(super) fn update(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    id: &str,
    now: &Moment,
) -> Answer {
    caller.require_admin()?;
    let (number, mut target) = found(harbor, request, id)?;
    if number == 0 {
        return Err(HarborError::not_found("registry 0 not found"));
    }
    let (body, url) = (object(request)?, target.url.clone());
    target.take(&body);
    if target.url != url && !body.contains_key("access_secret") {
        target.access_secret.clear();
    }
    target.check(harbor, request)?;
    unique(harbor, &target.name, Some(number))?;
    target.updated.clone_from(&now.date);
    if let Some(kept) = harbor.targets.get_mut(number) {
        *kept = target;
    }
    Ok(Reply::nothing(200))
}

pub(super) fn delete(harbor: &mut Registry, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let missing = || HarborError::not_found(&format!("registry {id} not found"));
    let number = id.parse().ok().filter(|id| harbor.targets.get(*id).is_some()).ok_or_else(missing)?;
    if harbor.policies.iter().any(|(_, policy)| policy.remote == number) {
        let message = format!("the registry {id} is referenced by replication policies, cannot delete it");
        return Err(HarborError::precondition(&message));
    }
    harbor.targets.remove(number);
    Ok(Reply::nothing(200))
}

/// Tries a registry. Of one that is known, only its login can be told anew.
pub(super) fn ping(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let body = object(request)?;
    let target = match body.get("id").and_then(Value::as_u64) {
        Some(id) => found(harbor, request, &id.to_string())?.1,
        None => {
            let mut target = local(request);
            (target.kind, target.url) = (text(&body, "type"), text(&body, "url"));
            target
        }
    };
    if target.kind.is_empty() || target.url.is_empty() {
        return Err(HarborError::bad_request("type or url cannot be empty"));
    }
    target.reach(harbor, request)?;
    Ok(Reply::nothing(200))
}

pub(super) fn info(harbor: &Registry, request: &Request, caller: &Caller, id: &str) -> Answer {
    caller.require_admin()?;
    let (id, target) = found(harbor, request, id)?;
    let mut triggers = vec!["manual", "scheduled"];
    if id == 0 {
        triggers.push("event_based");
    }
    let filter = |kind: &str, style: &str| json!({"type": kind, "style": style});
    Ok(Reply::json(
        200,
        &json!({
            "type": target.kind,
            "description": "",
            "supported_resource_filters": [filter("name", "input"), filter("tag", "input")],
            "supported_triggers": triggers,
            "supported_copy_by_chunk": true,
        }),
    ))
}

/// The registry that a path means; 0 is Harbor itself.
fn found(harbor: &Registry, request: &Request, id: &str) -> Result<(u64, Target), HarborError> {
    let number: u64 = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: id in path must be of type int64")
    })?;
    if number == 0 {
        return Ok((0, local(request)));
    }
    let missing = || HarborError::not_found(&format!("registry {id} not found"));
    harbor.targets.get(number).cloned().map(|target| (number, target)).ok_or_else(missing)
}

/// Harbor itself, as a registry.
fn local(request: &Request) -> Target {
    Target {
        name: "Local".to_owned(),
        kind: "harbor".to_owned(),
        url: request.origin.clone(),
        insecure: false,
        description: String::new(),
        authority: None,
        credential_type: String::new(),
        access_key: String::new(),
        access_secret: String::new(),
        created: super::moment::NEVER.to_owned(),
        updated: super::moment::NEVER.to_owned(),
    }
}

fn unique(harbor: &Registry, name: &str, own: Option<u64>) -> Result<(), HarborError> {
    let is_taken = harbor.targets.iter().any(|(id, target)| target.name == name && Some(*id) != own);
    if is_taken { Err(HarborError::conflict(&format!("registry {name} already exists"))) } else { Ok(()) }
}

impl Target {
    fn take(&mut self, body: &Map<String, Value>) {
        let fields = [
            ("name", &mut self.name),
            ("url", &mut self.url),
            ("description", &mut self.description),
            ("credential_type", &mut self.credential_type),
            ("access_key", &mut self.access_key),
            ("access_secret", &mut self.access_secret),
        ];
        for (name, field) in fields {
            if let Some(value) = body.get(name).and_then(Value::as_str) {
                value.clone_into(field);
            }
        }
        if let Some(insecure) = body.get("insecure").and_then(Value::as_bool) {
            self.insecure = insecure;
        }
        if let Some(authority) = body.get("ca_certificate").and_then(Value::as_str) {
            self.authority = Some(authority.to_owned());
        }
    }

    fn check(&mut self, harbor: &Registry, request: &Request) -> Result<(), HarborError> {
        if self.name.is_empty() {
            return Err(HarborError::bad_request("name cannot be empty"));
        }
        if self.name.len() > LONGEST {
            return Err(HarborError::bad_request("the max length of name is 64"));
        }
        self.url = self.url.trim_end_matches('/').to_owned();
        self.reach(harbor, request)
    }

    /// The sandbox reaches nothing but itself and those that it was told of.
    fn reach(&self, harbor: &Registry, request: &Request) -> Result<(), HarborError> {
        if !self.url.starts_with("http://") && !self.url.starts_with("https://") {
            return Err(HarborError::bad_request(&format!("invalid URL: {}", self.url)));
        }
        let is_self = self.url.trim_end_matches('/') == request.origin.trim_end_matches('/');
        if is_self || harbor.peer(&self.url).is_some() {
            Ok(())
        } else {
            Err(HarborError::bad_request("the registry is unhealthy"))
        }
    }

    pub(super) fn shown(&self, id: u64) -> Value {
        let mut shown = json!({
            "id": id,
            "name": self.name,
            "type": self.kind,
            "url": self.url,
            "insecure": self.insecure,
            "description": self.description,
            "status": "healthy",
            "creation_time": self.created,
            "update_time": self.updated,
        });
        let mut add = |name: &str, value: Value| {
            if let Some(shown) = shown.as_object_mut() {
                shown.insert(name.to_owned(), value);
            }
        };
        if !self.access_key.is_empty() {
            let secret = if self.access_secret.is_empty() { "" } else { "*****" };
            let (kind, key) = (&self.credential_type, &self.access_key);
            add("credential", json!({"type": kind, "access_key": key, "access_secret": secret}));
        }
        if let Some(authority) = &self.authority {
            add("ca_certificate", authority.as_str().into());
        }
        shown
    }
}

/// The sandbox itself, seen as another registry.
pub(super) fn of_policy(harbor: &Registry, request: &Request, id: u64) -> Value {
    match harbor.targets.get(id) {
        Some(target) => target.shown(id),
        None => local(request).shown(0),
    }
}

/// Not the secret.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("name", &self.name).field("url", &self.url).finish_non_exhaustive()
    }
}
