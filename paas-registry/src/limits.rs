//! How much a copier does at once, in one place and with the reasons.

use std::{num::NonZeroU64, time::Duration};

/// How much a copier does at once, for all of its copies together.
///
/// ```
/// use paas_registry::CopyLimits;
/// use std::num::NonZeroU64;
///
/// let limits = CopyLimits { bytes_per_second: NonZeroU64::new(20 << 20), ..CopyLimits::default() };
/// assert_eq!((limits.images, limits.blobs), (8, 8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyLimits {
    /// Images under way. 8: most of the time of a small image is waiting for answers.
    pub images: usize,
    /// Blobs on their way. 8: what registries and their storage take from one client without slowing down.
    pub blobs: usize,
    /// Blobs of one image on their way or waited for. 4: an image of many layers leaves room for others.
    pub blobs_of_image: usize,
    /// The bytes of a chunk. Larger blobs are sent in such chunks, of which no more than one has to be sent again after a
    /// failure, if the registry keeps the others. 32 MiB: storages behind registries like no small ones.
    pub chunk: u64,
    /// The bytes in a second that are read of sources. No limit if not said.
    pub bytes_per_second: Option<NonZeroU64>,
    /// The fewest bytes in a second that a source may give of a blob while they are waited for. 1,024: no line that anybody
    /// has is so slow, and a source that hangs on like that would hold its place for ever. No limit: `None`.
    pub lowest_rate: Option<NonZeroU64>,
    /// Over so long that is looked at. 5 minutes: a line that is bad for a while does no harm.
    pub lowest_rate_over: Duration,
    /// The bytes of memory that copies may hold. 48 MiB: manifests, and the pieces of blobs on their way. An image whose
    /// manifests do not fit into its share is refused.
    pub memory: usize,
    /// The blobs of which it is remembered which repositories of the destination hold them. 16,384: of ten thousand images
    /// all that they share, in about 6 MB.
    pub known_blobs: usize,
}

impl Default for CopyLimits {
    fn default() -> Self {
        Self {
            images: 8,
            blobs: 8,
            blobs_of_image: 4,
            chunk: 32 << 20,
            bytes_per_second: None,
            lowest_rate: NonZeroU64::new(1 << 10),
            lowest_rate_over: Duration::from_secs(300),
            memory: 48 << 20,
            known_blobs: 16_384,
        }
    }
}

/// What the pieces of a blob on its way take at most: some in the connection to the source, some in that to the destination.
const PIECES: usize = 1 << 20;

/// The fewest bytes of manifests that an image may hold: less would refuse images of many platforms.
const FEWEST_OF_IMAGE: usize = 1 << 20;

/// The smallest chunk. Below it, requests cost more than what has to be sent again.
const SMALLEST_CHUNK: u64 = 64 << 10;

impl CopyLimits {
    /// The bytes of manifests that each image may hold.
    pub(crate) fn manifests(&self) -> usize {
        self.memory.saturating_sub(self.blobs.saturating_mul(PIECES)) / self.images.max(1)
    }

    /// What is wrong with them.
    pub(crate) fn fault(&self) -> Option<String> {
        if self.images == 0 || self.blobs == 0 || self.blobs_of_image == 0 || self.known_blobs == 0 {
            return Some("each number of a copier's limits is one or more".to_owned());
        }
        if self.lowest_rate.is_some() && self.lowest_rate_over < Duration::from_secs(1) {
            return Some("the lowest rate of a source is looked at over a second or more".to_owned());
        }
        if self.chunk < SMALLEST_CHUNK {
            return Some(format!("a chunk has {SMALLEST_CHUNK} bytes or more"));
        }
        if self.manifests() < FEWEST_OF_IMAGE {
            let needed = self.images * FEWEST_OF_IMAGE + self.blobs * PIECES;
            return Some(format!("so many images and blobs at once need {needed} bytes of memory"));
        }
        None
    }
}

/// How deep indexes may lie in each other. 4: images have one, signatures of signatures two.
pub(crate) const DEEPEST: usize = 4;

/// How many manifests an image may have, attachments included. 2,000: an index has some ten, and each some signatures.
pub(crate) const MOST_MANIFESTS: usize = 2_000;

/// Manifests of more bytes are brought one after the other. 256 KiB: hardly any is so large.
pub(crate) const LARGE_MANIFEST: u64 = 256 << 10;

/// How many children of an index are copied at once. Their blobs have a limit of their own.
pub(crate) const CHILDREN: usize = 4;
