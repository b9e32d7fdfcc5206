//! Containers.

use super::{
    health::{self, signed},
    index::Index,
    interpolate::{self, push_literal},
    labels, links, load_balancer, secrets, security,
};
use crate::yaml::emit::{List, Map};
use paas_core::{
    application::{Container, External, HostMount, Mount, Port, Resources, Service, Sidekick, Text},
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
    write_mounts(map, &container.mounts, &container.security.host_mounts);
    if let Some(sidekick) = &container.sidekick {
        write_sidekick(map, sidekick, container.security.host_network);
    }
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
}

/// The Rancher half.
pub(super) fn rancher(map: &mut Map<'_>, container: &Container, name: &str, index: &Index<'_>) {
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
    load_balancer::target_rules(map, name, index);
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

fn write_mounts(map: &mut Map<'_>, mounts: &[Mount], of_host: &[HostMount]) {
    let volumes = mounts.iter().map(|mount| (mount.volume.as_str(), mount.path.as_str(), mount.read_only));
    let paths = of_host.iter().map(|mount| (mount.host_path.as_str(), mount.path.as_str(), mount.read_only));
    let is_alone = mounts.len() + of_host.len() == 1;
    let mut seen = FxHashSet::default();
    map.entry("volumes").list_unless_empty(|list| {
        for (what, path, read_only) in volumes.chain(paths).filter(|mount| is_alone || seen.insert(*mount)) {
            list.item().quoted(|quoted| {
                push_literal(quoted, what);
                quoted.push(":");
                push_literal(quoted, path);
                if read_only {
                    quoted.push(":ro");
                }
            });
        }
    });
}

fn write_sidekick(map: &mut Map<'_>, sidekick: &Sidekick, on_host_network: bool) {
    if sidekick.volumes_from {
        map.entry("volumes_from").list(|list| interpolate::literal(list.item(), &sidekick.of));
    }
    // There is one network; that of the host is said elsewhere.
    if sidekick.share_network && !on_host_network {
        map.entry("network_mode").quoted(|quoted| {
            quoted.push("container:");
            push_literal(quoted, &sidekick.of);
        });
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
