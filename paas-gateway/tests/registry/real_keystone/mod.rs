//! Against a real registry, with identities of a real Keystone: the environment tells where both are, and
//! `cargo xtask test` starts them.

mod bed;
mod client;
mod production;
mod pushes;
#[path = "../../../../paas-client/tests/real_keystone/seed.rs"]
#[allow(dead_code, reason = "the tests of the client use all of it")]
mod seed;
#[allow(dead_code, reason = "the tests of the platform use all of it")]
mod server;
