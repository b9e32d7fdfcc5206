//! How zones stand.

use super::{Distribution, ZoneName};
use crate::images::{Digest, promotion::Failure};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// How an image stands in a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageStanding"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// It belongs to this zone.
    Origin,
    /// The zone holds the same.
    InStep,
    /// It is being copied there.
    Copying,
    /// It is to be copied there.
    Behind {
        /// How the last copy failed, if one did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<Failure>,
    },
    /// The zone holds under the tag what nobody put there.
    Conflict {
        /// What it holds.
        there: Digest,
    },
    /// It was deleted in its zone, and is kept here.
    Kept,
    /// It was deleted in its zone, or is nobody's, and is not here.
    Absent,
    /// The zone, or the one that it belongs to, did not answer.
    Unknown,
    /// The rule is not about this tag.
    NotWanted,
}

/// How a zone stands with all images of a rule, or of several.
///
/// ```
/// use paas_core::images::distribution::ZoneStatus;
///
/// let mut south = ZoneStatus::default();
/// assert_eq!(south.to_string(), "in step");
/// (south.behind, south.conflicts) = (3, 1);
/// assert_eq!(south.to_string(), "behind by 3, 1 in conflict");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneStatus {
    /// Images that are as they should be.
    pub in_step: usize,
    /// Images that are to be copied there, or are being copied.
    pub behind: usize,
    /// Images of which the zone holds what nobody put there.
    pub conflicts: usize,
    /// Images of which nobody knows.
    pub unknown: usize,
    /// The last failure of a copy to that zone that has not been made up for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<Failure>,
}

impl ZoneStatus {
    /// Whether everything is as it should be.
    pub const fn is_in_step(&self) -> bool {
        self.behind == 0 && self.conflicts == 0 && self.unknown == 0
    }

    /// Counts one image more.
    pub fn count(&mut self, standing: &Standing) {
        match standing {
            Standing::Origin | Standing::InStep => self.in_step += 1,
            Standing::Copying => self.behind += 1,
            Standing::Behind { failure } => {
                self.behind += 1;
                if let Some(failure) = failure {
                    self.fail(failure);
                }
            }
            Standing::Conflict { .. } => self.conflicts += 1,
            Standing::Unknown => self.unknown += 1,
            Standing::Kept | Standing::Absent | Standing::NotWanted => {}
        }
    }

    /// Tells of a failure, which is the last one if no later one is known.
    pub fn fail(&mut self, failure: &Failure) {
        if self.last_error.as_ref().is_none_or(|last| last.at <= failure.at) {
            self.last_error = Some(failure.clone());
        }
    }
}

/// How it stands, in words.
impl fmt::Display for ZoneStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_in_step() {
            return f.write_str("in step");
        }
        let parts = [
            (self.behind > 0).then(|| format!("behind by {}", self.behind)),
            (self.conflicts > 0).then(|| format!("{} in conflict", self.conflicts)),
            (self.unknown > 0).then(|| format!("{} not known", self.unknown)),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))?;
        self.last_error.as_ref().map_or(Ok(()), |error| write!(f, "; last error: {}", error.message))
    }
}

/// How zones stand, from how each image does.
pub fn statuses<'d>(images: impl IntoIterator<Item = &'d Distribution>) -> BTreeMap<ZoneName, ZoneStatus> {
    let mut all: BTreeMap<ZoneName, ZoneStatus> = BTreeMap::new();
    for (zone, standing) in images.into_iter().flat_map(|image| &image.standings) {
        all.entry(zone.clone()).or_default().count(standing);
    }
    all
}
