//! Deploying against the sandbox.

mod main_path;
pub(crate) mod world;
