//! Deploying against the sandbox.

pub(crate) mod direct;
mod main_path;
pub(crate) mod world;
