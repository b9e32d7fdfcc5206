//! Which network, which processes, which memory a container sees.

use super::{convert::Maker, filled::Filled, node::Node};
use paas_core::application::{Container, Value};

/// Reads `network_mode` (`net` in version 1).
pub(super) fn mode(maker: &mut Maker<'_>, service: &str, node: &Node, container: &mut Container) {
    let text = node.scalar().unwrap_or_default();
    maker.findings.fixed(&text, service, "network_mode", &node.place);
    let mode = text.value();
    match mode.as_str() {
        "" | "managed" => {}
        "host" => container.security.host_network = true,
        _ => {
            let other = mode.strip_prefix("container:").map(str::trim);
            if let (Some(other), Some(sidekick)) = (other, &mut container.sidekick)
                && sidekick.of == other
            {
                sidekick.share_network = true;
                return;
            }
            if other.is_some_and(|other| !maker.is_beside(service, other)) {
                let why = "only services that run beside each other share a network";
                return maker.findings.lost(Some(service), "network_mode", &node.place, why);
            }
            container.rancher.insert("network_mode".to_owned(), Value::Text(mode.into()));
            maker.findings.partly(Some(service), "network_mode", &node.place, "only Rancher gets it");
        }
    }
}

/// Reads `pid` or `ipc`: whether it is the host's.
pub(super) fn of_host(maker: &mut Maker<'_>, service: &str, key: &str, node: &Node) -> bool {
    let text: Filled = node.scalar().unwrap_or_default();
    maker.findings.fixed(&text, service, key, &node.place);
    match text.value().as_str() {
        "host" => true,
        "" => false,
        _ => {
            maker.findings.lost(Some(service), key, &node.place, "it is the host's or the container's own");
            false
        }
    }
}
