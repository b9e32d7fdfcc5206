//! The engine by its rules, beside a plain model, and against what its peers got wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test ends at what it did not expect, and says how much it tried"
)]

mod calendar;
mod desk;
mod faults;
mod model;
mod rules;
mod simulate;
mod wheel;
