//! Scaling plans: what a service's count does over the day and under load.
//!
//! Types and validation live here; the engine that carries plans out is a crate of its own.

mod days;
mod overlap;
mod policy;
mod time;
mod validate;

pub use policy::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
pub use time::{Cycle, InvalidTimeOfDay, TimeOfDay, Weekday};
pub use validate::{is_time_zone, time_zones, validate};
