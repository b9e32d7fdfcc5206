//! Deploying against the sandbox.

mod direct;
mod journal;
mod lost;
mod main_path;
pub(crate) mod world;
