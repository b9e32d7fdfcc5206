//! Other registries that this Harbor knows, and copying to and from them.

mod execution;
mod executions;
mod filter;
mod policies;
mod policy;
mod registries;
mod registry;

pub use execution::{ExecutionQuery, ReplicationExecution, ReplicationState, ReplicationTask, TaskLog};
pub use filter::{ReplicationFilter, ReplicationTrigger};
pub use policy::{NewReplicationPolicy, ReplicationDirection, ReplicationPolicy};
pub use registry::{
    NewRegistry, Registry, RegistryChange, RegistryCredential, RegistryHealth, RegistryInfo, RegistryKind,
};
