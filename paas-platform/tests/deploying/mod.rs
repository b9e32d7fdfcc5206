//! Deploying against the sandbox.

mod apart;
mod bad_luck;
mod bad_server;
mod canary;
pub(crate) mod direct;
pub(crate) mod faulty;
mod journal;
mod lost;
mod main_path;
mod networks;
mod policy;
mod published;
mod rights;
mod stages;
mod states;
mod stores;
pub(crate) mod world;
