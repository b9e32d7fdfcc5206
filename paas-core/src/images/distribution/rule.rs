//! Which zones have the images of a namespace.

use super::{TagFilter, ZoneName};
use crate::images::Tag;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{error::Error, fmt};

/// Which zones have the images of a namespace, and which of its tags. A namespace has one rule or none; without one its
/// images stay where they were pushed.
///
/// ```
/// use paas_core::images::distribution::{DistributionRule, TagFilter};
///
/// let rule = DistributionRule::new(["north".parse()?, "south".parse()?])?
///     .with_tags(TagFilter::of(["v*".parse()?]));
/// assert_eq!(
///     serde_json::to_string(&rule)?,
///     r#"{"zones":["north","south"],"tags":{"include":["v*"]}}"#,
/// );
/// assert!(DistributionRule::new(["north".parse()?]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DistributionRule {
    /// The zones, two at least. The order says whose an image is that is found in several before anything is known of it.
    zones: Vec<ZoneName>,
    /// Which tags; all, if nothing is said.
    #[serde(default)]
    tags: TagFilter,
}

/// A rule cannot be so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidDistributionRule {
    /// It names fewer than two zones.
    TooFew,
    /// It names a zone twice.
    Twice(ZoneName),
}

impl fmt::Display for InvalidDistributionRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => f.write_str("a rule of distribution names two zones at least"),
            Self::Twice(zone) => write!(f, "the rule of distribution names the zone `{zone}` twice"),
        }
    }
}

impl Error for InvalidDistributionRule {}

impl DistributionRule {
    /// All images in these zones. The order says whose an image is that is found in several before anything is known of it:
    /// the first's.
    ///
    /// # Errors
    ///
    /// [`InvalidDistributionRule`] for fewer than two zones, or the same twice.
    pub fn new(zones: impl IntoIterator<Item = ZoneName>) -> Result<Self, InvalidDistributionRule> {
        let mut all = Vec::new();
        for zone in zones {
            if all.contains(&zone) {
                return Err(InvalidDistributionRule::Twice(zone));
            }
            all.push(zone);
        }
        if all.len() < 2 {
            return Err(InvalidDistributionRule::TooFew);
        }
        Ok(Self { zones: all, tags: TagFilter::default() })
    }

    /// Only these tags.
    #[must_use]
    pub fn with_tags(mut self, tags: TagFilter) -> Self {
        self.tags = tags;
        self
    }

    /// The zones, in their order.
    pub fn zones(&self) -> &[ZoneName] {
        &self.zones
    }

    /// The tags.
    pub const fn tags(&self) -> &TagFilter {
        &self.tags
    }

    /// Whether it is about a tag.
    pub fn has(&self, tag: &Tag) -> bool {
        self.tags.has(tag)
    }
}

impl<'de> Deserialize<'de> for DistributionRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Document {
            zones: Vec<ZoneName>,
            #[serde(default)]
            tags: TagFilter,
        }
        let Document { zones, tags } = Document::deserialize(deserializer)?;
        Ok(Self::new(zones).map_err(D::Error::custom)?.with_tags(tags))
    }
}
