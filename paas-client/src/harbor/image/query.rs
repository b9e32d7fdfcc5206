//! Which artifacts, and what of them.

use super::Digest;
use crate::{harbor::LabelId, list::Query};

/// What of an artifact to read, besides itself and its tags. Each costs Harbor a look into its tables.
///
/// ```
/// use paas_client::harbor::ArtifactParts;
/// assert!(ArtifactParts::ALL != ArtifactParts::default());
/// assert_eq!(ArtifactParts::default().labels().accessories().immutability(), ArtifactParts::ALL);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArtifactParts {
    labels: bool,
    accessories: bool,
    immutability: bool,
}

impl ArtifactParts {
    /// All parts.
    pub const ALL: Self = Self { labels: true, accessories: true, immutability: true };

    /// Its labels.
    #[must_use]
    pub const fn labels(mut self) -> Self {
        self.labels = true;
        self
    }

    /// What is attached to it.
    #[must_use]
    pub const fn accessories(mut self) -> Self {
        self.accessories = true;
        self
    }

    /// Whether rules keep its tags as they are.
    #[must_use]
    pub const fn immutability(mut self) -> Self {
        self.immutability = true;
        self
    }

    pub(super) fn pairs(self) -> Query {
        let said = [
            ("with_tag", true),
            ("with_label", self.labels),
            ("with_accessory", self.accessories),
            ("with_immutable_status", self.immutability),
        ];
        said.map(|(name, said)| (name.to_owned(), said.to_string())).to_vec()
    }
}

/// Which artifacts to list. Those that belong to an index and have no tag are not listed, nor is what is attached to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArtifactQuery {
    parts: ArtifactParts,
    filters: Vec<String>,
    newest_first: bool,
}

impl ArtifactQuery {
    /// What of them to read.
    #[must_use]
    pub fn parts(mut self, parts: ArtifactParts) -> Self {
        self.parts = parts;
        self
    }

    /// Only those that have a tag.
    #[must_use]
    pub fn tagged(self) -> Self {
        self.filter("tags=*".to_owned())
    }

    /// Only those that have none.
    #[must_use]
    pub fn untagged(self) -> Self {
        self.filter("tags=nil".to_owned())
    }

    /// Only that of this digest.
    #[must_use]
    pub fn digest(self, digest: &Digest) -> Self {
        self.filter(format!("digest={digest}"))
    }

    /// Only those that have this label.
    #[must_use]
    pub fn label(self, label: LabelId) -> Self {
        self.filter(format!("labels=({label})"))
    }

    /// Those that were pushed last come first.
    #[must_use]
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    fn filter(mut self, filter: String) -> Self {
        self.filters.push(filter);
        self
    }

    pub(super) fn pairs(&self) -> Query {
        let mut pairs = self.parts.pairs();
        if !self.filters.is_empty() {
            pairs.push(("q".to_owned(), self.filters.join(",")));
        }
        if self.newest_first {
            pairs.push(("sort".to_owned(), "-push_time".to_owned()));
        }
        pairs
    }
}
