//! How far a copy is.

use std::fmt;
use tokio::sync::watch;

/// How far a copy is. Totals grow while manifests are read: an index tells what it holds only by its children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// Blobs of the image, as far as is known.
    pub blobs: u64,
    /// Those of them that the destination has now.
    pub blobs_done: u64,
    /// Bytes of the blobs, as far as is known.
    pub bytes: u64,
    /// Those of them that the destination has now; of blobs on their way, what has been sent.
    pub bytes_done: u64,
    /// Bytes that were sent, again those of pieces that got lost.
    pub bytes_sent: u64,
    /// Blobs that the destination took over from another of its repositories.
    pub mounted: u64,
    /// Blobs that need no sending: they were there, or stay where they are.
    pub skipped: u64,
    /// Blobs that are being brought now.
    pub under_way: u64,
    /// Those of them that wait for other copies: for a place, or because another one brings the blob.
    pub held_up: u64,
}

impl Progress {
    /// Whether it waits for nothing but other copies of the same copier: that it gets no further is no fault of a
    /// registry.
    ///
    /// ```
    /// use paas_registry::{Phase, Progress};
    ///
    /// let mut progress = Progress::default();
    /// assert!(progress.is_held_up(), "too many images are under way");
    ///
    /// progress.phase = Phase::Content;
    /// (progress.under_way, progress.held_up) = (3, 2);
    /// assert!(!progress.is_held_up(), "one blob is on its way");
    /// progress.held_up = 3;
    /// assert!(progress.is_held_up());
    /// ```
    #[must_use]
    pub const fn is_held_up(&self) -> bool {
        let has_begun = !matches!(self.phase, Phase::Waiting);
        !has_begun || (self.under_way > 0 && self.held_up == self.under_way)
    }
}

/// What a copy is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waits until fewer images are under way.
    #[default]
    Waiting,
    /// Asks both sides what they have.
    Looking,
    /// Brings the content.
    Content,
    /// Brings signatures and the like.
    Attachments,
    /// Puts the tag, and reads the destination.
    Publishing,
    /// It has ended, well or not.
    Ended,
}

impl Phase {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Looking => "looking",
            Self::Content => "content",
            Self::Attachments => "attachments",
            Self::Publishing => "publishing",
            Self::Ended => "ended",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Tells how far a copy is, as often as somebody looks. It costs the copy next to nothing, and does not hold it up.
#[derive(Clone, Debug)]
pub struct Watch(pub(crate) watch::Receiver<Progress>);

impl Watch {
    /// How far it is now.
    #[must_use]
    pub fn now(&self) -> Progress {
        *self.0.borrow()
    }

    /// Waits until it is further than when this was last asked; `None` after it has ended. What comes quickly one after the
    /// other is told at once. Dropped: nothing is lost.
    pub async fn changed(&mut self) -> Option<Progress> {
        self.0.changed().await.ok()?;
        Some(*self.0.borrow_and_update())
    }
}
