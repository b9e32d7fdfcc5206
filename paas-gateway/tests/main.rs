//! Tests of the gateway.

mod holder;
mod registry;
