//! States as labels.

use paas_client::harbor::{LabelScope, NewLabel, ProjectId};
use paas_core::images::{
    Digest,
    promotion::{Image, State},
};
use std::collections::BTreeSet;

/// How the labels are called that show states: `paas:in-development`, `paas:pending-sync`, `paas:syncing`, `paas:synced`.
/// They are labels of the projects, made if they are missing. No other label is touched.
///
/// ```
/// use paas_platform::StateLabels;
///
/// let names: Vec<String> = StateLabels::default().prefix("meridian").names().collect();
/// assert_eq!(names[1], "meridian:pending-sync");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StateLabels {
    prefix: String,
}

impl Default for StateLabels {
    /// `paas:` is before each of them.
    fn default() -> Self {
        Self { prefix: "paas".to_owned() }
    }
}

impl StateLabels {
    /// This and a colon are before each of them. Platforms that share a Harbor need one each.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// All of them, in the order in which an image goes through them.
    pub fn names(&self) -> impl Iterator<Item = String> {
        Word::ALL.iter().map(|word| self.name(*word))
    }

    pub(super) fn name(&self, word: Word) -> String {
        format!("{}:{}", self.prefix, word.parts().0)
    }

    /// The word that a label says; nothing of one that is not ours.
    pub(super) fn word(&self, label: &str) -> Option<Word> {
        Word::ALL.iter().copied().find(|word| self.name(*word) == label)
    }

    pub(super) fn label(&self, word: Word, project: ProjectId) -> NewLabel {
        let (_, color, description) = word.parts();
        NewLabel::new(self.name(word), LabelScope::Project(project)).color(color).description(description)
    }
}

/// What a label says of what it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    InDevelopment,
    PendingSync,
    Syncing,
    Synced,
}

impl Word {
    const ALL: &[Self] = &[Self::InDevelopment, Self::PendingSync, Self::Syncing, Self::Synced];

    /// As it is written, its colour, and what it means.
    const fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::InDevelopment => {
                ("in-development", "#61717D", "nobody has released it for production under its tag")
            }
            Self::PendingSync => ("pending-sync", "#0065AB", "released for production; not copied yet"),
            Self::Syncing => ("syncing", "#F1428A", "being copied to production"),
            Self::Synced => ("synced", "#00AB9A", "in production"),
        }
    }
}

/// What is to be shown of an image, on which digests. While a released one is copied and something else was pushed since,
/// those are two.
pub(super) fn of(image: Option<&Image>) -> BTreeSet<(Digest, Word)> {
    let Some(image) = image else { return BTreeSet::new() };
    let is = |digest: &Digest, word| (digest.clone(), word);
    match &image.state {
        State::InDevelopment => BTreeSet::from([is(&image.digest, Word::InDevelopment)]),
        State::PendingSync(pending) => BTreeSet::from([is(&pending.approval.digest, Word::PendingSync)]),
        State::Syncing(syncing) if syncing.superseded => BTreeSet::from([
            is(&image.digest, Word::InDevelopment),
            is(&syncing.approval.digest, Word::Syncing),
        ]),
        State::Syncing(syncing) => BTreeSet::from([is(&syncing.approval.digest, Word::Syncing)]),
        State::Synced(synced) => BTreeSet::from([is(&synced.approval.digest, Word::Synced)]),
        // It was deleted: there is nothing to show it on.
        _ => BTreeSet::new(),
    }
}
