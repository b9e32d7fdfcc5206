//! Tests of the gateway.

mod holder;
