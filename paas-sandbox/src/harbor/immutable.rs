use super::{
    Answer, HarborError, Registry,
    image::Choice,
    page::page,
    projects::object,
    rights::{Caller, Right},
};
use crate::api::{Reply, Request};
use serde_json::{Map, Value, json};

/// A rule that keeps tags of a project as they are.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) project: u64,
    pub(super) disabled: bool,
    /// Which repositories. Of several choices Harbor looks at the first.
    pub(super) repositories: Option<Choice>,
    /// Which tags.
    pub(super) tags: Option<Choice>,
    /// As it was given.
    body: Map<String, Value>,
}

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("immutable-tag", "list"))?;
    let own = harbor.rules.iter().filter(|(_, rule)| rule.project == project);
    let rows: Vec<Value> = own.map(|(id, rule)| shown(*id, rule)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn create(harbor: &mut Registry, request: &Request, caller: &Caller, key: &str) -> Answer {
    let project = caller.project(harbor, request, key, Right("immutable-tag", "create"))?;
    let mut body = object(request)?;
    body.remove("id");
    if harbor.rules.iter().any(|(_, rule)| rule.project == project && rule.body == body) {
        return Err(HarborError::conflict("immutable rule already exists"));
    }
    let of_repositories = body.get("scope_selectors").and_then(|scopes| scopes.get("repository"));
    let rule = Rule {
        project,
        disabled: body.get("disabled") == Some(&Value::Bool(true)),
        repositories: first(of_repositories),
        tags: first(body.get("tag_selectors")),
        body,
    };
    let id = harbor.rules.add(rule);
    Ok(Reply::created(format!("{}/{id}", request.path.trim_end_matches('/')), id))
}

pub(super) fn delete(
    harbor: &mut Registry,
    request: &Request,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Answer {
    let project = caller.project(harbor, request, key, Right("immutable-tag", "delete"))?;
    let number: u64 = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: immutable_rule_id in path must be of type int64")
    })?;
    let is_own = harbor.rules.get(number).is_some_and(|rule| rule.project == project);
    if !is_own {
        return Err(HarborError::not_found(&format!("immutable rule {number} not found")));
    }
    harbor.rules.remove(number);
    Ok(Reply::nothing(200))
}

fn first(selectors: Option<&Value>) -> Option<Choice> {
    let first = selectors?.as_array()?.first()?;
    let text = |name: &str| first.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(Choice { decoration: text("decoration"), pattern: text("pattern") })
}

fn shown(id: u64, rule: &Rule) -> Value {
    let selectors = |given: Option<&Value>| -> Vec<Value> {
        let all = given.and_then(Value::as_array).into_iter().flatten();
        all.map(|one| {
            let part = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default();
            json!({"kind": part("kind"), "decoration": part("decoration"), "pattern": part("pattern")})
        })
        .collect()
    };
    let scopes = rule.body.get("scope_selectors").and_then(Value::as_object).into_iter().flatten();
    let scopes: Map<String, Value> =
        scopes.map(|(name, all)| (name.clone(), selectors(Some(all)).into())).collect();
    json!({
        "id": id,
        "priority": 0,
        "disabled": rule.disabled,
        "action": rule.body.get("action").and_then(Value::as_str).unwrap_or_default(),
        "template": rule.body.get("template").and_then(Value::as_str).unwrap_or_default(),
        "tag_selectors": selectors(rule.body.get("tag_selectors")),
        "scope_selectors": scopes,
    })
}
