//! Ports: `80`, `8080:80`, `127.0.0.1:8080:80/udp`, ranges.

use super::filled::Filled;
use paas_core::application::{External, Port, Protocol};

/// What an item of `ports` or `expose` says.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    pub(super) ports: Vec<Port>,
    /// The address of the host that it was bound to.
    pub(super) address: Option<String>,
    /// What of a single port is an answer.
    pub(super) container: Option<Filled>,
    pub(super) external: Option<Filled>,
}

/// The most ports of one item.
const MOST: u16 = 1_000;

/// Reads an item of `ports`; without a port of the host the platform chooses one.
pub(super) fn published(text: &Filled) -> Option<Said> {
    let (ports, protocol) = with_protocol(text)?;
    // The last part is the container's.
    let mut parts = vec![ports];
    while let Some((left, right)) = parts.pop().and_then(|last| {
        last.split_once(':').or_else(|| {
            parts.push(last);
            None
        })
    }) {
        parts.extend([left, right]);
    }
    let (address, host, container) = match parts.as_slice() {
        [container] => (None, None, container),
        [host, container] => (None, Some(host), container),
        [address, host, container] => (Some(address.value()), Some(host), container),
        _ => return None,
    };
    let inner = range(&container.value())?;
    // `:80` and `address::80` leave the port of the host to the platform.
    let host = host.filter(|host| !host.value().is_empty());
    let outer = host.map(|host| range(&host.value())).map_or(Some(None), |range| range.map(Some))?;
    if outer.is_some_and(|(low, high)| high - low != inner.1 - inner.0) {
        return None;
    }
    let ports = (0..=inner.1 - inner.0).map(|step| {
        let mut port = Port::new(inner.0 + step);
        port.protocol = protocol;
        port.external = outer.map_or(External::Allocated, |(low, _)| External::Given(low + step));
        port
    });
    Some(Said {
        ports: ports.collect(),
        address,
        container: (!container.is_literal()).then(|| container.clone()),
        external: host.filter(|host| !host.is_literal()).cloned(),
    })
}

/// Reads an item of `expose`.
pub(super) fn exposed(text: &Filled) -> Option<Said> {
    let (container, protocol) = with_protocol(text)?;
    let inner = range(&container.value())?;
    let ports = (inner.0..=inner.1).map(|number| {
        let mut port = Port::new(number);
        port.protocol = protocol;
        port
    });
    let ports = ports.collect();
    Some(Said {
        ports,
        address: None,
        container: (!container.is_literal()).then_some(container),
        external: None,
    })
}

fn with_protocol(text: &Filled) -> Option<(Filled, Protocol)> {
    match text.split_once('/') {
        None => Some((text.clone(), Protocol::Tcp)),
        Some((ports, protocol)) => match protocol.value().to_ascii_lowercase().as_str() {
            "tcp" => Some((ports, Protocol::Tcp)),
            "udp" => Some((ports, Protocol::Udp)),
            _ => None,
        },
    }
}

fn range(text: &str) -> Option<(u16, u16)> {
    let number = |text: &str| {
        text.parse::<u16>().ok().filter(|port| *port > 0 && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (low, high) = match text.split_once('-') {
        Some((low, high)) => (number(low)?, number(high)?),
        None => (number(text)?, number(text)?),
    };
    (low <= high && high - low < MOST).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let said = published(&text.into())?;
        let ports = said.ports.iter().map(|port| match port.external {
            External::Given(host) => format!("{host}:{}/{}", port.container, port.protocol.as_str()),
            _ => format!("{}/{}", port.container, port.protocol.as_str()),
        });
        Some(said.address.iter().cloned().chain(ports).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn items() {
        for (text, ports) in [
            ("80", "80/tcp"),
            ("8080:80", "8080:80/tcp"),
            ("8080:80/UDP", "8080:80/udp"),
            ("127.0.0.1:8080:80", "127.0.0.1 8080:80/tcp"),
            ("127.0.0.1::80", "127.0.0.1 80/tcp"),
            (":80", "80/tcp"),
            ("8000-8002:9000-9002", "8000:9000/tcp 8001:9001/tcp 8002:9002/tcp"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(ports), "{text}");
        }
        for text in ["", "80:", "a", "80/sctp", "70000", "0", "1-2:3", "5-4", "1-65535", "+80", "1:2:3:4"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn answers_for_ports_are_kept() {
        let mut text = Filled::default();
        text.push_answer("PORT", "8080");
        text.push_literal(":80");
        let said = published(&text).unwrap();
        assert_eq!(said.external.unwrap().answers().collect::<Vec<_>>(), ["PORT"]);
        assert_eq!(said.container, None);
    }
}
