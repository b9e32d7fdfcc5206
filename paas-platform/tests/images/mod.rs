//! Images on their way to production: the platform, between two registries that are tables.

mod clocks;
mod copies;
mod fuses;
mod harbor;
mod keeping;
mod mall;
mod notified;
mod real;
mod real_keystone;
mod references;
mod renewed;
mod rights;
mod steady;
mod sweeps;
mod unreadable;
mod way;
mod world;

/// With which the tests sign tokens for registries; the gateway's tests have the key.
const CERTIFICATE: &str = include_str!("../../../paas-gateway/tests/registry/signer.pem");
const ISSUER: &str = "tokens of the tests";
