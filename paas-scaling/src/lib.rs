//! The autoscaling engine: a million daily plans in one process, and each decision explained.
//!
//! Each service carries a [`Plan`]: windows of the day, week or month, with a fixed count or a metric to follow in each.
//! The [`Engine`] holds the plans of all services and is told what time it is, which alarms come and what people do;
//! it gives back what is to be done and why. It has no clock, no thread and no socket of its own, so that what it
//! decides can be tested, replayed, simulated and moved to another process.
//!
//! ```
//! use paas_core::scaling::{Alarm, AlarmState, Bounds, Rule, ScalingPolicy, Threshold, Timestamp, Window};
//! use paas_scaling::{Act, Engine, Plan, Settings};
//!
//! // By day the count follows the CPU, from 2 to 12; two containers at a time, at most each five minutes.
//! let rule = Rule::Metric {
//!     metric: "cpu".to_owned(),
//!     upper: Some(Threshold::new(0.7).by(2)),
//!     lower: Some(Threshold::new(0.25)),
//!     bounds: Bounds { min: 2, max: 12 },
//! };
//! let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 2, max: 12 });
//! policy.windows.push(Window::daily("day", "07:00".parse().unwrap(), "22:00".parse().unwrap(), rule));
//!
//! let noon: Timestamp = "2026-11-23T12:00:00+08:00".parse().unwrap();
//! let mut engine = Engine::new(Settings::default());
//! engine.upsert("shop/web", &Plan::new(&policy).unwrap(), 4, noon);
//!
//! let too_busy = policy.alarm_rules().next().unwrap().id;
//! let verdict = engine.alarm("shop/web", &Alarm::new(too_busy, AlarmState::Firing, noon), noon);
//! assert!(matches!(verdict.actions[0].act, Act::Scale { from: 4, to: 6, .. }));
//!
//! // The same again moves nothing: an action was not long ago.
//! let later = noon.plus(60);
//! let verdict = engine.alarm("shop/web", &Alarm::new(too_busy, AlarmState::Firing, later), later);
//! assert_eq!(
//!     verdict.hold.unwrap().to_string(),
//!     "an action was not long ago: alarms wait until 2026-11-23T04:05:00Z",
//! );
//! println!("{}", engine.explain("shop/web", later).unwrap());
//! ```
//!
//! | module | what |
//! | --- | --- |
//! | [`Engine`], [`Plan`] | what is to be done, by rules, and why |
//! | [`simulate`] | a plan tried out on a day's load: counts, causes, time above thresholds, a picture |
//! | [`calendar`] | when windows are open, in all time zones |
//! | [`wheel`] | a timing wheel, usable alone |
//!
//! Policies, alarms and instants are types of `paas_core::scaling`, with validation and lint.

pub mod calendar;
mod engine;
mod plan;
pub mod simulate;
pub mod wheel;

pub use engine::{
    Act, Action, ActionDocument, Advance, AlarmShown, CancelCause, Cause, ChosenBy, CountSource, DrainShown,
    Engine, Explanation, Hold, InvalidServiceId, InvalidSnapshot, KnownState, ObservedCount, OpenWindow,
    Removal, ServiceId, Settings, Start, TakenOver, Trigger, Verdict,
};
pub use plan::Plan;
