//! The keys of a service: what the executor takes there, and what becomes of it.

use Shape::{
    Array, Build, Command, Expose, Flag, Integer, ListOrMap, Logging, Map, NumberOrText, Ports, Text,
    TextOrList, UniqueTexts,
};
use Typed as T;

/// What the JSON schema of the executor takes for a key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    Array,
    Build,
    Command,
    Expose,
    Flag,
    Integer,
    ListOrMap,
    Logging,
    Map,
    NumberOrText,
    Ports,
    Text,
    TextOrList,
    UniqueTexts,
}

/// What the executor keeps of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Typed {
    /// Nothing: the key is known, but has no effect.
    Nothing,
    Text,
    Whole,
    Bytes,
    Seconds,
    Flag,
    Texts,
    /// A list, or a text that is split as a shell does.
    Words,
    /// `K=V` items.
    Pairs,
    Labels,
    Json,
    Object(&'static [(&'static str, Self)]),
    Objects(&'static [(&'static str, Self)]),
    Build,
    Secrets,
}

const HEALTH: &[(&str, T)] = &[
    ("healthy_threshold", T::Whole),
    ("initializing_timeout", T::Whole),
    ("interval", T::Whole),
    ("name", T::Text),
    ("port", T::Whole),
    ("recreate_on_quorum_strategy_config", T::Object(&[("quorum", T::Whole)])),
    ("reinitializing_timeout", T::Whole),
    ("request_line", T::Text),
    ("response_timeout", T::Whole),
    ("strategy", T::Text),
    ("unhealthy_threshold", T::Whole),
];

const RULE: &[(&str, T)] = &[
    ("backend_name", T::Text),
    ("environment", T::Text),
    ("hostname", T::Text),
    ("path", T::Text),
    ("priority", T::Whole),
    ("protocol", T::Text),
    ("region", T::Text),
    ("selector", T::Text),
    ("service", T::Text),
    ("source_port", T::Whole),
    ("target_port", T::Whole),
    ("weight", T::Whole),
];

const BALANCER: &[(&str, T)] = &[
    ("certs", T::Texts),
    ("config", T::Text),
    ("default_cert", T::Text),
    ("port_rules", T::Objects(RULE)),
    ("stickiness_policy", T::Object(STICKINESS)),
];

const STICKINESS: &[(&str, T)] = &[
    ("cookie", T::Text),
    ("domain", T::Text),
    ("indirect", T::Flag),
    ("mode", T::Text),
    ("name", T::Text),
    ("nocache", T::Flag),
    ("postonly", T::Flag),
];

const SCALE_POLICY: &[(&str, T)] = &[("increment", T::Whole), ("max", T::Whole), ("min", T::Whole)];

const UPGRADE: &[(&str, T)] =
    &[("batch_size", T::Whole), ("interval_millis", T::Whole), ("start_first", T::Flag)];

const LOGGING: &[(&str, T)] = &[("driver", T::Text), ("options", T::Labels)];

/// A key of version 2.
pub(super) fn key(name: &str) -> Option<(Shape, Typed)> {
    KEYS.iter().find(|(key, ..)| *key == name).map(|(_, shape, typed)| (*shape, *typed))
}

/// What the schema of a version takes for a key.
pub(super) fn shape(name: &str, is_two: bool) -> Option<Shape> {
    let only_one = ONLY_ONE.iter().find(|(key, _)| *key == name).map(|(_, shape)| *shape);
    match is_two {
        true => key(name).map(|(shape, _)| shape),
        false if ONLY_TWO.contains(&name) => None,
        false => only_one.or_else(|| key(name).map(|(shape, _)| shape)),
    }
}

/// Keys that only version 1 has.
const ONLY_ONE: &[(&str, Shape)] =
    &[("dockerfile", Text), ("log_driver", Text), ("log_opt", Map), ("net", Text)];

/// Keys that only version 2 has.
const ONLY_TWO: &[&str] = &[
    "config",
    "depends_on",
    "logging",
    "network_mode",
    "networks",
    "port_rules",
    "secrets",
    "stickiness_policy",
    "tmpfs",
];

/// The known key that a wrong one was probably meant to be.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let plural = format!("{name}s");
    KEYS.iter().map(|(key, ..)| *key).find(|key| *key == plural)
}

const KEYS: &[(&str, Shape, Typed)] = &[
    ("blkio_weight", NumberOrText, T::Whole),
    ("blkio_weight_device", UniqueTexts, T::Texts),
    ("build", Build, T::Build),
    ("cap_add", UniqueTexts, T::Texts),
    ("cap_drop", UniqueTexts, T::Texts),
    ("certs", UniqueTexts, T::Texts),
    ("cgroup_parent", Text, T::Text),
    ("command", Command, T::Words),
    ("config", Text, T::Nothing),
    ("container_name", Text, T::Nothing),
    ("cpu_period", NumberOrText, T::Whole),
    ("cpu_quota", NumberOrText, T::Whole),
    ("cpu_shares", NumberOrText, T::Whole),
    ("cpuset", Text, T::Text),
    ("default_cert", Text, T::Text),
    ("depends_on", UniqueTexts, T::Texts),
    ("description", Text, T::Text),
    ("device_read_bps", ListOrMap, T::Json),
    ("device_read_iops", ListOrMap, T::Json),
    ("device_write_bps", ListOrMap, T::Json),
    ("device_write_iops", ListOrMap, T::Json),
    ("devices", UniqueTexts, T::Texts),
    ("disks", Array, T::Json),
    ("dns", TextOrList, T::Texts),
    ("dns_opt", ListOrMap, T::Texts),
    ("dns_search", TextOrList, T::Texts),
    ("domainname", Text, T::Text),
    ("drain_timeout_ms", NumberOrText, T::Whole),
    ("entrypoint", Command, T::Words),
    ("env_file", TextOrList, T::Texts),
    ("environment", ListOrMap, T::Pairs),
    ("expose", Expose, T::Texts),
    ("extends", Build, T::Json),
    ("external_ips", UniqueTexts, T::Texts),
    ("external_links", UniqueTexts, T::Texts),
    ("extra_hosts", ListOrMap, T::Texts),
    ("group_add", Array, T::Texts),
    ("health_check", Map, T::Object(HEALTH)),
    ("hostname", Text, T::Text),
    ("image", Text, T::Text),
    ("init", Flag, T::Flag),
    ("ipc", Text, T::Text),
    ("isolation", Text, T::Text),
    ("labels", ListOrMap, T::Labels),
    ("lb_config", Map, T::Object(BALANCER)),
    ("links", UniqueTexts, T::Texts),
    ("load_balancer_config", Map, T::Json),
    ("logging", Logging, T::Object(LOGGING)),
    ("mac_address", Text, T::Text),
    ("mem_limit", NumberOrText, T::Bytes),
    ("mem_reservation", NumberOrText, T::Bytes),
    ("mem_swappiness", Integer, T::Whole),
    ("memory", NumberOrText, T::Bytes),
    ("memswap_limit", NumberOrText, T::Bytes),
    ("metadata", Map, T::Json),
    ("milli_cpu_reservation", NumberOrText, T::Whole),
    ("network_driver", Map, T::Json),
    ("network_mode", Text, T::Text),
    ("networks", ListOrMap, T::Nothing),
    ("oom_kill_disable", Flag, T::Flag),
    ("oom_score_adj", Integer, T::Whole),
    ("pid", Text, T::Text),
    ("port_rules", Array, T::Nothing),
    ("ports", Ports, T::Texts),
    ("privileged", Flag, T::Flag),
    ("read_only", Flag, T::Flag),
    ("restart", Text, T::Text),
    ("retain_ip", Flag, T::Flag),
    ("scale", NumberOrText, T::Whole),
    ("scale_policy", Map, T::Object(SCALE_POLICY)),
    ("secrets", Array, T::Secrets),
    ("security_opt", UniqueTexts, T::Texts),
    ("shm_size", NumberOrText, T::Bytes),
    ("start_on_create", Flag, T::Nothing),
    ("stdin_open", Flag, T::Flag),
    ("stickiness_policy", Map, T::Nothing),
    ("stop_grace_period", NumberOrText, T::Seconds),
    ("stop_signal", Text, T::Text),
    ("storage_driver", Map, T::Json),
    ("sysctls", ListOrMap, T::Labels),
    ("tmpfs", TextOrList, T::Texts),
    ("tty", Flag, T::Flag),
    ("type", Text, T::Text),
    ("ulimits", Map, T::Json),
    ("upgrade_strategy", Map, T::Object(UPGRADE)),
    ("user", Text, T::Text),
    ("userdata", Text, T::Text),
    ("uts", Text, T::Text),
    ("vcpu", NumberOrText, T::Whole),
    ("volume_driver", Text, T::Text),
    ("volumes", UniqueTexts, T::Texts),
    ("volumes_from", UniqueTexts, T::Texts),
    ("working_dir", Text, T::Text),
];
