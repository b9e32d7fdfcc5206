//! What is measured: the translator and, beside it, the bare YAML events of the same text.
//!
//! The programs of this crate print figures as JSON; `cargo xtask bench translate` runs them and writes the table.

mod cases;
mod clock;

pub use cases::{Case, Failure, Work, bare_events};
pub use clock::{Series, thread_time};
