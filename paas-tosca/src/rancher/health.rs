//! Health checks.

use crate::yaml::emit::{Map, Quoted};
use paas_core::application::{HealthCheck, OnFailure};

/// Time between checks and time to answer where the template says nothing: what Rancher's own pages fill in.
const DEFAULT_MS: u64 = 2_000;
/// So many healthy containers must be left before an unhealthy one is replaced: Rancher's own default. More would stop
/// replacement altogether when a plan scales the service in.
const QUORUM: i64 = 1;

/// Writes a health check. Times are in milliseconds.
pub(super) fn write(map: &mut Map<'_>, check: &HealthCheck) {
    map.entry("port").integer(check.port);
    if let Some(path) = &check.path {
        map.entry("request_line").quoted(|quoted| {
            quoted.push("GET \"");
            push_path(quoted, path);
            quoted.push("\" \"HTTP/1.0\"");
        });
    }
    map.entry("interval").integer(signed(check.interval_ms.unwrap_or(DEFAULT_MS)));
    map.entry("response_timeout").integer(signed(check.timeout_ms.unwrap_or(DEFAULT_MS)));
    map.entry("healthy_threshold").integer(check.healthy_threshold);
    map.entry("unhealthy_threshold").integer(check.unhealthy_threshold);
    if let Some(initializing_ms) = check.initializing_ms {
        // A container that starts again is as new as one that starts for the first time.
        map.entry("initializing_timeout").integer(signed(initializing_ms));
        map.entry("reinitializing_timeout").integer(signed(initializing_ms));
    }
    map.entry("strategy").string(match check.on_failure {
        OnFailure::None => "none",
        OnFailure::RecreateOnQuorum => "recreateOnQuorum",
        _ => "recreate",
    });
    if check.on_failure == OnFailure::RecreateOnQuorum {
        map.entry("recreate_on_quorum_strategy_config").map(|config| config.entry("quorum").integer(QUORUM));
    }
}

/// The executor counts with signed numbers.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A path as in a request line, which becomes a line of HAProxy's configuration: what a URL's path cannot hold as it is,
/// and what means something there (quotes, `\`, `$`), is percent-encoded.
fn push_path(quoted: &mut Quoted<'_>, path: &str) {
    for c in path.chars() {
        let mut utf8 = [0; 4];
        let encoded = c.encode_utf8(&mut utf8);
        if c.is_ascii_alphanumeric() || "/-._~!&'()*+,;=:@?%".contains(c) {
            quoted.push(encoded);
        } else {
            encoded.bytes().for_each(|byte| quoted.format(format_args!("%{byte:02X}")));
        }
    }
}
