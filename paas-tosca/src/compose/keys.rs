//! The keys of a service, as the executor's schemas have them.

use Meaning as M;
use Shape as S;

/// What the executor's JSON schema takes for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Array,
    /// A text, or a map.
    Build,
    /// A text, or a list of texts.
    Words,
    /// A list of texts and numbers.
    Ports,
    Flag,
    Integer,
    /// A list of texts, or a map of single values.
    ListOrMap,
    Map,
    /// A list of texts, or a map of anything.
    Networks,
    NumberOrText,
    Text,
    /// A text, or a list of texts.
    TextOrList,
    /// A list of texts, each once.
    Texts,
}

impl Shape {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Array => "a list",
            Self::Build => "a text or a map",
            Self::Words | Self::TextOrList => "a text or a list of texts",
            Self::Ports => "a list of ports",
            Self::Flag => "`true` or `false`, without quotes",
            Self::Integer => "a whole number, without quotes",
            Self::Networks => "a list of texts or a map",
            Self::ListOrMap => "a list of texts or a map of single values",
            Self::Map => "a map",
            Self::NumberOrText => "a number",
            Self::Text => "a text",
            Self::Texts => "a list of texts, each once",
        }
    }
}

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The model has words for it.
    Modelled,
    /// It is kept as it is, for Rancher alone.
    RancherOnly,
    /// The executor takes it and does nothing with it.
    NoEffect,
    /// It cannot be kept.
    Lost(&'static str),
}

/// Which versions of the format have a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    Both,
    OnlyOne,
    OnlyTwo,
}

pub(super) fn key(name: &str, is_two: bool) -> Option<(Shape, Meaning)> {
    let (_, shape, meaning, since) = KEYS.iter().find(|(key, ..)| *key == name)?;
    let is_known = match since {
        Since::Both => true,
        Since::OnlyOne => !is_two,
        Since::OnlyTwo => is_two,
    };
    is_known.then_some((*shape, *meaning))
}

pub(super) fn names(is_two: bool) -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(name, ..)| *name).filter(move |name| key(name, is_two).is_some())
}

const NO_BUILD: &str = "images are built elsewhere: name the image";
const NO_FILES: &str = "no other files are at hand when a stack is made: the executor refuses it";
const NO_MACHINES: &str = "virtual machines are no part of an application";

const KEYS: &[(&str, Shape, Meaning, Since)] = &[
    ("blkio_weight", S::NumberOrText, M::RancherOnly, Since::Both),
    ("blkio_weight_device", S::Texts, M::RancherOnly, Since::Both),
    ("build", S::Build, M::Lost(NO_BUILD), Since::Both),
    ("cap_add", S::Texts, M::Modelled, Since::Both),
    ("cap_drop", S::Texts, M::Modelled, Since::Both),
    ("certs", S::Texts, M::Lost("certificates are those of `lb_config`"), Since::Both),
    ("cgroup_parent", S::Text, M::RancherOnly, Since::Both),
    ("command", S::Words, M::Modelled, Since::Both),
    ("config", S::Text, M::NoEffect, Since::OnlyTwo),
    ("container_name", S::Text, M::NoEffect, Since::Both),
    ("cpu_period", S::NumberOrText, M::Modelled, Since::Both),
    ("cpu_quota", S::NumberOrText, M::Modelled, Since::Both),
    ("cpu_shares", S::NumberOrText, M::RancherOnly, Since::Both),
    ("cpuset", S::Text, M::RancherOnly, Since::Both),
    ("default_cert", S::Text, M::Lost("certificates are those of `lb_config`"), Since::Both),
    ("depends_on", S::Texts, M::Modelled, Since::OnlyTwo),
    ("description", S::Text, M::RancherOnly, Since::Both),
    ("device_read_bps", S::ListOrMap, M::RancherOnly, Since::Both),
    ("device_read_iops", S::ListOrMap, M::RancherOnly, Since::Both),
    ("device_write_bps", S::ListOrMap, M::RancherOnly, Since::Both),
    ("device_write_iops", S::ListOrMap, M::RancherOnly, Since::Both),
    ("devices", S::Texts, M::Modelled, Since::Both),
    ("disks", S::Array, M::Lost(NO_MACHINES), Since::Both),
    ("dns", S::TextOrList, M::RancherOnly, Since::Both),
    ("dns_opt", S::Texts, M::RancherOnly, Since::Both),
    ("dns_search", S::TextOrList, M::RancherOnly, Since::Both),
    ("dockerfile", S::Text, M::Lost(NO_BUILD), Since::OnlyOne),
    ("domainname", S::Text, M::RancherOnly, Since::Both),
    (
        "drain_timeout_ms",
        S::NumberOrText,
        M::Lost("how long containers drain is said by the `grace` of scaling plans"),
        Since::Both,
    ),
    ("entrypoint", S::Words, M::Modelled, Since::Both),
    ("env_file", S::TextOrList, M::Lost(NO_FILES), Since::Both),
    ("environment", S::ListOrMap, M::Modelled, Since::Both),
    ("expose", S::Ports, M::Modelled, Since::Both),
    ("extends", S::Build, M::Lost(NO_FILES), Since::Both),
    ("external_ips", S::Texts, M::Modelled, Since::Both),
    ("external_links", S::Texts, M::RancherOnly, Since::Both),
    ("extra_hosts", S::Texts, M::RancherOnly, Since::Both),
    ("group_add", S::Array, M::RancherOnly, Since::Both),
    ("health_check", S::Map, M::Modelled, Since::Both),
    ("hostname", S::Text, M::Modelled, Since::Both),
    ("image", S::Text, M::Modelled, Since::Both),
    ("init", S::Flag, M::RancherOnly, Since::Both),
    ("ipc", S::Text, M::Modelled, Since::Both),
    ("isolation", S::Text, M::RancherOnly, Since::Both),
    ("labels", S::ListOrMap, M::Modelled, Since::Both),
    ("lb_config", S::Map, M::Modelled, Since::Both),
    ("links", S::Texts, M::Modelled, Since::Both),
    ("load_balancer_config", S::Map, M::Modelled, Since::Both),
    ("log_driver", S::Text, M::Modelled, Since::OnlyOne),
    ("log_opt", S::Map, M::Modelled, Since::OnlyOne),
    ("logging", S::Map, M::RancherOnly, Since::OnlyTwo),
    ("mac_address", S::Text, M::RancherOnly, Since::Both),
    ("mem_limit", S::NumberOrText, M::Modelled, Since::Both),
    ("mem_reservation", S::NumberOrText, M::Modelled, Since::Both),
    ("mem_swappiness", S::Integer, M::RancherOnly, Since::Both),
    ("memory", S::NumberOrText, M::Lost(NO_MACHINES), Since::Both),
    ("memswap_limit", S::NumberOrText, M::RancherOnly, Since::Both),
    ("metadata", S::Map, M::RancherOnly, Since::Both),
    ("milli_cpu_reservation", S::NumberOrText, M::Modelled, Since::Both),
    ("net", S::Text, M::Modelled, Since::OnlyOne),
    ("network_driver", S::Map, M::RancherOnly, Since::Both),
    ("network_mode", S::Text, M::Modelled, Since::OnlyTwo),
    ("networks", S::Networks, M::NoEffect, Since::OnlyTwo),
    ("oom_kill_disable", S::Flag, M::RancherOnly, Since::Both),
    ("oom_score_adj", S::Integer, M::RancherOnly, Since::Both),
    ("pid", S::Text, M::Modelled, Since::Both),
    ("port_rules", S::Array, M::NoEffect, Since::OnlyTwo),
    ("ports", S::Ports, M::Modelled, Since::Both),
    ("privileged", S::Flag, M::Modelled, Since::Both),
    ("read_only", S::Flag, M::Modelled, Since::Both),
    ("restart", S::Text, M::Modelled, Since::Both),
    ("retain_ip", S::Flag, M::RancherOnly, Since::Both),
    ("scale", S::NumberOrText, M::Modelled, Since::Both),
    ("scale_policy", S::Map, M::RancherOnly, Since::Both),
    ("secrets", S::Array, M::Modelled, Since::OnlyTwo),
    ("security_opt", S::Texts, M::Modelled, Since::Both),
    ("shm_size", S::NumberOrText, M::RancherOnly, Since::Both),
    ("start_on_create", S::Flag, M::NoEffect, Since::Both),
    ("stdin_open", S::Flag, M::Modelled, Since::Both),
    ("stickiness_policy", S::Map, M::NoEffect, Since::OnlyTwo),
    ("stop_grace_period", S::NumberOrText, M::Modelled, Since::Both),
    ("stop_signal", S::Text, M::RancherOnly, Since::Both),
    ("storage_driver", S::Map, M::RancherOnly, Since::Both),
    ("sysctls", S::ListOrMap, M::RancherOnly, Since::Both),
    ("tmpfs", S::TextOrList, M::RancherOnly, Since::OnlyTwo),
    ("tty", S::Flag, M::Modelled, Since::Both),
    ("type", S::Text, M::RancherOnly, Since::Both),
    ("ulimits", S::Map, M::RancherOnly, Since::Both),
    ("upgrade_strategy", S::Map, M::Modelled, Since::Both),
    ("user", S::Text, M::Modelled, Since::Both),
    ("userdata", S::Text, M::Lost(NO_MACHINES), Since::Both),
    ("uts", S::Text, M::RancherOnly, Since::Both),
    ("vcpu", S::NumberOrText, M::Lost(NO_MACHINES), Since::Both),
    ("volume_driver", S::Text, M::Modelled, Since::Both),
    ("volumes", S::Texts, M::Modelled, Since::Both),
    ("volumes_from", S::Texts, M::Modelled, Since::Both),
    ("working_dir", S::Text, M::Modelled, Since::Both),
];
