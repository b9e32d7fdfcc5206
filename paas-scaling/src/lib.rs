//! The autoscaling engine: every service carries a plan of windows and rules, and the engine says when its count must
//! change, by how much, and why.

pub mod calendar;
