//! Images on their way to production: the platform, between two registries that are tables.

mod copies;
mod keeping;
mod rights;
mod sweeps;
mod way;
mod world;
