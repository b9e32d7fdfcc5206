//! Processes die at every point of a deployment; whoever comes after them ends it, and nothing is there twice.

mod killed;
#[path = "../deployer/points.rs"]
mod points;
mod proof;
mod simulated;
