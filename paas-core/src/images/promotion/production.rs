//! What production holds.

use super::Approval;
use crate::{images::Digest, scaling::Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What production holds under the name of an image, as far as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ProductionOfImage"))]
#[non_exhaustive]
pub struct Production {
    /// What was last seen there; `None`: nobody has looked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// What copies may have put there since then: those of which nobody knows how they ended.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub perhaps: BTreeSet<Digest>,
    /// Who released what was last seen there, and when; `None`: it did not come by a release, or that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

/// What was seen under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SeenInProduction"))]
#[non_exhaustive]
pub struct Seen {
    /// The digest; `None`: there is nothing under that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// When it was first seen to be so.
    pub at: Timestamp,
}

impl Production {
    /// Whether it was seen, and nothing can have changed it since then that this platform did.
    pub fn is_known(&self) -> bool {
        self.seen.is_some() && self.perhaps.is_empty()
    }

    /// What it holds, if that is known.
    pub fn digest(&self) -> Option<&Digest> {
        self.seen.as_ref().filter(|_| self.perhaps.is_empty())?.digest.as_ref()
    }

    /// What a copy may replace: what came there by a release, and what other copies may have put there; anything else that
    /// was seen there only if that `is_decided`.
    pub(super) fn replaceable(&self, is_decided: bool) -> BTreeSet<Digest> {
        let seen = self.seen.as_ref().and_then(|seen| seen.digest.clone());
        let seen = seen.filter(|_| is_decided || self.approval.is_some());
        seen.into_iter().chain(self.perhaps.iter().cloned()).collect()
    }

    /// Somebody looked. `approval`: a release that may be how it came there.
    pub(super) fn look(&mut self, digest: Option<Digest>, approval: Option<&Approval>, now: Timestamp) {
        self.perhaps.clear();
        let is_of = |approval: &&Approval| Some(&approval.digest) == digest.as_ref();
        self.approval = approval.filter(is_of).or(self.approval.as_ref().filter(is_of)).cloned();
        // The same again is nothing new, and nothing to be written.
        match &mut self.seen {
            Some(seen) if seen.digest == digest => {}
            seen => *seen = Some(Seen { digest, at: now }),
        }
    }

    /// A copy of that has ended, and nobody knows how.
    pub(super) fn doubt(&mut self, digest: &Digest) {
        if self.digest() != Some(digest) {
            self.perhaps.insert(digest.clone());
        }
    }
}
