//! Webhooks: whom Harbor tells of what happens, and what it says.

mod event;
mod execution;
mod format;
mod kind;
mod policies;
mod policy;
mod replication;

pub use event::{WebhookEvent, WebhookResource};
pub use execution::{LastTrigger, WebhookExecution};
pub use kind::WebhookEventKind;
pub use policy::{NewWebhookPolicy, NewWebhookTarget, PayloadFormat, WebhookPolicy, WebhookTarget};
pub use replication::{ReplicatedArtifact, ReplicationEnd, WebhookReplication};
