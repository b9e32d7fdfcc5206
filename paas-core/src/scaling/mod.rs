//! Scaling plans: what a service's count does over the day and under load.
//!
//! Types and validation live here; the engine that carries plans out is a crate of its own.

mod alarm;
mod days;
mod overlap;
mod policy;
mod time;
mod timestamp;
mod validate;

pub use alarm::{Alarm, AlarmRule, AlarmState, InvalidRuleId, RuleId, Side};
pub use policy::{Bounds, FixedCount, Rule, ScalingPolicy, Threshold, Window};
pub use time::{Cycle, InvalidTimeOfDay, TimeOfDay, Weekday};
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use validate::{is_time_zone, time_zones, validate};
