//! The keys of Rancher's files that a container passes on as they are: which they are, in which file they stand, and
//! what Rancher's executor takes for them.
//!
//! They are all that the executor's schema knows and that has no word in the profile. A key that has one is told by that
//! word; so nothing is said in two ways, and no policy is passed by.

use super::fits::Check;
pub(crate) use super::shape::{Fault, Shape};
use paas_core::application::Value;

/// The file that a key stands in. Lists that are in both would be joined, so each key has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    /// `docker-compose.yml`.
    Docker,
    /// `rancher-compose.yml`.
    Rancher,
}

/// A key that can be passed on.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) file: File,
    pub(crate) shape: Shape,
}

/// All of them, by name.
pub(crate) const KEYS: &[Key] = &[
    docker("blkio_weight", Shape::Whole(0, 1_000)),
    docker("blkio_weight_device", Shape::Weights),
    docker("cgroup_parent", Shape::Text),
    docker("cpu_shares", Shape::Whole(0, LARGEST)),
    docker("cpuset", Shape::Text),
    rancher("description", Shape::Text),
    docker("device_read_bps", Shape::Rates),
    docker("device_read_iops", Shape::Rates),
    docker("device_write_bps", Shape::Rates),
    docker("device_write_iops", Shape::Rates),
    rancher("disks", Shape::Maps),
    docker("dns", Shape::TextOrTexts),
    docker("dns_opt", Shape::Texts),
    docker("dns_search", Shape::TextOrTexts),
    docker("domainname", Shape::Text),
    docker("external_links", Shape::Texts),
    docker("extra_hosts", Shape::Texts),
    docker("group_add", Shape::TextsOrNumbers),
    docker("init", Shape::Flag),
    docker("isolation", Shape::Text),
    docker("labels", Shape::Labels),
    rancher("lb_config", Shape::TargetRules),
    docker("logging", Shape::Logging),
    docker("mac_address", Shape::Text),
    docker("mem_swappiness", Shape::Integer(-1, 100)),
    rancher("memory", Shape::Bytes),
    docker("memswap_limit", Shape::Bytes),
    rancher("metadata", Shape::Map),
    rancher("network_driver", Shape::MapWithNumbers),
    docker("network_mode", Shape::NetworkMode),
    docker("oom_kill_disable", Shape::Flag),
    docker("oom_score_adj", Shape::Integer(-1_000, 1_000)),
    docker("restart", Shape::Restart),
    rancher("retain_ip", Shape::Flag),
    rancher("scale_policy", Shape::ScalePolicy),
    docker("shm_size", Shape::Bytes),
    rancher("start_on_create", Shape::Flag),
    docker("stop_signal", Shape::Text),
    rancher("storage_driver", Shape::MapWithNumbers),
    docker("sysctls", Shape::TextsByName),
    docker("tmpfs", Shape::TextOrTexts),
    rancher("type", Shape::Text),
    docker("ulimits", Shape::Limits),
    rancher("userdata", Shape::Text),
    docker("uts", Shape::Text),
    rancher("vcpu", Shape::Whole(0, LARGEST)),
    docker("volume_driver", Shape::Text),
];

/// Docker and Rancher count in 64 bits; what is written is exact in 53.
#[expect(clippy::cast_possible_wrap, reason = "53 bits fit")]
const LARGEST: i64 = paas_core::MAX_INTEGER as i64;

const fn docker(name: &'static str, shape: Shape) -> Key {
    Key { name, file: File::Docker, shape }
}

const fn rancher(name: &'static str, shape: Shape) -> Key {
    Key { name, file: File::Rancher, shape }
}

/// Keys of the executor's schema that the profile has other words for.
const SAID_OTHERWISE: &[(&str, &str)] = &[
    ("build", "name a built `image`"),
    ("cap_add", "say it as `add_capabilities` in `security`"),
    ("cap_drop", "say it as `drop_capabilities` in `security`"),
    ("certs", "use a `paas.nodes.LoadBalancer` with `certificates`"),
    ("command", "say it as `command`, without `rancher`"),
    ("config", "leave it out: Rancher does not read it"),
    ("container_name", "leave it out: Rancher names containers itself"),
    ("cpu_period", "say it as `cpu_limit` in `resources`"),
    ("cpu_quota", "say it as `cpu_limit` in `resources`"),
    ("default_cert", "use a `paas.nodes.LoadBalancer` with a `certificate`"),
    ("depends_on", "say it as a requirement `dependency`"),
    ("devices", "say it as `devices` in `security`"),
    ("drain_timeout_ms", "say it as `grace` of a scaling policy"),
    ("entrypoint", "say it as `entrypoint`, without `rancher`"),
    ("env_file", "say it as `environment`"),
    ("environment", "say it as `environment`, without `rancher`"),
    ("expose", "say it as `ports`"),
    ("extends", "define a type of your own, derived from `paas.nodes.Service`"),
    ("external_ips", "use a `paas.nodes.ExternalService`"),
    ("health_check", "say it as `health_check`, without `rancher`"),
    ("hostname", "say it as `hostname`, without `rancher`"),
    ("image", "say it as `image`, without `rancher`"),
    ("ipc", "say it as `host_ipc` in `security`"),
    ("links", "say it as a requirement `connection`"),
    ("load_balancer_config", "use a `paas.nodes.LoadBalancer`"),
    ("mem_limit", "say it as `memory_limit` in `resources`"),
    ("mem_reservation", "say it as `memory_reservation` in `resources`"),
    ("milli_cpu_reservation", "say it as `cpu_reservation` in `resources`"),
    ("networks", "say it as a requirement `network`"),
    ("pid", "say it as `host_pid` in `security`"),
    ("port_rules", "use a `paas.nodes.LoadBalancer`"),
    ("ports", "say it as `ports`, without `rancher`"),
    ("privileged", "say it as `privileged` in `security`"),
    ("read_only", "say it as `read_only_root` in `security`"),
    ("scale", "say it as `scale`, without `rancher`"),
    ("secrets", "say it as `secrets`, without `rancher`"),
    ("security_opt", "say it as `security_opt` in `security`"),
    ("stdin_open", "say it as `stdin_open`, without `rancher`"),
    ("stickiness_policy", "use a `paas.nodes.LoadBalancer` with `stickiness`"),
    ("stop_grace_period", "say it as `stop_grace`"),
    ("tty", "say it as `tty`, without `rancher`"),
    ("upgrade_strategy", "say it as `update`"),
    ("user", "say it as `user` in `security`"),
    ("volumes", "say it as a requirement `volume`, or as `anonymous_volumes`"),
    ("volumes_from", "say it as `volumes_from`, without `rancher`"),
    ("working_dir", "say it as `working_dir`, without `rancher`"),
];

/// A key that can be passed on, by its name.
pub(crate) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// How else a key is said that cannot be passed on.
pub(crate) fn said_otherwise(name: &str) -> Option<&'static str> {
    SAID_OTHERWISE.iter().find(|(key, _)| *key == name).map(|(_, help)| *help)
}

/// What is wrong with the value of a key, for Rancher.
pub(crate) fn faults(key: &Key, value: &Value) -> Vec<Fault> {
    let mut check = Check::new(key.name);
    check.shape(key.shape, value);
    check.faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use paas_core::policy::{Row, TemplatePolicy};
    use std::collections::BTreeSet;

    /// Names of the executor's schema.
    fn schema() -> Option<BTreeSet<String>> {
        let path = "../../shared/data/rancher/compose-schema/config_schema_v2.0.json";
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + path).ok();
        let Some(text) = text else {
            eprintln!("{path} is not there: skipped");
            return None;
        };
        let schema: serde_json::Value = serde_json::from_str(&text).expect("a schema");
        let keys = schema["definitions"]["service"]["properties"].as_object().expect("its keys").clone();
        Some(keys.into_iter().map(|(key, _)| key).collect())
    }

    #[test]
    fn every_key_of_the_schema_is_passed_on_or_said_otherwise() {
        let Some(schema) = schema() else { return };
        let ours = KEYS.iter().map(|key| key.name).chain(SAID_OTHERWISE.iter().map(|(key, _)| *key));
        let ours: Vec<String> = ours.map(str::to_owned).collect();
        let distinct: BTreeSet<String> = ours.iter().cloned().collect();
        assert_eq!(distinct.len(), ours.len(), "each once");
        assert_eq!(distinct, schema);
    }

    #[test]
    fn the_tables_are_in_order() {
        assert!(KEYS.iter().map(|key| key.name).is_sorted());
        assert!(SAID_OTHERWISE.iter().map(|(key, _)| key).is_sorted());
    }

    #[test]
    fn the_page_names_every_key() {
        let page = include_str!("../../../docs/rancher-compose.md");
        for key in KEYS {
            let file = if key.file == File::Docker { "docker" } else { "rancher" };
            let row = format!("| `{}` | {file} | {} |", key.name, key.shape.describe());
            assert!(page.contains(&row), "docs/rancher-compose.md lacks this row:\n{row}");
        }
    }

    #[test]
    fn the_policy_has_an_opinion_of_every_key() {
        let policy = TemplatePolicy::default();
        let allowed: Vec<&str> = policy.list(Row::RancherKeys).collect();
        assert!(allowed.iter().all(|allowed| key(allowed).is_some()), "{allowed:?}");
        let page = include_str!("../../../docs/policy.md");
        for key in KEYS {
            // Those that are not allowed stand in a table with the reason, the others in the file only.
            let has_reason =
                page.lines().any(|line| line.starts_with("| `") && line.contains(&format!("`{}`", key.name)));
            assert_ne!(allowed.contains(&key.name), has_reason, "{}", key.name);
        }
    }
}
