//! Containers.

use super::{
    files, hosts, names,
    read::{Read, each},
    security,
};
use crate::tosca::{Node, Value};
use paas_core::{
    MAX_INTEGER,
    application::{
        Container, External, HealthCheck, LogFiles, OnFailure, Port, Protocol, Resources, Text,
        UpdateStrategy,
    },
    diagnostic::{Code, Diagnostic},
    policy::is_label_never_allowed,
};
use std::collections::BTreeMap;

pub(super) fn container(node: &Node<'_>, read: &Read<'_>) -> Container {
    let texts = |name: &str| -> Vec<Text> {
        let items = node.property(name).map_or(&[][..], Value::items);
        each(items, |item| read.text(item))
    };
    let flag = |name: &str| node.property(name).and_then(Value::as_boolean).unwrap_or(false);
    let mut container = Container::new(image(node, read));
    container.scale = scale(node, read);
    container.command = texts("command");
    container.entrypoint = texts("entrypoint");
    container.environment = environment(node, read);
    container.labels = labels(node, "labels", read, |value| read.open_text(value));
    container.ports = ports(node, read);
    container.configuration_files = files::configuration_files(node, read);
    container.secret_files = files::secret_files(node, read);
    container.log_files = log_files(node, read);
    container.health_check = node.property("health_check").and_then(|check| health_check(check, read));
    container.resources = resources(node, read);
    container.update = node.property("update").and_then(|update| {
        if update.is_settled() {
            return None;
        }
        let mut strategy = UpdateStrategy::one_by_one();
        strategy.batch_size = read.count("batch_size", update.get("batch_size")).unwrap_or(1);
        strategy.interval_ms = read.milliseconds("interval", update.get("interval"));
        strategy.start_first = update.get("start_first").and_then(Value::as_boolean).unwrap_or(false);
        Some(strategy)
    });
    container.everywhere = flag("everywhere");
    container.host_affinity = labels(node, "host_affinity", read, |value| read.string(Some(value)));
    container.affinities = hosts::affinities(node, read);
    hosts::restart(node, &mut container, read);
    container.stop_grace_ms = read.milliseconds("stop_grace", node.property("stop_grace"));
    security::read_into(&mut container, node, read);
    note_origins(&mut container, node, read);
    container
}

/// Notes where values were written that a policy may have something to say about, and what could not be read.
fn note_origins(container: &mut Container, node: &Node<'_>, read: &Read<'_>) {
    let origins = &mut container.origins;
    if let Some(image) = node.property("image") {
        origins.note("image", image.at.place());
    }
    match node.property("resources") {
        Some(resources) => {
            let limits = [resources.get("cpu_limit"), resources.get("memory_limit")];
            if resources.is_settled() || limits.into_iter().flatten().any(Value::is_settled) {
                origins.note_unread("resources");
            } else {
                origins.note("resources", resources.at.place());
            }
        }
        None if node.lacks_properties(read.report) => origins.note_unread("resources"),
        None => {}
    }
    for (property, wanted) in [("labels", None), ("environment", Some("TZ"))] {
        for (key, value) in node.property(property).map_or(&[][..], Value::entries) {
            if let Some(name) = key.text().filter(|name| wanted.is_none_or(|wanted| *name == wanted)) {
                let at = if wanted.is_some() { value.at } else { *key };
                origins.note_entry(property, name, at.place());
            }
        }
    }
}

fn image(node: &Node<'_>, read: &Read<'_>) -> String {
    let value = node.property("image");
    let Some(image) = read.string(value) else { return String::new() };
    let Some(value) = value else { return image };
    if !names::is_image(&image) {
        let message = format!("`{}` is not a reference to an image", image.escape_debug());
        let help = "write `registry/repository:tag`, the repository in lower case".to_owned();
        read.report.help(Code::ImageReference, value.at, message, help);
        // A policy has nothing to say of what is no image.
        return String::new();
    } else if names::is_reserved_image(&image) {
        let message = format!("`{image}` makes Rancher take the service for something else than a container");
        let help = "use `paas.nodes.ExternalService` or `paas.nodes.LoadBalancer`".to_owned();
        read.report.help(Code::ImageReference, value.at, message, help);
    }
    image
}

/// The initial count: `scalable.default_instances`, else `scale`.
fn scale(node: &Node<'_>, read: &Read<'_>) -> u32 {
    let value = node.property("scale");
    let scale = read.count("scale", value);
    let given = |name| {
        let value = node.given_capability("scalable", name)?;
        Some((value, read.count(name, Some(value))?))
    };
    let initial = given("default_instances");
    if let (Some((initial, count)), Some(scale), Some(value)) = (initial, scale, value)
        && node.gives("scale")
        && count != scale
    {
        read.report.push(
            Diagnostic::new(
                Code::ScaleConflict,
                format!("`scale` is {scale}, but `default_instances` is {count}"),
            )
            .at(value.at.place())
            .label(initial.at.place(), "the initial count")
            .help("remove `scale`"),
        );
    }
    let explicit = initial.or_else(|| value.zip(scale).filter(|_| node.gives("scale")));
    within_bounds(explicit, given("min_instances"), given("max_instances"), read);
    if let Some((value, count)) = explicit
        && count != 1
        && node.property("everywhere").and_then(Value::as_boolean) == Some(true)
    {
        let message = "a service that runs on every host has no count of its own";
        read.report.help(Code::ScaleConflict, value.at, message, "remove it".to_owned());
    }
    initial.map(|(_, count)| count).or(scale).unwrap_or(1)
}

/// Holds the initial count against the bounds of the `scalable` capability, and these against each other.
fn within_bounds(
    initial: Option<(&Value<'_>, u32)>,
    least: Option<(&Value<'_>, u32)>,
    most: Option<(&Value<'_>, u32)>,
    read: &Read<'_>,
) {
    let below = |(low, least): (&Value<'_>, u32), (high, most): (&Value<'_>, u32), message: String| {
        if least > most {
            let diagnostic = Diagnostic::new(Code::Bounds, message).at(low.at.place());
            read.report.push(diagnostic.label(high.at.place(), "the other"));
        }
        least > most
    };
    if let (Some(least), Some(most)) = (least, most)
        && below(least, most, format!("`min_instances` is {}, more than `max_instances`", least.1))
    {
        return;
    }
    if let (Some(least), Some(initial)) = (least, initial) {
        below(least, initial, format!("`min_instances` is {}, but the initial count {}", least.1, initial.1));
    }
    if let (Some(initial), Some(most)) = (initial, most) {
        below(initial, most, format!("the initial count is {}, but `max_instances` {}", initial.1, most.1));
    }
}

fn environment(node: &Node<'_>, read: &Read<'_>) -> BTreeMap<String, Text> {
    let entries = node.property("environment").map_or(&[][..], Value::entries);
    let mut environment = BTreeMap::new();
    for (key, value) in entries {
        let name = key.text().unwrap_or_default();
        // A key that says nothing is diagnosed as a key.
        if !names::is_variable_name(name) && !key.is_null() {
            let message = format!("`{}` cannot be the name of an environment variable", name.escape_debug());
            read.report.at(Code::EnvironmentName, *key, message);
        }
        if let Some(text) = read.text(value) {
            environment.insert(name.to_owned(), text);
        }
    }
    environment
}

/// Labels of containers, or labels that hosts must have.
fn labels<'t, T>(
    node: &Node<'t>,
    property: &str,
    read: &Read<'_>,
    text: impl Fn(&Value<'t>) -> Option<T>,
) -> BTreeMap<String, T> {
    let entries = node.property(property).map_or(&[][..], Value::entries);
    let of_hosts = property == "host_affinity";
    let mut labels = BTreeMap::new();
    for (key, value) in entries {
        let name = key.text().unwrap_or_default();
        let message = if key.is_null() {
            None
        } else if !names::is_label_name(name) {
            Some(format!("`{}` cannot be the name of a label", name.escape_debug()))
        } else if !of_hosts && is_label_never_allowed(name) {
            Some(format!("the label `{name}` directs the platform and cannot be set by a template"))
        } else {
            None
        };
        if let Some(message) = message {
            read.report.at(Code::LabelName, *key, message);
            continue;
        }
        let Some(text) = text(value) else { continue };
        let splits = |text: &str| text.contains([',', '=']);
        let plain = value.as_str().unwrap_or_default();
        if of_hosts && (splits(name) || splits(plain) || plain.is_empty()) {
            let message = "a label that hosts are chosen by has a value, and no `,` and no `=`";
            read.report.at(Code::LabelName, value.at, message);
        }
        labels.insert(name.to_owned(), text);
    }
    labels
}

fn ports(node: &Node<'_>, read: &Read<'_>) -> Vec<Port> {
    let items = node.property("ports").map_or(&[][..], Value::items);
    let port = |item: &Value<'_>| {
        let mut port = Port::new(read.port(item.get("container"))?);
        let allocate = item.get("allocate").and_then(Value::as_boolean).unwrap_or(false);
        port.external = match (read.port(item.get("external")), allocate) {
            (Some(given), false) => External::Given(given),
            (None, true) => External::Allocated,
            (None, false) => External::None,
            (Some(given), true) => {
                let at = item.get("allocate").map_or(item.at, |allocate| allocate.at);
                let message = format!("port {given} is given, so it cannot be allocated as well");
                read.report.at(Code::PortConflict, at, message);
                External::Given(given)
            }
        };
        port.protocol = match item.get("protocol").and_then(Value::as_str) {
            Some("udp") => Protocol::Udp,
            _ => Protocol::Tcp,
        };
        port.origin = item.at.place().into();
        Some(port)
    };
    each(items, port)
}

fn log_files(node: &Node<'_>, read: &Read<'_>) -> Vec<LogFiles> {
    let items = node.property("log_files").map_or(&[][..], Value::items);
    let files = |item: &Value<'_>| {
        let directory = item.get("directory")?;
        let path = read.string(Some(directory))?;
        if !names::is_absolute_path(&path) {
            let message = format!("`{}` is not an absolute path", path.escape_debug());
            read.report.at(Code::LogPath, directory.at, message);
        }
        let extensions = item.get("extensions").map_or(&[][..], Value::items);
        let extension = |value: &Value<'_>| {
            let text = read.string(Some(value))?;
            if text.is_empty() || text.contains(['/', ',']) {
                let message = format!("`{}` is not the ending of a file's name", text.escape_debug());
                read.report.help(Code::LogPath, value.at, message, "write `log`, for `*.log`".to_owned());
            }
            Some(text)
        };
        Some(LogFiles::new(path, each(extensions, extension)))
    };
    each(items, files)
}

fn health_check(value: &Value<'_>, read: &Read<'_>) -> Option<HealthCheck> {
    let mut check = HealthCheck::new(read.port(value.get("port"))?);
    if let Some(at) = value.get("path") {
        check.path = read.string(Some(at));
        if let Some(path) = check.path.as_deref().filter(|path| !names::is_request_path(path)) {
            let message = format!("`{}` cannot be the path of a health check", path.escape_debug());
            let help = "a path begins with `/`; what a URL cannot hold is written as `%20`".to_owned();
            read.report.help(Code::HealthCheck, at.at, message, help);
        }
    }
    check.interval_ms = read.positive_milliseconds("interval", value.get("interval"));
    check.timeout_ms = read.positive_milliseconds("timeout", value.get("timeout"));
    let threshold = |name: &str, default| read.count(name, value.get(name)).unwrap_or(default);
    check.healthy_threshold = threshold("healthy_threshold", check.healthy_threshold);
    check.unhealthy_threshold = threshold("unhealthy_threshold", check.unhealthy_threshold);
    check.initializing_ms = read.milliseconds("initializing", value.get("initializing"));
    check.on_failure = match value.get("on_failure").and_then(Value::as_str) {
        Some("none") => OnFailure::None,
        Some("recreate_on_quorum") => OnFailure::RecreateOnQuorum,
        _ => OnFailure::Recreate,
    };
    Some(check)
}

/// Docker's own limits.
const LEAST_CORES: f64 = 0.01;
const LEAST_MEMORY: u64 = 4 << 20;

fn resources(node: &Node<'_>, read: &Read<'_>) -> Resources {
    let Some(value) = node.property("resources") else { return Resources::default() };
    let too_small = |name: &str, at: &Value<'_>, least: &str| {
        let message = format!("`{name}` must be at least {least}: Docker takes no less");
        read.report.at(Code::Resources, at.at, message);
    };
    let cpu = |name: &str| {
        let at = value.get(name)?;
        let cores = at.as_float()?;
        if cores < LEAST_CORES && name == "cpu_limit" {
            too_small(name, at, "0.01");
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive, finite count of cores, and a cast from a float saturates"
        )]
        let millis = (cores * 1000.0).round() as u64;
        if millis > MAX_INTEGER {
            let message = format!("`{name}` must be at most {} cores", MAX_INTEGER / 1000);
            read.report.at(Code::Resources, at.at, message);
            return None;
        }
        // Less than a thousandth of a core would be no limit at all.
        Some((at, millis.max(1)))
    };
    let bytes = |name: &str| {
        let at = value.get(name)?;
        let bytes = at.as_quantity()?.rounded();
        if bytes < LEAST_MEMORY {
            too_small(name, at, "4 MiB");
        }
        Some((at, bytes))
    };
    let exceeds = |what: &str, reserved: Option<(&Value<'_>, u64)>, limit: Option<(&Value<'_>, u64)>| {
        if let (Some((at, reserved)), Some((limit_at, limit))) = (reserved, limit)
            && reserved > limit
        {
            let message = format!("more {what} is reserved than the limit allows");
            let diagnostic = Diagnostic::new(Code::Resources, message).at(at.at.place());
            read.report.push(diagnostic.label(limit_at.at.place(), "the limit"));
        }
    };
    let (cpu_limit, cpu_reservation) = (cpu("cpu_limit"), cpu("cpu_reservation"));
    let (memory_limit, memory_reservation) = (bytes("memory_limit"), bytes("memory_reservation"));
    exceeds("CPU", cpu_reservation, cpu_limit);
    exceeds("memory", memory_reservation, memory_limit);
    let mut resources = Resources::default();
    resources.cpu_limit_millis = cpu_limit.map(|(_, millis)| millis);
    resources.cpu_reservation_millis = cpu_reservation.map(|(_, millis)| millis);
    resources.memory_limit_bytes = memory_limit.map(|(_, bytes)| bytes);
    resources.memory_reservation_bytes = memory_reservation.map(|(_, bytes)| bytes);
    resources
}
