//! Scaling plans: what a service's count does over the day and under load.
//!
//! Types, validation and lint live here; the engine that carries plans out is a crate of its own.

mod alarm;
mod calendar;
mod days;
mod duration;
mod faults;
mod lint;
mod overlap;
mod policy;
mod time;
mod timestamp;
mod validate;

pub use alarm::{Alarm, AlarmRule, AlarmState, InvalidRuleId, RuleId, Side};
pub use faults::LONGEST_MS;
pub use lint::{LINTS, check, lint};
pub use policy::{Bounds, FixedCount, Rule, ScalingPolicy, Threshold, Window};
pub use time::{Cycle, InvalidTimeOfDay, TimeOfDay, Weekday};
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use validate::{MOST_WINDOWS, is_time_zone, time_zones, validate};
