//! What a container may do to its host.

use super::{Level, Row, findings::Findings, host_path::HostPath};
use crate::{
    application::{Container, Service},
    diagnostic::{Place, shown},
};

/// Where Docker listens. `/var/run` is `/run` (see [`HostPath`]).
const DOCKER_SOCKET: &str = "/run/docker.sock";

pub(super) fn inspect(service: &Service, container: &Container, findings: &mut Findings<'_>) {
    let security = &container.security;
    if security.is_empty() {
        return;
    }
    let (name, origins) = (shown(&service.name), &container.origins);
    let at = |property| origins.of(property).or_else(|| service.origin.place());
    let entry_at =
        |property, entry: &str| origins.of_entry(property, entry).or_else(|| service.origin.place());
    let flags = [
        (security.privileged, Row::Privileged, "privileged", "is privileged", "leave `privileged` out"),
        (
            security.host_network,
            Row::HostNetwork,
            "host_network",
            "uses the network of its host",
            "publish `ports` instead",
        ),
        (
            security.host_pid,
            Row::HostPid,
            "host_pid",
            "sees the processes of its host",
            "leave `host_pid` out",
        ),
        (security.host_ipc, Row::HostIpc, "host_ipc", "shares memory with its host", "leave `host_ipc` out"),
    ];
    for (_, row, property, does, help) in flags.into_iter().filter(|flag| flag.0) {
        findings.tell(row, format!("{name} {does}"), at(property), help);
    }
    for device in &security.devices {
        let message = format!("{name} uses the device {} of its host", shown(device));
        findings.tell(Row::Devices, message, entry_at("devices", device), "leave it out");
    }
    for capability in &security.add_capabilities {
        let plain = without_prefix(capability);
        let policy = findings.policy;
        if !policy
            .list(Row::AddedCapabilities)
            .any(|allowed| without_prefix(allowed).eq_ignore_ascii_case(plain))
        {
            let message = format!("{name} adds the capability {}", shown(capability));
            let place = entry_at("add_capabilities", capability);
            findings.tell(Row::AddedCapabilities, message, place, "leave it out, or list it as `allowed`");
        }
    }
    for option in security.security_opt.iter().filter(|option| !confines(option)) {
        let message = format!("{name} changes by {} what confines it", shown(option));
        let place = entry_at("security_opt", option);
        findings.tell(Row::SecurityOptions, message, place, "leave it out");
    }
    if security.user.as_deref().is_some_and(is_root) {
        let message = format!("{name} runs as root");
        findings.tell(Row::UserRoot, message, at("user"), "name a user without rights, such as `1000:1000`");
    }
}

/// Docker takes both.
fn without_prefix(capability: &str) -> &str {
    match capability.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("CAP_") => capability.get(4..).unwrap_or_default(),
        _ => capability,
    }
}

/// Whether a security option takes something away, and gives nothing.
fn confines(option: &str) -> bool {
    matches!(option, "no-new-privileges" | "no-new-privileges:true" | "no-new-privileges=true")
}

/// `root`, `0`, however many zeros, with or without a group.
fn is_root(user: &str) -> bool {
    let user = user.split(':').next().unwrap_or_default().trim();
    user == "root" || user.trim_start_matches('+').parse::<u64>() == Ok(0)
}

/// Mounts of the host. What the worst of the rows says is told, and nothing else.
pub(super) fn inspect_mounts(service: &Service, container: &Container, findings: &mut Findings<'_>) {
    let mounts = &container.security.host_mounts;
    let place =
        |path: &str| container.origins.of_entry("host_mounts", path).or_else(|| service.origin.place());
    for mount in mounts {
        inspect_mount(service, &mount.host_path, place(&mount.host_path), findings);
    }
    // A volume of such a name would be a folder of the host.
    for mount in container.mounts.iter().filter(|mount| mount.volume.contains('/')) {
        inspect_mount(service, &mount.volume, mount.origin.place(), findings);
    }
}

fn inspect_mount(service: &Service, path: &str, at: Option<Place>, findings: &mut Findings<'_>) {
    let policy = findings.policy;
    let (name, mounted) = (shown(&service.name), HostPath::new(path));
    let socket = HostPath::new(DOCKER_SOCKET);
    let mut worst: Option<(Level, Row, String)> = None;
    let mut add = |row: Row, message: &dyn Fn() -> String| {
        let level = policy.level(row);
        if level > worst.as_ref().map_or(Level::Allow, |(worst, _, _)| *worst) {
            worst = Some((level, row, message()));
        }
    };
    if mounted.is_within(&socket) {
        add(Row::DockerSocket, &|| format!("{name} mounts the socket of Docker, {}", shown(path)));
    }
    let forbidden = policy.list(Row::ForbiddenHostPaths).find(|path| mounted.meets(&HostPath::new(path)));
    if let Some(forbidden) = forbidden {
        add(Row::ForbiddenHostPaths, &|| {
            let HostPath { is_root, .. } = mounted;
            let relation = match HostPath::new(forbidden) {
                _ if is_root => ", which is all of it".to_owned(),
                other if mounted == other => String::new(),
                other if mounted.is_within(&other) => format!(", which is in {}", shown(forbidden)),
                _ => format!(", which holds {}", shown(forbidden)),
            };
            format!("{name} mounts {} of its host{relation}", shown(path))
        });
    }
    if socket.is_within(&mounted) {
        add(Row::DockerSocket, &|| {
            format!("{name} mounts {} of its host, where the socket of Docker is", shown(path))
        });
    }
    add(Row::HostPaths, &|| format!("{name} mounts {} of its host", shown(path)));
    if let Some((_, row, message)) = worst {
        let help = match row {
            Row::DockerSocket => "let a service of the platform do what it is for",
            _ => "use a `paas.nodes.Volume`",
        };
        findings.tell(row, message, at, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_has_many_names() {
        for user in ["root", "0", "00", "0:0", "root:wheel", "0:1000", "+0", " 0"] {
            assert!(is_root(user), "{user}");
        }
        for user in ["", "1000", "app", "rooty", "1000:0", "app:root", "-0x0"] {
            assert!(!is_root(user), "{user}");
        }
    }

    #[test]
    fn only_one_option_confines() {
        assert!(confines("no-new-privileges") && confines("no-new-privileges:true"));
        for option in
            ["no-new-privileges:false", "seccomp=unconfined", "seccomp:unconfined", "apparmor=unconfined"]
        {
            assert!(!confines(option), "{option}");
        }
        for option in ["label=disable", "label:type:spc_t", "systempaths=unconfined", "seccomp={}"] {
            assert!(!confines(option), "{option}");
        }
    }
}
