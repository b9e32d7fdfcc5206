//! Registries that have a Harbor: copies by its replication, and lists of what it holds.

mod copier;
mod endpoint;
mod execution;
mod judge;
mod names;
mod policy;
mod registry;

pub use copier::HarborCopier;
pub use registry::HarborRegistry;
