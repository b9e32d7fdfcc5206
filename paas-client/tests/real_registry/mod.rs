//! Against a real registry of the distribution project: the environment names the program, `cargo xtask test` has it.

mod bed;
mod blobs;
mod chunks;
mod cutter;
mod issuer;
mod lists;
mod logins;
mod manifests;
mod memory;
#[allow(dead_code, reason = "the tests of the copier and of the platform use all of it")]
mod server;
mod tokens;
