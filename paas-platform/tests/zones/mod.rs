//! Images in several zones: the platform, between registries that are tables, and between real ones.

mod bursts;
mod cases;
mod mall;
mod properties;
mod real;
mod renewed;
mod world;
