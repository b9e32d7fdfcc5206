//! What is kept of images in their zones.

use crate::store::{Document, FromDocument};
use paas_core::{
    images::{
        Digest, ImageName,
        distribution::{Distributed, DistributionRule, Standing, ZoneName},
        promotion::{CopyId, Failure},
    },
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rule of a namespace, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RuleRecord {
    pub(super) namespace: String,
    /// The [id](crate::Namespace::id) of the namespace: one of that name that is made later has no rule.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) id: String,
    pub(super) tenant: String,
    pub(super) rule: DistributionRule,
    /// When all its images were last looked at, by this rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) scanned: Option<Timestamp>,
}

impl Document for RuleRecord {
    const NAME: &'static str = "distribution rule";
    const FORMAT: u64 = 1;
}

impl FromDocument for RuleRecord {}

/// An image in its zones, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ZonedRecord {
    pub(super) image: ImageName,
    /// What the rules keep of it; nothing if nobody knows whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kept: Option<Distributed>,
    /// Where it was told to be pushed, as long as nobody knows whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pushed_in: Option<ZoneName>,
    /// The copies that run, by the zone that they go to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) running: BTreeMap<ZoneName, Running>,
    /// How it stood when it was last looked at.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) standings: BTreeMap<ZoneName, Standing>,
    /// The zones that did not answer then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) troubles: BTreeMap<ZoneName, Failure>,
    /// How often in a row not all zones answered, and when they are asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unanswered: Option<(u32, Timestamp)>,
    /// When something is to be done about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<Timestamp>,
    /// The number of the last entry of its journal.
    #[serde(default)]
    pub(super) journal: u64,
    /// The [id](crate::Namespace::id) of its namespace: of one of that name that is made later, it says nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) namespace: String,
}

/// A copy that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Running {
    pub(super) copy: CopyId,
    pub(super) digest: Digest,
    /// If nothing is heard of it until then, it is lost.
    pub(super) until: Timestamp,
}

impl ZonedRecord {
    pub(super) fn new(image: ImageName, namespace: &str) -> Self {
        Self {
            image,
            namespace: namespace.to_owned(),
            kept: None,
            pushed_in: None,
            running: BTreeMap::new(),
            standings: BTreeMap::new(),
            troubles: BTreeMap::new(),
            unanswered: None,
            due: None,
            journal: 0,
        }
    }

    /// Whether there is nothing to keep.
    pub(super) fn is_nothing(&self) -> bool {
        let is_shown = |standing: &Standing| !matches!(standing, Standing::NotWanted | Standing::Absent);
        self.kept.is_none() && self.running.is_empty() && !self.standings.values().any(is_shown)
    }
}

impl Document for ZonedRecord {
    const NAME: &'static str = "image in its zones";
    const FORMAT: u64 = 1;
}

impl FromDocument for ZonedRecord {}

/// Says when something is to be done about an image. Written together with the image, so that whoever looks what is due
/// reads these and not all images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ZoneWork {
    pub(super) due: Timestamp,
}

impl Document for ZoneWork {
    const NAME: &'static str = "mark of an image in its zones";
    const FORMAT: u64 = 1;
}

impl FromDocument for ZoneWork {}

/// Something that happened to an image in its zones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ZoneHappening {
    /// The tag belongs to this zone from now on.
    Belongs {
        /// The zone.
        zone: ZoneName,
    },
    /// A zone holds under the tag what nobody put there.
    Conflict {
        /// The zone.
        zone: ZoneName,
        /// What it holds.
        there: Digest,
    },
    /// It was copied to a zone.
    Copied {
        /// The zone.
        zone: ZoneName,
        /// What was copied.
        digest: Digest,
    },
    /// A copy to a zone failed.
    Failed {
        /// The zone.
        zone: ZoneName,
        /// What was to be copied.
        digest: Digest,
        /// How it failed.
        failure: Failure,
    },
    /// A person said that what a zone holds may be replaced.
    Replaced {
        /// The zone.
        zone: ZoneName,
        /// What may be replaced there.
        digest: Digest,
    },
    /// A person said that what a zone holds is the right one.
    TakenOver {
        /// The zone.
        zone: ZoneName,
    },
    /// A person had a copy to a zone tried again.
    Retried {
        /// The zone.
        zone: ZoneName,
    },
    /// It is in no zone any more.
    Gone,
}

/// An entry of the journal of an image in its zones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneEntry {
    /// Its number; the first is 1.
    pub number: u64,
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub what: ZoneHappening,
}

/// An entry as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) at: Timestamp,
    #[serde(flatten)]
    pub(super) what: ZoneHappening,
}

impl Document for Note {
    const NAME: &'static str = "entry about an image in its zones";
    const FORMAT: u64 = 1;
}

impl FromDocument for Note {}

/// The name of the journal of an image in its zones, in the namespace with this [id](crate::Namespace::id): what is in a
/// namespace that somebody makes anew has a journal of its own.
pub(super) fn stream(namespace: &str, image: &ImageName) -> String {
    // No name of an image has an `@` and no tag.
    format!("zones/{image}@{namespace}")
}
