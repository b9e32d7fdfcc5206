//! What Harbor tells of a replication.

use super::format::{line, unix};
use crate::harbor::{ExecutionId, ReplicationState, TaskId};
use serde_json::Value;
use std::time::SystemTime;

/// A task of a replication that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookReplication {
    /// The execution.
    pub execution: Option<ExecutionId>,
    /// The task.
    pub task: Option<TaskId>,
    /// How it ended.
    pub state: ReplicationState,
    /// What it was begun by, in Harbor's words.
    pub trigger: Option<String>,
    /// When the execution began.
    pub begun: Option<SystemTime>,
    /// Where it copied from.
    pub source: Option<ReplicationEnd>,
    /// Where it copied to.
    pub destination: Option<ReplicationEnd>,
    /// What it has copied.
    pub succeeded: Vec<ReplicatedArtifact>,
    /// What it has not.
    pub failed: Vec<ReplicatedArtifact>,
}

/// One end of a replication.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReplicationEnd {
    /// The name of the registry; Harbor itself has none.
    pub registry: Option<String>,
    /// The address.
    pub endpoint: Option<String>,
    /// The project or namespace.
    pub namespace: Option<String>,
}

/// What a replication has copied or has not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReplicatedArtifact {
    /// What it is, in Harbor's words: `web [1 item(s) in total]`.
    pub name: String,
    /// Its tags, or digests where it has none.
    pub references: Vec<String>,
    /// Why it was not copied, in Harbor's words.
    pub reason: Option<String>,
}

/// Reads what an event says of a replication.
pub(super) fn read(value: &Value) -> Option<WebhookReplication> {
    let row = value.as_object()?;
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    let id = |name: &str| row.get(name).and_then(Value::as_u64).filter(|id| *id != 0);
    let state = text("job_status").and_then(line).unwrap_or_default();
    Some(WebhookReplication {
        execution: id("execution_id").map(ExecutionId::new),
        task: id("task_id").map(TaskId::new),
        state: ReplicationState::from(state.as_str()),
        trigger: text("trigger_type").and_then(line),
        begun: id("execution_timestamp").and_then(unix),
        source: row.get("src_resource").and_then(end),
        destination: row.get("dest_resource").and_then(end),
        succeeded: artifacts(row.get("successful_artifact")),
        failed: artifacts(row.get("failed_artifact")),
    })
}

fn end(value: &Value) -> Option<ReplicationEnd> {
    let row = value.as_object()?;
    let text = |name: &str| row.get(name).and_then(Value::as_str).and_then(line);
    Some(ReplicationEnd {
        registry: text("registry_name"),
        endpoint: text("endpoint"),
        namespace: text("namespace"),
    })
}

fn artifacts(value: Option<&Value>) -> Vec<ReplicatedArtifact> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.map(|row| {
        let text = |name: &str| row.get(name).and_then(Value::as_str).and_then(line);
        let references = row.get("references").and_then(Value::as_array).into_iter().flatten();
        ReplicatedArtifact {
            name: text("name_tag").unwrap_or_default(),
            references: references.filter_map(Value::as_str).filter_map(line).collect(),
            reason: text("fail_reason"),
        }
    })
    .collect()
}
