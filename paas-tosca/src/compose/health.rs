//! Health checks.

use super::{
    convert::Maker,
    filled::Filled,
    node::{Key, Node},
    numbers::MOST,
};
use crate::profile;
use paas_core::application::{HealthCheck, OnFailure};

/// Reads `health_check`; `None` if it says no port, which is told.
pub(super) fn check(maker: &mut Maker<'_>, service: &str, key: &Key, node: &Node) -> Option<HealthCheck> {
    let lose = |maker: &mut Maker<'_>, key: &str, node: &Node, why: &str| {
        maker.findings.partly(Some(service), &format!("health_check.{key}"), &node.place, why);
    };
    let said = node.get("port").filter(|port| !port.is_empty() && port.whole() != Some(0));
    let Some(said) = said else {
        maker.findings.lost(Some(service), "health_check", &key.place, "it names no port");
        return None;
    };
    let port = said.whole().and_then(|port| u16::try_from(port).ok());
    let Some(port) = port else {
        maker.number(service, "health_check", said, 1..=65_535, "port: nothing is checked");
        return None;
    };
    maker.integer(service, "health_check", &["health_check", "port"], said);
    let mut check = HealthCheck::new(port);
    let mut given = [false; 4];
    for (key, value) in node.entries() {
        let word = format!("health_check.{}", key.text);
        let mut time = || {
            let number = maker.number(service, &word, value, 1..=MOST, "time in milliseconds")?;
            u64::try_from(number).ok()
        };
        match key.text.as_str() {
            "port" => continue,
            "request_line" => {
                request_line(maker, service, value, &mut check);
                continue;
            }
            "interval" => {
                check.interval_ms = time();
                given[0] = check.interval_ms.is_some();
            }
            "response_timeout" => {
                check.timeout_ms = time();
                given[1] = check.timeout_ms.is_some();
            }
            "initializing_timeout" => check.initializing_ms = time(),
            "healthy_threshold" | "unhealthy_threshold" => {
                let count = maker.number(service, &word, value, 1..=MOST, "number of checks");
                let Some(count) = count.and_then(|count| u32::try_from(count).ok()) else { continue };
                match key.text.as_str() {
                    "healthy_threshold" => (check.healthy_threshold, given[2]) = (count, true),
                    _ => (check.unhealthy_threshold, given[3]) = (count, true),
                }
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
                let others = "time in milliseconds";
                maker.number(service, &word, value, 1..=MOST, others);
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
                let quorum = value.get("quorum");
                let quorum = quorum
                    .and_then(|node| maker.number(service, &word, node, 1..=MOST, "number of containers"));
                if quorum.unwrap_or(1) != 1 {
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
