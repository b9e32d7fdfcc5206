//! What is copied where: policies of replication.

use super::{ReplicationFilter, ReplicationTrigger, filter::TriggerBody};
use crate::harbor::{RegistryId, ReplicationPolicyId, lenient};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::SystemTime;

/// A policy of replication: what this Harbor copies to another registry, or from it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub struct ReplicationPolicy {
    /// The id.
    pub id: ReplicationPolicyId,
    /// The name.
    pub name: String,
    /// What people write about it.
    pub description: Option<String>,
    /// From where to where; nothing if Harbor names none or two other registries.
    pub direction: Option<ReplicationDirection>,
    /// When it copies.
    pub trigger: ReplicationTrigger,
    /// What it copies.
    pub filters: Vec<ReplicationFilter>,
    /// In which project or namespace the copies lie; where the originals lie, if it does not say.
    pub destination: Option<String>,
    /// How many of the first parts of a repository's name the destination replaces. -1: all but the last.
    pub replaced_parts: i64,
    /// Whether a tag at the destination is set to what the source has under it. If not, another digest there stays, **and
    /// the copy counts as done all the same**: compare digests.
    pub overrides: bool,
    /// Whether what is deleted here is deleted there.
    pub deletes: bool,
    /// Whether it copies at all.
    pub enabled: bool,
    /// How many KiB/s a task may take. Nothing: as many as there are.
    pub speed: Option<u64>,
    /// Whether content is sent in pieces.
    pub by_chunk: bool,
    /// Whether an execution is given up when another one of the policy is under way.
    pub single_active: bool,
    /// When it was made.
    pub creation_time: Option<SystemTime>,
}

/// From where to where a policy copies. One end is always this Harbor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplicationDirection {
    /// From here to that registry.
    PushTo(RegistryId),
    /// From that registry to here.
    PullFrom(RegistryId),
}

/// A policy of replication that is to be made, or what one is to be.
///
/// ```
/// use paas_client::harbor::{NewReplicationPolicy, RegistryId, ReplicationDirection, ReplicationFilter};
/// let to_production = ReplicationDirection::PushTo(RegistryId::new(3));
/// let policy = NewReplicationPolicy::new("retail to production", to_production)
///     .filter(ReplicationFilter::name("retail/**"))
///     .overrides(true);
/// assert!(policy != NewReplicationPolicy::new("retail to production", to_production));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewReplicationPolicy {
    pub(super) name: String,
    direction: ReplicationDirection,
    description: String,
    trigger: ReplicationTrigger,
    filters: Vec<ReplicationFilter>,
    destination: String,
    replaced_parts: i8,
    overrides: bool,
    deletes: bool,
    enabled: bool,
    speed: i32,
    by_chunk: bool,
    single_active: bool,
}

impl NewReplicationPolicy {
    /// A policy that is enabled, copies everything when it is asked to, and sets no tag at the destination that is set to
    /// something else already.
    #[must_use]
    pub fn new(name: impl Into<String>, direction: ReplicationDirection) -> Self {
        Self {
            name: name.into(),
            direction,
            description: String::new(),
            trigger: ReplicationTrigger::Manual,
            filters: Vec::new(),
            destination: String::new(),
            replaced_parts: -1,
            overrides: false,
            deletes: false,
            enabled: true,
            speed: 0,
            by_chunk: false,
            single_active: false,
        }
    }

    /// What people read about it.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// When it copies.
    #[must_use]
    pub fn trigger(mut self, trigger: ReplicationTrigger) -> Self {
        self.trigger = trigger;
        self
    }

    /// Copies only what this lets through; one more each time.
    #[must_use]
    pub fn filter(mut self, filter: ReplicationFilter) -> Self {
        self.filters.push(filter);
        self
    }

    /// Puts the copies into this project, with the last part of the repository's name.
    #[must_use]
    pub fn destination(mut self, namespace: impl Into<String>) -> Self {
        self.destination = namespace.into();
        self
    }

    /// Puts the copies into this project, in place of so many of the first parts of the repository's name.
    #[must_use]
    pub fn destination_in_place_of(mut self, namespace: impl Into<String>, parts: u8) -> Self {
        self.destination = namespace.into();
        self.replaced_parts = i8::try_from(parts).unwrap_or(i8::MAX);
        self
    }

    /// Whether a tag at the destination is set to what the source has under it.
    #[must_use]
    pub fn overrides(mut self, overrides: bool) -> Self {
        self.overrides = overrides;
        self
    }

    /// Whether what is deleted at the source is deleted at the destination.
    #[must_use]
    pub fn deletes(mut self, deletes: bool) -> Self {
        self.deletes = deletes;
        self
    }

    /// Whether it copies at all.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// How many KiB/s a task may take; 0: as many as there are.
    #[must_use]
    pub fn speed(mut self, kibibytes: u32) -> Self {
        self.speed = i32::try_from(kibibytes).unwrap_or(i32::MAX);
        self
    }

    /// Sends content in pieces.
    #[must_use]
    pub fn by_chunk(mut self) -> Self {
        self.by_chunk = true;
        self
    }

    /// Gives an execution up when another one of the policy is under way. Not for what is copied on events.
    #[must_use]
    pub fn single_active(mut self) -> Self {
        self.single_active = true;
        self
    }

    /// Whether this is it.
    pub(super) fn is(&self, policy: &ReplicationPolicy) -> bool {
        policy.name == self.name
            && policy.direction == Some(self.direction)
            && policy.trigger == self.trigger
            && policy.filters == self.filters
            && policy.destination.as_deref().unwrap_or_default() == self.destination
            && policy.replaced_parts == i64::from(self.replaced_parts)
            && policy.overrides == self.overrides
            && policy.deletes == self.deletes
            && policy.enabled == self.enabled
    }

    pub(super) fn body(&self) -> impl Serialize {
        let (to, from) = match self.direction {
            ReplicationDirection::PushTo(registry) => (Some(registry), None),
            ReplicationDirection::PullFrom(registry) => (None, Some(registry)),
        };
        Body {
            name: &self.name,
            description: &self.description,
            src_registry: from.map(|id| End { id }),
            dest_registry: to.map(|id| End { id }),
            dest_namespace: &self.destination,
            dest_namespace_replace_count: self.replaced_parts,
            trigger: self.trigger.body(),
            filters: self.filters.iter().filter_map(ReplicationFilter::body).collect(),
            replicate_deletion: self.deletes,
            deletion: self.deletes,
            r#override: self.overrides,
            enabled: self.enabled,
            speed: self.speed,
            copy_by_chunk: self.by_chunk,
            single_active_replication: self.single_active,
        }
    }
}

/// A policy as it is sent.
#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    src_registry: Option<End>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dest_registry: Option<End>,
    dest_namespace: &'a str,
    dest_namespace_replace_count: i8,
    trigger: TriggerBody<'a>,
    filters: Vec<Value>,
    replicate_deletion: bool,
    /// The old name, which is deprecated and yet the only one that Harbor reads.
    deletion: bool,
    r#override: bool,
    enabled: bool,
    speed: i32,
    copy_by_chunk: bool,
    single_active_replication: bool,
}

#[derive(Serialize)]
struct End {
    id: RegistryId,
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    id: ReplicationPolicyId,
    #[serde(default, deserialize_with = "lenient::or_default")]
    name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    src_registry: RowEnd,
    #[serde(default, deserialize_with = "lenient::or_default")]
    dest_registry: RowEnd,
    #[serde(default)]
    trigger: Option<ReplicationTrigger>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    filters: Vec<ReplicationFilter>,
    #[serde(default, deserialize_with = "lenient::text")]
    dest_namespace: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    dest_namespace_replace_count: Option<i64>,
    #[serde(default, deserialize_with = "lenient::flag")]
    r#override: bool,
    #[serde(default, deserialize_with = "lenient::flag")]
    replicate_deletion: bool,
    #[serde(default, deserialize_with = "lenient::flag")]
    enabled: bool,
    #[serde(default, deserialize_with = "lenient::count")]
    speed: Option<u64>,
    #[serde(default, deserialize_with = "lenient::flag")]
    copy_by_chunk: bool,
    #[serde(default, deserialize_with = "lenient::flag")]
    single_active_replication: bool,
    #[serde(default, deserialize_with = "lenient::time")]
    creation_time: Option<SystemTime>,
}

#[derive(Default, Deserialize)]
struct RowEnd {
    /// Nothing for Harbor itself.
    #[serde(default, deserialize_with = "lenient::id")]
    id: Option<RegistryId>,
}

impl From<Row> for ReplicationPolicy {
    fn from(row: Row) -> Self {
        let direction = match (row.src_registry.id, row.dest_registry.id) {
            (None, Some(registry)) => Some(ReplicationDirection::PushTo(registry)),
            (Some(registry), None) => Some(ReplicationDirection::PullFrom(registry)),
            _ => None,
        };
        Self {
            id: row.id,
            name: row.name,
            description: row.description,
            direction,
            trigger: row.trigger.unwrap_or(ReplicationTrigger::Manual),
            filters: row.filters,
            destination: row.dest_namespace,
            replaced_parts: row.dest_namespace_replace_count.unwrap_or(-1),
            overrides: row.r#override,
            deletes: row.replicate_deletion,
            enabled: row.enabled,
            speed: row.speed.filter(|speed| *speed != 0),
            by_chunk: row.copy_by_chunk,
            single_active: row.single_active_replication,
            creation_time: row.creation_time,
        }
    }
}
