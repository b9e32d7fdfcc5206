//! The rules that the server's filters hold a new or changed resource against, beyond its schema.

use super::ApiError;
use crate::{
    schema::Type,
    world::{Id, Resource, World},
};
use serde_json::{Map, Value, json};

/// `own` is the resource that is changed, if one is; `fields` are all of its fields, as they are to be.
pub(super) fn check(
    world: &World,
    kind: &Type,
    project: Option<Id>,
    own: Option<Id>,
    fields: &Map<String, Value>,
) -> Result<(), ApiError> {
    match kind.family {
        "stack" => stack(world, project, own, fields),
        "service" => service(world, kind, own, fields),
        "volume" if own.is_none() => volume(fields),
        "volumeTemplate" => template(world, fields),
        _ => Ok(()),
    }
}

/// What the server puts into a load balancer's launch configuration.
pub(super) fn complete_balancer(fields: &mut Map<String, Value>) {
    let Some(config) = fields.get_mut("launchConfig").and_then(Value::as_object_mut) else { return };
    if let Some(labels) = config.entry("labels").or_insert_with(|| json!({})).as_object_mut()
        && !labels.contains_key("io.rancher.container.agent.role")
    {
        labels.insert("io.rancher.container.agent.role".to_owned(), "environmentAdmin".into());
        labels.insert("io.rancher.container.create_agent".to_owned(), "true".into());
    }
    config.entry("healthCheck").or_insert_with(|| {
        json!({
            "port": RESERVED_PORT, "interval": 2000, "responseTimeout": 2000, "healthyThreshold": 2,
            "unhealthyThreshold": 3, "initializingTimeout": 60_000, "reinitializingTimeout": 60_000,
        })
    });
}

/// The port at which a load balancer answers its own health check.
const RESERVED_PORT: i64 = 42;

fn stack(
    world: &World,
    project: Option<Id>,
    own: Option<Id>,
    fields: &Map<String, Value>,
) -> Result<(), ApiError> {
    let name = text(fields, "name");
    dns_name(name)?;
    let same = |each: &Resource| {
        each.project == project
            && each.is_live()
            && Some(each.id) != own
            && each.name().eq_ignore_ascii_case(name)
    };
    if world.all("stack").any(same) { Err(ApiError::invalid("NotUnique", "name")) } else { Ok(()) }
}

fn service(world: &World, kind: &Type, own: Option<Id>, fields: &Map<String, Value>) -> Result<(), ApiError> {
    let name = text(fields, "name");
    dns_name(name)?;
    let stack_id = text(fields, "stackId");
    if stack_id.is_empty() {
        return Err(ApiError::invalid("MissingRequired", "stackId"));
    }
    let stack = world.schema.named("stack").and_then(|kind| world.find(kind, stack_id));
    if stack.is_none_or(|stack| !stack.is_live() || stack.state == "error") {
        return Err(ApiError::invalid("InvalidState", "stackId").message("stack is not in a valid state"));
    }
    let mut names = vec![name];
    names.extend(sidekicks(fields));
    for (at, each) in names.iter().enumerate() {
        let elsewhere = world
            .live_with("service", "stackId", stack_id)
            .filter(|other| Some(other.id) != own)
            .any(|other| {
                other.name().eq_ignore_ascii_case(each)
                    || sidekicks(&other.fields).any(|sidekick| sidekick.eq_ignore_ascii_case(each))
            });
        if elsewhere || names.iter().take(at).any(|before| before.eq_ignore_ascii_case(each)) {
            return Err(ApiError::invalid("NotUnique", "name"));
        }
    }
    launch_references(&names, fields)?;
    if let Some(policy) = fields.get("scalePolicy").filter(|policy| policy.is_object()) {
        let number = |field: &str| policy.get(field).and_then(Value::as_i64);
        if number("min") > number("max") {
            return Err(ApiError::invalid("MaxLimitExceeded", "Min scale can't exceed scale"));
        }
    }
    if fields.get("metadata").is_some_and(|metadata| metadata.to_string().len() > 1_048_576) {
        return Err(ApiError::invalid("MaxLimitExceeded", "metadata limit is 1MB"));
    }
    match kind.name {
        "loadBalancerService" => balancer_rules(fields),
        "externalService" => external(fields),
        _ => Ok(()),
    }
}

/// Whatever a launch configuration takes from another must be one of the same service.
fn launch_references(names: &[&str], fields: &Map<String, Value>) -> Result<(), ApiError> {
    let secondary = fields.get("secondaryLaunchConfigs").and_then(Value::as_array);
    for config in fields.get("launchConfig").into_iter().chain(secondary.into_iter().flatten()) {
        let network = config.get("networkLaunchConfig").and_then(Value::as_str);
        let volumes = config.get("dataVolumesFromLaunchConfigs").and_then(Value::as_array);
        let volumes = volumes.into_iter().flatten().filter_map(Value::as_str);
        if network.into_iter().chain(volumes).any(|other| !names.contains(&other)) {
            return Err(ApiError::invalid("InvalidReference", "LaunchConfigName"));
        }
        let ports = config.get("ports").and_then(Value::as_array);
        for port in ports.into_iter().flatten().filter_map(Value::as_str) {
            let bare = port.split_once('/').map_or(port, |(bare, _)| bare);
            let numbers = bare.rsplit(':').take(2).flat_map(|part| part.split('-'));
            if numbers.into_iter().any(|number| number.parse::<u16>().is_err()) {
                return Err(ApiError::invalid("PortWrongFormat", port));
            }
        }
    }
    Ok(())
}

fn balancer_rules(fields: &Map<String, Value>) -> Result<(), ApiError> {
    let rules = fields.get("lbConfig").and_then(|config| config.get("portRules")).and_then(Value::as_array);
    for rule in rules.into_iter().flatten() {
        let given = |field: &str| rule.get(field).is_some_and(|value| !value.is_null() && value != "");
        if rule.get("sourcePort").and_then(Value::as_i64) == Some(RESERVED_PORT) {
            return Err(ApiError::invalid("InvalidOption", "Port 42 is reserved for service health check"));
        }
        match (given("serviceId"), given("selector")) {
            (false, false) => return Err(ApiError::invalid("MissingRequired", "serviceId")),
            (true, true) => {
                return Err(ApiError::invalid("InvalidOption", "Can't specify both selector and serviceId"));
            }
            (true, false) if !given("targetPort") => {
                return Err(ApiError::invalid("MissingRequired", "targetPort"));
            }
            _ => {}
        }
        if given("region") && !given("environment") {
            return Err(ApiError::invalid("MissingRequired", "environment"));
        }
    }
    Ok(())
}

fn external(fields: &Map<String, Value>) -> Result<(), ApiError> {
    let ips = fields.get("externalIpAddresses").and_then(Value::as_array).is_some_and(|ips| !ips.is_empty());
    if ips && !text(fields, "hostname").is_empty() {
        let sentence = "externalIpAddresses and hostname are mutually exclusive";
        return Err(ApiError::invalid("InvalidOption", sentence));
    }
    Ok(())
}

/// Names of volumes need not be unique.
fn volume(fields: &Map<String, Value>) -> Result<(), ApiError> {
    let given = |field: &str| fields.get(field).is_some_and(|value| !value.is_null());
    if !given("driver") && !given("storageDriverId") {
        let message = "Either driver or storageDriverId is required";
        return Err(ApiError::new(422, "MissingRequired").message(message));
    }
    if given("sizeMb") {
        let driver = text(fields, "driver");
        let message = format!("Volume driver {driver} does not support specifying a size.");
        return Err(ApiError::new(422, "InvalidOption").message(&message));
    }
    Ok(())
}

fn template(world: &World, fields: &Map<String, Value>) -> Result<(), ApiError> {
    let (name, stack) = (text(fields, "name"), text(fields, "stackId"));
    let taken = !stack.is_empty()
        && world.live_with("volumeTemplate", "stackId", stack).any(|each| each.name() == name);
    if taken { Err(ApiError::invalid("NotUnique", "name")) } else { Ok(()) }
}

fn dns_name(name: &str) -> Result<(), ApiError> {
    if name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        return Err(ApiError::invalid("InvalidCharacters", "name"));
    }
    Ok(())
}

fn sidekicks(fields: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let configs = fields.get("secondaryLaunchConfigs").and_then(Value::as_array);
    configs.into_iter().flatten().filter_map(|config| config.get("name").and_then(Value::as_str))
}

fn text<'a>(fields: &'a Map<String, Value>, field: &str) -> &'a str {
    fields.get(field).and_then(Value::as_str).unwrap_or_default()
}
