//! Containers.

use super::{rancher, text::text, units};
use crate::yaml::write::{Map, Yaml};
use paas_core::application::{
    Affinity, AffinityRule, AffinityTo, ConfigurationFile, Container, External, FileContent, HealthCheck,
    HostMount, LogFiles, OnFailure, Port, Protocol, Resources, SecretFile, Security, Text, UpdateStrategy,
};
use std::collections::BTreeMap;

/// The properties of a service; defaults are left out.
pub(super) fn properties(container: &Container) -> Map {
    let mut map = Map::block();
    map.add("image", Yaml::text(&container.image));
    map.list("command", container.command.iter().map(text));
    map.list("entrypoint", container.entrypoint.iter().map(text));
    map.unless_empty("environment", texts(&container.environment));
    map.unless_empty("labels", texts(&container.labels));
    map.list("ports", container.ports.iter().map(port));
    map.list("configuration_files", container.configuration_files.iter().filter_map(configuration_file));
    map.list("secrets", container.secret_files.iter().map(secret_file));
    map.list("log_files", container.log_files.iter().map(log_files));
    map.maybe("health_check", container.health_check.as_ref().map(health_check));
    map.unless_empty("resources", resources(&container.resources));
    map.maybe("update", container.update.as_ref().map(update));
    // A sidekick is where its service is, as often.
    if container.sidekick.is_none() {
        if container.scale != 1 && !container.everywhere {
            map.add("scale", Yaml::plain(container.scale));
        }
        map.flag("everywhere", container.everywhere);
    }
    map.unless_empty("host_affinity", strings(&container.host_affinity));
    map.list("affinities", container.affinities.iter().filter_map(affinity));
    if container.run_once && container.restart_on_failure {
        map.add("restart", Yaml::text("on_failure"));
    } else {
        map.flag("run_once", container.run_once);
    }
    map.maybe("stop_grace", container.stop_grace_ms.map(units::time));
    map.unless_empty("security", security(&container.security));
    map.maybe("hostname", container.hostname.as_deref().map(Yaml::text));
    map.maybe("working_dir", container.working_dir.as_deref().map(Yaml::text));
    map.flag("tty", container.tty);
    map.flag("stdin_open", container.stdin_open);
    map.list("volumes_from", container.volumes_from.iter().map(Yaml::text));
    map.list("anonymous_volumes", container.anonymous_volumes.iter().map(Yaml::text));
    rancher::add(&mut map, container);
    map
}

fn texts(texts: &BTreeMap<String, Text>) -> Map {
    let mut map = Map::new();
    texts.iter().for_each(|(name, value)| map.add(name, text(value)));
    map
}

pub(super) fn strings(strings: &BTreeMap<String, String>) -> Map {
    let mut map = Map::new();
    strings.iter().for_each(|(name, value)| map.add(name, Yaml::text(value)));
    map
}

fn port(port: &Port) -> Yaml {
    let mut map = Map::of("container", Yaml::plain(port.container));
    match port.external {
        External::Given(external) => map.add("external", Yaml::plain(external)),
        External::Allocated => map.flag("allocate", true),
        _ => {}
    }
    if port.protocol != Protocol::Tcp {
        map.add("protocol", Yaml::text(port.protocol.as_str()));
    }
    map.into()
}

fn configuration_file(file: &ConfigurationFile) -> Option<Yaml> {
    let mut map = Map::of("path", Yaml::text(&file.path));
    match &file.content {
        FileContent::Inline(content) => map.add("content", text(content)),
        FileContent::Secret(secret) => map.add("secret", Yaml::text(secret)),
        _ => return None,
    }
    Some(map.into())
}

fn secret_file(secret: &SecretFile) -> Yaml {
    let mut map = Map::of("name", Yaml::text(&secret.secret));
    map.maybe("file", (secret.file != secret.secret).then(|| Yaml::text(&secret.file)));
    map.maybe("user", secret.user.map(Yaml::plain));
    map.maybe("group", secret.group.map(Yaml::plain));
    map.maybe("mode", secret.mode.as_deref().map(Yaml::text));
    map.into()
}

fn log_files(files: &LogFiles) -> Yaml {
    let mut map = Map::of("directory", Yaml::text(&files.directory));
    map.list("extensions", files.extensions.iter().map(Yaml::text));
    map.into()
}

fn health_check(check: &HealthCheck) -> Map {
    let usual = HealthCheck::new(check.port);
    let mut map = Map::of("port", Yaml::plain(check.port));
    map.maybe("path", check.path.as_deref().map(Yaml::text));
    map.maybe("interval", check.interval_ms.map(units::time));
    map.maybe("timeout", check.timeout_ms.map(units::time));
    for (name, count, usual) in [
        ("healthy_threshold", check.healthy_threshold, usual.healthy_threshold),
        ("unhealthy_threshold", check.unhealthy_threshold, usual.unhealthy_threshold),
    ] {
        map.maybe(name, (count != usual).then(|| Yaml::plain(count)));
    }
    map.maybe("initializing", check.initializing_ms.map(units::time));
    match check.on_failure {
        OnFailure::None => map.add("on_failure", Yaml::text("none")),
        OnFailure::RecreateOnQuorum => map.add("on_failure", Yaml::text("recreate_on_quorum")),
        _ => {}
    }
    map
}

fn resources(resources: &Resources) -> Map {
    let mut map = Map::new();
    map.maybe("cpu_limit", resources.cpu_limit_millis.map(units::cores));
    map.maybe("cpu_reservation", resources.cpu_reservation_millis.map(units::cores));
    map.maybe("memory_limit", resources.memory_limit_bytes.map(units::size));
    map.maybe("memory_reservation", resources.memory_reservation_bytes.map(units::size));
    map
}

/// The batch is always said: that there is a strategy at all means something.
fn update(update: &UpdateStrategy) -> Map {
    let mut map = Map::of("batch_size", Yaml::plain(update.batch_size));
    map.maybe("interval", update.interval_ms.map(units::time));
    map.flag("start_first", update.start_first);
    map
}

fn affinity(affinity: &Affinity) -> Option<Yaml> {
    let mut map = Map::new();
    match &affinity.to {
        AffinityTo::Host { label, value } => {
            map.add("name", Yaml::text(label));
            map.add("value", Yaml::text(value));
        }
        AffinityTo::Container { label, value } => {
            map.add("to", Yaml::text("container"));
            map.add("name", Yaml::text(label));
            map.add("value", Yaml::text(value));
        }
        AffinityTo::Service(service) => {
            map.add("to", Yaml::text("service"));
            map.add("name", Yaml::text(service));
        }
        _ => return None,
    }
    match affinity.rule {
        AffinityRule::Should => map.add("rule", Yaml::text("should")),
        AffinityRule::MustNot => map.add("rule", Yaml::text("must_not")),
        AffinityRule::ShouldNot => map.add("rule", Yaml::text("should_not")),
        _ => {}
    }
    Some(map.into())
}

fn security(security: &Security) -> Map {
    let mut map = Map::new();
    map.flag("privileged", security.privileged);
    map.flag("host_network", security.host_network);
    map.flag("host_pid", security.host_pid);
    map.flag("host_ipc", security.host_ipc);
    map.list("devices", security.devices.iter().map(Yaml::text));
    map.list("add_capabilities", security.add_capabilities.iter().map(Yaml::text));
    map.list("drop_capabilities", security.drop_capabilities.iter().map(Yaml::text));
    map.flag("read_only_root", security.read_only_root);
    map.maybe("user", security.user.as_deref().map(Yaml::text));
    map.list("security_opt", security.security_opt.iter().map(Yaml::text));
    map.list("host_mounts", security.host_mounts.iter().map(host_mount));
    map
}

fn host_mount(mount: &HostMount) -> Yaml {
    let mut map = Map::of("host_path", Yaml::text(&mount.host_path));
    map.add("path", Yaml::text(&mount.path));
    map.flag("read_only", mount.read_only);
    map.maybe("propagation", mount.propagation.map(|propagation| Yaml::text(propagation.as_str())));
    map.into()
}
