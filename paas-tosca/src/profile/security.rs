//! What containers may do to their hosts, and what they give up.

use super::{names, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{
    application::{ALL_CAPABILITIES, CAPABILITIES, Container, External, HostMount, Propagation},
    diagnostic::Code,
};

/// Reads the property `security` of a node into its container.
pub(super) fn read_into(container: &mut Container, node: &Node<'_>, read: &Read<'_>) {
    let Some(value) = node.property("security") else { return };
    let mut reader = Reader { container, value, read };
    reader.flags();
    reader.user();
    reader.list("devices", device_fault);
    reader.capabilities();
    reader.list("security_opt", option_fault);
    reader.host_mounts();
    if container.security.host_network {
        refuse_published_ports(container, value, read);
    }
}

struct Reader<'c, 'v, 't> {
    container: &'c mut Container,
    value: &'v Value<'t>,
    read: &'c Read<'c>,
}

impl<'v, 't> Reader<'_, 'v, 't> {
    fn flags(&mut self) {
        let security = &mut self.container.security;
        let flags = [
            ("privileged", &mut security.privileged),
            ("host_network", &mut security.host_network),
            ("host_pid", &mut security.host_pid),
            ("host_ipc", &mut security.host_ipc),
            ("read_only_root", &mut security.read_only_root),
        ];
        for (name, flag) in flags {
            if let Some(value) = self.value.get(name)
                && value.as_boolean() == Some(true)
            {
                *flag = true;
                self.container.origins.note(name, value.at.place());
            }
        }
    }

    fn user(&mut self) {
        let Some(value) = self.value.get("user") else { return };
        let Some(user) = self.read.string(Some(value)) else { return };
        if !is_user(&user) {
            let message = format!("`{}` is not a user", user.escape_debug());
            let help = "write `user` or `user:group`, by names or by numbers in quotes".to_owned();
            self.read.report.help(Code::Security, value.at, message, help);
            return;
        }
        self.container.origins.note("user", value.at.place());
        self.container.security.user = Some(user);
    }

    /// The items of a list that have no fault; the others are diagnosed. What is said twice is kept once.
    fn items(
        &mut self,
        name: &'static str,
        fault: impl Fn(&str, &Read<'_>) -> Option<(String, Option<String>)>,
    ) -> Vec<(String, &'v Value<'t>)> {
        let mut seen = std::collections::BTreeSet::new();
        let items = self.value.get(name).map_or(&[][..], Value::items);
        let mut found = Vec::new();
        for item in items {
            let Some(text) = self.read.string(Some(item)) else { continue };
            if let Some((message, help)) = fault(&text, self.read) {
                self.read.report.help(Code::Security, item.at, message, help);
                continue;
            }
            if seen.insert(text.clone()) {
                self.container.origins.note_entry(name, text.as_str(), item.at.place());
                found.push((text, item));
            }
        }
        found
    }

    fn list(
        &mut self,
        name: &'static str,
        fault: impl Fn(&str, &Read<'_>) -> Option<(String, Option<String>)>,
    ) {
        let items = self.items(name, fault).into_iter().map(|(text, _)| text).collect();
        match name {
            "devices" => self.container.security.devices = items,
            _ => self.container.security.security_opt = items,
        }
    }

    fn capabilities(&mut self) {
        let added = self.items("add_capabilities", capability_fault);
        let dropped = self.items("drop_capabilities", capability_fault);
        for (name, value) in &dropped {
            if let Some((_, first)) = added.iter().find(|(added, _)| added == name) {
                let message = format!("the capability `{name}` is added and dropped");
                let diagnostic = paas_core::diagnostic::Diagnostic::new(Code::Security, message)
                    .at(value.at.place())
                    .label(first.at.place(), "added here")
                    .help("remove one of them");
                self.read.report.push(diagnostic);
            }
        }
        self.container.security.add_capabilities = added.into_iter().map(|(name, _)| name).collect();
        self.container.security.drop_capabilities = dropped.into_iter().map(|(name, _)| name).collect();
    }

    fn host_mounts(&mut self) {
        for item in self.value.get("host_mounts").map_or(&[][..], Value::items) {
            let path = |name: &str, may_be_root: bool| {
                let value = item.get(name)?;
                let path = self.read.string(Some(value))?;
                let is_usable = names::is_absolute_path(&path) || (may_be_root && path == "/");
                if is_usable && !path.contains(':') {
                    return Some((path, value));
                }
                let message = format!("`{}` cannot be a mount path", path.escape_debug());
                let help = "write an absolute path without `:`, `.` and `..`".to_owned();
                self.read.report.help(Code::MountPath, value.at, message, help);
                None
            };
            let (host_path, in_container) = (path("host_path", true), path("path", false));
            let Some((host_path, at)) = host_path else { continue };
            self.container.origins.note_entry("host_mounts", host_path.as_str(), at.at.place());
            let Some((path, _)) = in_container else { continue };
            let mut mount = HostMount::new(host_path, path);
            mount.read_only = item.get("read_only").and_then(Value::as_boolean).unwrap_or(false);
            mount.propagation = item.get("propagation").and_then(Value::as_str).and_then(propagation);
            self.container.security.host_mounts.push(mount);
        }
    }
}

/// Other words are diagnosed by the profile's constraint.
fn propagation(word: &str) -> Option<Propagation> {
    Propagation::ALL.into_iter().find(|propagation| propagation.as_str() == word)
}

/// Nothing is between such a container and its host that could publish a port.
fn refuse_published_ports(container: &Container, value: &Value<'_>, read: &Read<'_>) {
    for port in container.ports.iter().filter(|port| port.external != External::None) {
        let message = format!(
            "the port {} cannot be published: the container is on the network of its host",
            port.container
        );
        let mut diagnostic = paas_core::diagnostic::Diagnostic::new(Code::HostNetworkPorts, message)
            .at(port.origin.place())
            .help("leave `external` and `allocate` out: it listens on the host itself");
        if let Some(host_network) = value.get("host_network") {
            diagnostic = diagnostic.label(host_network.at.place(), "it was put there here");
        }
        read.report.push(diagnostic);
    }
}

/// `name` or number, with or without a group.
fn is_user(user: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.len() <= 64
            && !name.starts_with('-')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-$@\\".contains(&byte))
    };
    match user.split_once(':') {
        Some((user, group)) => is_name(user) && is_name(group),
        None => is_name(user),
    }
}

fn capability_fault(name: &str, read: &Read<'_>) -> Option<(String, Option<String>)> {
    if name == ALL_CAPABILITIES || CAPABILITIES.contains(&name) {
        return None;
    }
    let plain = name.strip_prefix("CAP_").or_else(|| name.strip_prefix("cap_")).unwrap_or(name);
    let known = CAPABILITIES.iter().copied().chain([ALL_CAPABILITIES]);
    let help = read.report.suggest(plain, known);
    Some((format!("`{}` is not a capability of Linux", name.escape_debug()), help))
}

/// `/dev/x`, `/dev/x:/dev/y` or `/dev/x:/dev/y:rwm`.
pub(crate) fn is_device(device: &str) -> bool {
    let is_path =
        |path: &str| path.len() > "/dev/".len() && path.starts_with("/dev/") && names::is_absolute_path(path);
    let are_rights = |rights: &str| {
        !rights.is_empty()
            && rights.bytes().all(|byte| b"rwm".contains(&byte))
            && b"rwm".iter().all(|right| rights.bytes().filter(|byte| byte == right).count() <= 1)
    };
    let mut parts = device.split(':');
    let host = parts.next().is_some_and(is_path);
    let in_container = parts.next().is_none_or(names::is_absolute_path);
    let rights = parts.next().is_none_or(are_rights);
    host && in_container && rights && parts.next().is_none()
}

fn device_fault(device: &str, _: &Read<'_>) -> Option<(String, Option<String>)> {
    if is_device(device) {
        return None;
    }
    let help = "write `/dev/x`, `/dev/x:/dev/y` or `/dev/x:/dev/y:rwm`".to_owned();
    Some((format!("`{}` is not a device", device.escape_debug()), Some(help)))
}

/// What Docker takes as security options.
const OPTIONS: [&str; 4] = ["apparmor", "label", "seccomp", "systempaths"];

const NO_NEW_PRIVILEGES: &str = "no-new-privileges";

/// Whether Docker takes a security option.
pub(crate) fn is_security_option(option: &str) -> bool {
    let (name, value) = option.split_once(['=', ':']).unwrap_or((option, ""));
    if name == NO_NEW_PRIVILEGES {
        option == NO_NEW_PRIVILEGES || matches!(value, "true" | "false")
    } else {
        OPTIONS.contains(&name) && !value.is_empty() && !option.chars().any(char::is_control)
    }
}

fn option_fault(option: &str, read: &Read<'_>) -> Option<(String, Option<String>)> {
    if is_security_option(option) {
        return None;
    }
    let (name, _) = option.split_once(['=', ':']).unwrap_or((option, ""));
    let help = if OPTIONS.contains(&name) || name == NO_NEW_PRIVILEGES {
        Some(format!("write `{name}` with a value, such as `{}`", example(name)))
    } else {
        read.report.suggest(name, OPTIONS.into_iter().chain([NO_NEW_PRIVILEGES]))
    };
    Some((format!("`{}` is not a security option", option.escape_debug()), help))
}

fn example(option: &str) -> &'static str {
    match option {
        "apparmor" => "apparmor=docker-default",
        "label" => "label=level:s0:c100,c200",
        "seccomp" => "seccomp=unconfined",
        "systempaths" => "systempaths=unconfined",
        _ => "no-new-privileges:true",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tosca::Report;

    #[test]
    fn devices() {
        let report = Report::new();
        let read = Read { report: &report, service_at: &|_| None };
        for device in ["/dev/sda", "/dev/sda:/dev/xvda", "/dev/snd/seq:/dev/x:r", "/dev/a:/b:mrw"] {
            assert_eq!(device_fault(device, &read), None, "{device}");
        }
        for device in
            ["", "sda", "/dev/", "/etc/passwd", "/dev/../etc", "/dev/a:", "/dev/a:/b:", "/dev/a:/b:rr"]
        {
            assert!(device_fault(device, &read).is_some(), "{device}");
        }
        assert!(device_fault("/dev/a:/b:r:w", &read).is_some());
    }

    #[test]
    fn users() {
        for user in ["root", "1000", "1000:1000", "app:www-data", "_x"] {
            assert!(is_user(user), "{user}");
        }
        for user in ["", ":", "app:", ":app", "a b", "a:b:c", "-x", "ü", "a\n"] {
            assert!(!is_user(user), "{user}");
        }
    }

    #[test]
    fn options() {
        let report = Report::new();
        let read = Read { report: &report, service_at: &|_| None };
        let all = ["no-new-privileges", "no-new-privileges:true", "seccomp=unconfined", "label:disable"];
        for option in all {
            assert_eq!(option_fault(option, &read), None, "{option}");
        }
        for option in ["", "seccomp", "seccomp=", "no-new-privileges=yes", "apparmour=x", "label=a\nb"] {
            assert!(option_fault(option, &read).is_some(), "{option}");
        }
    }

    #[test]
    fn capabilities_are_suggested() {
        let report = Report::new();
        let read = Read { report: &report, service_at: &|_| None };
        assert_eq!(capability_fault("NET_ADMIN", &read), None);
        assert_eq!(capability_fault("ALL", &read), None);
        for name in ["CAP_NET_ADMIN", "net_admin", "NET_ADMN"] {
            let (_, help) = capability_fault(name, &read).expect("a fault");
            assert_eq!(help.as_deref(), Some("did you mean `NET_ADMIN`?"), "{name}");
        }
    }
}
