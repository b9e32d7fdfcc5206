//! The timing wheel: beside a sorted set, in memory, and where it could go wrong.

mod cases;
mod memory;
mod model;
mod properties;
