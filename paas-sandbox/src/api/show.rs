use super::Caller;
use crate::{
    schema::{Field, Kind, Type},
    world::{self, Resource, World},
};
use serde_json::{Map, Value, json};

/// A resource as the API answers it. `created` is whether this answers its creation, when secrets show once.
pub(super) fn show(world: &World, caller: &Caller, resource: &Resource, created: bool) -> Value {
    let role = caller.key.role;
    let kind = resource.kind;
    let mut body = Map::new();
    for field in kind.fields.values() {
        if field.may(role, 'r') {
            body.insert(field.name.to_owned(), value(world, resource, field));
        } else if field.may(role, 'o') {
            let shown = created.then(|| value(world, resource, field));
            body.insert(field.name.to_owned(), shown.unwrap_or_default());
        }
    }
    body.insert("id".to_owned(), resource.id_text().into());
    body.insert(
        "type".to_owned(),
        if kind.machine == "setting" { "activeSetting" } else { kind.name }.into(),
    );
    body.insert("baseType".to_owned(), base_type(kind).into());
    body.insert("links".to_owned(), links(world, caller, resource).into());
    body.insert("actions".to_owned(), actions(caller, resource).into());
    Value::Object(body)
}

/// What a field of a resource shows.
pub(super) fn value(world: &World, resource: &Resource, field: &Field) -> Value {
    let date = |moment: u64| world.clock.date(moment).into();
    let text = |text: &str| text.into();
    match (field.name, resource.kind.family) {
        ("id", _) => resource.id_text().into(),
        ("state", _) => resource.state.into(),
        ("kind", _) => resource.kind.name.into(),
        ("uuid", _) => text(&resource.uuid),
        ("created", _) => date(resource.created),
        ("createdTS", _) => world.clock.stamp(resource.created).into(),
        ("removed", _) => resource.removed.map(date).unwrap_or_default(),
        ("accountId", family) if family != "apiKey" => {
            resource.project.and_then(|project| world.get(project)).map(Resource::id_text).into()
        }
        ("transitioning", _) => resource.transitioning().into(),
        ("transitioningMessage", _) => match (resource.transitioning(), &resource.message) {
            ("no", _) => Value::Null,
            (_, Some(message)) => text(message),
            ("yes", None) => text("In Progress"),
            _ => Value::Null,
        },
        ("healthState", "service") => world.service_health(resource).into(),
        ("healthState", "stack") => world.stack_health(resource).into(),
        ("healthState", "project") => world.project_health(resource).into(),
        ("currentScale", "service") => world.current_scale(resource).into(),
        ("instanceIds", "service") => ids(world, "container", "serviceId", resource),
        ("serviceIds", "stack") => ids(world, "service", "stackId", resource),
        ("publicEndpoints", "service") => endpoints(world, resource),
        (name, _) => resource.fields.get(name).cloned().unwrap_or_default(),
    }
}

/// The address of a resource.
pub(super) fn address(caller: &Caller, resource: &Resource) -> String {
    let base = if resource.project.is_some() { &caller.base } else { &caller.root };
    format!("{base}/{}/{}", resource.kind.plural.to_ascii_lowercase(), resource.id_text())
}

/// What a caller may do with a resource now.
pub(super) fn actions(caller: &Caller, resource: &Resource) -> Map<String, Value> {
    let address = address(caller, resource);
    let names = resource.kind.actions.iter().map(|(name, _)| *name);
    let open = names.filter(|name| is_open(resource, name) && may_act(caller, resource.kind, name));
    open.map(|name| (name.to_owned(), format!("{address}/?action={name}").into())).collect()
}

/// Whether the state of a resource allows an action. Actions that are no process are open as long as it is there.
pub(super) fn is_open(resource: &Resource, action: &str) -> bool {
    match world::process(resource.kind.machine, action) {
        Some(process) => process.step(resource.state).is_some(),
        None => resource.is_live(),
    }
}

fn may_act(caller: &Caller, kind: &Type, action: &str) -> bool {
    let right = if action == "remove" || action == "purge" { 'd' } else { 'u' };
    kind.may(caller.key.role, right) || kind.may(caller.key.role, 'd')
}

fn links(world: &World, caller: &Caller, resource: &Resource) -> Map<String, Value> {
    let address = address(caller, resource);
    let mut links = Map::new();
    for name in &resource.kind.links {
        links.insert((*name).to_owned(), format!("{address}/{}", name.to_ascii_lowercase()).into());
    }
    for field in resource.kind.fields.values() {
        let Kind::Reference(to) = field.kind else { continue };
        let value = value(world, resource, field);
        let target = world.schema.named(to).zip(value.as_str()).and_then(|(kind, id)| world.find(kind, id));
        if let (Some(name), Some(target)) = (field.name.strip_suffix("Id"), target) {
            links.insert(name.to_owned(), self::address(caller, target).into());
        }
    }
    links.insert("self".to_owned(), address.into());
    links
}

fn base_type(kind: &Type) -> &str {
    match kind.name {
        "project" => "account",
        "container" => "instance",
        "apiKey" => "credential",
        _ if kind.is_service() => "service",
        name => name,
    }
}

fn ids(world: &World, family: &'static str, field: &str, resource: &Resource) -> Value {
    world.live_with(family, field, &resource.id_text()).map(Resource::id_text).collect()
}

/// The ports of hosts at which a service's running containers are reached.
fn endpoints(world: &World, service: &Resource) -> Value {
    let own = service.id_text();
    let hosts = world.schema.named("host");
    let containers = world.live_with("container", "serviceId", &own).filter(|each| each.state == "running");
    let endpoint = |container: &Resource, port: &str| {
        let (host_port, _) = port.split_once('/').unwrap_or((port, "")).0.rsplit_once(':')?;
        let number: u16 = host_port.rsplit(':').next()?.parse().ok()?;
        let host = hosts.and_then(|kind| world.find(kind, container.text("hostId")?))?;
        Some(json!({
            "type": "publicEndpoint",
            "hostId": host.id_text(),
            "instanceId": container.id_text(),
            "ipAddress": host.text("agentIpAddress"),
            "port": number,
            "serviceId": own,
        }))
    };
    let ports = |container: &Resource| {
        let ports = container.fields.get("ports").and_then(Value::as_array);
        let ports = ports.into_iter().flatten().filter_map(Value::as_str);
        ports.filter_map(|port| endpoint(container, port)).collect::<Vec<_>>()
    };
    containers.flat_map(ports).collect()
}
