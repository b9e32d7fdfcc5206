//! What the engine knows of a service. There are a million of these: each is small.

use super::slots::Slots;
use crate::plan::Plan;

/// A service. It fills one line of the processor's cache, since there are too many of them to be in there.
#[derive(Debug, Clone, Default)]
#[repr(align(64))]
pub(super) struct Service {
    /// Where its plan is among those of the engine.
    pub(super) plan: u32,
    /// How many services had this place before.
    pub(super) generation: u32,
    /// The count that stands: what was decided, or what a person chose.
    pub(super) count: u32,
    /// How many containers run, as the back end said last.
    pub(super) running: u32,
    /// The count from before the run of fixed windows that is open; of no meaning if there is none.
    pub(super) baseline: u32,
    /// No alarm acts before.
    pub(super) quiet_until: u32,
    /// No alarm scales in before: the engine was started again.
    pub(super) no_scale_in_until: u32,
    /// The first edge of its windows that has not been looked at; [`u32::MAX`]: there is none.
    pub(super) edge: u32,
    /// The fixed window that holds the count.
    pub(super) fixed: Fixed,
    pub(super) flags: Flags,
    /// Which alarm rules were armed last: [`View::armed`](super::view::View::armed).
    pub(super) armed: u64,
    /// What is known of its alarms, sorted by rule.
    pub(super) alarms: Slots,
    /// Those that drain now.
    pub(super) drain: Option<Box<Drain>>,
}

/// Which fixed window holds the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fixed {
    /// None.
    #[default]
    None,
    /// One of the plan.
    Window(u16),
    /// One of a plan that was replaced.
    Former,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flags(pub(super) u8);

impl Flags {
    /// There is a service at this place.
    pub(super) const TAKEN: u8 = 1;
    /// A person or a program paused it.
    pub(super) const PAUSED: u8 = 1 << 1;
    /// It decides: it is not paused, and its policy is enabled.
    pub(super) const ACTIVE: u8 = 1 << 2;
    /// A person chose the count that it will go back to.
    pub(super) const BY_PERSON: u8 = 1 << 3;
    /// A person set the count while it did not decide.
    pub(super) const PERSON_MEANWHILE: u8 = 1 << 4;
    /// Its back end lets containers drain by itself.
    pub(super) const DRAINS_ITSELF: u8 = 1 << 5;

    pub(super) const fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    pub(super) fn set(&mut self, flag: u8, is_so: bool) {
        self.0 = if is_so { self.0 | flag } else { self.0 & !flag };
    }
}

/// Containers that take no new requests, before they are stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drain {
    /// The count that will be set.
    pub(super) to: u32,
    /// When.
    pub(super) until: u32,
    /// When it began.
    pub(super) started: u32,
    /// The time without further actions of what began it; seconds.
    pub(super) retrigger: u32,
}

impl Service {
    pub(super) const fn is_active(&self) -> bool {
        self.flags.has(Flags::ACTIVE)
    }

    /// Whether a policy lets it decide, as far as it is asked.
    pub(super) fn may_decide(&self, plan: &Plan) -> bool {
        !self.flags.has(Flags::PAUSED) && plan.policy().enabled
    }
}

/// One line of the cache.
const _: () = assert!(size_of::<Service>() == 64);
