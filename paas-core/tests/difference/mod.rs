//! Differences of releases.

mod arbitrary;
mod properties;
