//! Health checks.

use super::{convert::Maker, filled::Filled, node::Node};
use crate::profile;
use paas_core::application::{HealthCheck, OnFailure};

/// Reads `health_check`; `None` if it says no port.
pub(super) fn check(maker: &mut Maker<'_>, service: &str, node: &Node) -> Option<HealthCheck> {
    let lose = |maker: &mut Maker<'_>, key: &str, node: &Node, why: &str| {
        maker.findings.partly(Some(service), &format!("health_check.{key}"), &node.place, why);
    };
    let port = maker.integer(service, "health_check", &["health_check", "port"], node.get("port")?)?;
    let port = u16::try_from(port).ok().filter(|port| *port > 0)?;
    let mut check = HealthCheck::new(port);
    let mut given = [false; 4];
    for (key, value) in node.entries() {
        let number = value.whole().and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0);
        let small = number.and_then(|number| u32::try_from(number).ok());
        match key.text.as_str() {
            "port" => continue,
            "request_line" => {
                request_line(maker, service, value, &mut check);
                continue;
            }
            "interval" => (check.interval_ms, given[0]) = (number, number.is_some()),
            "response_timeout" => (check.timeout_ms, given[1]) = (number, number.is_some()),
            "initializing_timeout" => check.initializing_ms = number,
            "healthy_threshold" if small.is_some() => {
                (check.healthy_threshold, given[2]) = (small.unwrap_or_default(), true);
            }
            "unhealthy_threshold" if small.is_some() => {
                (check.unhealthy_threshold, given[3]) = (small.unwrap_or_default(), true);
            }
            "strategy" => {
                let strategy = value.scalar().unwrap_or_default().value();
                check.on_failure = match strategy.as_str() {
                    "none" => OnFailure::None,
                    "recreateOnQuorum" => OnFailure::RecreateOnQuorum,
                    "recreate" | "" => OnFailure::Recreate,
                    _ => {
                        lose(
                            maker,
                            "strategy",
                            value,
                            "Rancher does not know this strategy: an unhealthy container is replaced",
                        );
                        OnFailure::Recreate
                    }
                };
            }
            "reinitializing_timeout" => {
                if value.whole() != node.get("initializing_timeout").and_then(Node::whole) {
                    lose(
                        maker,
                        "reinitializing_timeout",
                        value,
                        "a container that starts again has the time of one that starts for the first time",
                    );
                }
            }
            "recreate_on_quorum_strategy_config" => {
                if value.get("quorum").and_then(Node::whole).unwrap_or(1) != 1 {
                    lose(
                        maker,
                        "recreate_on_quorum_strategy_config",
                        value,
                        "one other healthy container is enough to replace an unhealthy one",
                    );
                }
            }
            _ => {
                lose(maker, &key.text, value, "Rancher gives it no meaning");
                continue;
            }
        }
        if let Some(text) = value.scalar().filter(|text| !text.is_literal()) {
            maker.findings.fixed(&text, service, "health_check", &value.place);
        }
    }
    if check.initializing_ms.is_some() && node.get("reinitializing_timeout").is_none() {
        lose(
            maker,
            "reinitializing_timeout",
            node,
            "a container that starts again has the time of one that starts for the first time",
        );
    }
    if node.get("strategy").is_none_or(Node::is_empty) {
        let why = "an unhealthy container is replaced, as Rancher does unless it is told otherwise";
        maker.findings.kept(Some(service), "health_check.strategy", &node.place, why);
    }
    let missing = ["interval", "response_timeout", "healthy_threshold", "unhealthy_threshold"];
    for (key, _) in missing.iter().zip(given).filter(|(_, is_given)| !is_given) {
        lose(maker, key, node, "it was not said; the files say what Rancher's own pages fill in");
    }
    Some(check)
}

/// `GET /path HTTP/1.0`, with or without quotes.
fn request_line(maker: &mut Maker<'_>, service: &str, node: &Node, check: &mut HealthCheck) {
    let text = node.scalar().unwrap_or_default();
    if text.value().trim().is_empty() {
        return;
    }
    let key = "health_check.request_line";
    let lose = |maker: &mut Maker<'_>, why: &str| maker.findings.partly(Some(service), key, &node.place, why);
    let mut parts = text.split_once(' ').into_iter().flat_map(|(method, rest)| match rest.split_once(' ') {
        Some((path, version)) => vec![method, path, version],
        None => vec![method, rest],
    });
    let unquoted = |text: &Filled| text.value().trim().trim_matches('"').to_owned();
    let (method, path, version) = (parts.next(), parts.next(), parts.next());
    let Some(path) = path.filter(|path| profile::is_request_path(&unquoted(path))) else {
        return lose(maker, "it is no request of a path: a connection is enough to be healthy");
    };
    let is_quoted = path.value().starts_with('"');
    check.path = Some(match is_quoted || path.is_literal() {
        true => {
            maker.findings.fixed(&path, service, key, &node.place);
            unquoted(&path)
        }
        false => maker.string(service, key, &["health_check", "path"], &path, &node.place),
    });
    let is_get = method.is_some_and(|method| unquoted(&method) == "GET");
    let version = version.map(|version| unquoted(&version)).unwrap_or_default();
    if is_get && matches!(version.as_str(), "HTTP/1.0" | "") {
        maker.findings.kept(
            Some(service),
            key,
            &node.place,
            "the request line is written as Rancher's own pages write it",
        );
    } else {
        lose(maker, "checks ask with `GET` and HTTP/1.0, and no header");
    }
}
