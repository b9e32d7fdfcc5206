//! What is open.

use paas_core::scaling::Timestamp;

/// What is open at an instant, and how long that lasts.
///
/// It holds from the instant that was asked for until just before `until`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Phase {
    /// The first edge after that instant; [`Timestamp::MAX`] if none comes.
    pub until: Timestamp,
    /// The windows that are open, in the order of the policy.
    pub open: Vec<Open>,
}

/// A time in which a window is open without a break: an occurrence, or several of the same window of which each begins
/// when the one before ends (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Open {
    /// When it opened; [`Timestamp::MIN`] if that was before there are instants, or never.
    pub start: Timestamp,
    /// When it closes; [`Timestamp::MAX`] if that is after there are instants, or never.
    pub end: Timestamp,
    /// The window, by its index in the policy.
    pub window: u16,
}
