//! Containers of one image, and how they run.

use super::{Affinity, ConfigurationFile, FileContent, Origins, SecretFile, Security, Sidekick, Text, Value};
use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the containers of a service run. Durations are in milliseconds, sizes in bytes, CPU in thousandths of a core.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Container {
    /// The image: `registry/repository:tag`.
    pub image: String,
    /// The initial count of containers.
    pub scale: u32,
    /// Arguments; empty: the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<Text>,
    /// Program and first arguments; empty: the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entrypoint: Vec<Text>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub environment: BTreeMap<String, Text>,
    /// Labels of the containers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, Text>,
    /// Ports that the containers listen on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<Port>,
    /// Files that are put into the containers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub configuration_files: Vec<ConfigurationFile>,
    /// Secrets of the platform that the containers read from files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_files: Vec<SecretFile>,
    /// Folders with log files to collect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_files: Vec<LogFiles>,
    /// How to see whether a container works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_check: Option<HealthCheck>,
    /// Limits and reservations.
    #[serde(default, skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
    /// How a new version replaces the old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<UpdateStrategy>,
    /// Volumes that it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mounts: Vec<Mount>,
    /// One container on every host; the scale means nothing then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everywhere: bool,
    /// Labels that a host must have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub host_affinity: BTreeMap<String, String>,
    /// Rules about the hosts that it may run on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affinities: Vec<Affinity>,
    /// A job: started once, and done when it ends.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub run_once: bool,
    /// Whether a job that fails is started again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restart_on_failure: bool,
    /// The service that it runs beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sidekick: Option<Sidekick>,
    /// Time between asking a container to stop and stopping it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_grace_ms: Option<u64>,
    /// What it may do to its host, and what it gives up.
    #[serde(default, skip_serializing_if = "Security::is_empty")]
    pub security: Security,
    /// What the container calls itself; `None`: a name that the platform makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// The absolute folder that the program starts in; `None`: the image's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_dir: Option<String>,
    /// Whether the program has a terminal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tty: bool,
    /// Whether the input of the program stays open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stdin_open: bool,
    /// The names of services that run beside it whose volumes it sees, at the same paths, besides what its
    /// [`sidekick`](Self::sidekick) says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes_from: Vec<String>,
    /// Absolute paths in the containers that are volumes without a name: each lives and dies with its container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anonymous_volumes: Vec<String>,
    /// Keys of Rancher's compose files that have no other word here, with their values. Only Rancher gets them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rancher: BTreeMap<String, Value>,
    /// Where its values were written.
    #[serde(skip)]
    pub origins: Origins,
}

impl Container {
    /// One container of this image, everything else left to the image and the platform.
    pub fn new(image: impl Into<String>) -> Self {
        Self { image: image.into(), scale: 1, ..Self::default() }
    }

    /// All its strings that may hold references.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let files = self.configuration_files.iter().filter_map(|file| match &file.content {
            FileContent::Inline(text) => Some(text),
            FileContent::Secret(_) => None,
        });
        let lists = self.command.iter().chain(&self.entrypoint);
        let maps = self.environment.values().chain(self.labels.values());
        lists.chain(maps).chain(files).chain(self.rancher.values().flat_map(Value::texts))
    }
}

/// A port that containers listen on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Port {
    /// The port inside the containers.
    pub container: u16,
    /// Whether and where it is published on hosts.
    #[serde(default, skip_serializing_if = "External::is_none")]
    pub external: External,
    /// `tcp` or `udp`.
    pub protocol: Protocol,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Port {
    /// A TCP port that is not published.
    pub fn new(container: u16) -> Self {
        Self { container, external: External::None, protocol: Protocol::Tcp, origin: Origin::default() }
    }
}

/// Where a port is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum External {
    /// Nowhere: only services that are connected reach it.
    #[default]
    None,
    /// On this port of the hosts.
    Given(u16),
    /// On a port of the hosts that the platform chooses.
    Allocated,
}

impl External {
    /// Whether it is not published.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// The transport protocol of a port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Protocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
}

impl Protocol {
    /// `tcp` or `udp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// Log files to collect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LogFiles {
    /// An absolute folder in the containers.
    pub directory: String,
    /// Endings of the files' names, without the dot; empty: all files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<String>,
}

impl LogFiles {
    /// The files of a folder with these endings.
    pub fn new(directory: impl Into<String>, extensions: impl IntoIterator<Item = String>) -> Self {
        Self { directory: directory.into(), extensions: extensions.into_iter().collect() }
    }
}

/// How to see whether a container works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthCheck {
    /// The port to connect to.
    pub port: u16,
    /// The path of an HTTP request; `None`: a TCP connection is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Time between checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval_ms: Option<u64>,
    /// Time to wait for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// So many good answers make it healthy.
    pub healthy_threshold: u32,
    /// So many bad answers make it unhealthy.
    pub unhealthy_threshold: u32,
    /// Time that a new container has before checks count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initializing_ms: Option<u64>,
    /// What to do with an unhealthy container.
    pub on_failure: OnFailure,
}

impl HealthCheck {
    /// A TCP check of a port with the profile's defaults.
    pub fn new(port: u16) -> Self {
        Self {
            port,
            path: None,
            interval_ms: None,
            timeout_ms: None,
            healthy_threshold: 2,
            unhealthy_threshold: 3,
            initializing_ms: None,
            on_failure: OnFailure::Recreate,
        }
    }
}

/// What to do with an unhealthy container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OnFailure {
    /// Nothing.
    None,
    /// Replace it.
    Recreate,
    /// Replace it while enough others are healthy.
    RecreateOnQuorum,
}

/// Limits and reservations of one container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Resources {
    /// The most CPU, in thousandths of a core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_limit_millis: Option<u64>,
    /// CPU kept free for it, in thousandths of a core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_reservation_millis: Option<u64>,
    /// The most memory, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_limit_bytes: Option<u64>,
    /// Memory kept free for it, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation_bytes: Option<u64>,
}

impl Resources {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a new version replaces the old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateStrategy {
    /// So many containers at once.
    pub batch_size: u32,
    /// Time between batches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval_ms: Option<u64>,
    /// Start new containers before old ones are stopped.
    pub start_first: bool,
}

impl UpdateStrategy {
    /// One by one, the old container stopped first.
    pub fn one_by_one() -> Self {
        Self { batch_size: 1, interval_ms: None, start_first: false }
    }
}

/// A volume in a container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Mount {
    /// The volume's name.
    pub volume: String,
    /// An absolute path in the containers.
    pub path: String,
    /// Whether it cannot be written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Mount {
    /// A volume at a path, to be written.
    pub fn new(volume: impl Into<String>, path: impl Into<String>) -> Self {
        Self { volume: volume.into(), path: path.into(), read_only: false, origin: Origin::default() }
    }
}
