//! What happens to services, and what is asked of the engine then.

use super::{service::Acts, spec::Spec};
use paas_core::scaling::{Alarm, AlarmState, Side};
use paas_scaling::{CountSource, Hold, Removal};
use std::{collections::BTreeMap, sync::Arc};

/// What happens.
#[derive(Debug, Clone)]
pub(super) enum Transition {
    /// Time passes, with a turn at each deadline.
    Steps { seconds: u32 },
    /// The same, until so many instants at which something may come have passed; a second before the last of them, at it,
    /// or a second after.
    Next { instants: usize, offset: i32 },
    /// Time passes, and nobody looks until its end. Then services have their turns, so many in one call.
    Late { seconds: u32, budget: usize },
    /// Time passes, nobody looks, and then something happens to one of the services.
    Input { service: usize, wait: u32, input: Input },
    /// A person sets a count; it drains by alarms, so that the drain ends when a fixed window begins or ends, or a second
    /// before or after that; and time passes until then.
    Approach { service: usize, count: u32, offset: i32 },
    /// A service is disabled for a time, in which a person may set its count.
    Pause { service: usize, seconds: u32, person: Option<u32> },
    /// The process ends, and another one begins later. People may have set counts meanwhile.
    Restart { wait: u32, persons: Vec<(usize, u32)> },
    /// A replica takes the engine's place, and nobody notices.
    Swap,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Input {
    Alarm {
        pick: Pick,
        age: i32,
        state: AlarmState,
        value: Option<f64>,
        never_resolves: bool,
        by_id: bool,
    },
    /// All open rules fire on one side; if a person sets the count first, at the end of the quiet time, so that they are
    /// judged together.
    Surge {
        side: Side,
        person: Option<u32>,
    },
    /// The last notification of this service once more.
    Again,
    Count {
        count: u32,
        source: CountSource,
    },
    Enable(bool),
    /// A policy of the pool, or one that is much like the present one; `fresh`: written anew, for a service of another name.
    Upsert {
        policy: Option<usize>,
        count: u32,
        drains_itself: bool,
        fresh: bool,
    },
    Remove(Removal),
}

/// Which alarm rule.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pick {
    /// One of an open window, if there is one.
    Open(usize),
    /// One of the policy.
    Any(usize),
    /// One of any policy in the pool.
    Pool(usize),
    /// One that nobody has.
    Foreign,
}

/// What is asked of the engine.
#[derive(Debug, Clone)]
pub(super) enum Call {
    Steps { until: u32 },
    Advance { budget: usize },
    Alarm { alarm: Alarm, by_id: bool },
    Count { count: u32, source: CountSource },
    Enable(bool),
    Upsert { spec: Arc<Spec>, count: u32, drains_itself: bool, fresh: bool },
    Remove(Removal),
    Restart { persons: Vec<(&'static str, u32)> },
    Swap,
}

/// A call, of a service if it is about one, and what must come of it.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) service: &'static str,
    pub(super) now: u32,
    pub(super) call: Call,
    pub(super) acts: BTreeMap<&'static str, Acts>,
    /// Of an alarm.
    pub(super) hold: Option<Hold>,
    /// Of an alarm: either of two may be said.
    pub(super) is_over: bool,
}
