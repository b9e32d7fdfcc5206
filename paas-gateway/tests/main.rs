//! Tests of the gateway.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "a test ends at what it did not expect, says what it skips, and takes values as they are written"
)]

mod audit;
mod cache;
mod decisions;
mod garbage;
mod headers;
mod holder;
#[path = "../../paas-client/tests/log.rs"]
mod log;
mod paths;
mod proxy;
mod real_keystone;
mod registry;
mod routes;
mod secrets;
mod server;
mod support;
