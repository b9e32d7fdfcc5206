//! Tables of routes as documents.

use super::{Asks, InvalidRoutes, Route, RouteProblem, RouteTable, RouteTableBuilder, TenantFrom, Unrouted};
use http::Method;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

/// What a document may say.
const WORDS: &[&str] = &["service_type", "unrouted", "routes"];
/// What a route may say.
const ROUTE_WORDS: &[&str] = &["methods", "path", "public", "action", "kind", "tenant", "namespace", "fresh"];

/// ```
/// use paas_gateway::RouteTable;
///
/// let table: RouteTable = serde_json::from_str(r#"{
///   "service_type": "paas",
///   "unrouted": "forbidden",
///   "routes": [
///     { "methods": ["GET"], "path": "/health", "public": true },
///     { "methods": ["GET"], "path": "/v1/tenants/{tenant}/volumes", "action": "view", "kind": "volume", "tenant": "{tenant}" },
///     { "methods": ["POST"], "path": "/v1/networks", "action": "create", "kind": "network", "tenant": "platform" },
///     { "methods": ["GET"], "path": "/v1/volumes", "action": "view", "kind": "volume", "tenant": "token" },
///     { "methods": ["GET"], "path": "/v1/images/{namespace}/{name}", "action": "view", "kind": "image",
///       "tenant": "namespace", "namespace": "{namespace}" }
///   ]
/// }"#).unwrap();
///
/// let problems = serde_json::from_str::<RouteTable>(r#"{ "routes": [
///     { "methods": ["get"], "path": "health" },
///     { "methods": ["GET"], "path": "/v1/{id}", "action": "look", "kind": "volume", "tenant": "{tenant}" }
/// ] }"#).unwrap_err().to_string();
/// assert_eq!(problems.lines().count(), 5, "{problems}");
/// ```
impl<'de> Deserialize<'de> for RouteTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// What has been complained of, and about which route.
struct Complaints {
    problems: Vec<RouteProblem>,
    route: Option<usize>,
    path: String,
}

impl Complaints {
    fn add(&mut self, message: String) {
        self.problems.push(RouteProblem { route: self.route, path: self.path.clone(), message });
    }
}

fn read(document: &Value) -> Result<RouteTable, InvalidRoutes> {
    let mut complaints = Complaints { problems: Vec::new(), route: None, path: String::new() };
    let Some(fields) = document.as_object() else {
        complaints.add("a table of routes is an object with `routes`".to_owned());
        return Err(InvalidRoutes { problems: complaints.problems });
    };
    unknown(fields, WORDS, &mut complaints);
    let service_type = text(fields, "service_type", &mut complaints);
    let mut builder = RouteTableBuilder { service_type, ..RouteTableBuilder::default() };
    match text(fields, "unrouted", &mut complaints).as_deref() {
        None | Some("not_found") => {}
        Some("forbidden") => builder.unrouted = Unrouted::Forbidden,
        Some(other) => complaints.add(format!("`unrouted` is `not_found` or `forbidden`, not `{other}`")),
    }
    let Some(routes) = fields.get("routes").and_then(Value::as_array) else {
        complaints.add("`routes` is not there, or no list".to_owned());
        return Err(InvalidRoutes { problems: complaints.problems });
    };
    let mut numbers = Vec::new();
    for (index, entry) in routes.iter().enumerate() {
        complaints.route = Some(index + 1);
        complaints.path.clear();
        if let Some(route) = route(entry, &mut complaints) {
            builder.routes.push(route);
            numbers.push(index + 1);
        }
    }
    builder.build_numbered(numbers, complaints.problems)
}

/// A route, whose template is read later; `None` if there was something to complain of that leaves none.
fn route(entry: &Value, complaints: &mut Complaints) -> Option<Route> {
    let Some(fields) = entry.as_object() else {
        complaints.add("a route is an object".to_owned());
        return None;
    };
    complaints.path = fields.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
    unknown(fields, ROUTE_WORDS, complaints);
    let path = text(fields, "path", complaints);
    if path.is_none() && !fields.contains_key("path") {
        complaints.add("`path` is missing".to_owned());
    }
    let methods = methods(fields.get("methods"), complaints);
    let is_public = flag(fields, "public", complaints);
    let asks = if is_public {
        for word in ["action", "kind", "tenant", "namespace", "fresh"]
            .iter()
            .filter(|word| fields.contains_key(**word))
        {
            complaints.add(format!("a public route asks for no right: take `{word}` away"));
        }
        Some(None)
    } else {
        asks(fields, complaints).map(Some)
    };
    Some(Route { methods: methods?, path: path?, asks: asks? })
}

fn asks(fields: &Map<String, Value>, complaints: &mut Complaints) -> Option<Asks> {
    for word in ["action", "kind", "tenant"] {
        if !fields.contains_key(word) {
            complaints.add(format!("`{word}` is missing; a route without a right says `public: true`"));
        }
    }
    let action = text(fields, "action", complaints).and_then(|word| parsed(&word, complaints));
    let kind = text(fields, "kind", complaints).and_then(|word| parsed(&word, complaints));
    let tenant = text(fields, "tenant", complaints).and_then(|word| match word.as_str() {
        "token" => Some(TenantFrom::Token),
        "platform" => Some(TenantFrom::Platform),
        "namespace" => Some(TenantFrom::Namespace),
        other => {
            parameter("tenant", other, "`token`, `platform`, `namespace`", complaints).map(TenantFrom::Path)
        }
    });
    let namespace = text(fields, "namespace", complaints);
    let namespace = match namespace {
        Some(word) => Some(parameter("namespace", &word, "", complaints)?),
        None => None,
    };
    let fresh = flag(fields, "fresh", complaints);
    Some(Asks { action: action?, kind: kind?, tenant: tenant?, namespace, fresh })
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
    word: &str,
    complaints: &mut Complaints,
) -> Option<T> {
    word.parse().map_err(|error: T::Err| complaints.add(error.to_string())).ok()
}

/// The name in `{name}`.
fn parameter(word: &str, value: &str, others: &str, complaints: &mut Complaints) -> Option<String> {
    let name = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if name.is_none() {
        let others = if others.is_empty() { String::new() } else { format!("{others} or ") };
        complaints
            .add(format!("`{word}` is {others}a parameter of the path such as `{{{word}}}`, not `{value}`"));
    }
    name.map(str::to_owned)
}

fn methods(value: Option<&Value>, complaints: &mut Complaints) -> Option<Vec<Method>> {
    let Some(list) = value.and_then(Value::as_array).filter(|list| !list.is_empty()) else {
        complaints.add("`methods` is not there, or no list of methods".to_owned());
        return None;
    };
    let mut methods = Vec::new();
    for value in list {
        let word = value.as_str().unwrap_or_default();
        let method = word.bytes().all(|byte| byte.is_ascii_uppercase()).then(|| word.parse().ok()).flatten();
        match method {
            Some(method) if method != Method::CONNECT => methods.push(method),
            _ => complaints.add(format!("{value} is no method; write it in capitals, such as `GET`")),
        }
    }
    (methods.len() == list.len()).then_some(methods)
}

fn text(fields: &Map<String, Value>, word: &str, complaints: &mut Complaints) -> Option<String> {
    let value = fields.get(word).filter(|value| !value.is_null())?;
    if !value.is_string() {
        complaints.add(format!("`{word}` is no text"));
    }
    value.as_str().map(str::to_owned)
}

fn flag(fields: &Map<String, Value>, word: &str, complaints: &mut Complaints) -> bool {
    match fields.get(word) {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(_) => {
            complaints.add(format!("`{word}` is neither `true` nor `false`"));
            false
        }
    }
}

fn unknown(fields: &Map<String, Value>, known: &[&str], complaints: &mut Complaints) {
    for word in fields.keys().filter(|word| !known.contains(&word.as_str())) {
        complaints.add(format!("`{word}` is not known here; known are {}", known.join(", ")));
    }
}
