//! The autoscaling engine: every service carries a plan of windows and rules, and the engine says when its count must
//! change, by how much, and why.

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
