//! Tests of the gateway.

mod audit;
mod cache;
mod decisions;
mod garbage;
mod headers;
mod holder;
mod log;
mod paths;
mod proxy;
mod routes;
mod secrets;
mod support;
