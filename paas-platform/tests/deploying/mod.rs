//! Deploying against the sandbox.

mod bad_luck;
mod bad_server;
mod direct;
mod journal;
mod lost;
mod main_path;
pub(crate) mod world;
