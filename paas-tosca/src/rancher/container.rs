//! Containers.

use super::{
    health::{self, signed},
    index::Index,
    interpolate::{self, push_literal},
    labels, links, load_balancer,
    options::File,
    passed, secrets, security,
};
use crate::yaml::emit::{List, Map};
use paas_core::{
    application::{Container, External, HostMount, Mount, Port, Resources, Service, Text},
    release::Part,
};
use rustc_hash::FxHashSet;

/// The span in which a CPU limit counts, in microseconds: Docker's default.
const CPU_PERIOD: i64 = 100_000;
/// The least CPU time in a span that Docker takes, in microseconds.
const LEAST_CPU_QUOTA: u64 = 1_000;

/// The Docker half.
pub(super) fn docker(
    map: &mut Map<'_>,
    container: &Container,
    service: &Service,
    here: &Part,
    index: &Index<'_>,
) {
    interpolate::literal(map.entry("image"), &container.image);
    write_texts(map, "entrypoint", &container.entrypoint, service, index);
    write_texts(map, "command", &container.command, service, index);
    map.entry("environment").map_unless_empty(|environment| {
        for (name, value) in &container.environment {
            interpolate::text(environment.entry(name), value, service, index);
        }
    });
    labels::write(map, container, service, index);
    write_ports(map, &container.ports);
    links::write(map, service, here, index);
    write_mounts(map, container);
    write_shared(map, container);
    write_process(map, container);
    secrets::write(map, container);
    security::write(map, &container.security);
    if container.restart_on_failure {
        // Rancher starts it once; that it is started again is Docker's.
        map.entry("restart").string("on-failure");
    }
    write_limits(map, &container.resources);
    if let Some(stop_grace_ms) = container.stop_grace_ms {
        // In whole seconds, rather longer than shorter; 0 would mean Docker's own ten.
        map.entry("stop_grace_period").integer(signed(stop_grace_ms.div_ceil(1_000).max(1)));
    }
    passed::write(map, File::Docker, container, service, index);
}

/// The Rancher half.
pub(super) fn rancher(map: &mut Map<'_>, container: &Container, service: &Service, index: &Index<'_>) {
    let name = service.name.as_str();
    if !container.everywhere && container.sidekick.is_none() {
        map.entry("scale").integer(container.scale);
    }
    if let Some(check) = &container.health_check {
        map.entry("health_check").map(|map| health::write(map, check));
    }
    if let Some(update) = &container.update {
        map.entry("upgrade_strategy").map(|map| {
            map.entry("start_first").boolean(update.start_first);
            if update.batch_size != 1 {
                map.entry("batch_size").integer(update.batch_size);
            }
            if let Some(interval_ms) = update.interval_ms {
                map.entry("interval_millis").integer(signed(interval_ms));
            }
        });
    }
    if let Some(millis) = container.resources.cpu_reservation_millis {
        map.entry("milli_cpu_reservation").integer(signed(millis));
    }
    let grace_ms = index.grace_ms(name);
    if grace_ms > 0 {
        map.entry("drain_timeout_ms").integer(signed(grace_ms));
    }
    load_balancer::target_rules(map, container, service, index);
    passed::write(map, File::Rancher, container, service, index);
}

fn write_texts(map: &mut Map<'_>, key: &str, texts: &[Text], service: &Service, index: &Index<'_>) {
    map.entry(key).list_unless_empty(|list| {
        for text in texts {
            interpolate::text(list.item(), text, service, index);
        }
    });
}

fn write_ports(map: &mut Map<'_>, ports: &[Port]) {
    let mut seen = FxHashSet::default();
    let distinct: Vec<&Port> = ports
        .iter()
        .filter(|port| {
            let external = match port.external {
                External::None => None,
                External::Given(port) => Some(port),
                _ => Some(0),
            };
            ports.len() == 1 || seen.insert((port.container, port.protocol, external))
        })
        .collect();
    map.entry("ports").list_unless_empty(|list| {
        distinct.iter().filter(|port| !port.external.is_none()).for_each(|port| write_port(list, port));
    });
    map.entry("expose").list_unless_empty(|list| {
        distinct.iter().filter(|port| port.external.is_none()).for_each(|port| write_port(list, port));
    });
}

fn write_port(list: &mut List<'_>, port: &Port) {
    list.item().quoted(|quoted| {
        if let External::Given(host) = port.external {
            quoted.format(format_args!("{host}:"));
        }
        quoted.format(format_args!("{}/{}", port.container, port.protocol.as_str()));
    });
}

/// Volumes by name, paths of the host, and paths that are volumes without a name.
fn write_mounts(map: &mut Map<'_>, container: &Container) {
    let named = container.mounts.iter().map(|mount| {
        let Mount { volume, path, read_only, .. } = mount;
        (volume.as_str(), path.as_str(), *read_only, None)
    });
    let of_host = container.security.host_mounts.iter().map(|mount| {
        let HostMount { host_path, path, read_only, .. } = mount;
        (host_path.as_str(), path.as_str(), *read_only, mount.propagation)
    });
    let count = container.mounts.len() + container.security.host_mounts.len();
    let mut seen = FxHashSet::default();
    map.entry("volumes").list_unless_empty(|list| {
        let all = named.chain(of_host);
        for (what, path, read_only, propagation) in all.filter(|mount| count == 1 || seen.insert(*mount)) {
            list.item().quoted(|quoted| {
                push_literal(quoted, what);
                quoted.push(":");
                push_literal(quoted, path);
                quoted.push(match (read_only, propagation) {
                    (true, _) => ":ro",
                    (false, Some(_)) => ":",
                    (false, None) => "",
                });
                if let Some(propagation) = propagation {
                    quoted.push(if read_only { "," } else { "" });
                    quoted.push(propagation.as_str());
                }
            });
        }
        let mut seen = FxHashSet::default();
        for path in container.anonymous_volumes.iter().filter(|path| seen.insert(path.as_str())) {
            interpolate::literal(list.item(), path);
        }
    });
}

/// What it has of the services that run beside it.
fn write_shared(map: &mut Map<'_>, container: &Container) {
    let sidekick = container.sidekick.as_ref();
    let main = sidekick.filter(|sidekick| sidekick.volumes_from).map(|sidekick| &sidekick.of);
    let mut seen = FxHashSet::default();
    map.entry("volumes_from").list_unless_empty(|list| {
        for name in main.into_iter().chain(&container.volumes_from).filter(|name| seen.insert(name.as_str()))
        {
            interpolate::literal(list.item(), name);
        }
    });
    if let Some(sidekick) = sidekick.filter(|_| shares_network(container)) {
        map.entry("network_mode").quoted(|quoted| {
            quoted.push("container:");
            push_literal(quoted, &sidekick.of);
        });
    }
}

/// Whether it has the network of its service. There is one network; that of the host is said elsewhere.
pub(super) fn shares_network(container: &Container) -> bool {
    let shares = container.sidekick.as_ref().is_some_and(|sidekick| sidekick.share_network);
    shares && !container.security.host_network
}

fn write_process(map: &mut Map<'_>, container: &Container) {
    for (key, text) in [("hostname", &container.hostname), ("working_dir", &container.working_dir)] {
        if let Some(text) = text {
            interpolate::literal(map.entry(key), text);
        }
    }
    for (key, is_set) in [("tty", container.tty), ("stdin_open", container.stdin_open)] {
        if is_set {
            map.entry(key).boolean(true);
        }
    }
}

fn write_limits(map: &mut Map<'_>, resources: &Resources) {
    if let Some(bytes) = resources.memory_limit_bytes {
        map.entry("mem_limit").integer(signed(bytes));
    }
    if let Some(bytes) = resources.memory_reservation_bytes {
        map.entry("mem_reservation").integer(signed(bytes));
    }
    if let Some(millis) = resources.cpu_limit_millis {
        map.entry("cpu_period").integer(CPU_PERIOD);
        map.entry("cpu_quota").integer(signed(millis.saturating_mul(100).max(LEAST_CPU_QUOTA)));
    }
}
