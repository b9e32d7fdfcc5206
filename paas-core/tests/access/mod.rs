//! Who may what.

mod arbitrary;
mod backends;
mod decisions;
mod documents;
mod matrix;
mod members;
mod properties;
mod traps;
