//! When something is due.

use super::{FailureClass, Image, Pending, State, SyncRule};
use crate::{
    images::backoff::{LONGEST_WAIT, wait},
    scaling::Timestamp,
};
use serde::Serialize;

/// What an image waits for that is to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum WaitsFor {
    /// For a time.
    Time {
        /// When it comes.
        at: Timestamp,
    },
    /// For a person who says so: by the rule, or because what went wrong does not pass by itself.
    Person,
    /// For a rule: the namespace has none.
    Rule,
}

impl Image {
    /// What it waits for, under the rule of its namespace; `None`: it is not to be copied, or is being copied.
    pub fn waits_for(&self, rule: Option<&SyncRule>) -> Option<WaitsFor> {
        let State::PendingSync(pending) = &self.state else { return None };
        Some(match rule {
            None => WaitsFor::Rule,
            Some(SyncRule::Manual) => WaitsFor::Person,
            Some(SyncRule::Automatic { period }) => {
                pending.due(period.seconds(), self).map_or(WaitsFor::Person, |at| WaitsFor::Time { at })
            }
        })
    }

    /// When [`Event::TimePassed`](super::Event::TimePassed) is to be said next, under the rule of its namespace: when a copy
    /// is due, or a lease ends. `None`: never by itself.
    ///
    /// It may be in the past: then at once. A wait is never further away than one from now, even if the clock went back: to
    /// say it too early does nothing. A lease is never further away than a day and its length.
    pub fn next_deadline(&self, rule: Option<&SyncRule>, now: Timestamp) -> Option<Timestamp> {
        if let Some(copy) = self.state.copy() {
            return Some(if copy.is_ahead(now) { now } else { copy.until });
        }
        match (self.waits_for(rule)?, rule) {
            (WaitsFor::Time { at }, Some(SyncRule::Automatic { period })) => {
                let longest = period.seconds().max(LONGEST_WAIT);
                Some(at.min(now.plus(longest)))
            }
            _ => None,
        }
    }
}

impl Pending {
    /// When it is copied by itself, under an automatic rule; `None`: a person is waited for.
    pub(super) fn due(&self, period: u32, image: &Image) -> Option<Timestamp> {
        let failure = self.failure.as_ref();
        if failure.is_some_and(|failure| failure.kind.class() == FailureClass::Terminal) {
            return None;
        }
        Some(match (self.namespace_missing, failure) {
            (Some(asked), _) => asked.plus(period),
            (None, Some(failure)) => failure.at.plus(wait(self.attempts, &image.name.to_string())),
            (None, None) => self.since.plus(period),
        })
    }
}
