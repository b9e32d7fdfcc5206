//! Which ports a container has, and which of them its hosts have.

use super::{convert::Maker, filled::Filled, node::Node, ports::Said, read::Service};
use paas_core::{
    application::{Container, External},
    diagnostic::{Code, Diagnostic, shown},
};

/// Reads `ports` or `expose`.
pub(super) fn add(
    maker: &mut Maker<'_>,
    service: &str,
    key: &str,
    node: &Node,
    read: fn(&Filled) -> Option<Said>,
    container: &mut Container,
) {
    for item in node.items() {
        let text = item.scalar().unwrap_or_default();
        if maker.has_secret(&text) {
            maker.string(service, key, &[], &text, &item.place);
            continue;
        }
        let Some(said) = read(&text) else {
            let message = format!("{} is no port as Rancher reads it", shown(&text.value()));
            let help = "write `80`, `8080:80` or `8080:80/udp`";
            maker
                .findings
                .push(Diagnostic::new(Code::ComposeValue, message).at(item.place.clone()).help(help));
            continue;
        };
        if let Some(address) = &said.address {
            let why = format!(
                "the port is published on all addresses of the hosts, not on {} only",
                shown(address)
            );
            maker.findings.partly(Some(service), key, &item.place, why);
        }
        if !maker.findings.spend(said.ports.len(), &item.place) {
            return;
        }
        let ports = said.ports.iter();
        let known: Vec<bool> =
            ports.map(|port| !maker.seen.ports.insert((port.container, port.protocol))).collect();
        if known.iter().any(|is_known| *is_known) {
            // What is published is exposed too; a port is published once.
            if key == "expose" {
                maker.findings.kept(Some(service), key, &item.place, "the port is published");
            } else {
                maker.findings.lost(
                    Some(service),
                    key,
                    &item.place,
                    "a port of the containers is published once",
                );
            }
        }
        let index = container.ports.len().to_string();
        for (part, property) in [(&said.container, "container"), (&said.external, "external")] {
            let Some(part) = part else { continue };
            match part.pieces() {
                [_] if said.ports.len() == 1 => maker.note(service, &["ports", &index, property], part, true),
                _ => maker.findings.fixed(part, service, key, &item.place),
            }
        }
        let fresh = said.ports.into_iter().zip(known).filter(|(_, is_known)| !is_known);
        container.ports.extend(fresh.map(|(mut port, _)| {
            port.origin = item.place.clone().into();
            port
        }));
    }
}

/// On the network of its host a container listens there: nothing is published.
pub(super) fn of_host(maker: &mut Maker<'_>, service: &Service, container: &mut Container) {
    let name = service.name.text.as_str();
    if !container.security.host_network || container.ports.iter().all(|port| port.external.is_none()) {
        return;
    }
    container.ports.iter_mut().for_each(|port| port.external = External::None);
    maker.findings.forget(name, |path| path.last().is_some_and(|last| last == "external"));
    let place = service.entry("ports").map_or(&service.name.place, |(key, _)| &key.place).clone();
    let why = "it listens on its host, so that nothing is published";
    maker.findings.partly(Some(name), "ports", &place, why);
    maker.findings.kept(Some(name), "expose", &place, "the ports are said there");
}
