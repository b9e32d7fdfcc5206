use super::{ApiError, Caller, Reply, Request, auth, filter::Filters, find, is_at, show};
use crate::{
    schema::{Kind, Role, Type},
    world::{Resource, World},
};
use serde_json::{Value, json};

/// How many resources a page has where the request does not say.
const PAGE: usize = 100;
/// How many it has at most.
const LARGEST_PAGE: usize = 3000;

/// A page of the resources of a type.
pub(super) fn list(world: &World, caller: &Caller, request: &Request, kind: &'static Type) -> Reply {
    page(world, caller, request, kind, &|_| true)
}

/// Environments know neither filters nor pages: only `name`, `uuid`, `id` and `all`.
pub(super) fn projects(world: &World, caller: &Caller, request: &Request, kind: &'static Type) -> Reply {
    let all = request.param("all").is_some_and(|all| all.eq_ignore_ascii_case("true"));
    let key = &caller.key;
    let mine =
        |project: &Resource| (key.role == Role::Admin && all) || world.is_member(project, &key.account);
    let fits =
        |name: &str, value: &str| request.param(name).is_none_or(|wanted| wanted.eq_ignore_ascii_case(value));
    let shown: Vec<Value> = world
        .all(kind.family)
        .filter(|project| project.removed.is_none() && auth::sees(world, caller, project))
        .filter(|project| key.role == Role::Environment || mine(project))
        .filter(|each| fits("name", each.name()) && fits("uuid", &each.uuid) && fits("id", &each.id_text()))
        .map(|project| show::show(world, caller, project, false))
        .collect();
    Reply::json(200, &collection(kind.name, &request.url(), &shown))
}

/// What a link of a resource leads to: the resources that refer to it, or the one that it refers to.
pub(super) fn linked(
    world: &World,
    caller: &Caller,
    request: &Request,
    kind: &'static Type,
    id: &str,
    link: &str,
) -> Result<Reply, ApiError> {
    let from = find(world, caller, kind, id)?;
    let from = world.get(from).ok_or_else(ApiError::not_found)?;
    let own = from.id_text();
    let plural = if link.eq_ignore_ascii_case("instances") { "containers" } else { link };
    if let Some(to) = world.schema.at_path(plural).filter(|to| to.may(caller.key.role, 'r')) {
        let points = |resource: &Resource| {
            resource.kind.fields.values().any(|field| {
                let to = match &field.kind {
                    Kind::Reference(to) => world.schema.named(to),
                    _ => None,
                };
                to.is_some_and(|to| is_at(to, from.kind) || to.family == from.kind.family)
                    && show::value(world, resource, field).as_str() == Some(&own)
            })
        };
        return Ok(page(world, caller, request, to, &points));
    }
    let field = from
        .kind
        .fields
        .values()
        .find(|field| field.name.strip_suffix("Id").is_some_and(|name| name.eq_ignore_ascii_case(link)));
    let target = field.and_then(|field| match field.kind {
        Kind::Reference(to) => world.find(world.schema.named(to)?, show::value(world, from, field).as_str()?),
        _ => None,
    });
    let target = target.filter(|target| auth::sees(world, caller, target)).ok_or_else(ApiError::not_found)?;
    Ok(Reply::json(200, &show::show(world, caller, target, false)))
}

/// A collection without pages.
pub(super) fn collection(kind: &str, url: &str, data: &[Value]) -> Value {
    json!({
        "type": "collection",
        "resourceType": kind,
        "links": {"self": url},
        "createTypes": {},
        "actions": {},
        "data": data,
        "sortLinks": {},
        "pagination": null,
        "sort": null,
        "filters": {},
        "createDefaults": {},
    })
}

fn page(
    world: &World,
    caller: &Caller,
    request: &Request,
    kind: &'static Type,
    among: &dyn Fn(&Resource) -> bool,
) -> Reply {
    let filters = Filters::read(request, kind, caller);
    let mut found: Vec<&Resource> = world
        .all(kind.family)
        .filter(|resource| is_at(kind, resource.kind) && auth::sees(world, caller, resource))
        .filter(|resource| among(resource) && filters.pass(world, resource))
        .collect();
    let sort = request.param("sort").and_then(|name| filters.sort_field(name));
    let descending = request.param("order").is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    if let Some(field) = sort {
        found.sort_by_cached_key(|resource| {
            let value = show::value(world, resource, field);
            (value.as_i64(), value.as_str().map(str::to_lowercase), resource.id.number)
        });
        if descending {
            found.reverse();
        }
    }
    let asked: Option<i64> = request.param("limit").and_then(|limit| limit.parse().ok());
    let limit = match asked {
        None => PAGE,
        Some(limit) => usize::try_from(limit).unwrap_or_default().min(LARGEST_PAGE),
    };
    let limit = if limit == 0 { LARGEST_PAGE } else { limit };
    let marker = request.param("marker").and_then(|marker| marker.strip_prefix('m'));
    let start: usize = marker.and_then(|marker| marker.parse().ok()).unwrap_or_default();
    let partial = found.len() > start.saturating_add(limit);
    let data: Vec<Value> = found
        .iter()
        .skip(start)
        .take(limit)
        .map(|resource| show::show(world, caller, resource, false))
        .collect();
    let mut body = collection(kind.name, &request.url(), &data);
    if let Some(fields) = body.as_object_mut() {
        let order = if descending { "desc" } else { "asc" };
        let next = partial.then(|| with_marker(request, start + limit));
        fields.insert("filters".to_owned(), filters.shown().into());
        fields
            .insert("sort".to_owned(), sort.map(|field| json!({"name": field.name, "order": order})).into());
        let pagination = json!({
            "first": null, "previous": null, "next": next, "limit": limit, "total": null, "partial": partial,
        });
        fields.insert("pagination".to_owned(), pagination);
        if kind.may(caller.key.role, 'c') {
            let address = format!("{}/{}", caller.base, kind.plural.to_ascii_lowercase());
            fields.insert("createTypes".to_owned(), json!({ kind.name: address }));
        }
    }
    Reply::json(200, &body)
}

/// The address of the page that begins behind the first resources.
fn with_marker(request: &Request, start: usize) -> String {
    let others = request.raw_query.split('&').filter(|part| !part.is_empty() && !part.starts_with("marker="));
    let query: String = others.map(|part| format!("{part}&")).collect();
    format!("{}{}?{query}marker=m{start}", request.origin, request.path)
}
